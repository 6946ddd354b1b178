"""Formato adecuaciones: los documentos que amplían o reducen el presupuesto, un renglón por clave y mes."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.importes import importe
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.adecuaciones import FOLIO_MAXIMO, Documento, guardar_adecuaciones
from db.actions.cargas import Cuenta
from db.models.adecuaciones import TipoAdecuacion
from db.models.bitacora import Carga
from db.queries.adecuaciones import claves_del_ente, sin_separadores
from db.rules.adecuacion import Movimiento, exigir_cuadre, sumas
from db.rules.formato import moneda
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave

TIPOS = {
    "traspaso": TipoAdecuacion.TRASPASO,
    "traspaso compensado": TipoAdecuacion.TRASPASO,
    "transferencia": TipoAdecuacion.TRASPASO,
    "compensada": TipoAdecuacion.TRASPASO,
    "ampliacion": TipoAdecuacion.AMPLIACION,
    "ampliacion liquida": TipoAdecuacion.AMPLIACION,
    "reduccion": TipoAdecuacion.REDUCCION,
    "reduccion liquida": TipoAdecuacion.REDUCCION,
}
COMUNES = ("tipo", "fecha", "documento", "motivo")
"""Lo que es del documento: puede venir sólo en su primer renglón, y no puede contradecirse."""


@dataclass(slots=True)
class _Abierta:
    """Una adecuación mientras se leen sus renglones."""

    primero: Renglon
    tipo: TipoAdecuacion | None = None
    fecha: date | None = None
    textos: dict[str, str] = field(default_factory=dict)
    movimientos: dict[tuple[str, int], Movimiento] = field(default_factory=dict)


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Junta los renglones por folio y revisa que cada adecuación cuadre con su tipo."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    conocidas = claves_del_ente(session, contexto.anio, contexto.ente_id) if contexto.ente_id else {}
    abiertas: dict[str, _Abierta] = {}
    for renglon in revisor:
        _leer(renglon, abiertas, conocidas, contexto.anio)
    documentos = [d for folio, abierta in abiertas.items() if (d := _cerrar(folio, abierta)) is not None]
    revisor.terminar()
    revision = Revision(documentos, revisor.problemas, revisor.avisos)
    ampliado, reducido = sumas([m for d in documentos for m in d.movimientos])
    revision.totales = [
        ("Adecuaciones", f"{len(documentos):,}"),
        ("Ampliaciones", moneda(ampliado)),
        ("Reducciones", moneda(reducido)),
    ]
    return revision


def _leer(renglon: Renglon, abiertas: dict[str, _Abierta], conocidas: dict[str, str], anio: int) -> None:
    folio = renglon.obligado("folio")
    if folio is None:
        return
    if len(folio) > FOLIO_MAXIMO:
        renglon.falla("folio", "el folio es demasiado largo", f"Use hasta {FOLIO_MAXIMO} letras.")
        return
    abierta = abiertas.setdefault(folio, _Abierta(renglon))
    _comunes(renglon, abierta, anio)
    clave, mes = _clave(renglon, conocidas), renglon.leer("mes", valores.mes)
    if mes is None and not renglon.texto("mes"):
        renglon.falla("mes", "falta «mes»", "Escriba el nombre del mes o de 1 a 12.")
    leidos = [renglon.leer(campo, importe) for campo in ("ampliacion", "reduccion")]
    ampliacion, reduccion = (centavos or 0 for centavos in leidos)
    for campo, centavos in (("ampliacion", ampliacion), ("reduccion", reduccion)):
        if centavos < 0:
            renglon.falla(campo, "no puede ser negativo", "Escríbalo en la otra columna, sin signo.")
            return
    if clave is None or mes is None:
        return
    if (clave, mes) in abierta.movimientos:
        renglon.falla("clave_presupuestaria", "la clave ya está en ese folio y mes", "Junte los renglones.")
        return
    if not ampliacion and not reduccion:
        renglon.falla("ampliacion", "el renglón no amplía ni reduce", "Escriba un importe o bórrelo.")
        return
    abierta.movimientos[clave, mes] = Movimiento(clave, mes, ampliacion, reduccion)


def _comunes(renglon: Renglon, abierta: _Abierta, anio: int) -> None:
    """Lo del documento: vale lo primero que se dijo; decir otra cosa después es un problema."""
    for campo in COMUNES:
        texto = renglon.texto(campo)
        previo = abierta.textos.get(campo)
        if texto and previo and llave(texto) != llave(previo):
            renglon.falla(campo, f"el mismo folio dice antes «{previo}»", "Deje uno solo por folio.")
        elif texto and not previo:
            abierta.textos[campo] = texto
            if campo == "tipo" and (tipo := TIPOS.get(llave(texto))) is not None:
                abierta.tipo = tipo
            elif campo == "tipo":
                renglon.falla("tipo", "no se conoce ese tipo", "Use traspaso, ampliacion o reduccion.")
            if campo == "fecha":
                abierta.fecha = _fecha(renglon, anio)


def _fecha(renglon: Renglon, anio: int) -> date | None:
    fecha = renglon.leer("fecha", valores.fecha)
    if fecha is not None and fecha.year not in (anio, anio + 1):
        renglon.falla("fecha", f"no es del ejercicio {anio}", "Corrija el año o elija otro ejercicio.")
        return None
    return fecha


def _clave(renglon: Renglon, conocidas: dict[str, str]) -> str | None:
    escrita = renglon.obligado("clave_presupuestaria")
    if escrita is None:
        return None
    pegada = sin_separadores(escrita)
    if not pegada:
        renglon.falla("clave_presupuestaria", "no es una clave", "Escriba la clave completa.")
        return None
    if conocidas and pegada not in conocidas:
        renglon.falla(
            "clave_presupuestaria",
            "la clave no está en el presupuesto cargado",
            "Revísela; si es nueva, cargue después el presupuesto que ya la trae.",
            grave=False,
        )
    return conocidas.get(pegada, escrita.upper())


def _cerrar(folio: str, abierta: _Abierta) -> Documento | None:
    """El documento completo; None después de anotar qué le falta."""
    primero = abierta.primero
    for campo, valor in (("tipo", abierta.tipo), ("fecha", abierta.fecha)):
        if valor is None and campo not in abierta.textos:
            primero.falla(campo, f"falta «{campo}» del folio {folio}", "Escríbalo en su primer renglón.")
    if abierta.tipo is None or abierta.fecha is None or not abierta.movimientos:
        return None
    movimientos = tuple(abierta.movimientos.values())
    try:
        exigir_cuadre(abierta.tipo.value, movimientos)
    except Problema as problema:
        primero.falla("folio", problema.mensaje, problema.remedio)
        return None
    textos = abierta.textos
    return Documento(
        folio, abierta.tipo, abierta.fecha, textos.get("documento", ""), textos.get("motivo", ""), movimientos
    )


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las adecuaciones del archivo."""
    al_avanzar(0.3, "Guardando las adecuaciones")
    documentos: list[Documento] = revision.datos
    return guardar_adecuaciones(session, actor, carga, documentos)


FORMATO = Formato(
    nombre="adecuaciones",
    titulo="Adecuaciones presupuestarias",
    para_que=(
        "Los documentos que amplían o reducen el presupuesto, con las claves que mueven.\n"
        "Se comparan, al centavo, con las ampliaciones y reducciones del corte de Tesorería."
    ),
    columnas=(
        Columna("folio", ("numero", "no. de adecuacion"), ayuda="El del documento.", ejemplo="ADE-2026-001"),
        Columna(
            "tipo",
            ("tipo de adecuacion", "tipo de movimiento"),
            ayuda="traspaso, ampliacion o reduccion.",
            ejemplo="traspaso",
            opciones=tuple(t.value for t in TipoAdecuacion),
        ),
        Columna("fecha", ("fecha de autorizacion",), ayuda="dd/mm/aaaa.", ejemplo="15/03/2026"),
        Columna(
            "documento", ("oficio", "acta"), False, "Qué lo autoriza, con su número.", "Oficio TM/120/2026"
        ),
        Columna("motivo", ("justificacion",), False, "Por qué se mueve."),
        Columna(
            "clave_presupuestaria",
            ("clave", "clave presupuestal"),
            ayuda="La clave completa, como en el presupuesto.",
            ejemplo="A00-100-01030101-010301010101-110101-2110-1",
        ),
        Columna("mes", ("periodo",), ayuda="En qué mes se mueve.", ejemplo="marzo"),
        Columna("ampliacion", ("ampliaciones", "aumento"), False, "Pesos que se aumentan.", "25,000.00"),
        Columna("reduccion", ("reducciones", "disminucion"), False, "Pesos que se disminuyen."),
    ),
    permiso=Accion.REGISTRAR_ADECUACIONES,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=(
        "Un renglón por folio, clave y mes. Lo demás del documento basta en su primer renglón.",
        "Un traspaso amplía lo mismo que reduce.",
    ),
)
