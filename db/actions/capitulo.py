"""Un capítulo del Informe: guardar su texto, moverlo de estado, comentarlo, y sus logros y fotografías."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from db.actions.adjuntos import archivar
from db.actions.almacen import depositar
from db.actions.aviso_capitulo import avisar_capitulo
from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.base import ahora, tabla
from db.models.documentos import Adjunto
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia
from db.models.informe import (
    CapituloInforme,
    ClaseLogro,
    ComentarioCapitulo,
    EstadoCapitulo,
    EstadoInforme,
    Informe,
    LogroInforme,
    VersionCapitulo,
)
from db.queries import informe_capitulo
from db.queries.informe_capitulo import CAPITULO
from db.queries.informe_cifras import resolver
from db.rules import informe as reglas
from db.rules.evidencias import Archivo
from db.rules.informe_cifras import citas
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.texto import normal

TEXTO_MAXIMO, COMENTARIO_MAXIMO, PIE_MAXIMO = 60_000, 2_000, 300
FOTOS = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class DatosLogro:
    """Un logro, obra o acción; `inversion` en centavos."""

    clase: str
    titulo: str
    descripcion: str = ""
    lugar: str = ""
    inversion: int = 0
    beneficiarios: int = 0
    fecha: date | None = None
    proyecto_id: int | None = None


def objeto_de(session: Session, capitulo: CapituloInforme) -> Objeto:
    """De quién es el capítulo, para el permiso; sin dependencia, sólo de la unidad."""
    if capitulo.dependencia_id is None:
        return Objeto()
    area = session.get_one(Dependencia, capitulo.dependencia_id)
    suyas = (capitulo.dependencia_id, area.padre_id)
    return Objeto(area.ente_id, frozenset(cual for cual in suyas if cual is not None))


def _abrir(session: Session, actor: Actor, accion: Accion, capitulo_id: int) -> CapituloInforme:
    """El capítulo, si la persona puede y su informe no se ha emitido."""
    capitulo = session.get(CapituloInforme, capitulo_id)
    if capitulo is None:
        raise SinPermiso(accion)
    exigir(actor, accion, objeto_de(session, capitulo))
    if session.get_one(Informe, capitulo.informe_id).estado is EstadoInforme.EMITIDO:
        raise Problema("El informe ya se emitió.", "Lo emitido no se cambia.")
    return capitulo


def _que_se_escribe(session: Session, actor: Actor, capitulo_id: int) -> CapituloInforme:
    capitulo = _abrir(session, actor, Accion.REDACTAR_INFORME, capitulo_id)
    if capitulo.estado.value not in reglas.SE_ESCRIBE:
        palabra = reglas.ESTADOS[capitulo.estado.value][1].lower()
        raise Problema(f"El capítulo está {palabra}: ya no se escribe.", "Pida que se lo devuelvan.", "texto")
    return capitulo


def guardar_texto(session: Session, actor: Actor, *, capitulo_id: int, version: int, texto: str) -> int:
    """Guarda el texto como versión nueva, con lo que dice hoy cada cita; devuelve su número.

    El primer guardado empieza la redacción. SinPermiso; `Conflicto`; `Problema` (campo «texto»).
    """
    capitulo = _que_se_escribe(session, actor, capitulo_id)
    exigir_version(capitulo, version)
    obligatorio(texto, "texto", "el texto", TEXTO_MAXIMO)
    if capitulo.estado is EstadoCapitulo.SOLICITADO:
        capitulo.estado = EstadoCapitulo.EN_REDACCION
    limpio = "\n\n".join(normal(parrafo) for parrafo in reglas.parrafos(texto))
    return _nueva_version(session, actor, capitulo, limpio)


def actualizar_cifras(session: Session, actor: Actor, *, capitulo_id: int, version: int) -> int:
    """El mismo texto con lo que hoy dice cada cita, en una versión nueva: así se acepta una cifra que cambió.

    SinPermiso si no coordina; `Conflicto`; `Problema` si no tiene texto.
    """
    capitulo = _abrir(session, actor, Accion.COORDINAR_INFORME, capitulo_id)
    exigir_version(capitulo, version)
    ultima = _ultima(session, capitulo_id)
    if ultima is None:
        raise Problema("El capítulo no tiene texto.", "Espere a que lo escriban.", "texto")
    return _nueva_version(session, actor, capitulo, ultima.texto)


def _ultima(session: Session, capitulo_id: int) -> Any:
    v = tabla(VersionCapitulo).c
    consulta = select(tabla(VersionCapitulo)).where(v.capitulo_id == capitulo_id)
    return session.execute(consulta.order_by(v.numero.desc()).limit(1)).first()


def _nueva_version(session: Session, actor: Actor, capitulo: CapituloInforme, texto: str) -> int:
    assert capitulo.id is not None
    previa = _ultima(session, capitulo.id)
    numero = previa.numero + 1 if previa else 1
    dichas = resolver(session, llaves=[cita.llave for cita in citas(texto)])
    session.add(
        VersionCapitulo(
            capitulo_id=capitulo.id,
            numero=numero,
            texto=texto,
            cifras={llave: _recuerdo(cita) for llave, cita in dichas.items()},
            estado=capitulo.estado,
            autor=actor.cuenta,
            guardada_en=ahora(),
        )
    )
    _tocar(session, capitulo)
    return numero


def _recuerdo(cita: Mapping[str, Any]) -> dict[str, Any]:
    return {campo: cita[campo] for campo in ("dicho", "nombre", "que_es", "cierre", "origen")}


def _tocar(session: Session, capitulo: CapituloInforme) -> None:
    """Sube la versión del capítulo aunque sus columnas no cambien: otra persona debe enterarse."""
    flag_modified(capitulo, "titulo")
    session.add(capitulo)
    session.flush()


def mover(
    session: Session, actor: Actor, *, capitulo_id: int, version: int, paso: str, motivo: str = ""
) -> None:
    """Entregar, devolver, aprobar o reabrir. SinPermiso; `Conflicto`; `Problema` en «paso» o «motivo»."""
    if paso not in reglas.PASOS:
        raise Problema("Ese paso no existe.", "Vuelva a abrirlo.", "paso")
    capitulo = _abrir(session, actor, reglas.PASOS[paso].accion, capitulo_id)
    exigir_version(capitulo, version)
    hecho = reglas.exigir_paso(paso, capitulo.estado.value, motivo)
    leido = informe_capitulo.capitulo(session, capitulo_id=capitulo_id)
    assert leido is not None
    if paso == "entregar":
        reglas.exigir_limite(leido["texto"], capitulo.limite_palabras)
    if paso == "aprobar":
        autores = {v["autor"] for v in leido["historia"] if v["estado"] != reglas.ENTREGADO}
        reglas.exigir_aprobable(actor.cuenta, autores, leido["por_resolver"], leido["sin_fuente"])
    capitulo.estado = EstadoCapitulo(hecho.hasta)
    session.add(capitulo)
    session.flush()
    if hecho.pide_motivo:
        _comentario(session, actor, capitulo, 0, motivo)
        avisar_capitulo(session, actor, capitulo, f"Se le devolvió el capítulo «{capitulo.titulo}»")


def comentar(session: Session, actor: Actor, *, capitulo_id: int, parrafo: int, texto: str) -> None:
    """Comenta un párrafo (desde 1) o todo el capítulo (0). SinPermiso; `Problema` (campo «comentario»)."""
    capitulo = session.get(CapituloInforme, capitulo_id)
    if capitulo is None:
        raise SinPermiso(Accion.REDACTAR_INFORME)
    exigir(actor, Accion.REDACTAR_INFORME, objeto_de(session, capitulo))
    _comentario(session, actor, capitulo, parrafo, texto)


def _comentario(session: Session, actor: Actor, capitulo: CapituloInforme, parrafo: int, texto: str) -> None:
    assert capitulo.id is not None
    ultima = _ultima(session, capitulo.id)
    cuantos = len(reglas.parrafos(ultima.texto)) if ultima else 0
    if not 0 <= parrafo <= cuantos:
        raise Problema("Ese párrafo no existe.", "Vuelva a abrir el capítulo.", "comentario")
    dice = obligatorio(texto, "comentario", "el comentario", COMENTARIO_MAXIMO)
    session.add(
        ComentarioCapitulo(
            capitulo_id=capitulo.id,
            numero=ultima.numero if ultima else 0,
            parrafo=parrafo,
            texto=dice,
            autor=actor.cuenta,
            momento=ahora(),
        )
    )
    session.flush()


def resolver_comentario(session: Session, actor: Actor, *, comentario_id: int, version: int) -> None:
    """Da por resuelto un comentario; lo hace quien coordina o quien lo escribió. SinPermiso; `Conflicto`."""
    comentario = session.get(ComentarioCapitulo, comentario_id)
    if comentario is None:
        raise SinPermiso(Accion.COORDINAR_INFORME)
    if comentario.autor != actor.cuenta:
        exigir(actor, Accion.COORDINAR_INFORME)
    exigir_version(comentario, version)
    comentario.resuelto_en, comentario.resolvio = ahora(), actor.cuenta
    session.add(comentario)
    session.flush()


def guardar_logro(
    session: Session,
    actor: Actor,
    *,
    capitulo_id: int,
    logro_id: int | None,
    version: int,
    datos: DatosLogro,
) -> int:
    """Agrega un logro (id vacío) o lo corrige; devuelve su id. SinPermiso; `Conflicto`; `Problema`."""
    capitulo = _que_se_escribe(session, actor, capitulo_id)
    fila = session.get(LogroInforme, logro_id) if logro_id else None
    if fila is not None and fila.capitulo_id != capitulo_id:
        raise SinPermiso(Accion.REDACTAR_INFORME)
    exigir_version(fila, version)
    if datos.inversion < 0 or datos.beneficiarios < 0:
        raise Problema("No puede ser negativo.", "Corríjalo.", "inversion")
    titulo = obligatorio(datos.titulo, "titulo", "qué se logró", PIE_MAXIMO)
    if fila is None:
        g = tabla(LogroInforme).c
        ultimo = session.execute(select(func.max(g.orden)).where(g.capitulo_id == capitulo_id)).scalar()
        fila = LogroInforme(
            capitulo_id=capitulo_id, clase=ClaseLogro(datos.clase), orden=(ultimo or 0) + 1, titulo=titulo
        )
    fila.clase, fila.titulo, fila.lugar = ClaseLogro(datos.clase), titulo, normal(datos.lugar)[:PIE_MAXIMO]
    fila.descripcion, fila.fecha = datos.descripcion.strip()[:COMENTARIO_MAXIMO], datos.fecha
    fila.inversion, fila.beneficiarios = datos.inversion, datos.beneficiarios
    fila.proyecto_id = datos.proyecto_id
    session.add(fila)
    _tocar(session, capitulo)
    return fila.id or 0


def quitar_logro(session: Session, actor: Actor, *, logro_id: int, version: int) -> None:
    """Quita un logro del capítulo. SinPermiso; `Conflicto`."""
    fila = session.get(LogroInforme, logro_id)
    if fila is None:
        raise SinPermiso(Accion.REDACTAR_INFORME)
    capitulo = _que_se_escribe(session, actor, fila.capitulo_id)
    exigir_version(fila, version)
    session.delete(fila)
    _tocar(session, capitulo)


def agregar_foto(
    session: Session, actor: Actor, *, capitulo_id: int, archivo: Archivo, pie: str, lugar: str
) -> int:
    """Guarda una fotografía ya revisada, con su pie y su lugar; devuelve el id del adjunto.

    SinPermiso; `Problema` (campo «foto» o «pie») si no es imagen, no lleva pie o ya está en el capítulo.
    """
    capitulo = _que_se_escribe(session, actor, capitulo_id)
    if archivo.tipo not in FOTOS:
        raise Problema("No es una fotografía.", "Suba una imagen JPG, PNG o WEBP.", "foto")
    escrito = obligatorio(pie, "pie", "el pie de la fotografía", PIE_MAXIMO)
    huella = depositar(archivo.contenido)
    if huella in {foto["sha256"] for foto in _fotos(session, capitulo_id)}:
        raise Problema("Esa fotografía ya está en el capítulo.", "Elija otra.", "foto")
    evidencia = archivar(session, actor, archivo, dependencia_id=capitulo.dependencia_id, campo="foto")
    assert evidencia.id is not None
    adjunto = Adjunto(
        evidencia_id=evidencia.id,
        asunto=CAPITULO,
        referencia=str(capitulo_id),
        pie=escrito,
        lugar=normal(lugar)[:PIE_MAXIMO],
        orden=len(_fotos(session, capitulo_id)) + 1,
        agrego=actor.cuenta,
        agregado_en=ahora(),
    )
    session.add(adjunto)
    _tocar(session, capitulo)
    return adjunto.id or 0


def quitar_foto(session: Session, actor: Actor, *, adjunto_id: int) -> None:
    """La fotografía deja de ser del capítulo; el archivo se queda guardado. SinPermiso."""
    adjunto = session.get(Adjunto, adjunto_id)
    if adjunto is None or adjunto.asunto != CAPITULO:
        raise SinPermiso(Accion.REDACTAR_INFORME)
    capitulo = _que_se_escribe(session, actor, int(adjunto.referencia))
    evidencia = session.get_one(Evidencia, adjunto.evidencia_id)
    evidencia.retirada_en, evidencia.motivo_retiro = ahora(), "Se quitó del capítulo del Informe"
    session.add(evidencia)
    session.delete(adjunto)
    _tocar(session, capitulo)


def _fotos(session: Session, capitulo_id: int) -> list[dict[str, Any]]:
    return informe_capitulo.fotos(session, [capitulo_id]).get(capitulo_id, [])
