"""Guardar el catálogo de dependencias y la estructura del municipio: entes, generales, auxiliares y áreas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from db.actions.cargas import Cuenta
from db.actions.sincronizar import Fila, sincronizar
from db.base import tabla
from db.models.bitacora import Carga
from db.models.catalogo import EntradaCatalogo, NombreCatalogo
from db.models.estructura import Dependencia, NivelDependencia
from db.models.municipio import Ente, TipoEnte
from db.models.programas import Proyecto, ProyectoEjecutado
from db.queries.estructura import Dependencias, dependencias, nombres_oficiales
from db.rules.permisos import Accion, Actor, Objeto, exigir

NOMBRES_ENTE = {
    TipoEnte.DIF: "Sistema Municipal DIF",
    TipoEnte.AGUA: "Organismo Operador de Agua",
    TipoEnte.DEPORTE: "Instituto Municipal de Cultura Física y Deporte",
    TipoEnte.JUVENTUD: "Instituto Municipal de la Juventud",
}


@dataclass(frozen=True, slots=True)
class EntradaOficial:
    """Una clave del catálogo oficial; `ambito` es el tipo de ente que la usa."""

    catalogo: NombreCatalogo
    ambito: str
    clave: str
    nombre: str


@dataclass(frozen=True, slots=True)
class FilaArea:
    """Un área: de qué ente (vacío, el de la carga), en qué dependencias y qué proyecto ejecuta."""

    tipo: TipoEnte | None
    general: str
    auxiliar: str
    nombre_general: str
    nombre_auxiliar: str
    proyecto: str
    area: str
    nombre_ente: str = ""


def guardar_catalogo(
    session: Session, actor: Actor, carga: Carga, entradas: Sequence[EntradaOficial]
) -> Cuenta:
    """Agrega o corrige claves del catálogo; no quita ninguna. SinPermiso."""
    exigir(actor, Accion.CARGAR_ESTRUCTURA)
    c = tabla(EntradaCatalogo)
    catalogos = {entrada.catalogo for entrada in entradas}
    existentes = [fila._asdict() for fila in session.execute(select(c).where(c.c.catalogo.in_(catalogos)))]
    filas: list[Fila] = [
        {"catalogo": e.catalogo, "ambito": e.ambito, "clave": e.clave, "nombre": e.nombre} for e in entradas
    ]
    hecho = sincronizar(
        session,
        EntradaCatalogo,
        ("catalogo", "ambito", "clave"),
        filas,
        existentes,
        al_crear={"fuente": f"Archivo «{carga.archivo}»"},
    )
    nuevas, cambian = len(hecho.nuevas), len(hecho.cambiadas)
    return Cuenta(len(filas), nuevas + cambian, len(hecho.iguales), nuevas, cambian)


def guardar_areas(session: Session, actor: Actor, carga: Carga, filas: Sequence[FilaArea]) -> Cuenta:
    """Agrega dependencias generales y auxiliares, y qué área ejecuta cada proyecto. SinPermiso."""
    por_ente: dict[int, list[FilaArea]] = {}
    entes_nuevos = 0
    for tipo in {fila.tipo for fila in filas}:
        propias = [fila for fila in filas if fila.tipo is tipo]
        ente_id, nuevo = _ente(session, carga, tipo, propias[0].nombre_ente)
        entes_nuevos += nuevo
        por_ente.setdefault(ente_id, []).extend(propias)
    guardadas = nuevas = cambian = 0
    for ente_id, propias in por_ente.items():
        exigir(actor, Accion.CARGAR_ESTRUCTURA, Objeto(ente_id))
        cuenta = _guardar_areas_de(session, carga, ente_id, propias)
        guardadas += cuenta.guardadas
        nuevas += cuenta.nuevas
        cambian += cuenta.cambian
    return Cuenta(len(filas), guardadas, len(filas) - guardadas, nuevas + entes_nuevos, cambian)


def _ente(session: Session, carga: Carga, tipo: TipoEnte | None, nombre: str) -> tuple[int, bool]:
    """El ente de ese tipo, creado si no existe; sin tipo, el de la carga."""
    if tipo is None:
        assert carga.ente_id is not None
        return carga.ente_id, False
    e = tabla(Ente)
    actual = session.execute(select(e.c.id).where(e.c.tipo == tipo).order_by(e.c.id)).scalar()
    if actual is not None:
        return int(actual), False
    fila: Fila = {"clave": tipo.value, "nombre": nombre or NOMBRES_ENTE[tipo], "tipo": tipo}
    hecho = sincronizar(session, Ente, ("clave",), [fila], ())
    return hecho.ids[tipo.value,], True


def _guardar_areas_de(session: Session, carga: Carga, ente_id: int, filas: Sequence[FilaArea]) -> Cuenta:
    generales = {f.general: f.nombre_general for f in reversed(filas)}
    auxiliares = {(f.general, f.auxiliar): f.nombre_auxiliar for f in reversed(filas)}
    tocadas, conjunto = asegurar_dependencias(session, ente_id, generales, auxiliares)
    p = tabla(Proyecto)
    proyectos: dict[str, int] = {
        fila.clave: fila.id
        for fila in session.execute(select(p.c.id, p.c.clave).where(p.c.anio == carga.anio))
    }
    ejecutados = sincronizar_ejecutados(
        session,
        ente_id,
        [
            (proyectos[f.proyecto], conjunto.auxiliares[f.general, f.auxiliar], f.area)
            for f in filas
            if f.proyecto in proyectos
        ],
    )
    guardadas = 0
    for fila in filas:
        dependencia_id = conjunto.auxiliares[fila.general, fila.auxiliar]
        ejecuta = (proyectos.get(fila.proyecto), dependencia_id, fila.area)
        guardadas += (
            dependencia_id in tocadas or conjunto.generales[fila.general] in tocadas or ejecuta in ejecutados
        )
    nuevas = sum(tocadas.values())
    return Cuenta(
        len(filas), guardadas, len(filas) - guardadas, nuevas + len(ejecutados), len(tocadas) - nuevas
    )


def sincronizar_ejecutados(
    session: Session, ente_id: int, filas: Iterable[tuple[int, int, str]]
) -> set[tuple[int, int, str]]:
    """Agrega «proyectos ejecutados» (proyecto, dependencia auxiliar, área); devuelve los nuevos."""
    x = tabla(ProyectoEjecutado)
    existentes = [fila._asdict() for fila in session.execute(select(x).where(x.c.ente_id == ente_id))]
    campos = ("proyecto_id", "dependencia_id", "area")
    unicas = [{"ente_id": ente_id, **dict(zip(campos, fila, strict=True))} for fila in dict.fromkeys(filas)]
    hecho = sincronizar(session, ProyectoEjecutado, campos, unicas, existentes)
    return {(proyecto, dependencia, area) for proyecto, dependencia, area in hecho.nuevas}


def asegurar_dependencias(
    session: Session,
    ente_id: int,
    generales: dict[str, str],
    auxiliares: dict[tuple[str, str], str],
) -> tuple[dict[int, bool], Dependencias]:
    """Crea las dependencias que falten y corrige los nombres con el catálogo oficial.

    Los nombres dados (pueden ir vacíos) sólo valen donde el catálogo no tiene la clave y la dependencia es
    nueva. Devuelve id → ¿es nueva? de lo que se tocó, y las dependencias del ente.
    """
    oficiales = nombres_oficiales(session, ente_id)
    d = tabla(Dependencia)
    tocadas: dict[int, bool] = {}

    def poner(nivel: NivelDependencia, pedidas: Iterable[tuple[int | None, str, str]]) -> None:
        consulta = select(d).where(d.c.ente_id == ente_id, d.c.nivel == nivel)
        previas = {(f.padre_id, f.clave): f._asdict() for f in session.execute(consulta)}
        filas: list[Fila] = []
        for padre_id, clave, nombre in pedidas:
            previa = previas.get((padre_id, clave))
            actual = previa["nombre"] if previa else nombre or clave
            filas.append(
                {
                    "ente_id": ente_id,
                    "padre_id": padre_id,
                    "nivel": nivel,
                    "clave": clave,
                    "nombre": oficiales.get((nivel, clave)) or actual,
                }
            )
        hecho = sincronizar(session, Dependencia, ("padre_id", "clave"), filas, previas.values())
        tocadas.update({hecho.ids[k]: k in hecho.nuevas for k in hecho.nuevas | hecho.cambiadas})

    poner(NivelDependencia.GENERAL, ((None, clave, nombre) for clave, nombre in generales.items()))
    ids = dependencias(session, ente_id).generales
    poner(
        NivelDependencia.AUXILIAR,
        ((ids[general], clave, nombre) for (general, clave), nombre in auxiliares.items()),
    )
    return tocadas, dependencias(session, ente_id)
