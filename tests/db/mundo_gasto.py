"""Un presupuesto chico para probar desgloses y hallazgos: cifras que se suman a mano, en centavos.

Sobre el mundo mínimo, al corte de marzo: dos proyectos del programa 01020401, tres partidas, dos fuentes y un
segundo ente (2) con su propia A00. La versión 1 no es la vigente y trae otras cifras.
"""

from db.actions.presupuesto import Clave
from db.engine import writing
from db.models.municipio import Ente
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.conftest import actor
from tests.db.mundo import fundar
from tests.db.test_presupuesto import guardar

TESORERIA = actor(Rol.TESORERIA)
MES = 3
UNO, DOS = "010204010101", "010204010102"


def clave(proyecto: str, fuente: str, partida: str, general: str = "A00") -> Clave:
    """Una clave con todos sus segmentos; el programa no viene escrito: sale del proyecto."""
    partes = (general, "100", proyecto, fuente, partida, "1")
    return Clave("-".join(partes), general, "100", "", proyecto, fuente, partida, "1")


CLAVES = [clave(UNO, "110101", "1131"), clave(UNO, "250101", "6141", "B00"), clave(DOS, "250101", "9911")]
DEL_DIF = [clave(UNO, "110101", "1131")]

# clave, mes, aprobado, ampliaciones, reducciones, comprometido, devengado, ejercido, pagado
FILAS: list[tuple[int, ...]] = [
    (0, 1, 100, 0, 0, 60, 50, 50, 50),
    (0, 3, 100, 30, 0, 40, 40, 40, 40),
    (0, 12, 100, 0, 0, 0, 0, 0, 0),
    (1, 2, 500, 0, 100, 450, 430, 430, 500),
    (2, 1, 0, 7, 0, 7, 9, -2, 0),
]
FILAS_DEL_DIF: list[tuple[int, ...]] = [(0, mes, 10, 0, 0, 10, 10, 10, 10) for mes in (1, 2, 3)]


def poner() -> None:
    """El mundo con sus cortes; el primero del ayuntamiento ya no es el vigente."""
    with writing(LINEA_DE_COMANDOS) as session:
        fundar(session)
        session.add(Ente(id=2, clave="dif", nombre="DIF"))
    for claves, filas, ente_id in (
        (CLAVES[:1], [(0, 1, 999_99, 0, 0, 999_99, 999_99, 999_99, 999_99)], 1),
        (CLAVES, FILAS, 1),
        (DEL_DIF, FILAS_DEL_DIF, 2),
    ):
        with writing(TESORERIA) as session:
            guardar(session, claves, filas, ente_id=ente_id)
