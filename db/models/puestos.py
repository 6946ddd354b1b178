"""Los puestos de cada dependencia, a quién reportan y quién los ocupa: de aquí sale el organigrama."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.base import Base, Versionado


class Puesto(Base, Versionado, table=True):
    """Un puesto; vacante si nadie lo ocupa."""

    id: int | None = Field(default=None, primary_key=True)
    dependencia_id: int = Field(foreign_key="dependencia.id", index=True)
    nombre: str
    nivel: int = 1
    """1 encabeza la dependencia."""
    plazas: int = 1
    reporta_a_id: int | None = Field(default=None, foreign_key="puesto.id", index=True)
    persona_id: int | None = Field(default=None, foreign_key="persona.id", index=True)
    activo: bool = True

    __table_args__ = (
        UniqueConstraint("dependencia_id", "nombre"),
        CheckConstraint("nivel > 0 AND plazas > 0", name="signo"),
    )
