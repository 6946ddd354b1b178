"""Las columnas de la ficha técnica de indicadores."""

from dashboard.imports.estructura import ANIO, AREA, AUXILIAR, GENERAL, PROYECTO
from dashboard.imports.formato import Columna

LETRAS = "abcde"
"""Variables que puede traer una ficha; el formato oficial usa hasta tres."""

_OPERACIONES = ("Sumable", "No sumable", "Constante", "Valor actual", "Promedio", "Máximo", "Mínimo")


def _de_variable(letra: str) -> tuple[Columna, ...]:
    mayuscula, primera = letra.upper(), letra == "a"
    nombre, unidad, operacion = f"variable_{letra}", f"unidad_{letra}", f"operacion_{letra}"
    ejemplo = {"a": "Quejas atendidas", "b": "Quejas recibidas"}.get(letra, "")
    hay = bool(ejemplo)
    return (
        Columna(
            nombre,
            (f"nombre variable {letra}", f"nombre de la variable {letra}"),
            primera,
            f"Nombre de la variable {mayuscula}, como está en la fórmula.",
            ejemplo,
        ),
        Columna(
            unidad,
            (f"unidad de medida {letra}", f"unidad medida {letra}"),
            False,
            f"Unidad de medida de {mayuscula}.",
            "Queja" if hay else "",
        ),
        Columna(
            operacion,
            (f"tipo de operacion {letra}", f"tipo operacion {letra}"),
            False,
            f"Cómo se acumula {mayuscula} de un trimestre a otro.",
            "Sumable" if hay else "",
            _OPERACIONES,
        ),
        *(
            Columna(
                f"{letra}_t{t}",
                (f"{letra} trimestre {t}", f"{letra} trim {t}", f"variable {letra} t{t}", f"t{t} {letra}"),
                False,
                f"{mayuscula} programada en el trimestre {t}.",
                "25" if hay else "",
            )
            for t in range(1, 5)
        ),
    )


COLUMNAS: tuple[Columna, ...] = (
    ANIO,
    GENERAL,
    AUXILIAR,
    PROYECTO,
    AREA,
    Columna(
        "indicador",
        ("nombre del indicador", "nombre indicador"),
        ayuda="Nombre del indicador.",
        ejemplo="Porcentaje de quejas atendidas",
    ),
    Columna(
        "tipo",
        ("tipo de indicador",),
        False,
        "Estratégico o de gestión.",
        "Gestión",
        ("Estratégico", "Gestión"),
    ),
    Columna("dimension", ("dimension que atiende",), False, "Eficacia, eficiencia…", "Eficacia"),
    Columna(
        "frecuencia",
        ("frecuencia de medicion",),
        False,
        "Cada cuánto se mide.",
        "Trimestral",
        ("Mensual", "Trimestral", "Semestral", "Anual"),
    ),
    Columna(
        "formula",
        ("formula de calculo", "metodo de calculo"),
        ayuda="Fórmula con los nombres de las variables.",
        ejemplo="(Quejas atendidas/Quejas recibidas)*100",
    ),
    Columna("expresion", (), False, "Si la prefiere con letras.", "(A/B)*100"),
    Columna(
        "sentido",
        ("sentido del indicador", "comportamiento"),
        False,
        "Hacia dónde es mejor.",
        "Ascendente",
        ("Ascendente", "Descendente", "Regular", "Nominal"),
    ),
    Columna("interpretacion", (), False, "Qué dice el resultado.", "Quejas resueltas de cada cien"),
    Columna("factor_comparacion", ("factor de comparacion",), False, "Contra qué se compara."),
    Columna("descripcion_factor", ("descripcion del factor de comparacion",), False, "De dónde sale."),
    Columna("linea_base", ("linea base", "linea de base"), False, "Número o texto.", "80"),
    Columna(
        "anio_base",
        ("año base", "año de la linea base", "año linea base"),
        False,
        "Año de la línea base.",
        "2025",
    ),
    Columna("medios_verificacion", ("medios de verificacion",), False, "Dónde se comprueba."),
    Columna(
        "unidad",
        ("unidad de medida del indicador", "unidad del indicador", "unidad del resultado"),
        False,
        "Unidad del resultado, que no es la de sus variables.",
        "Porcentaje",
    ),
    Columna(
        "meta_descripcion",
        ("descripcion de la meta anual", "descripcion de la meta"),
        False,
        "Qué se espera lograr en el año.",
    ),
    Columna("fuente", ("fuente de informacion", "fuente de los datos"), False, "De dónde salen los datos."),
    Columna(
        "responsable",
        ("responsable del indicador", "cargo responsable"),
        False,
        "Cargo de quien lo reporta.",
    ),
    Columna("ambito_geografico", ("ambito geografico",), False, "Hasta dónde aplica."),
    Columna("cobertura", ("poblacion de cobertura",), False, "A quiénes alcanza."),
    Columna(
        "nivel_mir",
        ("nivel de la mir", "nivel"),
        False,
        "Nivel de la matriz de indicadores.",
        "Componente",
        ("Fin", "Propósito", "Componente", "Actividad"),
    ),
    Columna(
        "lineas_accion_pdm",
        ("linea de accion", "linea_accion", "clave del plan"),
        False,
        "Clave del nodo del plan al que sirve.",
    ),
    *(columna for letra in LETRAS for columna in _de_variable(letra)),
)
