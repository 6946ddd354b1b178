"""Integrar un comité: qué es, sus reglas con fecha, sus asientos, el directorio y quién ocupa cada lugar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.actions.municipio import obligatorio
from db.base import tabla
from db.models.comites import (
    Asiento,
    Calidad,
    CargoComite,
    ClaseComite,
    Comite,
    EstadoIntegrante,
    Integrante,
    Mayoria,
    ReglasComite,
    Sector,
)
from db.models.personas import Persona, Sexo
from db.queries.comites import reglas_en
from db.queries.municipio import hoy
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.sesiones import exigir_suplentes, vota
from db.rules.texto import normal

NOMBRE_MAXIMO, TEXTO_MAXIMO = 200, 2_000
NUMEROS_DE_REGLA = (
    "quorum_numerador",
    "quorum_denominador",
    "segunda_minutos",
    "segunda_numerador",
    "segunda_denominador",
    "aviso_ordinaria_dias",
    "aviso_extraordinaria_horas",
)


def guardar_comite(
    session: Session, actor: Actor, *, comite_id: int | None, version: int, datos: Mapping[str, Any]
) -> int:
    """Crea un comité (id vacío) o lo corrige; `datos`: clase, nombre, siglas, padre_id, objeto, fundamento,
    instalado_en, nodo_id, dependencia_id. Devuelve su id. SinPermiso; `Conflicto`; `Problema`."""
    exigir(actor, Accion.COORDINAR_COMITES)
    fila = session.get(Comite, comite_id) if comite_id else None
    exigir_version(fila, version)
    nombre = obligatorio(str(datos["nombre"]), "nombre", "el nombre", NOMBRE_MAXIMO)
    siglas = obligatorio(str(datos["siglas"]), "siglas", "las siglas", 30).upper()
    c = tabla(Comite).c
    otro = session.execute(select(c.id).where(c.siglas == siglas)).scalar()
    if otro is not None and otro != comite_id:
        raise Problema("Ya hay un comité con esas siglas.", "Escriba otras: van en sus acuerdos.", "siglas")
    if fila is None:
        fila = Comite(clase=ClaseComite(datos["clase"]), nombre=nombre, siglas=siglas)
    if datos.get("padre_id") is not None and datos["padre_id"] == comite_id:
        raise Problema("Un comité no cuelga de sí mismo.", "Elija otro.", "padre_id")
    fila.clase, fila.nombre, fila.siglas = ClaseComite(datos["clase"]), nombre, siglas
    fila.padre_id, fila.nodo_id = datos.get("padre_id"), datos.get("nodo_id")
    fila.dependencia_id, fila.instalado_en = datos.get("dependencia_id"), datos.get("instalado_en")
    fila.objeto = str(datos.get("objeto", "")).strip()[:TEXTO_MAXIMO]
    fila.fundamento = str(datos.get("fundamento", "")).strip()[:TEXTO_MAXIMO]
    session.add(fila)
    session.flush()
    return fila.id or 0


def guardar_reglas(
    session: Session, actor: Actor, *, comite_id: int, desde: date, datos: Mapping[str, Any]
) -> None:
    """Las reglas que rigen desde una fecha; si ya las había ese día, las corrige. SinPermiso; `Problema`."""
    exigir(actor, Accion.COORDINAR_COMITES)
    for campo in NUMEROS_DE_REGLA:
        if int(datos[campo]) < 0:
            raise Problema("No puede ser negativo.", "Corríjalo.", campo)
    for parte in ("quorum", "segunda"):
        if int(datos[f"{parte}_denominador"]) < 1 or int(datos[f"{parte}_numerador"]) > int(
            datos[f"{parte}_denominador"]
        ):
            raise Problema("La fracción va de 0 a 1.", "Por ejemplo, 1 de 2.", f"{parte}_numerador")
    r = tabla(ReglasComite).c
    cual = session.execute(select(r.id).where(r.comite_id == comite_id, r.desde == desde)).scalar()
    fila = session.get(ReglasComite, cual) if cual else ReglasComite(comite_id=comite_id, desde=desde)
    assert fila is not None
    for campo in NUMEROS_DE_REGLA:
        setattr(fila, campo, int(datos[campo]))
    fila.quorum_mas_uno, fila.voto_calidad = bool(datos["quorum_mas_uno"]), bool(datos["voto_calidad"])
    fila.suplentes, fila.mayoria = bool(datos["suplentes"]), Mayoria(datos["mayoria"])
    if not datos["votan"]:
        raise Problema("Nadie votaría.", "Elija al menos un cargo con voto.", "votan")
    fila.votan = [CargoComite(cargo).value for cargo in datos["votan"]]
    fila.fundamento = str(datos.get("fundamento", "")).strip()[:TEXTO_MAXIMO]
    session.add(fila)
    session.flush()


def guardar_asiento(
    session: Session,
    actor: Actor,
    *,
    comite_id: int,
    asiento_id: int | None,
    version: int,
    datos: Mapping[str, Any],
) -> int:
    """Agrega o corrige un asiento: cargo, sector, representa, voz, voto, desde, hasta, dependencia_id.

    Sin `voto` (None), vota si las reglas del comité dicen que su cargo vota. Devuelve su id.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    fila = session.get(Asiento, asiento_id) if asiento_id else None
    exigir_version(fila, version)
    representa = obligatorio(str(datos["representa"]), "representa", "a quién representa", NOMBRE_MAXIMO)
    if fila is None:
        fila = Asiento(
            comite_id=comite_id,
            cargo=CargoComite(datos["cargo"]),
            sector=Sector(datos["sector"]),
            representa=representa,
            desde=datos["desde"],
        )
    fila.cargo, fila.sector = CargoComite(datos["cargo"]), Sector(datos["sector"])
    fila.representa, fila.dependencia_id = representa, datos.get("dependencia_id")
    voto = datos.get("voto")
    if voto is None:
        voto = vota(reglas_en(session, comite_id, hoy(session)), fila.cargo.value)
    fila.voz, fila.voto, fila.orden = bool(datos["voz"]), bool(voto), int(datos.get("orden", 0))
    fila.hasta = datos.get("hasta")
    session.add(fila)
    session.flush()
    return fila.id or 0


def guardar_persona(
    session: Session, actor: Actor, *, persona_id: int | None, version: int, datos: Mapping[str, Any]
) -> int:
    """Agrega o corrige a alguien: nombre, sexo, cargo, institucion, correo, telefono, usuario_id."""
    exigir(actor, Accion.COORDINAR_COMITES)
    fila = session.get(Persona, persona_id) if persona_id else None
    exigir_version(fila, version)
    nombre = obligatorio(str(datos["nombre"]), "nombre", "el nombre", NOMBRE_MAXIMO)
    fila = fila or Persona(nombre=nombre)
    fila.nombre, fila.sexo = nombre, Sexo(datos.get("sexo", Sexo.NO_DICE))
    for campo in ("cargo", "institucion", "correo", "telefono"):
        setattr(fila, campo, normal(str(datos.get(campo, "")))[:NOMBRE_MAXIMO])
    fila.usuario_id, fila.dependencia_id = datos.get("usuario_id"), datos.get("dependencia_id")
    session.add(fila)
    session.flush()
    return fila.id or 0


def proponer(
    session: Session, actor: Actor, *, asiento_id: int, persona_id: int, calidad: str, desde: date
) -> int:
    """Propone a una persona para un asiento; la unidad propone y el comité la acredita. Devuelve su id.

    Problema si las reglas no admiten suplentes, si el asiento ya tiene titular, o si la persona ya ocupa
    otro asiento del mismo comité.
    """
    exigir(actor, Accion.COORDINAR_COMITES)
    asiento = session.get(Asiento, asiento_id)
    if asiento is None:
        raise Problema("No existe ese asiento.", "Vuelva a abrir la pantalla.")
    exigir_suplentes(reglas_en(session, asiento.comite_id, desde), calidad)
    i, a = tabla(Integrante).c, tabla(Asiento).c
    consulta = (
        select(i.asiento_id, i.persona_id, i.calidad)
        .join(tabla(Asiento), a.id == i.asiento_id)
        .where(
            a.comite_id == asiento.comite_id,
            i.estado != EstadoIntegrante.BAJA,
            i.hasta.is_(None) | (i.hasta >= desde),
        )
    )
    for f in session.execute(consulta):
        if f.asiento_id == asiento_id and f.calidad.value == calidad:
            raise Problema(f"El asiento ya tiene {calidad}.", "Déle de baja antes.", "persona")
        if f.persona_id == persona_id:
            raise Problema("Esa persona ya ocupa un asiento de este comité.", "Elija a otra.", "persona")
    fila = Integrante(asiento_id=asiento_id, persona_id=persona_id, calidad=Calidad(calidad), desde=desde)
    session.add(fila)
    session.flush()
    return fila.id or 0


def acreditar(
    session: Session, actor: Actor, *, integrante_id: int, version: int, acreditacion: str, dia: date
) -> None:
    """Lo propuesto queda acreditado con su oficio. SinPermiso; `Conflicto`; `Problema` sin oficio."""
    exigir(actor, Accion.COORDINAR_COMITES)
    fila = session.get(Integrante, integrante_id)
    exigir_version(fila, version)
    assert fila is not None
    fila.acreditacion = obligatorio(acreditacion, "acreditacion", "el oficio que lo acredita", NOMBRE_MAXIMO)
    fila.estado, fila.acreditado_en = EstadoIntegrante.ACREDITADO, dia
    session.add(fila)
    session.flush()


def dar_de_baja(session: Session, actor: Actor, *, integrante_id: int, version: int, dia: date) -> None:
    """Deja de ocupar el asiento ese día; lo que hizo se conserva. SinPermiso; `Conflicto`; `Problema`."""
    exigir(actor, Accion.COORDINAR_COMITES)
    fila = session.get(Integrante, integrante_id)
    exigir_version(fila, version)
    assert fila is not None
    if dia < fila.desde:
        raise Problema("La baja es anterior al nombramiento.", "Corrija la fecha.", "dia")
    fila.hasta = dia
    session.add(fila)
    session.flush()
