"""La bitácora: cada cambio queda escrito, encadenado y en la misma transacción que el cambio.

`huella` = sha256(huella previa + salto de línea + cuerpo). La cadena sólo crece; quien altere un renglón
rompe todas las huellas que siguen. El sello (última huella) se guarda además fuera de la base.
"""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import event, inspect, select, text, update
from sqlalchemy.orm import Session as SesionAlchemy
from sqlmodel import Session

from db.base import Base, ahora, tabla
from db.models.avisos import Aviso, EntregaAviso
from db.models.bitacora import Bitacora, Carga, DataVersion, LlaveIdempotencia
from db.models.captura import Borrador
from db.models.encargos import LecturaEncargo
from db.models.usuarios import IntentoEntrada, Sesion
from db.rules.permisos import Actor

ORIGEN = "0" * 64
"""Huella previa del primer renglón."""

CANDADO_PG = 7_431_001
"""Identifica el candado con que PostgreSQL forma en fila a quienes escriben en la bitácora."""

SIN_BITACORA: tuple[type[Base], ...] = (
    Bitacora,
    DataVersion,
    LlaveIdempotencia,
    Sesion,
    IntentoEntrada,
    Aviso,
    EntregaAviso,
    Borrador,
    LecturaEncargo,
)
"""Tablas de trámite: sus hechos se anotan con palabras (`anotar`), no columna por columna.

Un borrador no dice nada oficial: anotarlo formaría a todos los que escriben en la fila de la bitácora.
"""

SOLO_BITACORA = "solo_bitacora"
"""Marca de `session.info`: lo que se escribe se anota, pero las lecturas guardadas siguen valiendo."""

SECRETOS = frozenset({"clave_hash", "codigo_hash", "testigo_hash", "reverso", "escudo", "logo"})
"""Columnas cuyo contenido nunca se copia a la bitácora."""


def _plano(valor: Any) -> Any:
    if isinstance(valor, Enum):
        return valor.value
    if isinstance(valor, datetime | date):
        return valor.isoformat()
    if isinstance(valor, Decimal):
        return str(valor)
    return valor


def canonico(cuerpo: dict[str, Any]) -> str:
    """JSON con llaves ordenadas y sin espacios: el mismo cuerpo da siempre el mismo texto."""
    return json.dumps(cuerpo, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plano)


def huella(previo: str, cuerpo: str) -> str:
    """Eslabón de la cadena, en hexadecimal."""
    return hashlib.sha256(f"{previo}\n{cuerpo}".encode()).hexdigest()


def anotar(session: Session, accion: str, entidad: str, entidad_id: object = "", **detalle: Any) -> None:
    """Anota con palabras un hecho que no es un cambio de columnas: una carga, una entrada, un rechazo."""
    session.info.setdefault("anotaciones", []).append((accion, entidad, str(entidad_id), detalle))


def _valores(columna: str, valor: Any) -> Any:
    return "(reservado)" if columna in SECRETOS and valor is not None else _plano(valor)


def _cambios(objeto: Any, *, nuevo: bool) -> dict[str, Any]:
    estado = inspect(objeto)
    cambios: dict[str, Any] = {}
    for atributo in estado.mapper.column_attrs:
        clave = atributo.key
        if nuevo:
            valor = getattr(objeto, clave)
            if valor is not None and clave != "id":
                cambios[clave] = [None, _valores(clave, valor)]
            continue
        historia = estado.attrs[clave].history
        if historia.has_changes() and clave != "version":
            antes = historia.deleted[0] if historia.deleted else None
            despues = historia.added[0] if historia.added else None
            cambios[clave] = [_valores(clave, antes), _valores(clave, despues)]
    return cambios


def _llave(objeto: Any) -> str:
    return "-".join(str(valor) for valor in inspect(objeto).mapper.primary_key_from_instance(objeto))


def recoger(session: SesionAlchemy, _contexto: object) -> None:
    """Después de cada `flush`, convierte los objetos tocados en anotaciones."""
    anotaciones = session.info.setdefault("anotaciones", [])
    grupos = (("crear", session.new), ("editar", session.dirty), ("borrar", session.deleted))
    for accion, objetos in grupos:
        for objeto in objetos:
            if isinstance(objeto, SIN_BITACORA) or (accion == "crear" and isinstance(objeto, Carga)):
                continue
            cambios = {} if accion == "borrar" else _cambios(objeto, nuevo=accion == "crear")
            if cambios or accion == "borrar":
                anotaciones.append((accion, objeto.__tablename__, _llave(objeto), {"cambios": cambios}))


def ultima_huella(session: SesionAlchemy) -> str:
    """Huella del último renglón, o `ORIGEN` si no hay ninguno."""
    renglon = tabla(Bitacora).c
    fila = session.execute(select(renglon.huella).order_by(renglon.id.desc()).limit(1)).scalar()
    return fila or ORIGEN


def escribir(session: SesionAlchemy) -> None:
    """Antes de confirmar: escribe lo anotado, encadenado, y sube la versión de los datos."""
    session.flush()
    anotaciones = session.info.pop("anotaciones", [])
    if not anotaciones and not session.info.get("tocada"):
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:llave)"), {"llave": CANDADO_PG})
    actor: Actor = session.info["actor"]
    previo, momento = ultima_huella(session), ahora()
    renglones = []
    for accion, entidad, entidad_id, detalle in anotaciones:
        cuerpo = canonico(
            {
                "momento": momento,
                "usuario": actor.usuario_id,
                "cuenta": actor.cuenta,
                "roles": sorted(rol.value for rol in actor.roles),
                "ip": actor.ip,
                "accion": accion,
                "entidad": entidad,
                "id": entidad_id,
                **detalle,
            }
        )
        actual = huella(previo, cuerpo)
        renglones.append(
            {
                "momento": momento,
                "cuenta": actor.cuenta,
                "accion": accion,
                "entidad": entidad,
                "entidad_id": entidad_id,
                "cuerpo": cuerpo,
                "previo": previo,
                "huella": actual,
            }
        )
        previo = actual
    if renglones:
        session.execute(tabla(Bitacora).insert(), renglones)
    # Entrar o salir se anota, pero no cambia ninguna cifra: no debe vaciar lo que todos tienen guardado.
    if not session.info.get(SOLO_BITACORA):
        numero = tabla(DataVersion).c.numero
        session.execute(update(tabla(DataVersion)).values(numero=numero + 1))


class SesionEscritura(Session):
    """Sesión que no puede confirmar sin pasar por la bitácora; sólo la crea `writing()`."""


event.listen(SesionEscritura, "after_flush", recoger)
event.listen(SesionEscritura, "before_commit", escribir)


def verificar_cadena(session: Session) -> str | None:
    """Recorre la cadena entera. Devuelve None si está íntegra, o la primera falta en palabras."""
    previo, anterior = ORIGEN, 0
    renglon = tabla(Bitacora).c
    consulta = select(renglon.id, renglon.cuerpo, renglon.previo, renglon.huella).order_by(renglon.id)
    for numero, cuerpo, dice_previo, dice_huella in session.execute(
        consulta.execution_options(yield_per=2000)
    ):
        if dice_previo != previo:
            return f"se alteró o falta un renglón de la bitácora entre el {anterior} y el {numero}"
        if huella(previo, cuerpo) != dice_huella:
            return f"el renglón {numero} de la bitácora fue alterado"
        previo, anterior = dice_huella, numero
    return None


def ultimo_sello(session: Session) -> dict[str, Any] | None:
    """El sello de la bitácora: número y huella del último renglón, para imprimirlo fuera de la base."""
    renglon = tabla(Bitacora).c
    fila = session.execute(select(renglon.id, renglon.huella).order_by(renglon.id.desc()).limit(1)).first()
    return {"id": fila.id, "huella": fila.huella} if fila else None
