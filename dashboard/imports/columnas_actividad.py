"""Las columnas de las metas de actividad calendarizadas."""

from dashboard.imports.estructura import ANIO, AREA, AUXILIAR, GENERAL, PROYECTO
from dashboard.imports.formato import Columna
from db.rules.formato import mes_nombre

MESES = tuple(mes_nombre(mes) for mes in range(1, 13))
TRIMESTRES = tuple(f"trimestre_{n}" for n in range(1, 5))
_ORDINALES = ("primer", "segundo", "tercer", "cuarto")

PROGRAMADO = Columna(
    "programado_anual",
    ("cantidad programada anual", "meta anual", "programada anual", "total anual", "programado"),
    False,
    "Suma del calendario, si la meta es sumable.",
    "12",
)

COLUMNAS: tuple[Columna, ...] = (
    ANIO,
    GENERAL,
    AUXILIAR,
    PROYECTO,
    AREA,
    Columna(
        "numero_actividad",
        ("no", "num", "numero", "numero de actividad", "no actividad", "id actividad"),
        ayuda="Número de la meta dentro del proyecto y la dependencia.",
        ejemplo="1",
    ),
    Columna(
        "meta_de_actividad",
        ("actividad", "meta", "descripcion de las metas de actividad", "nombre de la meta de actividad"),
        ayuda="Descripción de la meta.",
        ejemplo="Realizar audiencias ciudadanas",
    ),
    Columna("unidad_medida", ("unidad", "unidad de medida"), ayuda="Unidad de medida.", ejemplo="Audiencia"),
    PROGRAMADO,
    *(Columna(mes, (mes[:3],), False, f"Cantidad programada en {mes}; vacío no es 0.", "1") for mes in MESES),
    *(
        Columna(
            campo,
            (
                f"{ordinal} trimestre",
                f"{ordinal} trimestre abs",
                f"trimestre {n}",
                f"trim {n}",
                f"t{n}",
                f"{n} trimestre",
            ),
            False,
            "En vez de los meses, si el calendario es trimestral.",
        )
        for n, (campo, ordinal) in enumerate(zip(TRIMESTRES, _ORDINALES, strict=True), start=1)
    ),
    Columna(
        "lineas_accion_pdm",
        ("lineas de accion", "linea de accion", "lineas de accion del pdm", "linea_accion"),
        False,
        "Claves de las líneas del plan, separadas por punto y coma.",
        "L1.1.1",
    ),
    Columna(
        "operacion",
        ("tipo de operacion",),
        False,
        "Cómo se acumula; si falta, suma.",
        "Sumable",
        ("Sumable", "Constante", "Valor actual", "Promedio", "Máximo", "Mínimo"),
    ),
)
