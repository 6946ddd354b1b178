"""Lo que se puede buscar, con qué permiso se ve y en qué pantalla se abre."""

import re
from dataclasses import dataclass

from db.rules.permisos import Accion
from db.rules.registros import REGISTROS
from db.rules.texto import llave


@dataclass(frozen=True, slots=True)
class Asunto:
    """Una clase de cosa que se busca: cómo se llama, quién la ve y adónde lleva."""

    nombre: str
    permiso: Accion
    pagina: str
    parametro: str


ASUNTOS: dict[str, Asunto] = {
    "nodo": Asunto("Plan", Accion.VER_PLAN, "plan", "nodo"),
    "programa": Asunto("Programa", Accion.VER_PLAN, "programas", "programa"),
    "proyecto": Asunto("Proyecto", Accion.VER_PLAN, "programas", "programa"),
    "meta": Asunto("Meta", Accion.VER_PLAN, "metas", "meta"),
    "indicador": Asunto("Indicador", Accion.VER_PLAN, "indicadores", "indicador"),
    "guia": Asunto("Guía Consultiva", Accion.VER_GUIA, "guia", "indicador"),
    "evaluacion": Asunto("Evaluación", Accion.VER_PLAN, "pae", "evaluacion"),
    "fondo": Asunto("Fondo", Accion.VER_PRESUPUESTO, "fondos", "fondo"),
    "comite": Asunto("Comité", Accion.VER_COMITES, "comites", "comite"),
    "sesion": Asunto("Sesión", Accion.VER_COMITES, "sesiones", "sesion"),
    "acuerdo": Asunto("Acuerdo", Accion.VER_COMITES, "acuerdos", "acuerdo"),
    "propuesta": Asunto("Propuesta", Accion.VER_COMITES, "propuestas", "propuesta"),
    "obra": Asunto("Obra propuesta", Accion.VER_COMITES, "propuestas", "comite"),
    "capitulo": Asunto("Informe de Gobierno", Accion.VER_INFORME, "informes", "capitulo"),
    "reconduccion": Asunto("Reconducción", Accion.VER_CAPTURA, "reconducciones", "solicitud"),
    "documento": Asunto("Documento emitido", Accion.VER_DOCUMENTOS, "documentos", "folio"),
    "tramite": Asunto("Trámite", Accion.VER_REGISTROS, "mejoras", "tramite"),
    "persona": Asunto("Persona", Accion.VER_DIRECTORIO, "directorio", "persona"),
} | {r.clave: Asunto(r.uno.capitalize(), r.ver, r.pagina, "encargo") for r in REGISTROS.values()}
"""Asunto → lo que se dice de él, en el orden en que se muestran si empatan."""

LETRAS, PALABRAS = 2, 8
DE_CADA_UNO, MAXIMO = 8, 60
"""Resultados que se muestran de cada clase de cosa, y de una sola si se elige."""
_NO_ES_LETRA = re.compile(r"[^0-9a-z]+")


def llano(texto: str) -> str:
    """En palabras sin acentos, mayúsculas ni puntuación, cada una con un espacio antes."""
    return f" {_NO_ES_LETRA.sub(' ', llave(texto))}".rstrip()


def palabras(pedido: str) -> list[str]:
    """Lo pedido en palabras llanas, sin las de una letra ni repetidas."""
    return list(dict.fromkeys(p for p in llano(pedido).split() if len(p) >= LETRAS or p.isdigit()))[:PALABRAS]
