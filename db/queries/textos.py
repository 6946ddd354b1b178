"""Los párrafos que alguien corrigió de un documento antes de emitirlo."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.documentos import TextoDocumento
from db.queries.usuarios import en_utc


def textos(
    session: Session, *, clase: str, anio: int, mes: int, alcance: str = ""
) -> dict[str, dict[str, Any]]:
    """Sección → texto, versión, autor y cuándo, de un documento y periodo."""
    t = tabla(TextoDocumento)
    consulta = select(t).where(t.c.clase == clase, t.c.anio == anio, t.c.mes == mes, t.c.alcance == alcance)
    return {
        f["seccion"]: {
            "texto": f["texto"],
            "version": f["version"],
            "autor": f["autor"],
            "guardado_en": en_utc(f["guardado_en"]),
        }
        for f in session.execute(consulta).mappings()
    }
