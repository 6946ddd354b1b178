"""El COPLADEMUN de la demostración: con un año de sesiones celebradas, acuerdos y una convocada."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import Session

from db.audit import anotar, canonico
from db.engine import writing
from db.models.acuerdos import Acuerdo, AvanceAcuerdo, EstadoAcuerdo, LigaAcuerdo
from db.models.comites import (
    Asiento,
    Calidad,
    CargoComite,
    ClaseComite,
    Comite,
    EstadoIntegrante,
    Integrante,
    ReglasComite,
    Sector,
)
from db.models.personas import Persona, Sexo
from db.models.sesiones import (
    Acta,
    Asistencia,
    CambioActa,
    ClaseMaterial,
    ClasePunto,
    Convocado,
    EstadoActa,
    EstadoPunto,
    EstadoSesion,
    EstadoVotacion,
    Intervencion,
    MaterialPunto,
    Medio,
    ModoVotacion,
    PuntoOrden,
    SentidoVoto,
    SesionComite,
    TipoSesion,
    Votacion,
    Voto,
)
from db.queries import acta as lee_acta
from db.queries.comites import integrantes_en, reglas_en
from db.queries.verificar import sello_actual
from db.rules.acta import huella_de
from db.rules.permisos import Rol
from db.rules.sesiones import numero_de_acuerdo, orden_modelo
from seed.demo.calendario import ACTUAL, HOY, SEMILLA, local
from seed.demo.estructura import Base

MUJERES = ("Alma", "Berenice", "Carmen", "Dalia", "Elena", "Fátima", "Gloria", "Inés", "Julia", "Lidia")
HOMBRES = ("Abel", "Bruno", "César", "Darío", "Efraín", "Felipe", "Gael", "Hugo", "Iván", "Joel")
APELLIDOS = ("Ficticio", "Inventado", "Ejemplo", "Muestra", "Supuesto", "Figurado")

C, S = CargoComite, Sector
ASIENTOS: tuple[tuple[CargoComite, Sector, str, Rol | None], ...] = (
    (C.PRESIDENTE, S.PUBLICO, "Presidencia Municipal", Rol.PRESIDENCIA),
    (C.COORDINADOR, S.PUBLICO, "Dirección de Planeación", None),
    (C.SECRETARIO_TECNICO, S.PUBLICO, "Unidad de planeación (UIPPE)", Rol.PLANEACION),
    (C.VOCAL, S.PUBLICO, "Tesorería Municipal", Rol.TESORERIA),
    (C.VOCAL, S.PUBLICO, "Primera regiduría", None),
    (C.VOCAL, S.PUBLICO, "Segunda regiduría", None),
    (C.VOCAL, S.PUBLICO, "Sindicatura", None),
    (C.VOCAL, S.PUBLICO, "Obras Públicas", None),
    (C.VOCAL, S.PUBLICO, "Desarrollo Social", Rol.ENLACE),
    (C.VOCAL, S.PUBLICO, "Seguridad Ciudadana", None),
    (C.VOCAL, S.SOCIAL, "Consejo de Participación de la Cabecera", Rol.COPLADEM),
    (C.VOCAL, S.SOCIAL, "Consejo de Participación de San Miguel", None),
    (C.VOCAL, S.SOCIAL, "Consejo de Participación de La Loma", None),
    (C.VOCAL, S.SOCIAL, "Comité de agua de El Llano", None),
    (C.VOCAL, S.SOCIAL, "Autoridades auxiliares", None),
    (C.VOCAL, S.SOCIAL, "Colectivo de mujeres del valle", None),
    (C.VOCAL, S.SOCIAL, "Consejo de pueblos originarios", None),
    (C.VOCAL, S.SOCIAL, "Red de personas con discapacidad", None),
    (C.VOCAL, S.SOCIAL, "Asociación ejidal", None),
    (C.VOCAL, S.PRIVADO, "Cámara de comercio local", None),
    (C.VOCAL, S.PRIVADO, "Parque industrial", None),
    (C.VOCAL, S.PRIVADO, "Unión de locatarios", None),
    (C.VOCAL, S.PRIVADO, "Prestadores de servicios turísticos", None),
    (C.VOCAL, S.PRIVADO, "Productores agrícolas", None),
    (C.VOCAL, S.ACADEMICO, "Universidad estatal, campus valle", None),
    (C.VOCAL, S.ACADEMICO, "Instituto tecnológico", None),
    (C.VOCAL, S.ACADEMICO, "Colegio de bachilleres", None),
    (C.VOCAL, S.ACADEMICO, "Colegio de ingenieros", None),
    (C.INVITADO, S.PUBLICO, "Comité estatal de planeación", None),
    (C.INVITADO, S.PUBLICO, "Contraloría Municipal", Rol.CONTRALORIA),
)

ASUNTOS = (
    ("Avance del Plan al trimestre", False, ("nodo", "programa")),
    ("Priorización de obras del FAIS", True, ("obras",)),
    ("Pesos de los ejes del Plan", True, ("pesos",)),
)
ACUERDOS: tuple[tuple[str, str, str, int, EstadoAcuerdo, int], ...] = (
    ("Publicar en la gaceta los pesos aprobados de los ejes", "S00", "1", 30, EstadoAcuerdo.CUMPLIDO, 100),
    (
        "Presentar la ruta de atención de los temas en rojo del eje dos",
        "S00",
        "2",
        60,
        EstadoAcuerdo.EN_PROCESO,
        60,
    ),
    (
        "Entregar los expedientes técnicos de las obras priorizadas",
        "F00",
        "3",
        45,
        EstadoAcuerdo.EN_PROCESO,
        40,
    ),
    (
        "Convocar a los comités de agua a revisar la red de El Llano",
        "F00",
        "3",
        90,
        EstadoAcuerdo.PENDIENTE,
        0,
    ),
    ("Instalar la mesa de pueblos originarios", "I01", "1", 40, EstadoAcuerdo.CUMPLIDO, 100),
    ("Informar el destino de los recursos no ejercidos", "L00", "6", 20, EstadoAcuerdo.PENDIENTE, 0),
    ("Difundir el calendario de sesiones del año siguiente", "S00", "6", 290, EstadoAcuerdo.PENDIENTE, 0),
    ("Revisar con la universidad el diagnóstico de juventud", "I01", "1", 75, EstadoAcuerdo.CANCELADO, 20),
)


def crear(base: Base) -> None:
    """Comités, integrantes, cinco sesiones y ocho acuerdos; la próxima ya está convocada."""
    azar = Random(SEMILLA + 23)
    with writing(base.actores[Rol.PLANEACION]) as session:
        comite = _comite(
            session, ClaseComite.COPLADEMUN, "COPLADEMUN de San Isidro del Valle", "COPLADEMUN", None
        )
        _integrar(session, base, azar, comite, ASIENTOS)
        for nombre, siglas, lugar in (
            ("Subcomité de bienestar social", "SUB-BIENESTAR", slice(8, 19)),
            ("Subcomité de territorio y obra", "SUB-TERRITORIO", slice(3, 16)),
        ):
            otro = _comite(session, ClaseComite.SUBCOMITE_SECTORIAL, nombre, siglas, comite)
            _integrar(session, base, azar, otro, ASIENTOS[lugar])
        fechas = ((TipoSesion.INSTALACION, 1, date(ACTUAL - 1, 2, 12)), *_ordinarias())
        hechas = [_sesion(session, azar, comite, *fecha) for fecha in fechas]
        _acuerdos(session, base, comite, hechas[1:4])
        for sesion in hechas[:4]:
            _acta(session, sesion, aprobada=sesion is not hechas[3])
        anotar(session, "integrar", "comite", comite)


def _ordinarias() -> list[tuple[TipoSesion, int, date]]:
    dias = (date(ACTUAL, 3, 17), date(ACTUAL, 6, 16), date(ACTUAL, 9, 17), date(ACTUAL, 12, 2))
    return [(TipoSesion.ORDINARIA, n, dia) for n, dia in enumerate(dias, start=1)]


def _comite(session: Session, clase: ClaseComite, nombre: str, siglas: str, padre: int | None) -> int:
    fila = Comite(
        clase=clase,
        nombre=nombre,
        siglas=siglas,
        padre_id=padre,
        objeto="Participar en la elaboración, seguimiento y evaluación del Plan de Desarrollo Municipal.",
        fundamento="Ley de planeación del estado y reglamento interior del comité",
        instalado_en=date(ACTUAL - 1, 2, 12),
    )
    session.add(fila)
    session.flush()
    assert fila.id is not None
    session.add(ReglasComite(comite_id=fila.id, desde=date(ACTUAL - 1, 1, 1)))
    return fila.id


def _integrar(
    session: Session,
    base: Base,
    azar: Random,
    comite: int,
    asientos: Sequence[tuple[CargoComite, Sector, str, Rol | None]],
) -> None:
    """Un titular por asiento y un suplente en uno de cada tres; con cuenta, sólo en el comité padre."""
    con_cuenta = len(asientos) == len(ASIENTOS)
    for lugar, (cargo, sector, representa, rol) in enumerate(asientos):
        asiento = Asiento(
            comite_id=comite,
            orden=lugar,
            cargo=cargo,
            sector=sector,
            representa=representa,
            voto=cargo in (C.PRESIDENTE, C.COORDINADOR, C.VOCAL),
            desde=date(ACTUAL - 1, 1, 15),
        )
        session.add(asiento)
        session.flush()
        usuario = base.actores[rol].usuario_id if rol is not None and con_cuenta else None
        _sentar(session, azar, asiento, usuario, Calidad.TITULAR)
        if lugar % 3 == 0:
            _sentar(session, azar, asiento, None, Calidad.SUPLENTE)


def _sentar(session: Session, azar: Random, asiento: Asiento, usuario: int | None, calidad: Calidad) -> None:
    mujer = azar.random() < 0.5
    nombre = f"{azar.choice(MUJERES if mujer else HOMBRES)} {' '.join(azar.sample(APELLIDOS, 2))}"
    persona = Persona(
        nombre=nombre,
        sexo=Sexo.MUJER if mujer else Sexo.HOMBRE,
        institucion=asiento.representa,
        usuario_id=usuario,
    )
    session.add(persona)
    session.flush()
    assert persona.id is not None and asiento.id is not None
    session.add(
        Integrante(
            asiento_id=asiento.id,
            persona_id=persona.id,
            calidad=calidad,
            estado=EstadoIntegrante.ACREDITADO,
            acreditacion=f"PM/{asiento.id:03d}/{ACTUAL - 1}",
            acreditado_en=date(ACTUAL - 1, 2, 3),
            desde=date(ACTUAL - 1, 1, 15),
        )
    )
    session.flush()


def _sesion(
    session: Session, azar: Random, comite: int, tipo: TipoSesion, numero: int, dia: date
) -> SesionComite:
    pasada = dia < HOY
    fila = SesionComite(
        comite_id=comite,
        anio=dia.year,
        numero=numero,
        tipo=tipo,
        estado=EstadoSesion.CERRADA if pasada else EstadoSesion.CONVOCADA,
        prevista=local(dia, 10),
        lugar="Salón de cabildo",
        convocada_en=local(dia - timedelta(days=12), 12),
        abierta_en=local(dia, 10, 20) if pasada else None,
        cerrada_en=local(dia, 12, 5) if pasada else None,
        codigo=f"{azar.randrange(10**6):06d}",
        reglas=reglas_en(session, comite, dia),
    )
    session.add(fila)
    session.flush()
    assert fila.id is not None
    suyos = integrantes_en(session, comite_id=comite, fecha=dia)
    for i in suyos:
        va = azar.random() < 0.8
        session.add(
            Convocado(
                sesion_id=fila.id,
                integrante_id=i["integrante_id"],
                enviada_en=fila.convocada_en,
                recibida_en=local(dia - timedelta(days=9), 9, 10) if va else None,
                respondida_en=local(dia - timedelta(days=9), 9, 12) if va else None,
                asistira=True if va else None,
            )
        )
    presentes = _asistir(session, azar, fila, suyos) if pasada else []
    _orden(session, azar, fila, presentes, dia)
    return fila


def _asistir(
    session: Session, azar: Random, fila: SesionComite, suyos: list[dict[str, Any]]
) -> list[Asistencia]:
    """Ocho de cada diez asientos; donde falta el titular llega su suplente, si lo tiene."""
    presentes: dict[int, Asistencia] = {}
    assert fila.id is not None
    for i in suyos:
        fijo = i["cargo"] in ("presidente", "secretario_tecnico")
        if i["asiento_id"] in presentes or not (fijo or azar.random() < 0.8):
            continue
        presentes[i["asiento_id"]] = Asistencia(
            sesion_id=fila.id,
            asiento_id=i["asiento_id"],
            integrante_id=i["integrante_id"],
            llego_en=fila.prevista + timedelta(minutes=azar.randint(-10, 15)),
            medio=azar.choice((Medio.SECRETARIO, Medio.TELEFONO)),
        )
    session.add_all(presentes.values())
    session.flush()
    votan = {i["asiento_id"] for i in suyos if i["voto"]}
    return [a for cual, a in presentes.items() if cual in votan]


def _orden(
    session: Session, azar: Random, fila: SesionComite, presentes: list[Asistencia], dia: date
) -> None:
    assert fila.id is not None
    instala = fila.tipo is TipoSesion.INSTALACION
    puntos: list[tuple[str, str, bool]] = orden_modelo(instala, not instala)
    if not instala:
        puntos[-2:-2] = [("asunto", titulo, vota) for titulo, vota, _ in ASUNTOS]
    inicio = local(dia, 10, 20)
    for lugar, (clase, titulo, se_vota) in enumerate(puntos, start=1):
        pasada = fila.estado is EstadoSesion.CERRADA
        desde = inicio + timedelta(minutes=10 * (lugar - 1))
        punto = PuntoOrden(
            sesion_id=fila.id,
            orden=lugar * 10,
            clase=ClasePunto(clase),
            titulo=titulo,
            se_vota=se_vota,
            estado=EstadoPunto.CONCLUIDO if pasada else EstadoPunto.PENDIENTE,
            iniciado_en=desde if pasada else None,
            concluido_en=desde + timedelta(minutes=9) if pasada else None,
            sintesis=f"Se presentó «{titulo}» y se atendieron las preguntas de quienes asistieron."
            if pasada
            else "",
        )
        session.add(punto)
        session.flush()
        if clase == "asunto":
            _material(session, punto, titulo)
        if pasada and se_vota:
            _votar(session, azar, punto, titulo, presentes, desde)


def _material(session: Session, punto: PuntoOrden, titulo: str) -> None:
    clases = next(clases for nombre, _, clases in ASUNTOS if nombre == titulo)
    for lugar, clase in enumerate(clases, start=1):
        referencia = {"nodo": "1", "programa": "02020301", "obras": str(ACTUAL), "pesos": ""}[clase]
        assert punto.id is not None
        session.add(
            MaterialPunto(
                punto_id=punto.id,
                orden=lugar,
                clase=ClaseMaterial(clase),
                referencia=referencia,
                titulo={
                    "nodo": "Ficha del eje uno",
                    "programa": "Ficha del programa de agua",
                    "obras": "Relación de obras propuestas",
                    "pesos": "Pesos propuestos",
                }[clase],
                agrego="planeacion",
            )
        )


def _votar(
    session: Session,
    azar: Random,
    punto: PuntoOrden,
    titulo: str,
    presentes: list[Asistencia],
    desde: datetime,
) -> None:
    assert punto.id is not None
    modo = ModoVotacion.TELEFONO if punto.clase is ClasePunto.ASUNTO else ModoVotacion.MANO_ALZADA
    sentidos = [azar.choices(tuple(SentidoVoto), (88, 7, 5))[0] for _ in presentes]
    if modo is ModoVotacion.MANO_ALZADA:
        sentidos = [SentidoVoto.FAVOR for _ in presentes]
    votacion = Votacion(
        punto_id=punto.id,
        numero=1,
        texto=f"¿Se aprueba «{titulo}»?",
        modo=modo,
        estado=EstadoVotacion.CERRADA,
        abierta_en=desde + timedelta(minutes=5),
        cerrada_en=desde + timedelta(minutes=7),
        con_voto=len(presentes),
        a_favor=sentidos.count(SentidoVoto.FAVOR),
        en_contra=sentidos.count(SentidoVoto.CONTRA),
        abstenciones=sentidos.count(SentidoVoto.ABSTENCION),
        aprobada=True,
    )
    session.add(votacion)
    session.add(
        Intervencion(
            punto_id=punto.id,
            nombre="Consejo de Participación de La Loma",
            texto="Pide que se informe en la comunidad antes de empezar.",
            momento=desde + timedelta(minutes=3),
            anoto="planeacion",
        )
    )
    session.flush()
    if modo is ModoVotacion.MANO_ALZADA:
        return
    assert votacion.id is not None
    for asistencia, sentido in zip(presentes, sentidos, strict=True):
        session.add(
            Voto(
                votacion_id=votacion.id,
                asiento_id=asistencia.asiento_id,
                integrante_id=asistencia.integrante_id,
                sentido=sentido,
                medio=Medio.TELEFONO,
                momento=desde + timedelta(minutes=6),
            )
        )
    session.flush()


def _acuerdos(session: Session, base: Base, comite: int, sesiones: Sequence[SesionComite]) -> None:
    cuantos: dict[int, int] = {}
    for lugar, (texto, clave, nodo, dias, estado, avance) in enumerate(ACUERDOS):
        sesion = sesiones[lugar % len(sesiones)]
        assert sesion.id is not None
        cuantos[sesion.id] = cuantos.get(sesion.id, 0) + 1
        tomado = sesion.prevista.date()
        fila = Acuerdo(
            numero=numero_de_acuerdo(
                "COPLADEMUN", sesion.anio, sesion.tipo.value, sesion.numero, cuantos[sesion.id]
            ),
            comite_id=comite,
            sesion_id=sesion.id,
            texto=texto,
            dependencia_id=base.dependencias["AYTO", clave, ""],
            tomado_en=tomado,
            vence=tomado + timedelta(days=dias),
            estado=estado,
            avance=avance,
            motivo="La universidad lo hará con recursos propios."
            if estado is EstadoAcuerdo.CANCELADO
            else "",
            cumplido_en=tomado + timedelta(days=dias - 5) if estado is EstadoAcuerdo.CUMPLIDO else None,
        )
        session.add(fila)
        session.flush()
        assert fila.id is not None
        session.add(LigaAcuerdo(acuerdo_id=fila.id, asunto="nodo", referencia=nodo))
        if estado is not EstadoAcuerdo.PENDIENTE:
            session.add(
                AvanceAcuerdo(
                    acuerdo_id=fila.id,
                    momento=local(min(tomado + timedelta(days=dias - 5), HOY), 13),
                    avance=avance,
                    estado=estado,
                    texto="Se entregó el informe a la secretaría técnica.",
                    autor="enlace",
                )
            )
        session.flush()


def _acta(session: Session, sesion: SesionComite, *, aprobada: bool) -> None:
    assert sesion.id is not None and sesion.cerrada_en is not None
    acta = Acta(sesion_id=sesion.id)
    session.add(acta)
    session.flush()
    if aprobada:
        acta.contenido = lee_acta.contenido(session, sesion_id=sesion.id, textos={})
        acta.huella, acta.estado = huella_de(canonico(acta.contenido)), EstadoActa.APROBADA
        acta.aprobada_en, acta.aprobo = sesion.cerrada_en + timedelta(days=20), "planeacion"
        sello = sello_actual(session)
        if sello is not None:
            acta.bitacora_id, acta.sello = sello.id, sello.huella
    session.add(acta)
    session.flush()
    assert acta.id is not None
    session.add(
        CambioActa(
            acta_id=acta.id,
            estado=acta.estado,
            autor="planeacion",
            momento=acta.aprobada_en or sesion.cerrada_en,
        )
    )
    session.flush()
