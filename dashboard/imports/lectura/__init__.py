"""Lectura de hojas de cálculo ajenas: revisar sin abrir, leer en un proceso aparte y entregar textos.

No conoce la base de datos ni las pantallas. Se entra por `leer.leer()`.
"""
