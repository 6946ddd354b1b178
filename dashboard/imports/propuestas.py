"""Formato propuestas: lo que la ciudadanía y los sectores llevan al comité, de una consulta o un foro."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from dashboard.imports.citas import Citas, citas_del_plan
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.propuestas import NOMBRE_MAXIMO, TEXTO_MAXIMO
from db.actions.propuestas_archivo import FilaPropuesta, guardar_propuestas
from db.models.bitacora import Carga
from db.queries.comites import comites
from db.queries.estructura import dependencias
from db.queries.municipio import hoy
from db.queries.propuestas import respondidas
from db.rules.permisos import Accion, Actor
from db.rules.propuestas import CLASES
from db.rules.sesiones import SECTORES
from db.rules.texto import llave

LARGOS = {"quien": NOMBRE_MAXIMO, "tema": NOMBRE_MAXIMO, "propuesta": TEXTO_MAXIMO}


class _Lista:
    """Lo que un renglón puede nombrar: líneas del plan, dependencias generales y comités."""

    def __init__(self, session: Session, contexto: Contexto) -> None:
        assert contexto.anio is not None
        self.lineas: Citas = citas_del_plan(session, contexto.anio)
        self.generales: Mapping[str, int] = dependencias(session, contexto.ente_id).generales
        self.comites = {llave(c["siglas"]): int(c["id"]) for c in comites(session)}
        self.hoy: date = hoy(session)
        self.respondidas = respondidas(session)


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su fecha, su sector y lo que toca; ninguna va dos veces en el archivo."""
    revisor, lista = Revisor(lectura), _Lista(session, contexto)
    filas: dict[tuple[Any, ...], FilaPropuesta] = {}
    for renglon in revisor:
        fila = _leer(renglon, lista)
        if fila is None:
            continue
        cual = (fila.fecha, fila.quien, fila.tema)
        if cual in filas:
            renglon.falla("tema", "esa propuesta ya está en el archivo", "Distíngala por su tema o quítela.")
        if cual in lista.respondidas:
            revisor.omitir()
            continue
        filas[cual] = fila
    if revisor.omitidas:
        revisor.avisos.append(f"Ya se respondieron y no se tocan: {revisor.omitidas:,}.")
    revisor.terminar()
    revision = Revision(list(filas.values()), revisor.problemas, revisor.avisos, ejercicio=False)
    revision.totales = [("Opiniones y propuestas", f"{len(filas):,}")]
    return revision


def _leer(renglon: Renglon, lista: _Lista) -> FilaPropuesta | None:
    textos = {campo: _texto(renglon, campo) for campo in LARGOS}
    fecha = renglon.leer("fecha", valores.fecha) if renglon.obligado("fecha") else None
    if fecha is not None and fecha > lista.hoy:
        renglon.falla("fecha", "aún no llega", "Escriba el día en que se recibió.")
        return None
    clase = _opcion(renglon, "clase", CLASES, "propuesta")
    sector = _opcion(renglon, "sector", SECTORES, "social")
    nodo = _linea(renglon, lista.lineas)
    dependencia = _de_lista(renglon, "dependencia", lista.generales, "el ente no tiene esa dependencia")
    comite = _de_lista(renglon, "comite", lista.comites, "no hay un comité con esas siglas")
    quien, tema, propuesta = (textos[campo] for campo in LARGOS)
    if fecha is None or quien is None or tema is None or propuesta is None or not clase or not sector:
        return None
    lugar = renglon.texto("lugar")[:NOMBRE_MAXIMO]
    return FilaPropuesta(clase, fecha, quien, sector, lugar, tema, propuesta, comite, nodo, dependencia)


def _texto(renglon: Renglon, campo: str) -> str | None:
    texto = renglon.obligado(campo)
    if texto is not None and len(texto) > LARGOS[campo]:
        renglon.falla(campo, "es demasiado largo", f"Use hasta {LARGOS[campo]:,} letras.")
        return None
    return texto


def _opcion(renglon: Renglon, campo: str, palabras: Mapping[str, str], omision: str) -> str:
    """La clave de la palabra escrita; vacía, la de omisión; desconocida, anota el problema."""
    escrito = llave(renglon.texto(campo))
    if not escrito:
        return omision
    por_palabra = {llave(palabra): clave for clave, palabra in palabras.items()}
    if escrito not in por_palabra:
        renglon.falla(campo, "no se conoce esa opción", f"Use {', '.join(palabras.values())}.")
    return por_palabra.get(escrito, "")


def _linea(renglon: Renglon, lineas: Citas) -> int | None:
    nodos, ajenas = lineas.leer(renglon.texto("linea"))
    if ajenas or len(nodos) > 1:
        regla = f"el plan no tiene {', '.join(ajenas)}" if ajenas else "cita más de una línea"
        renglon.falla("linea", regla, "Escriba una clave del plan, o deje vacía la celda.")
        return None
    return nodos[0] if nodos else None


def _de_lista(renglon: Renglon, campo: str, hay: Mapping[str, int], regla: str) -> int | None:
    escrito = llave(renglon.texto(campo))
    por_llave = {llave(clave): cual for clave, cual in hay.items()}
    if escrito and escrito not in por_llave:
        renglon.falla(campo, regla, "Corríjala, o deje vacía la celda.")
    return por_llave.get(escrito)


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las propuestas."""
    al_avanzar(0.3, "Guardando las propuestas")
    filas: list[FilaPropuesta] = revision.datos
    return guardar_propuestas(session, actor, carga, filas)


FORMATO = Formato(
    nombre="propuestas",
    titulo="Opiniones y propuestas ciudadanas",
    para_que=(
        "Lo que la ciudadanía y los sectores propusieron en un foro, una consulta o una mesa.\n"
        "Cada una recibe su folio y su plazo, y se avisa a la dependencia a la que se turna."
    ),
    columnas=(
        Columna(
            "fecha", ("fecha de recepcion",), ayuda="Cuándo se recibió, dd/mm/aaaa.", ejemplo="15/03/2026"
        ),
        Columna(
            "clase",
            ("que es",),
            False,
            "Propuesta, Opinión o Queja; vacía, propuesta.",
            "Propuesta",
            tuple(CLASES.values()),
        ),
        Columna(
            "quien", ("quien la hace", "nombre"), ayuda="Persona, grupo u organización.", ejemplo="Vecinas"
        ),
        Columna("sector", (), False, "Vacía, social.", "Social", tuple(SECTORES.values())),
        Columna("lugar", ("localidad",), False, "Dónde.", "Cabecera"),
        Columna("tema", ("asunto",), ayuda="En pocas palabras.", ejemplo="Alumbrado"),
        Columna(
            "propuesta", ("texto", "que propone"), ayuda="Lo que se propone.", ejemplo="Poner luminarias."
        ),
        Columna("linea", ("linea del plan", "clave del plan"), False, "Clave del plan que toca.", "3.1"),
        Columna("dependencia", ("clave_dep_general", "responde"), False, "Clave de quien responde.", "F00"),
        Columna("comite", ("siglas del comite",), False, "Siglas del comité.", "COPLADEMUN"),
    ),
    permiso=Accion.COORDINAR_COMITES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por propuesta; se reconoce por fecha, quién y tema.",
        "Las que ya se respondieron no cambian.",
    ),
)
