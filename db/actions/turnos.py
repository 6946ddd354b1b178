"""Formarse: lo que se numera o se decide contando lo que hay, de uno en uno."""

from sqlalchemy import text
from sqlmodel import Session

ESPACIO = 7_431
"""Aparta estos candados de los demás de la base."""


def formarse(session: Session, que: str, cual: int | str = "") -> None:
    """Espera a quien ya escribe lo mismo («sesion», 8) y toma su lugar hasta confirmar.

    Va antes de leer lo que se cuenta. En PostgreSQL dos a la vez leerían el mismo último número y la segunda
    chocaría con el candado único; en SQLite ya se escribe de uno en uno.
    """
    if session.get_bind().dialect.name == "postgresql":
        sentencia = text("SELECT pg_advisory_xact_lock(:espacio, hashtext(:fila))")
        session.execute(sentencia, {"espacio": ESPACIO, "fila": f"{que} {cual}"})
