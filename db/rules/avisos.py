"""Lo que se dice en cada aviso, cuándo toca decirlo y cuándo vuelve a intentarse un correo."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from db.rules.formato import fecha_hora, mes_anio, mes_nombre
from db.rules.problema import Problema
from db.rules.solicitud import Toca

VIGENCIA = timedelta(days=7)
"""Lo que pasó hace más ya no se avisa ni se manda: encender el correo no desentierra lo viejo."""

INTENTOS = 5
ESPERA = timedelta(minutes=10)
"""Entre un intento de correo y el segundo; después se duplica."""

ATORADO = timedelta(minutes=30)
"""Un envío que nadie terminó en este tiempo quedó a medias, y se intenta otra vez."""

HORA_DEL_RESUMEN = time(7)
RENGLONES = 500
"""Lo que se lista en un aviso; de lo demás se dice cuánto es."""

CLASES = {
    "ventana_abre": "Abre la captura",
    "recordatorio": "Recordatorio",
    "vencido": "Plazo vencido",
    "devuelto": "Devuelto",
    "critico": "Resultado crítico",
    "reconduccion": "Reconducción",
    "periodo": "Periodo",
    "informe": "Informe de Gobierno",
    "sesion": "Sesión",
    "acuerdo": "Acuerdos y propuestas",
    "registro": "Registro",
}
CAPTURAS = {
    "actividades": "metas de actividad",
    "indicadores": "indicadores",
    "presupuesto": "presupuesto",
    "narrativas": "narrativas",
}
_LIGA = re.compile(r"(?P<texto>.*) → (?P<ruta>/[a-z_]+(\?[\w=&.%-]*)?)", re.DOTALL)
_CORREO = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Mensaje:
    """Lo que se dice: título en un renglón, texto con un asunto por renglón y adónde lleva."""

    titulo: str
    texto: str = ""
    ruta: str = ""


@dataclass(frozen=True, slots=True)
class Deuda:
    """Algo que una dependencia general debe de un periodo."""

    anio: int
    mes: int
    area: int
    dependencia: str
    nombre: str
    que: str
    """En palabras: «Falta», «Devuelto», «Por capturar»."""


def ruta(pagina: str, **parametros: object) -> str:
    """La dirección de una pantalla dentro del sistema."""
    return f"/{pagina}" + (f"?{urlencode(parametros)}" if parametros else "")


def renglones(texto: str) -> list[tuple[str, str]]:
    """Cada renglón del texto con la dirección a que lleva; vacía si a ninguna."""
    partes = []
    for renglon in texto.splitlines():
        liga = _LIGA.fullmatch(renglon)
        partes.append((liga["texto"], liga["ruta"]) if liga else (renglon, ""))
    return partes


def una_linea(texto: str) -> str:
    """El texto en un renglón y sin signos invisibles: lo que cabe en un asunto de correo."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", texto)).strip()


def correo_valido(direccion: str) -> str:
    """La dirección limpia, o vacía si no se escribió. Problema si no es un correo."""
    limpia = direccion.strip()
    if limpia and (len(limpia) > 254 or not _CORREO.fullmatch(limpia)):
        raise Problema(
            "El correo no es válido.", "Escríbalo como maria.lopez@municipio.gob.mx.", campo="correo"
        )
    return limpia


def abre(anio: int, mes: int, clases: Sequence[str], cierra: datetime, zona: str) -> Mensaje:
    """Se abrió la captura de un periodo."""
    que = _y([CAPTURAS[clase] for clase in clases])
    return Mensaje(
        f"Abrió la captura de {mes_anio(anio, mes)}: {que}",
        f"Cierra el {fecha_hora(cierra, zona)}.",
        ruta("pendientes", ejercicio=anio),
    )


def plazo(clase: str, anio: int, mes: int) -> str:
    """Un plazo como se lee en un calendario."""
    return f"Cierra la captura: {CAPTURAS[clase]}, {mes_anio(anio, mes)}"


def recuerda(deudas: Sequence[Deuda], cierra: datetime | None, zona: str) -> Mensaje:
    """Lo que una persona debe de un periodo y hasta cuándo; sin `cierra` no hay plazo fijado."""
    una = deudas[0]
    plazo = f"cierra el {fecha_hora(cierra, zona)}" if cierra else "no tiene fecha límite"
    return Mensaje(
        f"Debe {_cuantos(deudas)} de {mes_anio(una.anio, una.mes)}; {plazo}",
        _lista(deudas),
        ruta("pendientes", ejercicio=una.anio),
    )


def vencio(deudas: Sequence[Deuda], cierra: datetime, zona: str) -> Mensaje:
    """Lo que una persona no entregó a tiempo."""
    una = deudas[0]
    return Mensaje(
        f"Venció la captura de {mes_anio(una.anio, una.mes)} y debe {_cuantos(deudas)}",
        f"El plazo terminó el {fecha_hora(cierra, zona)}. Pida una prórroga a planeación.\n{_lista(deudas)}",
        ruta("pendientes", ejercicio=una.anio),
    )


def vencieron(anio: int, mes: int, deben: Mapping[str, int]) -> Mensaje:
    """A planeación: qué dependencias no entregaron, con cuántos resultados debe cada una."""
    cuantas = f"{len(deben):,} {'dependencia' if len(deben) == 1 else 'dependencias'}"
    partes = [f"{nombre}: {cuantos:,}" for nombre, cuantos in sorted(deben.items(), key=lambda p: -p[1])]
    return Mensaje(
        f"Venció la captura de {mes_anio(anio, mes)}: no {'entregó' if len(deben) == 1 else 'entregaron'} "
        f"{cuantas}",
        "\n".join(_hasta(partes)),
        ruta("avance_captura", ejercicio=anio, corte=mes_nombre(mes).capitalize()),
    )


def devuelto(nombre: str, anio: int, mes: int, area: int, motivo: str) -> Mensaje:
    """Se regresó lo capturado, con la razón."""
    return Mensaje(
        f"Devuelto, {mes_anio(anio, mes)}: {una_linea(nombre)}",
        f"Motivo: {motivo.strip()}",
        ruta("captura", ejercicio=anio, mes=mes, area=area),
    )


def critico(
    clase: str, item_id: int, nombre: str, anio: int, mes: int, dependencia: str, como: str
) -> Mensaje:
    """Se validó un resultado crítico; `como` es su cumplimiento en palabras."""
    return Mensaje(
        f"Crítico, {mes_anio(anio, mes)}: {una_linea(nombre)}",
        f"{como}. Responde {dependencia}.",
        ruta("metas" if clase == "meta" else "indicadores", ejercicio=anio, **{clase: item_id}),
    )


def por_reconducir(que: Toca, solicitud_id: int, anio: int, dependencia: str) -> Mensaje:
    """A quien le toca opinar o autorizar una reconducción."""
    falta = "su opinión" if que is Toca.OPINAR else "su autorización"
    return Mensaje(
        f"Una reconducción de {dependencia} espera {falta}",
        "",
        ruta("reconducciones", ejercicio=anio, solicitud=solicitud_id),
    )


def reconducida(autorizada: bool, oficio: str, solicitud_id: int, anio: int, resolucion: str) -> Mensaje:
    """A quien la pidió: cómo se resolvió."""
    titulo = (
        f"Se autorizó su reconducción con el oficio {oficio}" if autorizada else "Se rechazó su reconducción"
    )
    return Mensaje(titulo, resolucion.strip(), ruta("reconducciones", ejercicio=anio, solicitud=solicitud_id))


def cerro(anio: int, mes: int, *, abierto: bool, motivo: str) -> Mensaje:
    """Un periodo se cerró o se volvió a abrir."""
    que = "Se reabrió" if abierto else "Se cerró"
    return Mensaje(
        f"{que} {mes_anio(anio, mes)}",
        f"Motivo: {motivo.strip()}" if motivo.strip() else "Sus cifras quedaron congeladas.",
        ruta("cierre", ejercicio=anio),
    )


def _cuantos(deudas: Sequence[Deuda]) -> str:
    return f"{len(deudas):,} {'resultado' if len(deudas) == 1 else 'resultados'}"


def _lista(deudas: Sequence[Deuda]) -> str:
    """Un renglón por cosa debida, con la liga a donde se captura."""
    varias = len({deuda.area for deuda in deudas}) > 1
    return "\n".join(
        _hasta(
            [
                f"{d.que}: {una_linea(d.nombre)}{f' ({d.dependencia})' if varias else ''}"
                f" → {ruta('captura', ejercicio=d.anio, mes=d.mes, area=d.area)}"
                for d in deudas
            ]
        )
    )


def _hasta(partes: Sequence[str]) -> list[str]:
    sobran = len(partes) - RENGLONES
    return [*partes[:RENGLONES], f"Y otros {sobran:,}."] if sobran > 0 else list(partes)


def _y(partes: Sequence[str]) -> str:
    return " y ".join([", ".join(partes[:-1]), partes[-1]]) if len(partes) > 1 else "".join(partes)


def cuando_recordar(recuerda: datetime, cierra: datetime, efectivo: datetime) -> datetime:
    """El recordatorio se adelanta lo mismo al plazo con prórroga que al original."""
    return efectivo - (cierra - recuerda)


def vuelve_a_tocar(momento: datetime, intentos: int) -> datetime | None:
    """Cuándo se intenta otra vez un correo que falló; None si ya se intentó bastante.

    Sin intentos (el servidor de correo no contestó), de inmediato: la falta no es del mensaje.
    """
    if intentos >= INTENTOS:
        return None
    return momento + ESPERA * 2 ** (intentos - 1) if intentos else momento


def inicio_del_dia(momento: datetime, zona: ZoneInfo) -> datetime:
    """La medianoche del municipio anterior al instante."""
    return momento.astimezone(zona).replace(hour=0, minute=0, second=0, microsecond=0)


def es_hora_del_resumen(momento: datetime, zona: ZoneInfo, ultimos: Iterable[datetime]) -> bool:
    """¿Ya es hora del resumen de hoy y aún no ha salido? `ultimos` son los envíos hechos a la persona."""
    hoy = inicio_del_dia(momento, zona)
    return momento.astimezone(zona).time() >= HORA_DEL_RESUMEN and all(u < hoy for u in ultimos)
