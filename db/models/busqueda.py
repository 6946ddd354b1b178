"""Lo que se puede buscar: cada texto del sistema sin acentos ni mayúsculas, con su permiso y adónde lleva."""

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.base import Base


class TextoBusqueda(Base, table=True):
    """Un renglón de una tabla, hecho texto; lo escribe el sistema con cada cambio."""

    id: int | None = Field(default=None, primary_key=True)
    tabla: str
    fila: str
    asunto: str
    """Qué cosa es, y con su `referencia`, cuál: varias filas pueden hablar de la misma."""
    referencia: str
    principal: bool = True
    """Su `titulo` es el de la cosa; las demás filas sólo agregan texto."""
    titulo: str = ""
    anio: int | None = None
    texto: str
    """Título y texto sin acentos ni mayúsculas."""
    dependencia_id: int | None = None
    """De quién es, para quien sólo ve lo suyo; sin llave foránea: es copia."""

    __table_args__ = (
        UniqueConstraint("tabla", "fila"),
        Index("ix_texto_busqueda_asunto", "asunto", "referencia"),
    )
