"""El Informe de Gobierno como trabajo de muchos: estados, quién mueve un capítulo, párrafos y versiones."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from db.rules.estado import Estado
from db.rules.permisos import Accion
from db.rules.problema import Problema

SOLICITADO, EN_REDACCION, ENTREGADO, EN_CORRECCION, APROBADO = (
    "solicitado",
    "en_redaccion",
    "entregado",
    "en_correccion",
    "aprobado",
)

ESTADOS: dict[str, tuple[str, str]] = {
    SOLICITADO: ("▷", "Solicitado"),
    EN_REDACCION: ("◐", "En redacción"),
    ENTREGADO: ("●", "Entregado"),
    EN_CORRECCION: ("▲", "En corrección"),
    APROBADO: ("✔", "Aprobado"),
}
"""Estado de un capítulo → icono y palabra, en el orden en que ocurren."""

COLOR: dict[str, Estado] = {
    SOLICITADO: Estado.sin_dato,
    EN_REDACCION: Estado.en_revision,
    ENTREGADO: Estado.en_revision,
    EN_CORRECCION: Estado.riesgo,
    APROBADO: Estado.adecuado,
}
ATRASADO = ("◆", "Atrasado")

SE_ESCRIBE = (SOLICITADO, EN_REDACCION, EN_CORRECCION)
"""Estados en que quien redacta puede guardar; entregado ya es de quien revisa."""

POR_ENTREGAR = SE_ESCRIBE
"""Estados que cuentan como atrasados si el plazo pasó: la pelota está con la dependencia."""

CLASES_LOGRO = {"logro": "Logro", "obra": "Obra", "accion": "Acción"}


@dataclass(frozen=True, slots=True)
class Paso:
    """Un cambio de estado: desde dónde, a cuál, quién puede y si pide decir por qué."""

    desde: tuple[str, ...]
    hasta: str
    accion: Accion
    rotulo: str
    pide_motivo: bool = False


PASOS: dict[str, Paso] = {
    "redactar": Paso((SOLICITADO,), EN_REDACCION, Accion.REDACTAR_INFORME, "Empezar a redactar"),
    "entregar": Paso((EN_REDACCION, EN_CORRECCION), ENTREGADO, Accion.REDACTAR_INFORME, "Entregar"),
    "devolver": Paso((ENTREGADO,), EN_CORRECCION, Accion.COORDINAR_INFORME, "Devolver a corrección", True),
    "aprobar": Paso((ENTREGADO,), APROBADO, Accion.COORDINAR_INFORME, "Aprobar"),
    "reabrir": Paso((APROBADO,), EN_CORRECCION, Accion.COORDINAR_INFORME, "Reabrir", True),
}
"""La tabla entera: lo que no está aquí no se puede."""


def posibles(estado: str) -> list[str]:
    """Los pasos que salen de un estado, sin el de guardar, que empieza solo la redacción."""
    return [cual for cual, paso in PASOS.items() if estado in paso.desde and cual != "redactar"]


def exigir_paso(cual: str, estado: str, motivo: str = "") -> Paso:
    """El paso, o Problema si no sale de ese estado o le falta el motivo."""
    paso = PASOS.get(cual)
    if paso is None or estado not in paso.desde:
        palabra = ESTADOS[estado][1].lower()
        raise Problema(f"Eso no se puede con el capítulo {palabra}.", "Vuelva a abrirlo.", "paso")
    if paso.pide_motivo and not motivo.strip():
        raise Problema("Falta decir qué hay que corregir.", "Escríbalo.", "motivo")
    return paso


def exigir_aprobable(cuenta: str, autores: Collection[str], por_resolver: int, sin_fuente: int) -> None:
    """Problema si aprueba quien escribió, si hay comentarios sin resolver o cifras sin fuente."""
    if cuenta in autores:
        raise Problema("Quien escribió el capítulo no lo aprueba.", "Pídaselo a otra persona.", "paso")
    if por_resolver:
        cuantos = "un comentario" if por_resolver == 1 else f"{por_resolver} comentarios"
        raise Problema(f"Hay {cuantos} sin resolver.", "Resuélvalos primero.", "paso")
    if sin_fuente:
        raise Problema(
            "El texto tiene cifras sin fuente.", "Cámbielas por una cita o escriba de dónde salen.", "paso"
        )


def parrafos(texto: str) -> list[str]:
    """Los párrafos de un texto: cada renglón con algo escrito."""
    return [p.strip() for p in re.split(r"[\r\n]+", texto) if p.strip()]


def al_final_de(texto: str, parrafo: int, agregado: str) -> str:
    """El texto con `agregado` al final de un párrafo (desde 1); fuera de rango, en uno nuevo."""
    partes = parrafos(texto)
    if 1 <= parrafo <= len(partes):
        partes[parrafo - 1] = f"{partes[parrafo - 1]} {agregado}"
    else:
        partes.append(agregado)
    return "\n\n".join(partes)


def palabras(texto: str) -> int:
    """Cuántas palabras tiene el texto; una cita cuenta como una."""
    return len(re.sub(r"\{\{[^}]*\}\}", "x", texto).split())


def exigir_limite(texto: str, limite: int | None) -> None:
    """Problema si está vacío o pasa del límite de palabras pedido."""
    cuantas = palabras(texto)
    if not cuantas:
        raise Problema("El capítulo no tiene texto.", "Escríbalo y guárdelo antes de entregar.", "paso")
    if limite is not None and cuantas > limite:
        raise Problema(
            f"Tiene {cuantas:,} palabras y se pidieron hasta {limite:,}.", "Acórtelo y guárdelo.", "paso"
        )


def atrasado(estado: str, vence: datetime | None, ahora: datetime) -> bool:
    """¿Su plazo pasó y no se ha entregado?"""
    return vence is not None and estado in POR_ENTREGAR and ahora > vence


IGUAL, QUITADO, AGREGADO = "igual", "quitado", "agregado"


def diferencias(antes: str, ahora: str) -> list[tuple[str, str]]:
    """Dos textos comparados por palabras: tramos («igual», «quitado», «agregado») en orden de lectura."""
    a, b = _en_palabras(antes), _en_palabras(ahora)
    tramos: list[tuple[str, str]] = []
    for que, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if que == "equal":
            tramos.append((IGUAL, " ".join(a[a1:a2])))
            continue
        if a1 < a2:
            tramos.append((QUITADO, " ".join(a[a1:a2])))
        if b1 < b2:
            tramos.append((AGREGADO, " ".join(b[b1:b2])))
    return tramos


def _en_palabras(texto: str) -> list[str]:
    """Las palabras con una marca de párrafo entre cada dos."""
    return " ¶ ".join(parrafos(texto)).split()


def meses_entre(desde: tuple[int, int], hasta: tuple[int, int]) -> list[tuple[int, int]]:
    """Cada (año, mes) del periodo, con los extremos."""
    primero, ultimo = desde[0] * 12 + desde[1] - 1, hasta[0] * 12 + hasta[1] - 1
    return [(n // 12, n % 12 + 1) for n in range(primero, ultimo + 1)]


def exigir_periodo(desde: tuple[int, int], hasta: tuple[int, int]) -> None:
    """Problema si el periodo termina antes de empezar o pasa de tres años (año, mes)."""
    meses = (hasta[0] - desde[0]) * 12 + hasta[1] - desde[1] + 1
    if not 1 <= meses <= 36:
        raise Problema(
            "El periodo debe terminar después de empezar y no pasar de tres años.", "Corríjalo.", "hasta"
        )
