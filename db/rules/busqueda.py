"""Lo que se puede buscar, con qué permiso se ve y en qué pantalla se abre."""

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
MAXIMO = 60
"""Resultados que se muestran."""


def palabras(pedido: str) -> list[str]:
    """Lo pedido en palabras sin acentos ni mayúsculas; sin las de una letra ni repetidas."""
    return list(dict.fromkeys(p for p in llave(pedido).split() if len(p) >= LETRAS))[:PALABRAS]
