"""Estudios de la demostración: uno que ya decidió algo, uno en curso, uno tarde y dos propuestos."""

from db.engine import writing
from db.rules.permisos import Rol
from seed.demo.calendario import MILLON
from seed.demo.encargos import Siembra, sembrar
from seed.demo.estructura import Base

ESTUDIOS = (
    Siembra(
        "Diagnóstico de fugas en la red de agua potable",
        "H00",
        "Medición por sectores para saber dónde se pierde el agua que se paga.",
        -300,
        -60,
        {
            "necesidad": "De cada diez litros que se bombean, casi cuatro no llegan a una toma.",
            "uso": "Decidir qué tramos se cambian primero en 2027.",
            "realiza": "Instituto tecnológico",
            "externo": True,
            "costo": 68 * MILLON,
            "hallazgos": "Tres sectores concentran 61 % de la pérdida; la tubería es de 1984.",
            "decision": "Cambiar primero El Llano y La Loma; se llevó al COPLADEMUN como obra prioritaria.",
        },
        ("aprobado", "en_proceso", "concluido"),
        pasos=(
            ("Plan de muestreo", -290, -270, -271),
            ("Mediciones en campo", -269, -150, -140),
            ("Informe final", -149, -60, -62),
        ),
        participan=(("F00", "Entregar los planos de la red"),),
        nodos=("3.4",),
        programas=("02020301",),
        comentarios=("El sector centro se midió dos veces porque la primera hubo un corte de energía.",),
    ),
    Siembra(
        "Encuesta de percepción de seguridad por colonia",
        "Q00",
        "Mil doscientas viviendas, con representación por sector.",
        -90,
        40,
        {
            "necesidad": "Las denuncias no alcanzan para saber dónde la gente se siente insegura.",
            "uso": "Repartir los recorridos de la policía de proximidad.",
            "realiza": "Dirección de seguridad con la universidad",
            "costo": 42 * MILLON,
        },
        ("aprobado", "en_proceso"),
        pasos=(
            ("Cuestionario y muestra", -85, -60, -58),
            ("Levantamiento", -55, 10, None),
            ("Resultados por sector", 11, 40, None),
        ),
        nodos=("4.1",),
        programas=("01070101",),
    ),
    Siembra(
        "Padrón de comercio en vía pública",
        "N00",
        "",
        -200,
        -12,
        {
            "necesidad": "No hay un padrón confiable y cada área tiene el suyo.",
            "uso": "Ordenar los permisos y su cobro.",
            "realiza": "Desarrollo Económico",
        },
        ("aprobado", "en_proceso"),
        pasos=(("Censo en campo", -150, -60, -40), ("Padrón depurado", -59, -12, None)),
        nodos=("2.2",),
    ),
    Siembra(
        "Movilidad escolar a pie",
        "O00",
        "Cómo llegan los niños a la escuela y qué cruces son peligrosos.",
        -20,
        None,
        {
            "necesidad": "Cuatro atropellamientos frente a escuelas en un año.",
            "uso": "Proyectar cruces seguros.",
        },
    ),
    Siembra("Costo real de la recolección de basura por ruta", "G00", "", -8, None),
)


def crear(base: Base) -> None:
    """Los estudios, con sus entregables y lo que decidieron."""
    with writing(base.actores[Rol.PLANEACION]) as session:
        for uno in ESTUDIOS:
            sembrar(session, base, "estudio", uno)
