"""Las palabras de «Primeros pasos»: qué es cada paso, para qué sirve y dónde se hace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.ui.texto import enumerar
from db.rules.formato import numero
from db.rules.permisos import MATRIZ, NOMBRE_ROL, Accion


@dataclass(frozen=True, slots=True)
class Paso:
    """Un paso; `codigo` es el de `db.queries.primeros_pasos` y `cosa` lo que se cuenta (singular, plural).

    `permiso` es el que hace falta para darlo: a quien no lo tiene se le dice a quién pedirlo.
    """

    codigo: str
    titulo: str
    sirve: str
    accion: str
    pagina: str
    permiso: Accion
    cosa: tuple[str, str] = ("", "")
    parametros: Mapping[str, object] = field(default_factory=dict)


def _carga(codigo: str, titulo: str, sirve: str, singular: str, plural: str) -> Paso:
    """Un paso que se hace subiendo un archivo: la pantalla Importar se abre en su formato."""
    return Paso(
        codigo,
        titulo,
        sirve,
        "Cargar el archivo",
        "importar",
        Accion(f"cargar_{codigo}"),
        (singular, plural),
        {"formato": codigo},
    )


PASOS: tuple[Paso, ...] = (
    Paso(
        "municipio",
        "Municipio",
        "Su nombre, clave del INEGI, color y escudo, que salen en todas las pantallas.",
        "Escribir los datos del municipio",
        "configuracion",
        Accion.EDITAR_CONFIGURACION,
        parametros={"parte": "Municipio"},
    ),
    Paso(
        "ejercicios",
        "Administración y ejercicio",
        "El año que se mide, con sus periodos, sus plazos de captura y su semáforo.",
        "Crear el ejercicio",
        "configuracion",
        Accion.EDITAR_CONFIGURACION,
        ("ejercicio", "ejercicios"),
        {"parte": "Ejercicios"},
    ),
    _carga(
        "estructura",
        "Estructura",
        "Las dependencias y áreas: quién responde por cada cifra.",
        "dependencia",
        "dependencias",
    ),
    _carga(
        "programas",
        "Programas y proyectos",
        "La estructura programática: de ella cuelgan metas, indicadores y dinero.",
        "proyecto",
        "proyectos",
    ),
    _carga(
        "plan",
        "Plan de Desarrollo Municipal",
        "El árbol del plan, de los ejes a las líneas de acción.",
        "nodo",
        "nodos",
    ),
    _carga(
        "actividades",
        "Actividades calendarizadas",
        "Lo que se prometió hacer cada mes, y a qué línea del plan sirve.",
        "meta",
        "metas",
    ),
    _carga(
        "presupuesto",
        "Presupuesto",
        "El dinero aprobado y gastado: da el avance financiero y la brecha con lo logrado.",
        "corte vigente",
        "cortes vigentes",
    ),
    _carga(
        "indicadores",
        "Indicadores",
        "Las fichas PbRM-01d: miden el resultado y no sólo la actividad.",
        "indicador",
        "indicadores",
    ),
    _carga(
        "avances",
        "Avances",
        "Lo alcanzado en cada periodo: con esto aparece el cumplimiento.",
        "avance",
        "avances",
    ),
    Paso(
        "usuarios",
        "Usuarios",
        "Una cuenta por persona, con su rol: presidencia, tesorería, enlaces…",
        "Crear cuentas",
        "usuarios",
        Accion.EDITAR_USUARIOS,
        ("cuenta además de la suya", "cuentas además de la suya"),
    ),
    Paso(
        "tablero",
        "Primer tablero",
        "En una pantalla, cómo van el plan, el presupuesto y los indicadores.",
        "Ver el tablero",
        "inicio",
        Accion.VER_TABLERO,
        ("avance oficial", "avances oficiales"),
    ),
)


def estado(paso: Paso, hechos: Mapping[str, int]) -> str:
    """«✔ Listo: 411 metas» o «○ Falta»; el signo nunca va sin su palabra."""
    cuantos = hechos[paso.codigo]
    if not cuantos:
        return "○ Falta"
    singular, plural = paso.cosa
    return f"✔ Listo: {numero(cuantos)} {singular if cuantos == 1 else plural}" if singular else "✔ Listo"


def resumen(hechos: Mapping[str, int]) -> str:
    """La frase de arriba: cuánto falta y qué sigue."""
    faltan = [paso for paso in PASOS if not hechos[paso.codigo]]
    if not faltan:
        return "Todo listo: el tablero ya se calcula con sus datos."
    cuantos = "Falta un paso" if len(faltan) == 1 else f"Faltan {len(faltan)} de {len(PASOS)} pasos"
    return f"{cuantos}. Sigue: **{faltan[0].titulo}**."


def quien_lo_da(paso: Paso) -> str:
    """«Lo hace Tesorería»: los roles con permiso de dar el paso, para quien no lo tiene."""
    return f"Lo hace {enumerar([NOMBRE_ROL[rol] for rol in MATRIZ[paso.permiso]])}."
