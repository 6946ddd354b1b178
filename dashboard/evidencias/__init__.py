"""Evidencias que llegan de fuera: se revisan por su contenido antes de guardarse."""
