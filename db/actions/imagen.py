"""Del lineamiento de imagen vigente al sistema: su color, y su escudo y logotipo si trae los archivos."""

from sqlmodel import Session

from db.actions.municipio import el_municipio, limpiar_escudo
from db.models.encargos import Encargo
from db.models.imagen import Lineamiento
from db.queries.adjuntos import ENCARGO, adjuntos
from db.queries.evidencias import ruta_de
from db.rules.color import exigir_legible
from db.rules.imagen import LINEAMIENTO, archivo_de
from db.rules.permisos import Accion, Actor, exigir
from db.rules.problema import Problema


def aplicar(session: Session, actor: Actor, *, encargo_id: int) -> list[str]:
    """Pone en el sistema el color del lineamiento, y el archivo que diga «escudo» o «logotipo» como tales.

    Devuelve qué se puso. SinPermiso; `Problema` si no está vigente, si el color no se lee sobre blanco o si
    el archivo no es imagen.
    """
    exigir(actor, Accion.EDITAR_CONFIGURACION)
    fila, municipio = session.get(Encargo, encargo_id), el_municipio(session)
    vigente = fila is not None and (fila.registro, fila.etapa) == (LINEAMIENTO.clave, "vigente")
    if not vigente or municipio is None:
        raise Problema("Sólo se aplica el lineamiento vigente.", "Apruébelo antes.")
    municipio.color = exigir_legible(session.get_one(Lineamiento, encargo_id).color)
    puesto = ["el color"]
    for f in adjuntos(session, asunto=ENCARGO, referencia=str(encargo_id)):
        que = archivo_de(f["pie"], f["tipo"]) if not f["retirada"] else ""
        if que == "escudo" and "el escudo" not in puesto:
            municipio.escudo, municipio.escudo_tipo = limpiar_escudo(ruta_de(f["sha256"]).read_bytes())
            puesto.append("el escudo")
        if que == "logo" and "el logotipo" not in puesto:
            municipio.logo, municipio.logo_tipo = limpiar_escudo(ruta_de(f["sha256"]).read_bytes())
            puesto.append("el logotipo")
    session.add(municipio)
    session.flush()
    return puesto
