"""Los archivos de un encargo: sus fotografías, documentos y entregables."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.archivos_adjuntos import dibujar
from dashboard.ui.registro_ficha import edita
from db.actions import evidencia_encargo as acciones
from db.models.evidencias import Clasificacion
from db.queries.adjuntos import ENCARGO, adjuntos
from db.rules.encargos import Registro
from db.rules.evidencias import Archivo, alcanza, alcanza_publica
from db.rules.permisos import Actor

Datos = Mapping[str, Any]


def seccion(registro: Registro, uno: Datos, persona: Actor) -> None:
    """Los que esta persona alcanza; quien puede cambiar el encargo sube y retira."""
    filas = [
        f
        for f in ask(adjuntos, asunto=ENCARGO, referencia=str(uno["id"]))
        if alcanza(persona, f) or alcanza_publica(persona, f, [registro.ver])
    ]

    def agregar(session: Session, actor: Actor, archivo: Archivo, pie: str, clase: Clasificacion) -> None:
        acciones.agregar(session, actor, encargo_id=uno["id"], archivo=archivo, pie=pie, clasificacion=clase)

    def retirar(session: Session, actor: Actor, cual: int, motivo: str) -> None:
        acciones.retirar(session, actor, adjunto_id=cual, motivo=motivo)

    suyo = edita(registro, uno, persona)
    dibujar(f"encargo_{uno['id']}", "Archivo", filas, agregar if suyo else None, retirar if suyo else None)
