"""Imagen institucional: lineamientos, aplicaciones que se dictaminan y acciones que la fortalecen."""

from decimal import Decimal

from db.rules.encargos import Campo, Etapa, Registro, Tipo
from db.rules.texto import llave

LINEAMIENTO = Registro(
    clave="lineamiento",
    nombre="Lineamientos de imagen",
    uno="lineamiento",
    prefijo="LIN",
    pagina="imagen",
    que_es="Las reglas de la imagen del municipio: color, escudo, logotipo y cómo se usan.",
    ligas=("acuerdo",),
    etapas={
        "borrador": Etapa("Borrador", "▷", ("vigente",)),
        "vigente": Etapa(
            "Vigente",
            "✔",
            ("sustituido",),
            final=True,
            autoriza=True,
            requiere=("color", "reglas", "vigente_desde"),
        ),
        "sustituido": Etapa("Sustituido", "✖", final=True, autoriza=True),
    },
    campos=(
        Campo("edicion", "Edición", Tipo.ENTERO, minimo=1, obligado=True),
        Campo("color", "Color institucional", ayuda="Como #9D2449."),
        Campo("reglas", "Reglas de uso", Tipo.PARRAFO),
        Campo("vigente_desde", "Vigente desde", Tipo.FECHA),
    ),
)
SOLICITUD = Registro(
    clave="solicitud_imagen",
    nombre="Aplicaciones de imagen",
    uno="aplicación",
    femenino=True,
    prefijo="IMG",
    pagina="imagen",
    que_es="Lo que una dependencia quiere hacer con la imagen del municipio, y lo que se le dictamina.",
    pasos="",
    ligas=(),
    etapas={
        "solicitada": Etapa(
            "Solicitada", "▷", ("aprobada", "con_cambios", "rechazada"), requiere=("aplicacion",)
        ),
        "con_cambios": Etapa("Con cambios", "◆", ("solicitada",), autoriza=True, requiere=("dictamen",)),
        "aprobada": Etapa("Aprobada", "✔", final=True, autoriza=True, requiere=("dictamen",)),
        "rechazada": Etapa("Rechazada", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("aplicacion", "Qué se hará", ayuda="Lona, vehículo, papelería, publicación…", obligado=True),
        Campo("donde", "Dónde se usará"),
        Campo("se_usa_en", "Desde cuándo se usará", Tipo.FECHA),
        Campo("dictamen", "Dictamen de la unidad", Tipo.PARRAFO),
    ),
)
ACCION = Registro(
    clave="accion_imagen",
    nombre="Acciones de imagen",
    uno="acción",
    femenino=True,
    prefijo="AIM",
    pagina="imagen",
    que_es="Lo que se hace para que la gente reconozca a su municipio, y qué logró.",
    etapas={
        "propuesta": Etapa("Propuesta", "▷", ("en_marcha", "descartada")),
        "en_marcha": Etapa(
            "En marcha", "◐", ("concluida",), autoriza=True, requiere=("medida", "antes", "meta")
        ),
        "concluida": Etapa("Concluida y medida", "✔", final=True, requiere=("despues",)),
        "descartada": Etapa("Descartada", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("objetivo", "Objetivo", Tipo.PARRAFO),
        Campo("publico", "A quién va"),
        Campo("medida", "Qué se mide", ayuda="Y en qué unidad."),
        Campo("antes", "Antes", Tipo.CANTIDAD, vacio=True),
        Campo("meta", "Se espera", Tipo.CANTIDAD, vacio=True),
        Campo("despues", "Después", Tipo.CANTIDAD, vacio=True),
        Campo("costo", "Costo", Tipo.DINERO),
    ),
)
REGISTROS = (LINEAMIENTO, SOLICITUD, ACCION)


def archivo_de(pie: str, tipo: str) -> str:
    """Para qué sirve un archivo del lineamiento según lo que se dijo de él: «escudo», «logo» o nada."""
    dicho = llave(pie)
    if tipo not in ("image/png", "image/jpeg"):
        return ""
    return "escudo" if "escudo" in dicho else "logo" if "logo" in dicho else ""


def logrado(antes: Decimal | None, meta: Decimal | None, despues: Decimal | None) -> Decimal | None:
    """Parte del cambio esperado que se logró, en porcentaje; None si falta medir o no se esperaba cambio."""
    if antes is None or meta is None or despues is None or meta == antes:
        return None
    return Decimal(100) * (despues - antes) / (meta - antes)
