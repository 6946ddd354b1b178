"""El Informe de Gobierno de la demostración: cruza dos ejercicios y tiene capítulos en todos los estados."""

import hashlib
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.almacen import escribir
from db.actions.informe import armar_indice
from db.audit import anotar
from db.base import tabla
from db.engine import writing
from db.models.documentos import Adjunto
from db.models.estructura import Dependencia
from db.models.evidencias import Evidencia
from db.models.informe import (
    CapituloInforme,
    ClaseLogro,
    ComentarioCapitulo,
    EstadoCapitulo,
    Informe,
    LogroInforme,
    VersionCapitulo,
)
from db.models.programas import Proyecto
from db.queries.informe import capitulos
from db.queries.informe_capitulo import CAPITULO
from db.queries.informe_cifras import resolver
from db.rules.informe_cifras import Cita
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL, HOY, MES_CORTE, SEMILLA, local
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base
from seed.demo.evidencias import foto

PRESENTACION = (
    "Rendimos cuentas de lo que se prometió en el Plan de Desarrollo Municipal, de lo que se logró y de "
    "lo que falta. Cada cifra de este Informe sale de lo que las dependencias capturaron y la unidad de "
    "planeación validó y cerró."
)
GUIA = (
    "Diga qué cambió para la gente, con las cifras de sus programas ya puestas. Tres párrafos: qué se hizo, "
    "qué resultó y qué falta. Agregue sus obras con su lugar y sus fotografías."
)
APERTURAS = (
    "En el periodo que se informa, el tema «{tema}» alcanzó un cumplimiento de {cumplimiento}.",
    "El trabajo en «{tema}» cerró el tercer trimestre con un cumplimiento de {cumplimiento}.",
    "De lo comprometido en «{tema}», al cierre de septiembre se cumplió {cumplimiento}.",
)
MEDIOS = (
    "Para el año completo el avance es de {avance}. Las brigadas trabajaron por colonia y cada entrega quedó "
    "registrada con su evidencia.",
    "El avance respecto de la meta anual es de {avance}; lo que falta es del último trimestre.",
    "Con ello el avance anual llega a {avance}, y los comités vecinales firmaron de conformidad.",
)
CIERRES = (
    "Queda pendiente llegar a las comunidades más alejadas, que es el compromiso del año que viene.",
    "Falta concluir lo que detuvo la temporada de lluvias; se retomará en cuanto lo permita el terreno.",
    "El reto es sostener el ritmo: la mayor parte de lo que falta depende de obra que ya está contratada.",
)
A_MANO = "Se atendió además a 1,250 personas en jornadas que organizó la propia dependencia."
CON_FUENTE = (
    "El municipio tiene 98,400 habitantes [fuente: INEGI, Censo de Población y Vivienda 2020] y a "
    "ellos se les rinde cuentas."
)
COMENTARIOS = (
    "Falta decir en qué comunidades; agréguelas en este párrafo.",
    "La cifra va, pero explique por qué quedó debajo de lo programado.",
    "Ponga primero lo que cambió para la gente y después el trámite.",
)
OBRAS = (
    ("Rehabilitación de la calle principal", ClaseLogro.OBRA, 1_845_000),
    ("Línea de agua potable", ClaseLogro.OBRA, 962_000),
    ("Jornadas de atención casa por casa", ClaseLogro.ACCION, 124_000),
    ("Techado de la plaza cívica", ClaseLogro.OBRA, 1_410_000),
    ("Ventanilla única en línea", ClaseLogro.LOGRO, 0),
    ("Luminarias de bajo consumo", ClaseLogro.OBRA, 688_000),
    ("Becas de continuidad escolar", ClaseLogro.ACCION, 352_000),
)
LUGARES = (
    "San Miguel",
    "La Loma",
    "El Calvario",
    "Santa Rita",
    "Las Ánimas",
    "Cabecera municipal",
    "El Llano",
)
ORDEN = (
    EstadoCapitulo.APROBADO,
    EstadoCapitulo.APROBADO,
    EstadoCapitulo.ENTREGADO,
    EstadoCapitulo.EN_CORRECCION,
    EstadoCapitulo.EN_REDACCION,
    EstadoCapitulo.SOLICITADO,
)
"""Se reparten en este orden, por capítulo: así los hay de todos y los primeros ejes van más adelantados."""


def crear(base: Base) -> None:
    """Un informe de octubre a septiembre, pedido hace un mes; el capítulo del enlace espera corrección."""
    azar = Random(SEMILLA + 17)
    planeacion = base.actores[Rol.PLANEACION]
    with writing(planeacion) as session:
        informe = Informe(
            nombre="Segundo Informe de Gobierno",
            desde_anio=ACTUAL - 1,
            desde_mes=MES_CORTE + 1,
            hasta_anio=ACTUAL,
            hasta_mes=MES_CORTE,
            rinde_en=date(ACTUAL, 12, 4),
            presentacion=PRESENTACION,
        )
        session.add(informe)
        session.flush()
        assert informe.id is not None
        plazo = HOY + timedelta(days=6)
        armar_indice(session, planeacion, informe_id=informe.id, vence=plazo, limite_palabras=600)
        session.flush()
        del_enlace = base.dependencias[(*DEPENDENCIA_DEL_ENLACE, "")]
        for lugar, dato in enumerate(capitulos(session, informe.id)):
            uno = session.get_one(CapituloInforme, dato["id"])
            uno.guia = GUIA
            estado = ORDEN[lugar % len(ORDEN)]
            if dato["dependencia_id"] == del_enlace:
                estado = EstadoCapitulo.EN_CORRECCION if lugar % 2 else EstadoCapitulo.SOLICITADO
            if lugar % 11 == 5:
                uno.vence = local(HOY - timedelta(days=4), 23, 59)
            _escribir(session, azar, uno, estado)
        anotar(session, "pedir", "capitulo_informe", informe.id)


def _escribir(session: Session, azar: Random, uno: CapituloInforme, estado: EstadoCapitulo) -> None:
    """Deja el capítulo en su estado, con las versiones y comentarios que llevan a él."""
    uno.estado = estado
    session.add(uno)
    session.flush()
    if estado is EstadoCapitulo.SOLICITADO:
        return
    texto = _texto(azar, uno, a_mano=estado is EstadoCapitulo.EN_REDACCION)
    primera = "\n\n".join(texto.split("\n\n")[:2])
    _version(session, uno, 1, primera, EstadoCapitulo.EN_REDACCION, 20)
    if estado is EstadoCapitulo.EN_REDACCION:
        _version(session, uno, 2, texto, EstadoCapitulo.EN_REDACCION, 6)
        return
    _version(session, uno, 2, texto, EstadoCapitulo.EN_REDACCION, 12)
    _logro(session, azar, uno)
    if estado is not EstadoCapitulo.ENTREGADO:
        _comentario(session, azar, uno, resuelto=estado is EstadoCapitulo.APROBADO)
    if azar.random() < 0.4:
        _fotografia(session, uno)


def _texto(azar: Random, uno: CapituloInforme, *, a_mano: bool) -> str:
    citadas = {
        nombre: Cita(figura, "nodo", str(uno.nodo_id), ACTUAL, MES_CORTE).escrita
        for nombre, figura in (("cumplimiento", "cumplimiento"), ("avance", "avance"))
    }
    partes = [azar.choice(APERTURAS), azar.choice(MEDIOS), azar.choice(CIERRES)]
    if uno.padre_id is None:
        partes.insert(2, CON_FUENTE)
    if a_mano:
        partes.append(A_MANO)
    return "\n\n".join(parte.format(tema=uno.titulo, **citadas) for parte in partes)


def _version(
    session: Session, uno: CapituloInforme, numero: int, texto: str, estado: EstadoCapitulo, dias: int
) -> None:
    llaves = [
        Cita(figura, "nodo", str(uno.nodo_id), ACTUAL, MES_CORTE).llave
        for figura in ("cumplimiento", "avance")
        if f"{{{{{figura}:" in texto
    ]
    dichas: dict[str, Any] = {
        llave: {campo: cita[campo] for campo in ("dicho", "nombre", "que_es", "cierre", "origen")}
        for llave, cita in resolver(session, llaves=llaves).items()
    }
    assert uno.id is not None
    session.add(
        VersionCapitulo(
            capitulo_id=uno.id,
            numero=numero,
            texto=texto,
            cifras=dichas,
            estado=estado,
            autor="enlace",
            guardada_en=local(HOY - timedelta(days=dias), 11, 5 * numero),
        )
    )
    session.flush()


def _comentario(session: Session, azar: Random, uno: CapituloInforme, *, resuelto: bool) -> None:
    assert uno.id is not None
    session.add(
        ComentarioCapitulo(
            capitulo_id=uno.id,
            numero=1,
            parrafo=azar.choice((1, 2)),
            texto=azar.choice(COMENTARIOS),
            autor="planeacion",
            momento=local(HOY - timedelta(days=15), 13, 20),
            resuelto_en=local(HOY - timedelta(days=11), 9, 30) if resuelto else None,
            resolvio="planeacion" if resuelto else "",
        )
    )


def _logro(session: Session, azar: Random, uno: CapituloInforme) -> None:
    titulo, clase, pesos = azar.choice(OBRAS)
    y = tabla(Proyecto).c
    proyecto = session.execute(select(y.id).where(y.anio == ACTUAL).order_by(y.clave).limit(1)).scalar()
    assert uno.id is not None
    session.add(
        LogroInforme(
            capitulo_id=uno.id,
            clase=clase,
            orden=1,
            titulo=titulo,
            lugar=azar.choice(LUGARES),
            inversion=pesos * azar.randint(60, 140),
            beneficiarios=azar.randint(40, 640) * 10,
            fecha=date(ACTUAL, azar.randint(2, MES_CORTE), azar.randint(1, 28)),
            proyecto_id=proyecto if clase is ClaseLogro.OBRA else None,
        )
    )


def _fotografia(session: Session, uno: CapituloInforme) -> None:
    if uno.dependencia_id is None:
        return
    contenido = foto("Entrega de obra", f"obra {uno.id}")
    huella = hashlib.sha256(contenido).hexdigest()
    escribir(huella, contenido)
    momento = local(HOY - timedelta(days=12), 12, 0)
    evidencia = Evidencia(
        sha256=huella,
        nombre="Entrega de obra.jpg",
        tipo="image/jpeg",
        tamano=len(contenido),
        ente_id=session.get_one(Dependencia, uno.dependencia_id).ente_id,
        dependencia_id=uno.dependencia_id,
        subio="enlace",
        subida_en=momento,
    )
    session.add(evidencia)
    session.flush()
    assert evidencia.id is not None
    session.add(
        Adjunto(
            evidencia_id=evidencia.id,
            asunto=CAPITULO,
            referencia=str(uno.id),
            pie="Entrega a las vecinas y vecinos",
            lugar="San Miguel",
            orden=1,
            agrego="enlace",
            agregado_en=momento,
        )
    )
