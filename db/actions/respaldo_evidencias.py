"""Respaldar y reponer los archivos de evidencia: van junto al zip, una sola vez cada uno, y sólo se agregan.

Dentro de cada zip se repetirían noche a noche. Así una copia diaria sólo crece con lo nuevo, y la carpeta de
respaldos se puede llevar entera a otra máquina.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from db.actions.almacen import escribir
from db.engine import reading
from db.queries.evidencias import carpeta, huella_de, huellas, ruta_de
from db.rules.problema import Problema

CARPETA = "evidencias"

AlAvanzar = Callable[[float, str], None]


def respaldar_evidencias(junto_a: Path, al_avanzar: AlAvanzar) -> tuple[list[str], int]:
    """Copia a `junto_a`/evidencias lo que falte, comprobado: devuelve lo respaldado y cuántas faltan.

    Una evidencia perdida o alterada no impide respaldar lo demás: se cuenta. Lanza `Problema` sin espacio.
    """
    with reading() as session:
        todas = huellas(session)
    raiz, listas = junto_a / CARPETA, []
    for numero, huella in enumerate(todas):
        al_avanzar(numero / len(todas), "Copiando las evidencias")
        if _copiar(huella, carpeta(), raiz):
            listas.append(huella)
    return listas, len(todas) - len(listas)


def _copiar(huella: str, origen: Path, destino: Path) -> bool:
    """True si en `destino` queda el archivo, con su contenido comprobado."""
    if huella_de(ruta_de(huella, destino)) == huella:
        return True
    if huella_de(ruta_de(huella, origen)) != huella:
        return False
    escribir(huella, ruta_de(huella, origen).read_bytes(), destino)
    return True


def reponer_evidencias(todas: Sequence[str], junto_a: Path, *, incompletas: bool) -> int:
    """Pone en su lugar las evidencias de un respaldo y devuelve cuántas faltan.

    Si falta alguna lanza `Problema`, salvo que se acepten `incompletas`. Agregar archivos no cambia nada: se
    hace antes de reponer la base, para que un disco lleno la deje como estaba.
    """
    origen = junto_a / CARPETA
    faltan = [h for h in todas if h not in (huella_de(ruta_de(h)), huella_de(ruta_de(h, origen)))]
    if faltan and not incompletas:
        raise Problema(
            f"{_faltan(len(faltan))} de evidencia de este respaldo; la base no se tocó.",
            f"Ponga junto a él la carpeta «{CARPETA}» que se hizo con él, o repita con --sin-evidencias.",
        )
    return sum(not _copiar(h, origen, carpeta()) for h in todas)


def _faltan(cuantos: int) -> str:
    return "Falta un archivo" if cuantos == 1 else f"Faltan {cuantos:,} archivos"
