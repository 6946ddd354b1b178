"""Cómo se llama cada código del gasto: del catálogo oficial, de la estructura programática o del ente."""

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlmodel import Session

from db.base import tabla
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Dependencia
from db.models.municipio import Ente
from db.models.presupuesto import ClavePresupuestaria
from db.models.programas import Programa, Proyecto
from db.queries.presupuesto import SEGMENTOS
from db.rules.matriz import CLASIFICACIONES, SIN_CODIGO, clave_funcional, codigo_de, llave_con_ente, sin_ente

Nombrar = Callable[[str], str]


def nombres(session: Session, anio: int, clasificacion: str, codigos: Iterable[str]) -> dict[str, str]:
    """Código → nombre; vacío si nadie lo nombra. El de una dependencia puede llevar su ente («A00@1»)."""
    lector = _LECTORES.get(clasificacion)
    nombrar = lector(session, anio) if lector else (lambda _codigo: "")
    sin = f"Sin {CLASIFICACIONES[clasificacion].nombre.lower()}" if clasificacion in CLASIFICACIONES else ""
    return {c: nombrar(c) if sin_ente(c)[0] not in ("", SIN_CODIGO) else sin for c in codigos}


def segmentos_de(session: Session, anio: int, ente_id: int | None, clave: str) -> list[tuple[str, str, str]]:
    """(clasificación, código, nombre) de cada parte de una clave, de la función a la partida."""
    k = tabla(ClavePresupuestaria).c
    consulta = select(*(k[s] for s in SEGMENTOS), k.ente_id).where(k.anio == anio, k.clave == clave)
    if ente_id is not None:
        consulta = consulta.where(k.ente_id == ente_id)
    fila = session.execute(consulta.order_by(k.ente_id)).mappings().first()
    if fila is None:
        return []
    propios = {nombre: fila[nombre] for nombre in SEGMENTOS} | {"ente": str(fila["ente_id"])}
    codigos = {cual: codigo_de(cual, propios) for cual in CLASIFICACIONES if cual not in ("ente", "clave")}
    llaves = {cual: llave_con_ente(cual, codigo, propios["ente"]) for cual, codigo in codigos.items()}
    return [
        (cual, codigo, nombres(session, anio, cual, [llaves[cual]])[llaves[cual]])
        for cual, codigo in codigos.items()
    ]


def entes(session: Session) -> dict[str, str]:
    """Identidad del ente, como texto, → su nombre."""
    e = tabla(Ente).c
    return {str(fila.id): fila.nombre for fila in session.execute(select(e.id, e.nombre))}


def _catalogo(session: Session, cual: NombreCatalogo) -> dict[str, str]:
    c = tabla(EntradaCatalogo).c
    return {f.clave: f.nombre for f in session.execute(select(c.clave, c.nombre).where(c.catalogo == cual))}


def _objeto(session: Session, _anio: int) -> Nombrar:
    """Una partida específica que no está en el catálogo lleva el nombre de su genérica."""
    catalogo = _catalogo(session, NombreCatalogo.OBJETO_GASTO)
    return lambda codigo: catalogo.get(codigo) or catalogo.get(codigo[:3].ljust(4, "0"), "")


def _funcional(session: Session, _anio: int) -> Nombrar:
    catalogo = _catalogo(session, NombreCatalogo.FUNCIONAL)
    return lambda codigo: catalogo.get(clave_funcional(codigo), "")


def _fuente(session: Session, _anio: int) -> Nombrar:
    catalogo = _catalogo(session, NombreCatalogo.FUENTE)
    return lambda codigo: catalogo.get(codigo) or catalogo.get(codigo[:2], "")


def _tipo(session: Session, _anio: int) -> Nombrar:
    catalogo = _catalogo(session, NombreCatalogo.TIPO_GASTO)
    return lambda codigo: catalogo.get(codigo, "")


def _programa(session: Session, anio: int) -> Nombrar:
    p = tabla(Programa).c
    filas = session.execute(select(p.clave, p.nombre).where(p.anio == anio))
    guardados = {fila.clave: fila.nombre for fila in filas}
    return lambda codigo: guardados.get(codigo, "")


def _proyecto(session: Session, anio: int) -> Nombrar:
    p = tabla(Proyecto).c
    filas = session.execute(select(p.clave, p.nombre).where(p.anio == anio))
    guardados = {fila.clave: fila.nombre for fila in filas}
    return lambda codigo: guardados.get(codigo, "")


def _dependencia(session: Session, _anio: int) -> Nombrar:
    d = tabla(Dependencia)
    madre = d.alias("madre")
    filas = session.execute(
        select(d.c.ente_id, d.c.clave, d.c.nombre, madre.c.clave.label("general")).join(
            madre, madre.c.id == d.c.padre_id, isouter=True
        )
    )
    guardadas: dict[tuple[str, str], str] = {}
    for fila in filas:
        codigo = f"{fila.general}-{fila.clave}" if fila.general else fila.clave
        guardadas[codigo, str(fila.ente_id)] = fila.nombre
        guardadas.setdefault((codigo, ""), fila.nombre)
    return lambda codigo: guardadas.get(sin_ente(codigo), "")


def _ente(session: Session, _anio: int) -> Nombrar:
    guardados = entes(session)
    return lambda codigo: guardados.get(codigo, "")


_LECTORES: dict[str, Callable[[Session, int], Nombrar]] = {
    "capitulo": _objeto,
    "concepto": _objeto,
    "partida": _objeto,
    "finalidad": _funcional,
    "funcion": _funcional,
    "fuente": _fuente,
    "fondo": _fuente,
    "tipo": _tipo,
    "programa": _programa,
    "proyecto": _proyecto,
    "dependencia": _dependencia,
    "auxiliar": _dependencia,
    "ente": _ente,
}
