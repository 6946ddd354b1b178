"""Formato ingresos: lo estimado, devengado y recaudado por rubro y mes, como lo lleva Tesorería."""

from dataclasses import dataclass

from sqlmodel import Session

from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.importes import Importes, importes
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.valores import periodo
from dashboard.imports.presupuesto_columnas import campo_mensual
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.cargas import Cuenta
from db.actions.ingresos import FilaIngreso, deshacer_ingresos, guardar_corte
from db.models.bitacora import Carga
from db.queries.ingresos import MOMENTOS
from db.rules.formato import mes_nombre, moneda
from db.rules.ingreso import RUBROS, Ingreso
from db.rules.ingreso import revisar as revisar_momentos
from db.rules.permisos import Accion, Actor
from db.rules.problema import Problema
from db.rules.texto import llave, normal

ALIAS = {
    "estimado": ("ley de ingresos estimada", "ingreso estimado", "ley de ingresos", "presupuestado"),
    "ampliaciones": ("ampliacion", "aumentos"),
    "reducciones": ("reduccion", "disminuciones"),
    "devengado": ("ingreso devengado",),
    "recaudado": ("ingreso recaudado", "recaudacion", "cobrado"),
    "modificado": ("ingreso modificado", "ley de ingresos modificada"),
    "ampliaciones_reducciones": ("ampliaciones y reducciones", "ampliaciones reducciones 2"),
}

Llave = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Datos:
    """Lo que se guarda y de qué archivo."""

    filas: list[FilaIngreso]
    leidas: int
    archivo: str
    sha256: str


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Un renglón por concepto y mes, o una columna por momento y mes; los totales no se cuentan."""
    assert contexto.anio is not None
    revisor = Revisor(lectura)
    juntas: dict[Llave, dict[str, int]] = {}
    primero: dict[Llave, Renglon] = {}
    for mes, dinero in _bloques(revisor, contexto.corte_mes):
        for renglon in revisor:
            if (quien := _quien(renglon)) is None:
                continue
            cual = mes or _mes(renglon, contexto.anio)
            if cual is None:
                continue
            traidos = {m: int(v.valores[renglon.i]) for m, v in dinero.items() if not v.vacias[renglon.i]}
            if not traidos:
                continue
            renglon_de = juntas.setdefault((*quien, cual), dict.fromkeys(MOMENTOS, 0))
            primero.setdefault((*quien, cual), renglon)
            for momento, centavos in _con_signo(renglon, traidos).items():
                renglon_de[momento] += centavos
    filas = [FilaIngreso(*cual, *(m[momento] for momento in MOMENTOS)) for cual, m in sorted(juntas.items())]
    _avisar(revisor, filas, primero)
    revisor.terminar()
    if not filas and not revisor.problemas:
        raise Problema("El archivo no trae ningún importe.", "Revise que sea el archivo correcto.")
    datos = Datos(filas, len(lectura.filas), contexto.archivo, lectura.sha256)
    revision = Revision(datos, revisor.problemas, revisor.avisos)
    revision.totales = [
        (momento.capitalize(), moneda(sum(getattr(fila, momento) for fila in filas))) for momento in MOMENTOS
    ]
    revision.cambios = Cuenta(len(lectura.filas), 0 if revision.graves else len(filas), 0, nuevas=len(filas))
    return revision


def _bloques(revisor: Revisor, corte_mes: int | None) -> list[tuple[int | None, dict[str, Importes]]]:
    """(mes, columnas de dinero): uno si el archivo trae la columna de mes, o uno por mes si es ancho."""
    columnas = revisor.lectura.columnas
    sueltas = {momento: importes(revisor, momento) for momento in ALIAS if momento in columnas}
    if "mes" in columnas:
        return [(None, sueltas)]
    bloques: list[tuple[int | None, dict[str, Importes]]] = []
    for mes in range(1, 13):
        campos = {momento: campo_mensual(momento, mes) for momento in ALIAS}
        dinero = {m: importes(revisor, campo) for m, campo in campos.items() if campo in columnas}
        if dinero:
            bloques.append((mes, dinero))
    if bloques:
        return bloques
    if not sueltas:
        raise Problema("El archivo no trae importes.", "Agregue al menos «estimado» y «recaudado».")
    if corte_mes is None:
        raise Problema(
            "El archivo no dice de qué mes es cada importe.",
            "Agregue la columna «mes», o indique el mes de corte si son cifras acumuladas.",
        )
    revisor.avisos.append(
        f"Sin columna de mes: las cifras se guardaron acumuladas en {mes_nombre(corte_mes)}."
    )
    return [(corte_mes, sueltas)]


def _quien(renglon: Renglon) -> tuple[str, str, str] | None:
    """(rubro, concepto, fuente); None en renglones de total o sin clave."""
    rubro, concepto = renglon.texto("rubro").replace(".", ""), normal(renglon.texto("concepto"))
    if llave(rubro or concepto).startswith(("total", "ingresos excedentes")) or not (rubro or concepto):
        return None
    if not rubro.isdecimal() or rubro[0] not in RUBROS:
        renglon.falla(
            "rubro",
            "no es una clave del Clasificador por Rubros de Ingresos",
            "Escriba los dígitos del rubro, como 11 o 8101.",
        )
        return None
    return rubro, concepto, renglon.texto("fuente")


def _mes(renglon: Renglon, anio: int) -> int | None:
    leido = renglon.leer("mes", periodo)
    if leido is None:
        return None
    if leido.anio not in (None, anio) or not 1 <= leido.numero <= 12:
        renglon.falla("mes", f"no es un mes de {anio}", "Escriba el nombre del mes, o de 1 a 12.")
        return None
    return leido.numero


def _con_signo(renglon: Renglon, traidos: dict[str, int]) -> dict[str, int]:
    """Los cinco momentos que se guardan; las adecuaciones, de su columna con signo o del modificado."""
    dinero = {momento: traidos[momento] for momento in MOMENTOS if momento in traidos}
    neto = traidos.get("ampliaciones_reducciones")
    if not dinero.keys() & {"ampliaciones", "reducciones"}:
        if neto is None and "modificado" in traidos:
            neto = traidos["modificado"] - traidos.get("estimado", 0)
        if neto is not None:
            dinero |= {"ampliaciones": max(neto, 0), "reducciones": max(-neto, 0)}
    elif "modificado" in traidos:
        debe = Ingreso(*(dinero.get(momento, 0) for momento in MOMENTOS)).modificado
        if debe != traidos["modificado"]:
            renglon.falla(
                "modificado",
                f"no es estimado + ampliaciones − reducciones ({moneda(debe)})",
                "El sistema lo calcula con los otros tres importes.",
                grave=False,
            )
    return dinero


def _avisar(revisor: Revisor, filas: list[FilaIngreso], primero: dict[Llave, Renglon]) -> None:
    """Lo que no cuadra en el año de cada concepto: se dice y no impide guardar."""
    por_concepto: dict[tuple[str, str, str], Ingreso] = {}
    for fila in filas:
        cual = (fila.rubro, fila.concepto, fila.fuente)
        este = Ingreso(*(getattr(fila, momento) for momento in MOMENTOS))
        por_concepto[cual] = por_concepto.get(cual, Ingreso()) + este
    donde = {llave_[:3]: renglon for llave_, renglon in primero.items()}
    for cual, suma in por_concepto.items():
        for regla, palabras in revisar_momentos(suma):
            donde[cual].falla("rubro", f"{regla}: {palabras}", "Revíselo con Tesorería.", grave=False)


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda los ingresos como una versión nueva."""
    datos: Datos = revision.datos
    assert carga.ente_id is not None and carga.anio is not None
    al_avanzar(0.3, "Guardando los ingresos")
    guardar_corte(
        session,
        actor,
        ente_id=carga.ente_id,
        anio=carga.anio,
        carga=carga,
        filas=datos.filas,
        archivo=datos.archivo,
        sha256=datos.sha256,
    )
    return Cuenta(datos.leidas, len(datos.filas), 0, nuevas=len(datos.filas))


def reconoce(_session: Session) -> tuple[Columna, ...]:
    """Las de la plantilla y una por momento y mes."""
    anchas = []
    for momento, alias in ALIAS.items():
        for mes in range(1, 13):
            cortos = (mes_nombre(mes), mes_nombre(mes)[:3])
            otros = [f"{a} {m}" for a in (momento, *alias) for m in cortos]
            otros += [f"{m} {a}" for a in (momento, *alias) for m in cortos]
            anchas.append(Columna(campo_mensual(momento, mes), tuple(otros), obligatoria=False))
    sueltas = (Columna(m, ALIAS[m], obligatoria=False) for m in ("modificado", "ampliaciones_reducciones"))
    largas = (
        Columna(c.nombre, c.alias, obligatoria=c.nombre in ("rubro", "concepto")) for c in FORMATO.columnas
    )
    return (*largas, *sueltas, *anchas)


FORMATO = Formato(
    nombre="ingresos",
    titulo="Ingresos por rubro y mes",
    para_que=(
        "Lo estimado, modificado, devengado y recaudado de cada rubro, mes por mes.\n"
        "Cada carga es una versión nueva; las anteriores se conservan."
    ),
    columnas=(
        Columna("rubro", ("cri", "clave cri", "clave", "clave rubro"), ayuda="Clave del CRI.", ejemplo="11"),
        Columna(
            "concepto",
            ("rubro de ingresos", "descripcion", "nombre"),
            ayuda="Qué ingreso es.",
            ejemplo="Impuesto predial",
        ),
        Columna("fuente", ("fuente de financiamiento", "ff"), False, "Código de la fuente.", "110101"),
        Columna("mes", ("periodo",), ayuda="Nombre del mes, o de 1 a 12.", ejemplo="enero"),
        *(
            Columna(m, ALIAS[m], m in ("estimado", "recaudado"), "Lo del mes, en pesos.", "1,234.50")
            for m in MOMENTOS
        ),
    ),
    permiso=Accion.CARGAR_PRESUPUESTO,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    reconoce=reconoce,
    deshacer=deshacer_ingresos,
    instrucciones=(
        "Un renglón por concepto y mes; también se acepta uno por concepto con «recaudado_enero»…",
        "El modificado no hace falta: es estimado + ampliaciones − reducciones.",
        "Los renglones de totales no se cuentan.",
    ),
)
