"""La base de todas las tablas: registro propio, nombres de restricciones y tipos exactos.

El registro es propio (no el de SQLModel) para que una recarga en caliente de Streamlit deseche tablas y
registro juntos. Las cantidades se guardan como enteros: el dinero en centavos, lo demás en millonésimas.
"""

import re
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import BigInteger, Dialect, Enum, MetaData, Table
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

CONVENCION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

MILLONESIMAS = Decimal(1_000_000)


def nombre_de_tabla(clase: str) -> str:
    """`MetaActividad` → `meta_actividad`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", clase).lower()


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=CONVENCION))):
    """Raíz de las tablas; nadie hereda de `SQLModel` con `table=True` directamente."""

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return nombre_de_tabla(cls.__name__)


class Cantidad(TypeDecorator[Decimal]):
    """Decimal exacto con seis decimales, guardado como BIGINT de millonésimas.

    NUMERIC es REAL en SQLite y pierde centavos al sumar; un entero suma igual en los dos motores.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return int((Decimal(value) * MILLONESIMAS).to_integral_value(ROUND_HALF_UP))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / MILLONESIMAS)


def choice(opciones: type[StrEnum]) -> Enum:
    """Columna de texto con CHECK, igual en los dos motores; guarda el valor, no el nombre."""
    return Enum(
        opciones,
        native_enum=False,
        create_constraint=True,
        length=30,
        name=nombre_de_tabla(opciones.__name__),
        values_callable=lambda tipo: [miembro.value for miembro in tipo],
    )


def centavos(**extra: Any) -> Any:
    """Campo de dinero: centavos enteros."""
    return Field(default=0, sa_type=BigInteger, **extra)


def cantidad(**extra: Any) -> Any:
    """Campo de cantidad exacta (Decimal de seis decimales), vacío si no se indica."""
    return Field(default=None, sa_type=Cantidad, **extra)


def ahora() -> datetime:
    """El instante actual en UTC."""
    return datetime.now(UTC)


class Versionado(SQLModel):
    """Candado optimista: quien guarda con una versión vieja recibe `StaleDataError`."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cast(Any, cls).version}


def tabla(modelo: type[Base]) -> Table:
    """La tabla Core de un modelo: consultas en columnas llanas, sin objetos que rastrear."""
    return cast(Table, modelo.__table__)  # type: ignore[attr-defined]


def modelo_de(nombre: str) -> Any:
    """El modelo de una tabla por su nombre; KeyError si no hay."""
    clases = (m.class_ for m in Base._sa_registry.mappers)
    return {clase.__tablename__: clase for clase in clases}[nombre]
