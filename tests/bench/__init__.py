"""Mediciones que se corren a mano: razones dentro de una misma corrida, nunca tiempos que se afirmen."""
