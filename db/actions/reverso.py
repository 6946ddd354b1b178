"""Lo necesario para deshacer una carga: qué renglones puso, cómo estaban los que cambió y los que quitó."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Date, DateTime, Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from db.base import Base, Cantidad
from db.rules.problema import Problema

Llave = tuple[Any, ...]

BLOQUE = 5000
"""Identidades por consulta: SQLite admite 32,766 parámetros y PostgreSQL 65,535."""

NOMBRES = {
    "entrada_catalogo": "renglones de catálogo",
    "dependencia": "dependencias",
    "proyecto_ejecutado": "proyectos ejecutados",
    "programa": "programas",
    "proyecto": "proyectos",
    "plan": "el plan",
    "version_plan": "versiones del plan",
    "nodo_plan": "nodos del plan",
    "texto_nodo": "textos anteriores del plan",
    "meta_actividad": "metas de actividad",
    "programacion_meta": "calendarios de metas",
    "cita_linea": "citas de líneas de acción",
    "vinculo_plan": "vínculos de proyectos con el plan",
    "responsable_programa": "responsables de programa",
    "indicador": "indicadores",
    "variable_indicador": "variables de indicadores",
    "programacion_variable": "calendarios de indicadores",
    "avance_meta": "avances de metas",
    "avance_variable": "avances de indicadores",
    "renglon_mir": "renglones de la MIR",
    "indicador_mir": "indicadores de la MIR",
    "ejercicio": "ejercicios",
    "peso": "pesos",
    "alineacion": "alineaciones",
    "titular": "titulares",
    "banda": "bandas de indicadores",
    "indicador_guia": "indicadores de la guía",
    "elemento_guia": "elementos de la guía",
    "rol_usuario": "cuentas de usuario",
    "partida_propuesta": "partidas propuestas del presupuesto",
}
"""Cómo se llama cada tabla al explicar por qué no se puede deshacer."""


def en_bloques(lista: Sequence[Any], largo: int = BLOQUE) -> Iterator[Sequence[Any]]:
    """La lista en pedazos de a lo más `largo`."""
    for inicio in range(0, len(lista), largo):
        yield lista[inicio : inicio + largo]


def _llano(valor: Any) -> Any:
    if isinstance(valor, Enum):
        return valor.value
    if isinstance(valor, Decimal):
        return format(valor.normalize(), "f")
    if isinstance(valor, datetime):
        return valor.replace(tzinfo=None).isoformat()
    return valor.isoformat() if isinstance(valor, date) else valor


def _original(destino: Table, fila: Mapping[str, Any]) -> dict[str, Any]:
    """De JSON a los valores de la tabla."""
    valores = dict(fila)
    for nombre, valor in fila.items():
        tipo = destino.c[nombre].type
        if valor is None:
            continue
        if isinstance(tipo, Cantidad):
            valores[nombre] = Decimal(valor)
        elif isinstance(tipo, DateTime):
            valores[nombre] = datetime.fromisoformat(valor)
        elif isinstance(tipo, Date):
            valores[nombre] = date.fromisoformat(valor)
    return valores


@dataclass(slots=True)
class Huella:
    """Lo que una carga movió en una tabla; `huella` es el sha256 de cómo la dejó."""

    nuevas: set[int] = field(default_factory=set)
    cambiadas: dict[int, dict[str, Any]] = field(default_factory=dict)
    quitadas: list[dict[str, Any]] = field(default_factory=list)
    huella: str = ""


class Reverso:
    """Colecciona, mientras se guarda, lo que hará falta para deshacer."""

    def __init__(self) -> None:
        self.tablas: dict[str, Huella] = {}

    def _de(self, destino: Table) -> Huella:
        return self.tablas.setdefault(destino.name, Huella())

    def nuevo(self, destino: Table, ids: Iterable[int]) -> None:
        """Anota renglones insertados."""
        self._de(destino).nuevas.update(ids)

    def cambia(self, destino: Table, previa: Mapping[str, Any]) -> None:
        """Anota cómo estaba un renglón; si ya se había anotado, vale lo primero."""
        huella = self._de(destino)
        if previa["id"] not in huella.nuevas:
            huella.cambiadas.setdefault(previa["id"], {c: _llano(v) for c, v in previa.items()})

    def quita(self, destino: Table, filas: Iterable[Mapping[str, Any]]) -> None:
        """Anota renglones borrados, completos."""
        self._de(destino).quitadas.extend({c: _llano(v) for c, v in fila.items()} for fila in filas)

    @property
    def vacio(self) -> bool:
        """¿No se movió nada?"""
        return not any(h.nuevas or h.cambiadas or h.quitadas for h in self.tablas.values())

    def guardar(self, session: Session) -> bytes:
        """Sella cómo quedó cada tabla y lo devuelve comprimido."""
        for nombre, huella in self.tablas.items():
            huella.huella = _sello(session, _tabla(nombre), huella)
        cuerpo = {
            nombre: [sorted(h.nuevas), list(h.cambiadas.values()), h.quitadas, h.huella]
            for nombre, h in self.tablas.items()
        }
        return zlib.compress(json.dumps(cuerpo, ensure_ascii=False, separators=(",", ":")).encode())

    @classmethod
    def leer(cls, guardado: bytes) -> "Reverso":
        """El reverso que se guardó con una carga."""
        reverso = cls()
        for nombre, (nuevas, cambiadas, quitadas, sello) in json.loads(zlib.decompress(guardado)).items():
            por_id = {fila["id"]: fila for fila in cambiadas}
            reverso.tablas[nombre] = Huella(set(nuevas), por_id, quitadas, sello)
        return reverso

    def aplicar(self, session: Session) -> None:
        """Deja los renglones como estaban. Problema si alguien los cambió o si algo depende de ellos."""
        orden = [t for t in Base.metadata.sorted_tables if t.name in self.tablas]
        for destino in orden:
            huella = self.tablas[destino.name]
            if _sello(session, destino, huella) != huella.huella:
                raise Problema(
                    f"No se puede deshacer: después de esta carga cambiaron {nombre_de(destino)}.",
                    "Deshaga primero lo que se hizo después, o cargue el archivo anterior.",
                )
        for destino in orden:
            self._sin_dependientes(session, destino)
        for destino in reversed(orden):
            for bloque in en_bloques(sorted(self.tablas[destino.name].nuevas, reverse=True)):
                session.execute(delete(destino).where(destino.c.id.in_(bloque)))
        for destino in orden:
            huella = self.tablas[destino.name]
            if huella.quitadas:
                session.execute(insert(destino), [_original(destino, f) for f in huella.quitadas])
            if huella.cambiadas:
                filas = [_original(destino, f) for f in huella.cambiadas.values()]
                actualizar(session, destino, [c for c in filas[0] if c not in ("id", "version")], filas)

    def _sin_dependientes(self, session: Session, madre: Table) -> None:
        """Problema si un renglón ajeno a la carga cuelga de uno que la carga puso."""
        nuevas = self.tablas[madre.name].nuevas
        for hija in Base.metadata.sorted_tables:
            propias = self.tablas[hija.name].nuevas if hija.name in self.tablas else set()
            for columna in hija.c:
                if not any(llave.column.table is madre for llave in columna.foreign_keys):
                    continue
                identidad = hija.c.id if "id" in hija.c else columna
                for bloque in en_bloques(sorted(nuevas)):
                    ids = set(session.execute(select(identidad).where(columna.in_(bloque))).scalars())
                    if ids - propias:
                        raise Problema(
                            f"No se puede deshacer: hay {nombre_de(hija)} que dependen de esta carga.",
                            "Deshaga primero la carga que los creó.",
                        )


def _tabla(nombre: str) -> Table:
    return Base.metadata.tables[nombre]


def nombre_de(destino: Table) -> str:
    """La tabla en palabras del usuario."""
    return NOMBRES.get(destino.name, destino.name.replace("_", " "))


def _sello(session: Session, destino: Table, huella: Huella) -> str:
    """sha256 de los renglones puestos y cambiados, sin la versión: así se sabe si alguien los movió."""
    columnas = [columna for columna in destino.c if columna.name != "version"]
    suma = hashlib.sha256()
    for bloque in en_bloques(sorted([*huella.nuevas, *huella.cambiadas])):
        consulta = select(*columnas).where(destino.c.id.in_(bloque)).order_by(destino.c.id)
        for fila in session.execute(consulta):
            suma.update(json.dumps([_llano(v) for v in fila], ensure_ascii=False).encode())
    return suma.hexdigest()


def actualizar(
    session: Session, destino: Table, campos: Sequence[str], filas: Sequence[Mapping[str, Any]]
) -> None:
    """Escribe `campos` en cada renglón nombrado por su `id`, y sube su versión si la tiene."""
    valores: dict[str, Any] = {campo: bindparam(f"v_{campo}") for campo in campos}
    if "version" in destino.c:
        valores["version"] = destino.c.version + 1
    parametros = [{"v_id": fila["id"], **{f"v_{c}": fila[c] for c in campos}} for fila in filas]
    session.connection().execute(
        update(destino).where(destino.c.id == bindparam("v_id")).values(valores), parametros
    )


def reverso_de(session: Session) -> Reverso:
    """El reverso de la transacción en curso."""
    reverso = session.info.setdefault("reverso", Reverso())
    assert isinstance(reverso, Reverso)
    return reverso
