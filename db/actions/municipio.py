"""Cambios a la identidad del municipio: nombre, clave, color, escudo y niveles de su plan."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from PIL import Image, UnidentifiedImageError
from sqlalchemy import func, select
from sqlmodel import Session

from db.actions.idempotencia import exigir_version
from db.base import tabla
from db.models.municipio import Municipio
from db.models.plan import NodoPlan
from db.rules.color import exigir_legible
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema
from db.rules.texto import llave, normal

CLAVE_INEGI = re.compile(r"(0[1-9]|[12]\d|3[0-2])\d{3}")
"""Dos dígitos de la entidad (01 a 32) y tres del municipio, del Catálogo Único de Claves del INEGI."""

NUMERO_PBRM = re.compile(r"\d{1,4}")
AVISO_MAXIMO = 365
"""Días; más que un ejercicio no avisa de nada."""

ESCUDO_MAXIMO = 300 * 1024
ESCUDO_LADO = 512
ESCUDO_PIXELES = 16_000_000
TIPOS_ESCUDO = {"PNG": "image/png", "JPEG": "image/jpeg"}

NIVELES_MINIMO, NIVELES_MAXIMO = 3, 7
NOMBRE_MAXIMO = 120


def obligatorio(texto: str, campo: str, que: str, maximo: int = NOMBRE_MAXIMO) -> str:
    """El texto limpio. Lanza `Problema` si está vacío o pasa de `maximo` caracteres."""
    limpio = normal(texto)
    if not limpio:
        raise Problema(f"Falta {que}.", "Escríbalo.", campo=campo)
    if len(limpio) > maximo:
        raise Problema(f"El texto de {que} es muy largo.", f"Use a lo más {maximo} caracteres.", campo=campo)
    return limpio


def el_municipio(session: Session) -> Municipio | None:
    """El único renglón del municipio, o None si aún no existe."""
    return session.execute(select(Municipio).order_by(tabla(Municipio).c.id)).scalars().first()


def guardar_municipio(
    session: Session,
    actor: Actor,
    *,
    version: int,
    nombre: str,
    estado: str,
    clave_inegi: str,
    color: str,
    escudo: bytes | None = None,
    quitar_escudo: bool = False,
) -> Municipio:
    """Crea o cambia el municipio. `escudo` None conserva el que haya.

    Lanza `Problema` con el campo si algo no vale, y `Conflicto` si otra persona lo cambió.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    municipio = el_municipio(session)
    exigir_version(municipio, version)
    municipio = municipio or Municipio()
    municipio.nombre = obligatorio(nombre, "nombre", "el nombre del municipio")
    municipio.estado = obligatorio(estado, "estado", "el estado")
    municipio.clave_inegi = _clave_inegi(clave_inegi)
    municipio.color = exigir_legible(color)
    if quitar_escudo:
        municipio.escudo, municipio.escudo_tipo = None, None
    elif escudo is not None:
        municipio.escudo, municipio.escudo_tipo = limpiar_escudo(escudo)
    session.add(municipio)
    session.flush()
    return municipio


def guardar_para_documentos(
    session: Session,
    actor: Actor,
    *,
    version: int,
    numero_pbrm: str,
    dias_inhabiles: str,
    aviso_plazo_dias: int,
    logo: bytes | None = None,
    quitar_logo: bool = False,
) -> None:
    """Lo que llevan los documentos oficiales y los días que no cuentan para sus plazos.

    `dias_inhabiles` trae un día por renglón, como dd/mm/aaaa; `logo` None conserva el que haya. `Problema`
    del campo si algo no vale o si aún no hay municipio, y `Conflicto` si otra persona lo cambió.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    municipio = el_municipio(session)
    if municipio is None:
        raise Problema("Aún no hay municipio.", "Guárdelo primero en la parte «Municipio».")
    exigir_version(municipio, version)
    numero = normal(numero_pbrm)
    if numero and not NUMERO_PBRM.fullmatch(numero):
        raise Problema(f"«{numero}» no es un número.", "Son de uno a cuatro dígitos.", campo="numero_pbrm")
    if not 0 <= aviso_plazo_dias <= AVISO_MAXIMO:
        raise Problema(
            f"{aviso_plazo_dias} días no es un aviso.", f"De 0 a {AVISO_MAXIMO}.", campo="aviso_plazo_dias"
        )
    municipio.numero_pbrm, municipio.aviso_plazo_dias = numero, aviso_plazo_dias
    municipio.dias_inhabiles = sorted({_dia(r) for r in dias_inhabiles.splitlines() if r.strip()})
    if quitar_logo:
        municipio.logo, municipio.logo_tipo = None, None
    elif logo is not None:
        municipio.logo, municipio.logo_tipo = limpiar_escudo(logo)
    session.add(municipio)
    session.flush()


def _dia(renglon: str) -> str:
    try:
        return datetime.strptime(renglon.strip(), "%d/%m/%Y").replace(tzinfo=UTC).date().isoformat()
    except ValueError as error:
        raise Problema(
            f"«{renglon.strip()}» no es un día.", "Escriba cada uno como dd/mm/aaaa.", campo="dias_inhabiles"
        ) from error


def _clave_inegi(texto: str) -> str:
    clave = normal(texto)
    if not CLAVE_INEGI.fullmatch(clave):
        raise Problema(
            f"«{clave}» no es una clave del INEGI." if clave else "Falta la clave del INEGI.",
            "Son cinco dígitos: dos de la entidad (01 a 32) y tres del municipio. Ejemplo: 15054.",
            campo="clave_inegi",
        )
    return clave


def limpiar_escudo(contenido: bytes) -> tuple[bytes, str]:
    """La imagen vuelta a codificar, sin metadatos y de a lo más 512 px, y su tipo MIME.

    Se mira el contenido y no la extensión. Lanza `Problema` si no es PNG o JPEG, o si es muy grande.
    """
    if len(contenido) > ESCUDO_MAXIMO:
        raise Problema("El escudo pesa más de 300 KB.", "Guárdelo más pequeño.", campo="escudo")
    try:
        with Image.open(io.BytesIO(contenido), formats=tuple(TIPOS_ESCUDO)) as imagen:
            if imagen.width * imagen.height > ESCUDO_PIXELES:
                raise Problema("El escudo mide demasiado.", "Redúzcalo a 512 × 512 puntos.", campo="escudo")
            formato = imagen.format or ""
            limpia = imagen.convert("RGB" if formato == "JPEG" else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Problema(
            "El escudo no es una imagen PNG o JPEG.", "Guárdelo en uno de esos formatos.", campo="escudo"
        ) from error
    limpia.thumbnail((ESCUDO_LADO, ESCUDO_LADO))
    salida = io.BytesIO()
    limpia.save(salida, format=formato, optimize=True)
    return salida.getvalue(), TIPOS_ESCUDO[formato]


def guardar_niveles_plan(
    session: Session, actor: Actor, *, version: int, niveles: Sequence[str]
) -> Municipio:
    """Pone los nombres de los niveles del plan, del más alto al más bajo (3 a 7).

    Lanza `Problema` si sobran o faltan, si se repiten, o si el plan cargado usa más niveles.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    municipio = el_municipio(session)
    exigir_version(municipio, version)
    nombres = [normal(nombre) for nombre in niveles if normal(nombre)]
    if not NIVELES_MINIMO <= len(nombres) <= NIVELES_MAXIMO:
        raise Problema(f"El plan tiene {len(nombres)} niveles.", "Deben ser de 3 a 7.", campo="niveles")
    for nombre in nombres:
        obligatorio(nombre, "niveles", "cada nivel", 40)
    if len({llave(nombre) for nombre in nombres}) != len(nombres):
        raise Problema("Hay dos niveles con el mismo nombre.", "Cambie uno.", campo="niveles")
    usados = session.execute(select(func.max(tabla(NodoPlan).c.nivel))).scalar() or 0
    if len(nombres) < usados:
        raise Problema(
            f"El plan cargado usa {usados} niveles.",
            "No puede dejar menos; puede renombrarlos.",
            campo="niveles",
        )
    municipio = municipio or Municipio()
    municipio.niveles_plan = nombres
    session.add(municipio)
    session.flush()
    return municipio
