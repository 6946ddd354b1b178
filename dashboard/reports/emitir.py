"""Emitir: construir, comprobar que no falte nada, dibujar, registrar con folio y entregar (uno o un ZIP)."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.reports.documento import Archivo, Documento, Emision, Parametros, Preguntar, Reporte
from dashboard.reports.preguntar import una_lectura
from dashboard.reports.taller import Dibujar, taller
from db.actions.documentos import registrar
from db.actions.idempotencia import Conflicto
from db.base import ahora
from db.engine import writing
from db.queries import documentos as preguntas
from db.rules.documentos import Salida, nombre_de_archivo
from db.rules.formato import mes_nombre
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema

Avance = Callable[[float, str], None]
INTENTOS = 3
"""Cuántas veces se vuelve a empezar si otra persona toma el folio."""
FALTAS_A_LA_VISTA = 12
ORIGEN_ZIP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Hecho:
    parametros: Parametros
    documento: Documento
    formato: str


def emitir(
    persona: Actor,
    reporte: Reporte,
    alcances: Sequence[Parametros],
    formatos: Sequence[str],
    *,
    borrador: bool = False,
    al_avanzar: Avance = lambda parte, que: None,
    con: Dibujar | None = None,
) -> Archivo:
    """Hace y registra un documento por alcance y formato; entrega el archivo, o un ZIP si son varios.

    Quien emite varios seguidos pasa su taller abierto en `con`: abrirlo cuesta más que dibujar una hoja.
    SinPermiso; Problema si falta algo y no se pidió borrador. Nada se registra si algo falla.
    """
    for _ in range(INTENTOS):
        try:
            return _emitir(persona, reporte, alcances, formatos, borrador, al_avanzar, con)
        except Conflicto:
            al_avanzar(0.0, "Otra persona emitió al mismo tiempo: se vuelve a empezar")
    raise Problema("Otra persona está emitiendo este documento.", "Espere un momento y vuelva a intentar.")


def _emitir(
    persona: Actor,
    reporte: Reporte,
    alcances: Sequence[Parametros],
    formatos: Sequence[str],
    borrador: bool,
    al_avanzar: Avance,
    con: Dibujar | None,
) -> Archivo:
    momento = ahora()
    with una_lectura() as preguntar:
        pedidos = []
        for i, alcance in enumerate(alcances):
            al_avanzar(0.4 * i / len(alcances), f"Reuniendo los datos {i + 1} de {len(alcances)}")
            _exigir_permiso(persona, reporte, preguntar, alcance)
            documento = reporte.construir(preguntar, alcance)
            pedidos += [_Hecho(alcance, documento, formato) for formato in formatos]
        if not borrador:
            _exigir_completos([p.documento for p in pedidos])
        anio, cuantos = alcances[0].anio, len(pedidos)
        folios = preguntar(
            preguntas.folios, clase=reporte.clave, anio=anio, borrador=borrador, cuantos=cuantos
        )
        salidas, archivos = [], []
        with nullcontext(con) if con else taller() as dibujar:
            for i, (pedido, folio) in enumerate(zip(pedidos, folios, strict=True)):
                al_avanzar(0.4 + 0.55 * i / cuantos, f"Dibujando {i + 1} de {cuantos}")
                origen = preguntar(preguntas.origen, anio=pedido.parametros.anio, mes=pedido.parametros.mes)
                emision = _emision(origen, folio, borrador, persona.nombre or persona.cuenta, momento)
                archivo = _archivo(reporte, pedido, emision, preguntar, dibujar)
                archivos.append(archivo)
                salidas.append(_salida(reporte, pedido, origen, emision, momento, archivo.contenido))
    al_avanzar(0.96, "Registrando")
    with writing(persona) as session:
        registrar(session, persona, salidas)
    return archivos[0] if len(archivos) == 1 else _comprimir(reporte, alcances[0], archivos)


def _exigir_permiso(persona: Actor, reporte: Reporte, preguntar: Preguntar, p: Parametros) -> None:
    suyo = preguntar(preguntas.de_quien, ente_id=p.ente_id, dependencia_id=p.dependencia_id)
    exigir(persona, Accion.EMITIR_DOCUMENTOS, suyo)
    exigir(persona, reporte.permiso, suyo)


def _exigir_completos(documentos: Sequence[Documento]) -> None:
    faltas = list(dict.fromkeys(f for d in documentos for f in d.faltas))
    if not faltas:
        return
    lista = " ".join(f.que for f in faltas[:FALTAS_A_LA_VISTA])
    sobran = len(faltas) - FALTAS_A_LA_VISTA
    if sobran > 0:
        lista += f" Y {sobran} faltas más."
    raise Problema(lista, "Complételo, o emita un borrador.")


def _emision(origen: dict[str, Any], folio: str, borrador: bool, quien: str, momento: datetime) -> Emision:
    return Emision(
        folio=folio,
        borrador=borrador,
        sello=origen["sello"],
        bitacora_id=origen["bitacora_id"],
        quien=quien,
        momento=momento,
        cierre=origen["cierre"],
    )


def _archivo(
    reporte: Reporte, pedido: _Hecho, emision: Emision, preguntar: Preguntar, dibujar: Dibujar
) -> Archivo:
    """El archivo con su nombre: el oficial si el formato lo manda; si no, su folio y su título."""
    if propio := reporte.propios.get(pedido.formato):
        return propio(preguntar, pedido.parametros)
    nombre = nombre_de_archivo(f"{emision.folio} {pedido.documento.titulo}", pedido.formato)
    return Archivo(nombre, dibujar(pedido.documento, emision, pedido.formato))


def _salida(
    reporte: Reporte,
    pedido: _Hecho,
    origen: dict[str, Any],
    emision: Emision,
    momento: datetime,
    contenido: bytes,
) -> Salida:
    p = pedido.parametros
    return Salida(
        folio=emision.folio,
        clase=reporte.clave,
        titulo=pedido.documento.titulo,
        borrador=emision.borrador,
        formato=pedido.formato,
        anio=p.anio,
        mes=p.mes,
        ente_id=p.ente_id,
        dependencia_id=p.dependencia_id,
        parametros=p.a_dict(),
        cierre_id=origen["cierre_id"],
        bitacora_id=emision.bitacora_id,
        sello=emision.sello,
        huella=hashlib.sha256(contenido).hexdigest(),
        tamano=len(contenido),
        momento=momento,
    )


def _comprimir(reporte: Reporte, primero: Parametros, archivos: Sequence[Archivo]) -> Archivo:
    """Un ZIP con todos, fechado igual siempre."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        puestos: set[str] = set()
        for n, archivo in enumerate(archivos, 1):
            # Dos áreas pueden tener el mismo nombre oficial: la segunda va en su propia carpeta.
            nombre = f"{n:03d}/{archivo.nombre}" if archivo.nombre in puestos else archivo.nombre
            puestos.add(archivo.nombre)
            paquete.writestr(zipfile.ZipInfo(nombre, ORIGEN_ZIP), archivo.contenido)
    periodo = f"{mes_nombre(primero.mes)} {primero.anio}" if primero.mes else str(primero.anio)
    return Archivo(nombre_de_archivo(f"{reporte.titulo} {periodo}", "zip"), salida.getvalue())


def rehacer(registro: dict[str, Any], reporte: Reporte, con: Dibujar | None = None) -> tuple[Archivo, bool]:
    """El archivo de un renglón del registro, hecho otra vez, y si salió idéntico al que se emitió.

    De un periodo cerrado sale idéntico; de uno abierto, sólo si sus datos no han cambiado.
    """
    parametros = Parametros.de_dict(registro["parametros"])
    with una_lectura() as preguntar:
        documento = reporte.construir(preguntar, parametros)
        emision = Emision(
            folio=registro["folio"],
            borrador=registro["estado"] == "borrador",
            sello=registro["sello"],
            bitacora_id=registro["bitacora_id"],
            quien=registro["nombre"] or registro["cuenta"],
            momento=registro["emitido_en"],
            cierre=registro["cierre"],
        )
        pedido = _Hecho(parametros, documento, registro["formato"])
        with nullcontext(con) if con else taller() as dibujar:
            archivo = _archivo(reporte, pedido, emision, preguntar, dibujar)
    return archivo, hashlib.sha256(archivo.contenido).hexdigest() == registro["huella"]
