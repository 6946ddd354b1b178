"""Formato catalogo: el plan estatal (PED) o el nacional (PND) a que se alinea el plan del municipio."""

from sqlmodel import Session

from dashboard.imports.alineacion import CATALOGO, catalogo_de
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.alineacion import FilaEntrada, guardar_entradas
from db.actions.cargas import Cuenta
from db.models.bitacora import Carga
from db.models.catalogo import NombreCatalogo
from db.queries.alineado import entradas
from db.rules.alineacion import CATALOGOS
from db.rules.permisos import Accion, Actor
from db.rules.texto import llave

CARGABLES = (NombreCatalogo.PED.value, NombreCatalogo.PND.value)
"""Los que cambian con cada gobierno; los ODS son los de Naciones Unidas y ya vienen."""

Leidas = dict[tuple[str, str], tuple[Renglon, FilaEntrada]]


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada entrada una sola vez, y su padre en el archivo o ya cargado."""
    revisor = Revisor(lectura)
    leidas: Leidas = {}
    for renglon in revisor:
        if (fila := _leer(renglon)) is None:
            continue
        cual = (fila.catalogo.value, llave(fila.clave))
        if cual in leidas:
            renglon.falla("clave", f"ya está en el renglón {leidas[cual][0].numero}", "Deje una sola.")
        else:
            leidas[cual] = renglon, fila
    _exigir_padres(session, leidas)
    revisor.terminar()
    filas = [fila for _, fila in leidas.values()]
    revision = Revision(filas, revisor.problemas, revisor.avisos, ejercicio=False)
    revision.totales = [
        (CATALOGOS[c], f"{sum(f.catalogo.value == c for f in filas):,}")
        for c in CARGABLES
        if any(f.catalogo.value == c for f in filas)
    ]
    return revision


def _leer(renglon: Renglon) -> FilaEntrada | None:
    catalogo = catalogo_de(renglon, CARGABLES)
    clave, nombre = renglon.obligado("clave"), renglon.obligado("nombre")
    if catalogo is None or clave is None or nombre is None:
        return None
    return FilaEntrada(
        NombreCatalogo(catalogo), clave, renglon.texto("padre"), nombre, renglon.texto("fuente")
    )


def _exigir_padres(session: Session, leidas: Leidas) -> None:
    claves = {(e.catalogo.value, llave(e.clave)) for e in entradas(session).values()} | leidas.keys()
    for (catalogo, clave), (renglon, fila) in leidas.items():
        padre = llave(fila.padre)
        # El PND del sistema dice ahí «Eje general», que no es una clave.
        if padre and any(c.isdigit() for c in padre) and (catalogo, padre) not in claves:
            renglon.falla("padre", "no existe esa clave en el catálogo", "Agréguela o deje vacía la celda.")
        elif padre == clave:
            renglon.falla("padre", "no puede ser su propio padre", "Escriba la clave de la que cuelga.")


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las entradas."""
    al_avanzar(0.3, "Guardando el catálogo")
    filas: list[FilaEntrada] = revision.datos
    return guardar_entradas(session, actor, carga, filas)


FORMATO = Formato(
    nombre="catalogo",
    titulo="Plan estatal o nacional",
    para_que=(
        "Los ejes, objetivos y estrategias del plan estatal (PED), o un plan nacional (PND) más nuevo.\n"
        "A ellos se alinea después cada nodo del plan municipal; lo que no venga en el archivo se queda."
    ),
    columnas=(
        Columna(
            CATALOGO.nombre,
            CATALOGO.alias,
            ayuda="PED o PND.",
            ejemplo="PED",
            opciones=tuple(CATALOGOS[c] for c in CARGABLES),
        ),
        Columna("clave", ("codigo",), ayuda="Clave impresa en el plan.", ejemplo="1.2"),
        Columna("padre", ("clave padre", "cuelga de"), False, "Clave de la entrada de que cuelga.", "1"),
        Columna("nombre", ("descripcion", "texto"), ayuda="Como está publicado.", ejemplo="Eje"),
        Columna("fuente", ("publicacion",), False, "Documento y fecha.", "Gaceta del Gobierno"),
    ),
    permiso=Accion.ALINEAR_PLAN,
    revisar=revisar,
    guardar=guardar,
    instrucciones=("Un renglón por entrada; se reconoce por catálogo y clave.",),
)
