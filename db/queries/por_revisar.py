"""Lo que cada área debe y lo que espera revisión en un periodo."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, select
from sqlmodel import Session

from db.base import tabla
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.captura import ClaseItem
from db.models.estructura import Dependencia
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.queries.avances import meses_cerrados
from db.queries.calendario import vencimientos
from db.queries.captura import items
from db.queries.registro import areas
from db.queries.usuarios import en_utc
from db.rules.captura import CAPTURADOS, EstadoAvance, por_que_mirar, sospecha
from db.rules.estado import Estado
from db.rules.resultado import Detalle, Resultado


def debe(session: Session, *, anio: int, meses: list[int], dependencia_id: int) -> list[dict[str, Any]]:
    """Lo que un área debe de esos periodos: lo devuelto primero, con su motivo, y luego por plazo.

    Cada uno: mes, clase, id, nombre, proyecto, palabra, devolucion, cierra (UTC o None si no hay ventana).
    """
    suyas = areas(session, dependencia_id)
    cierran = {(v["mes"], v["clase"]): v["cierra"] for v in vencimientos(session, anio, suyas)}
    lista = []
    for mes in meses:
        for item in items(session, anio, mes, suyas):
            devuelto = item["estado"] is EstadoAvance.DEVUELTO
            if not item["toca"] or item["estado"] not in (None, EstadoAvance.BORRADOR, EstadoAvance.DEVUELTO):
                continue
            ventana = "actividades" if item["clase"] is ClaseItem.META else "indicadores"
            lista.append(
                {
                    "mes": mes,
                    "clase": item["clase"].value,
                    "id": item["id"],
                    "nombre": item["nombre"],
                    "proyecto": item["proyecto"],
                    "palabra": item["palabra"],
                    "devuelto": devuelto,
                    "devolucion": item["devolucion"] if devuelto else "",
                    "cierra": cierran.get((mes, ventana)),
                }
            )
    return sorted(lista, key=lambda f: (not f["devuelto"], f["mes"]))


def cola(session: Session, *, anio: int) -> list[dict[str, Any]]:
    """Las dependencias generales con algo entregado que espera revisión, lo que más espera, primero.

    Cada una: mes, dependencia_id, ente_id, dependencia, esperan, en_revision y desde (UTC). Lo de un periodo
    cerrado no espera: ahí sólo cabe lo extemporáneo.
    """
    cerrados = meses_cerrados(session, anio)
    d = tabla(Dependencia).c
    juntas: dict[tuple[int, int], dict[str, Any]] = {}
    for f in _capturados(session, anio, CAPTURADOS):
        if f.mes in cerrados:
            continue
        una = juntas.setdefault(
            (f.general, f.mes),
            {"mes": f.mes, "dependencia_id": f.general, "esperan": 0, "en_revision": 0, "desde": None},
        )
        una["esperan"] += 1
        una["en_revision"] += f.estado == EstadoAvance.EN_REVISION
        desde = en_utc(f.desde)
        una["desde"] = min(una["desde"] or desde, desde)
    areas_ = {
        f.id: {"ente_id": f.ente_id, "dependencia": f"{f.clave} {f.nombre}"}
        for f in session.execute(select(d.id, d.ente_id, d.clave, d.nombre))
    }
    filas = [una | areas_[una["dependencia_id"]] for una in juntas.values()]
    return sorted(filas, key=lambda f: (f["desde"], f["mes"], f["dependencia"]))


def por_publicar(session: Session, *, anio: int) -> dict[int, list[tuple[str, int]]]:
    """Mes → lo validado que aún no se publica, como (clase, id)."""
    por_mes: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for f in _capturados(session, anio, (EstadoAvance.VALIDADO,)):
        por_mes[f.mes].append((f.clase, f.item))
    return dict(sorted(por_mes.items()))


def _capturados(session: Session, anio: int, estados: Sequence[EstadoAvance]) -> Sequence[Any]:
    """Metas e indicadores del ejercicio en esos estados: clase, item, mes, estado, general y desde."""
    a, m, d = tabla(AvanceMeta).c, tabla(MetaActividad).c, tabla(Dependencia).c
    b, v, i = tabla(AvanceVariable).c, tabla(VariableIndicador).c, tabla(Indicador).c
    general = func.coalesce(d.padre_id, d.id).label("general")
    de_metas = (
        select(
            literal(ClaseItem.META.value).label("clase"),
            m.id.label("item"),
            a.mes,
            a.estado,
            general,
            a.capturado_en.label("desde"),
        )
        .join(tabla(MetaActividad), m.id == a.meta_id)
        .join(tabla(Dependencia), d.id == m.dependencia_id)
        .where(m.anio == anio, a.estado.in_(estados))
        .order_by(a.mes, m.id)
    )
    de_indicadores = (
        select(
            literal(ClaseItem.INDICADOR.value).label("clase"),
            i.id.label("item"),
            (b.trimestre * 3).label("mes"),
            b.estado,
            general,
            func.min(b.capturado_en).label("desde"),
        )
        .join(tabla(VariableIndicador), v.id == b.variable_id)
        .join(tabla(Indicador), i.id == v.indicador_id)
        .join(tabla(Dependencia), d.id == i.dependencia_id)
        .where(i.anio == anio, b.estado.in_(estados))
        .group_by(i.id, b.trimestre, b.estado, d.padre_id, d.id)
        .order_by(b.trimestre, i.id)
    )
    return [*session.execute(de_metas), *session.execute(de_indicadores)]


def por_revisar(session: Session, *, anio: int, mes: int, dependencia_id: int) -> list[dict[str, Any]]:
    """Lo entregado por un área que espera revisión, primero lo que llama la atención.

    Cada uno: clase, id, version, nombre, proyecto, area, renglones (nombre, unidad, programado, anterior,
    alcanzado), resultado (llano o None), `por_que` se mira solo (vacío si se valida en bloque),
    justificacion, mejora, beneficiarios, evidencias, autor, estado y palabra.
    """
    lista = [
        _llana(item)
        for item in items(session, anio, mes, areas(session, dependencia_id))
        if item["estado"] in CAPTURADOS
    ]
    return sorted(lista, key=lambda f: not f["por_que"])


def _llana(item: dict[str, Any]) -> dict[str, Any]:
    renglones = ("letra", "nombre", "unidad", "programado", "anterior", "alcanzado")
    mejora = ("accion", "responsable", "prueba", "inicio", "fin")
    quienes = ("lugar", "mujeres", "hombres")
    return {
        "clase": item["clase"].value,
        "id": item["id"],
        "version": item["version"],
        "nombre": item["nombre"],
        "proyecto": item["proyecto"],
        "area": item["dependencia"],
        "renglones": [{n: r[n] for n in renglones} for r in item["renglones"]],
        "resultado": item["resultado"],
        "por_que": _por_que(item),
        "justificacion": item["justificacion"],
        "mejora": {n: item["mejora"][n] for n in mejora} if item["mejora"] else None,
        "beneficiarios": [{n: b[n] for n in quienes} for b in item["beneficiarios"]],
        "evidencias": item["evidencias"],
        "autor": item["autor"],
        "estado": item["estado"].value,
        "palabra": item["palabra"],
    }


def _por_que(item: dict[str, Any]) -> str:
    """Por qué se mira de uno en uno; vacío si se puede validar en bloque."""
    resultado = None
    if item["resultado"]:
        como = item["resultado"]
        resultado = Resultado(como["valor"], Estado(como["estado"]), Detalle(""))
    raro = [aviso for r in item["renglones"] if (aviso := sospecha(r["alcanzado"], r["anterior"]))]
    return por_que_mirar(
        resultado,
        justificado=bool(item["justificacion"]),
        mejora=item["mejora"] is not None,
        evidencias=item["evidencias"],
        raro=raro[0] if raro else "",
    )
