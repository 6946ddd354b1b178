"""El índice de lo que se busca, al día en la misma transacción que cada cambio.

Lo que se guarda como objeto se indexa renglón por renglón; una carga masiva vuelve a indexar su tabla.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as SesionAlchemy

from db.audit import SesionEscritura
from db.base import Base, modelo_de, tabla
from db.models.actividad import MetaActividad
from db.models.acuerdos import Acuerdo
from db.models.busqueda import TextoBusqueda
from db.models.comites import Comite
from db.models.documentos import DocumentoEmitido
from db.models.encargos import Encargo, MovimientoEncargo
from db.models.fondos import Fondo
from db.models.guia import IndicadorGuia
from db.models.indicadores import Indicador
from db.models.informe import CapituloInforme
from db.models.mejoras import Tramite
from db.models.pae import EvaluacionPae
from db.models.personas import Persona
from db.models.plan import NodoPlan
from db.models.programas import Programa, Proyecto
from db.models.propuestas import ObraPropuesta, Propuesta
from db.models.reconduccion import SolicitudReconduccion
from db.models.sesiones import PuntoOrden
from db.rules.busqueda import llano
from db.rules.encargos import Tipo
from db.rules.registros import REGISTROS

LOTE = 400
TOCADAS, ENTERAS = "indice_tocadas", "indice_enteras"
Fila = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fuente:
    """Cómo se vuelve texto una tabla: qué asunto es, qué columnas lo titulan y cuáles agregan texto."""

    modelo: type[Base]
    asunto: str
    titulo: tuple[str, ...]
    texto: tuple[str, ...] = ()
    referencia: str = "id"
    principal: bool = True
    recorte: int | None = None
    """Cuántos signos de la referencia bastan: un proyecto se abre con los ocho de su programa."""
    asunto_de: Callable[[Fila], str] | None = None
    """Si el asunto depende del renglón: el registro de un encargo."""


FUENTES: tuple[Fuente, ...] = (
    Fuente(NodoPlan, "nodo", ("clave", "nombre")),
    Fuente(Programa, "programa", ("clave", "nombre"), ("objetivo",), referencia="clave"),
    Fuente(Proyecto, "proyecto", ("clave", "nombre"), ("descripcion",), referencia="clave", recorte=8),
    Fuente(MetaActividad, "meta", ("nombre",), ("area", "unidad")),
    Fuente(Indicador, "indicador", ("nombre",), ("interpretacion", "formula_texto")),
    Fuente(IndicadorGuia, "guia", ("clave", "nombre"), ("tema_nombre",), referencia="clave"),
    Fuente(EvaluacionPae, "evaluacion", ("nombre",), ("objetivo", "hallazgos", "evaluador")),
    Fuente(Fondo, "fondo", ("clave", "nombre"), ("fuente", "reglas")),
    Fuente(Comite, "comite", ("nombre",), ("siglas", "objeto")),
    Fuente(PuntoOrden, "sesion", ("titulo",), ("descripcion", "sintesis"), "sesion_id"),
    Fuente(Acuerdo, "acuerdo", ("numero", "texto")),
    Fuente(Propuesta, "propuesta", ("folio", "tema"), ("texto", "quien", "lugar", "respuesta")),
    Fuente(ObraPropuesta, "obra", ("nombre", "localidad"), ("descripcion",), "comite_id"),
    Fuente(CapituloInforme, "capitulo", ("titulo",), ("guia",)),
    Fuente(SolicitudReconduccion, "reconduccion", ("justificacion",), ("oficio", "justificacion_destino")),
    Fuente(DocumentoEmitido, "documento", ("folio", "titulo"), referencia="folio"),
    Fuente(Tramite, "tramite", ("clave", "nombre")),
    Fuente(Persona, "persona", ("nombre",), ("cargo", "institucion")),
    Fuente(Encargo, "", ("folio", "titulo"), ("resumen",), asunto_de=lambda f: str(f["registro"])),
    Fuente(MovimientoEncargo, "", (), ("texto",), "encargo_id", False),
)


def _de_registros() -> Iterator[Fuente]:
    """Lo propio de cada registro y sus renglones, según los campos que declara."""
    for registro in REGISTROS.values():
        partes = ((registro.clave, registro.campos), *((d.clave, d.campos) for d in registro.detalles))
        for nombre, campos in partes:
            textos = tuple(c.clave for c in campos if c.tipo in (Tipo.LINEA, Tipo.PARRAFO))
            if textos:
                yield Fuente(modelo_de(nombre), registro.clave, (), textos, "encargo_id", False)


POR_TABLA: dict[str, Fuente] = {str(f.modelo.__tablename__): f for f in (*FUENTES, *_de_registros())}


def recoger(session: SesionAlchemy, _contexto: object) -> None:
    """Después de cada `flush`, apunta qué renglones cambiaron de las tablas que se buscan."""
    tocadas = session.info.setdefault(TOCADAS, {})
    for objeto in (*session.new, *session.dirty, *session.deleted):
        nombre = str(objeto.__tablename__)
        if nombre in POR_TABLA:
            llaves = inspect(objeto).mapper.primary_key_from_instance(objeto)
            tocadas.setdefault(nombre, set()).add(llaves[0])


def masiva(estado: ORMExecuteState) -> None:
    """Un INSERT, UPDATE o DELETE que no pasa por objetos: se volverá a indexar la tabla entera."""
    if estado.is_insert or estado.is_update or estado.is_delete:
        nombre = getattr(getattr(estado.statement, "table", None), "name", "")
        if nombre in POR_TABLA:
            estado.session.info.setdefault(ENTERAS, set()).add(nombre)


def al_confirmar(session: SesionAlchemy) -> None:
    """Antes de confirmar, deja el índice como quedaron los renglones."""
    enteras = session.info.pop(ENTERAS, set())
    tocadas = session.info.pop(TOCADAS, {})
    for nombre in enteras:
        indexar(session, nombre)
    for nombre, llaves in tocadas.items():
        if nombre not in enteras:
            indexar(session, nombre, llaves)


def indexar(session: SesionAlchemy, nombre: str, llaves: Collection[Any] | None = None) -> None:
    """Vuelve a indexar unos renglones de una tabla, o la tabla entera."""
    fuente, indice = POR_TABLA[nombre], tabla(TextoBusqueda)
    t = tabla(fuente.modelo)
    (llave_primaria,) = t.primary_key.columns
    base = select(t), indice.delete().where(indice.c.tabla == nombre)
    if llaves is None:
        pares = [base]
    else:
        pares = [
            (
                base[0].where(llave_primaria.in_(lote)),
                base[1].where(indice.c.fila.in_([str(x) for x in lote])),
            )
            for lote in _lotes(sorted(llaves))
        ]
    for consulta, borrar in pares:
        session.execute(borrar)
        filas = [f._asdict() for f in session.execute(consulta)]
        asuntos = _asuntos(session, fuente, filas)
        nuevas = [_renglon(fuente, nombre, f, f[llave_primaria.name], asuntos) for f in filas]
        if nuevas := [n for n in nuevas if n["texto"]]:
            session.execute(insert(indice), nuevas)


def _lotes(llaves: list[Any]) -> Iterable[list[Any]]:
    return (llaves[n : n + LOTE] for n in range(0, len(llaves), LOTE))


def _asuntos(session: SesionAlchemy, fuente: Fuente, filas: list[dict[str, Any]]) -> dict[int, str]:
    """Encargo → su registro, para los renglones que sólo traen su llave."""
    if fuente.asunto or fuente.asunto_de or not filas:
        return {}
    e = tabla(Encargo).c
    ids = {f["encargo_id"] for f in filas}
    return {f.id: f.registro for f in session.execute(select(e.id, e.registro).where(e.id.in_(ids)))}


def _renglon(fuente: Fuente, nombre: str, f: Fila, fila: Any, asuntos: Mapping[int, str]) -> dict[str, Any]:
    asunto = fuente.asunto_de(f) if fuente.asunto_de else fuente.asunto or asuntos[f["encargo_id"]]
    titulo = " ".join(str(f[c]) for c in fuente.titulo if f[c])
    return {
        "tabla": nombre,
        "fila": str(fila),
        "asunto": asunto,
        "referencia": str(f[fuente.referencia])[: fuente.recorte],
        "principal": fuente.principal,
        "titulo": titulo,
        "anio": f.get("anio"),
        "texto": llano(" ".join([titulo, *(str(f[c]) for c in fuente.texto if f[c])])),
        "dependencia_id": f.get("dependencia_id"),
    }


def todo(session: SesionAlchemy) -> None:
    """Vuelve a indexar todas las tablas: para una base de antes del índice."""
    for nombre in POR_TABLA:
        indexar(session, nombre)


event.listen(SesionEscritura, "after_flush", recoger)
event.listen(SesionEscritura, "do_orm_execute", masiva)
event.listen(SesionEscritura, "before_commit", al_confirmar)
