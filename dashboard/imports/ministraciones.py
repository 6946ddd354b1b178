"""Formato ministraciones: los depósitos de los fondos etiquetados ya registrados."""

from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.importes import importe
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.fondos import FilaMinistracion, guardar_ministraciones
from db.models.bitacora import Carga
from db.queries.fondos import por_clave
from db.rules.formato import moneda
from db.rules.permisos import Accion, Actor
from db.rules.texto import llave


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su fondo, su fecha y su importe; el mismo depósito no va dos veces."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    claves = por_clave(session, contexto.anio, contexto.ente_id) if contexto.ente_id else {}
    fondos = {llave(clave): fondo_id for clave, fondo_id in claves.items()}
    filas: dict[tuple[object, ...], FilaMinistracion] = {}
    for renglon in revisor:
        fila = _leer(renglon, fondos, contexto.anio)
        if fila is None:
            continue
        cual = (fila.fondo_id, fila.fecha, fila.documento)
        if cual in filas:
            renglon.falla(
                "documento", "ese depósito ya está en el archivo", "Distíngalos por su documento o júntelos."
            )
        filas[cual] = fila
    revisor.terminar()
    revision = Revision(list(filas.values()), revisor.problemas, revisor.avisos)
    revision.totales = [
        ("Ministraciones", f"{len(filas):,}"),
        ("Importe", moneda(sum(f.importe for f in filas.values()))),
    ]
    return revision


def _leer(renglon: Renglon, fondos: dict[str, int], anio: int) -> FilaMinistracion | None:
    clave = renglon.obligado("fondo")
    fondo_id = fondos.get(llave(clave)) if clave else None
    if clave and fondo_id is None:
        renglon.falla("fondo", "no hay un fondo con esa clave en el ejercicio", "Regístrelo en Fondos.")
    fecha = renglon.leer("fecha", valores.fecha) if renglon.obligado("fecha") else None
    if fecha is not None and fecha.year not in (anio, anio + 1):
        renglon.falla("fecha", f"no es del ejercicio {anio}", "Corrija el año o elija otro ejercicio.")
        return None
    centavos = renglon.leer("importe", importe) if renglon.obligado("importe") else None
    if centavos is not None and centavos <= 0:
        renglon.falla("importe", "debe ser mayor que 0", "Escriba lo depositado.")
        return None
    if fondo_id is None or fecha is None or centavos is None:
        return None
    return FilaMinistracion(fondo_id, fecha, centavos, renglon.texto("documento"))


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda los depósitos."""
    al_avanzar(0.3, "Guardando las ministraciones")
    filas: list[FilaMinistracion] = revision.datos
    return guardar_ministraciones(session, actor, carga, filas)


FORMATO = Formato(
    nombre="ministraciones",
    titulo="Ministraciones de fondos",
    para_que=(
        "Los depósitos de cada fondo etiquetado (FAIS, FORTAMUN y otros).\n"
        "El fondo se registra antes en su pantalla, con su fuente y sus plazos."
    ),
    columnas=(
        Columna("fondo", ("clave del fondo",), ayuda="La clave con que se registró.", ejemplo="FISMDF"),
        Columna("fecha", ("fecha de deposito",), ayuda="dd/mm/aaaa.", ejemplo="31/01/2026"),
        Columna("importe", ("monto", "deposito"), ayuda="Pesos depositados.", ejemplo="1,250,000.00"),
        Columna("documento", ("recibo", "folio", "referencia"), False, "Recibo o transferencia.", "CLC-118"),
    ),
    permiso=Accion.EDITAR_FONDOS,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    instrucciones=("Un renglón por depósito; se reconoce por fondo, fecha y documento.",),
)
