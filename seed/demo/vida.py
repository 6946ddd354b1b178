"""Lo que la gente de la demostración hace después: validar, corregir y cargar, con su renglón de bitácora."""

from collections.abc import Sequence
from random import Random

from sqlmodel import Session, col, select

from db.audit import anotar
from db.engine import writing
from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable
from db.models.plan import NodoPlan
from db.models.usuarios import Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Rol
from db.rules.texto import llave
from seed.demo.calendario import ACTUAL, HOY, local
from seed.demo.estructura import DEPENDENCIA_DEL_ENLACE, Base

POR_VALIDAR = 90
POR_PRECISAR = 90
POR_CAPTURAR = 40

PRECISIONES = (
    "Se anexa la minuta firmada por el comité vecinal.",
    "La evidencia fotográfica está en el expediente del área.",
    "Se corrige el número de oficio de referencia.",
    "El acta de entrega se firmó el último día hábil del periodo.",
    "Incluye lo ejecutado con maquinaria propia.",
)


def crear(azar: Random, base: Base) -> None:
    """Varias transacciones, cada una con quien la haría."""
    actores = base.actores
    with writing(LINEA_DE_COMANDOS) as session:
        for rol in Rol:
            anotar(session, "crear", "usuario", actores[rol].usuario_id, cuenta=rol.value)
    with writing(actores[Rol.ENLACE]) as session:
        _precisar(session, azar, base)
        _capturar(session, azar, base, actores[Rol.ENLACE])
    with writing(actores[Rol.PLANEACION]) as session:
        _validar(session)
        _corregir_plan(session)
    with writing(actores[Rol.ADMINISTRACION]) as session:
        _administrar(session)
    with writing(actores[Rol.CONTRALORIA]) as session:
        anotar(session, "consultar", "bitacora", resultado="la cadena está íntegra")


def _del_area(session: Session, base: Base, mes: int) -> Sequence[AvanceMeta]:
    consulta = (
        select(AvanceMeta)
        .join(MetaActividad, col(MetaActividad.id) == col(AvanceMeta.meta_id))
        .join(Dependencia, col(Dependencia.id) == col(MetaActividad.dependencia_id))
        .where(
            MetaActividad.anio == ACTUAL,
            Dependencia.padre_id == base.dependencias[(*DEPENDENCIA_DEL_ENLACE, "")],
            AvanceMeta.mes == mes,
        )
        .order_by(col(AvanceMeta.id))
    )
    return session.exec(consulta).all()


def _precisar(session: Session, azar: Random, base: Base) -> None:
    for avance in _del_area(session, base, 9)[:POR_PRECISAR]:
        avance.justificacion = f"{avance.justificacion} {azar.choice(PRECISIONES)}".strip()


def _capturar(session: Session, azar: Random, base: Base, enlace: Actor) -> None:
    """Adelanta borradores del trimestre abierto; ninguno es cifra oficial."""
    for previo in _del_area(session, base, 9)[:POR_CAPTURAR]:
        session.add(
            AvanceMeta(
                meta_id=previo.meta_id,
                mes=12,
                alcanzado=previo.alcanzado // 2,
                estado=azar.choice((EstadoAvance.BORRADOR, EstadoAvance.ENVIADO)),
                capturo=enlace.cuenta,
                capturado_en=local(HOY, 11),
            )
        )


def _validar(session: Session) -> None:
    """Devuelve lo que no trae soporte y deja nota en lo que sigue en revisión."""
    pendientes = session.exec(
        select(AvanceMeta)
        .where(AvanceMeta.estado == EstadoAvance.EN_REVISION)
        .order_by(col(AvanceMeta.id))
        .limit(POR_VALIDAR)
    ).all()
    for avance in pendientes:
        avance.justificacion = f"{avance.justificacion} En revisión: falta cotejar la evidencia.".strip()
    variables = session.exec(
        select(AvanceVariable)
        .where(AvanceVariable.estado == EstadoAvance.EN_REVISION)
        .order_by(col(AvanceVariable.id))
        .limit(POR_VALIDAR)
    ).all()
    for variable in variables:
        variable.documento = "Oficio de solicitud de soporte"


def _corregir_plan(session: Session) -> None:
    """Erratas que no cambian de fondo el texto aprobado."""
    consulta = select(NodoPlan).where(col(NodoPlan.nivel) == 4).order_by(col(NodoPlan.id)).limit(12)
    for nodo in session.exec(consulta).all():
        if ", con " not in nodo.nombre:
            nodo.nombre = nodo.nombre.replace(" con ", ", con ", 1)
        nodo.busqueda = llave(f"{nodo.clave} {nodo.nombre}")


def _administrar(session: Session) -> None:
    for usuario in session.exec(select(Usuario).order_by(col(Usuario.id))).all():
        usuario.correo = f"{usuario.cuenta}@sanisidro.example"
