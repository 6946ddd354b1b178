"""Las sesiones de un comité: sus palabras, su orden del día modelo, el aviso que se debe y los números."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from db.rules.habiles import habil_despues
from db.rules.problema import Problema

CLASES_COMITE = {
    "coplademun": "COPLADEMUN",
    "comision_permanente": "Comisión permanente",
    "subcomite_sectorial": "Subcomité sectorial",
    "subcomite_regional": "Subcomité regional",
    "subcomite_especial": "Subcomité especial",
    "grupo_trabajo": "Grupo de trabajo",
}
SECTORES = {"publico": "Público", "social": "Social", "privado": "Privado", "academico": "Académico"}
CARGOS = {
    "presidente": "Preside",
    "coordinador": "Coordinación",
    "secretario_tecnico": "Secretaría técnica",
    "vocal": "Vocal",
    "invitado": "Invitado",
}
CALIDADES = {"titular": "Titular", "suplente": "Suplente"}
TIPOS = {"instalacion": "de instalación", "ordinaria": "ordinaria", "extraordinaria": "extraordinaria"}
ABREVIA = {"instalacion": "INS", "ordinaria": "ORD", "extraordinaria": "EXT"}
ESTADOS = {
    "programada": ("▷", "Programada"),
    "convocada": ("●", "Convocada"),
    "en_curso": ("◐", "En curso"),
    "cerrada": ("✔", "Celebrada"),
    "cancelada": ("✖", "Cancelada"),
}
ESTADOS_PUNTO = {
    "pendiente": ("▷", "Pendiente"),
    "en_curso": ("◐", "En curso"),
    "concluido": ("✔", "Concluido"),
    "retirado": ("✖", "Retirado"),
}

MODELO: tuple[tuple[str, str, bool], ...] = (
    ("lista_quorum", "Lista de asistencia y declaración de quórum", False),
    ("orden_del_dia", "Lectura y aprobación del orden del día", True),
    ("acta_anterior", "Lectura y aprobación del acta anterior", True),
    ("seguimiento_acuerdos", "Seguimiento de acuerdos", False),
    ("asuntos_generales", "Asuntos generales", False),
    ("clausura", "Clausura", False),
)
"""Clase, título y si se vota; los asuntos propios van antes de los generales."""


def nombre(sesion: Mapping[str, Any]) -> str:
    """«Segunda sesión ordinaria de 2026»."""
    if sesion["tipo"] == "instalacion":
        return f"Sesión de instalación de {sesion['anio']}"
    return f"{ordinal(sesion['numero'])} sesión {TIPOS[sesion['tipo']]} de {sesion['anio']}"


_ORDINALES = (
    "Primera", "Segunda", "Tercera", "Cuarta", "Quinta", "Sexta", "Séptima", "Octava", "Novena", "Décima",
    "Undécima", "Duodécima",
)  # fmt: skip


def ordinal(numero: int) -> str:
    """«Segunda»; de la trece en adelante, «13.ª»."""
    return _ORDINALES[numero - 1] if 1 <= numero <= len(_ORDINALES) else f"{numero}.ª"


def numero_de_acuerdo(siglas: str, anio: int, tipo: str, sesion: int, consecutivo: int) -> str:
    """«COPLADEMUN/2026/ORD-02/03»."""
    return f"{siglas}/{anio}/{ABREVIA[tipo]}-{sesion:02d}/{consecutivo:02d}"


def orden_modelo(instalacion: bool, con_acta_anterior: bool) -> list[tuple[str, str, bool]]:
    """Los puntos con que nace el orden del día; sin acta anterior ni acuerdos en la de instalación."""
    sobran = {"acta_anterior", "seguimiento_acuerdos"} if instalacion else set()
    if not con_acta_anterior:
        sobran.add("acta_anterior")
    return [punto for punto in MODELO if punto[0] not in sobran]


def limite_de_aviso(
    reglas: Mapping[str, Any], tipo: str, convocada: datetime, inhabiles: Collection[date]
) -> datetime:
    """Lo más pronto que puede ser la sesión si se convoca en ese instante (hora del municipio)."""
    if tipo == "extraordinaria":
        return convocada + timedelta(hours=int(reglas["aviso_extraordinaria_horas"]))
    dia = habil_despues(convocada.date(), int(reglas["aviso_ordinaria_dias"]), inhabiles)
    return datetime.combine(dia, datetime.min.time(), convocada.tzinfo)


def aviso_en_palabras(reglas: Mapping[str, Any], tipo: str) -> str:
    """«tres días hábiles» o «24 horas»."""
    if tipo == "extraordinaria":
        return f"{reglas['aviso_extraordinaria_horas']} horas"
    return f"{reglas['aviso_ordinaria_dias']} días hábiles"


def exigir_aviso(
    reglas: Mapping[str, Any],
    tipo: str,
    convocada: datetime,
    prevista: datetime,
    inhabiles: Collection[date],
    razon: str,
) -> bool:
    """¿Se convoca con el aviso debido? Con menos, Problema si no se dice por qué."""
    debido = prevista >= limite_de_aviso(reglas, tipo, convocada, inhabiles)
    if not debido and not razon.strip():
        raise Problema(
            f"Las reglas piden convocar con {aviso_en_palabras(reglas, tipo)} de anticipación.",
            "Cambie la fecha, o diga por qué se convoca con menos; quedará en el acta.",
            "aviso_corto",
        )
    return debido


def vota(reglas: Mapping[str, Any], cargo: str) -> bool:
    """¿Ese cargo tiene voto según las reglas? Vale si su asiento no dice otra cosa."""
    return cargo in reglas["votan"]


def admitidos(reglas: Mapping[str, Any], integrantes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Quiénes pueden ocupar un asiento en la sesión: los suplentes, sólo si las reglas los admiten."""
    return [i for i in integrantes if reglas["suplentes"] or i["calidad"] != "suplente"]


def exigir_suplentes(reglas: Mapping[str, Any], calidad: str) -> None:
    """Problema (campo «calidad») si se propone un suplente y las reglas no los admiten."""
    if calidad == "suplente" and not reglas["suplentes"]:
        raise Problema(
            "Las reglas de este comité no admiten suplentes.",
            "Proponga un titular, o cambie antes las reglas.",
            "calidad",
        )


def otro_voto(reglas: Mapping[str, Any], asientos: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Los asientos cuyo voto no es el que dicen las reglas para su cargo."""
    return [a for a in asientos if bool(a["voto"]) is not vota(reglas, a["cargo"])]


def balance(integrantes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Asientos por sector y mujeres y hombres entre los titulares acreditados o propuestos."""
    titulares = [i for i in integrantes if i["calidad"] == "titular"]
    return {
        "sectores": {clave: sum(i["sector"] == clave for i in titulares) for clave in SECTORES},
        "mujeres": sum(i["sexo"] == "mujer" for i in titulares),
        "hombres": sum(i["sexo"] == "hombre" for i in titulares),
        "total": len(titulares),
    }


def fechas_propuestas(anio: int, cuantas: int, inhabiles: Collection[date]) -> list[date]:
    """Fechas hábiles repartidas en el año: el primer día hábil después del día 14 del mes que toca."""
    cada = 12 // cuantas
    return [habil_despues(date(anio, cada * n, 14), 1, inhabiles) for n in range(1, cuantas + 1)]


def cumplimiento_calendario(sesiones: Sequence[Mapping[str, Any]], ahora: datetime) -> tuple[int, int]:
    """(celebradas, las que ya debían serlo) de las sesiones ordinarias del calendario."""
    ordinarias = [s for s in sesiones if s["tipo"] == "ordinaria"]
    debidas = [s for s in ordinarias if s["prevista"] <= ahora or s["estado"] == "cerrada"]
    return sum(s["estado"] == "cerrada" for s in ordinarias), len(debidas)
