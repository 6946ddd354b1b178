"""La Guía Consultiva, ya compuesta: qué tan adelantada va, por módulo y tema, y su lista filtrada."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from dashboard.cache import ask
from dashboard.ui.estado import pintar
from dashboard.ui.grafica_guia import modulos as dibujar
from dashboard.ui.graficas import a_spec
from dashboard.ui.texto import esc_md
from db.queries.guia import guia_del_anio
from db.rules.formato import numero, pct
from db.rules.guia import COMO_SE_VE, EQUIVALE, EstadoGuia
from db.rules.guia_evaluacion import Conteo, contar
from db.rules.texto import llave

Datos = Mapping[str, Any]

TIPOS = {"gestion": "Gestión", "desempeno": "Desempeño"}
SIN_REVISAR = "sin_revisar"
UNIDAD = "unidad"


def vista_guia(session: Session, *, anio: int, oscuro: bool) -> dict[str, Any]:
    """Título, resumen, gráfica por módulo y tabla por tema; `edicion` None si ninguna rige el año."""
    guia = ask(guia_del_anio, anio=anio)
    lista = guia["indicadores"]
    conteo = conteo_de(lista)
    por_modulo = _grupos(lista, "modulo", "modulo_nombre")
    return {
        "edicion": guia["edicion"],
        "ediciones": guia["ediciones"],
        "titulo": titulo(conteo),
        "resumen": _resumen(conteo, lista, anio, guia.get("hay_previo", False)),
        "grafica": _grafica(por_modulo, anio, oscuro),
        "temas": _tabla_de_temas(_grupos(lista, "tema", "tema_nombre")),
        "claves_de_temas": list(dict.fromkeys(i["tema"] for i in lista)),
        "modulos": {str(i["modulo"]): f"{i['modulo']}. {i['modulo_nombre']}" for i in lista},
        "nombres_de_temas": {i["tema"]: f"{i['tema']} {i['tema_nombre']}" for i in lista},
        "responsables": {str(i["dependencia_id"]): i["dependencia"] for i in lista if i["dependencia_id"]},
        "dependencias": guia["dependencias"],
        "por_estado": _por_estado(conteo),
    }


def conteo_de(lista: Iterable[Datos]) -> Conteo:
    """Cuántos hay en cada estado."""
    return contar((EstadoGuia(i["estado"]), i["revisado"]) for i in lista)


def titulo(c: Conteo) -> str:
    """«57 de 111 indicadores están en óptimo»; los no medibles no cuentan."""
    if not c.total:
        return "Guía Consultiva"
    if c.sin_revisar == c.total:
        return "Aún no se revisa ningún indicador de la guía"
    optimos = c.por_estado[EstadoGuia.OPTIMO]
    verbo = "está" if optimos == 1 else "están"
    return f"{numero(optimos)} de {numero(c.medibles)} indicadores medibles {verbo} en óptimo"


def _por_estado(c: Conteo) -> dict[str, str]:
    """Código → rótulo con su cuenta, para filtrar; sólo los que hay."""
    rotulos = {str(e): f"{COMO_SE_VE[e].etiqueta} ({n:,})" for e, n in c.por_estado.items() if n}
    if c.sin_revisar:
        rotulos[SIN_REVISAR] = f"○ Sin revisar ({c.sin_revisar:,})"
    return rotulos


def estado_pintado(estado: str) -> str:
    """Markdown «✔ **Óptimo**» en su color."""
    como = COMO_SE_VE[EstadoGuia(estado)]
    return pintar(EQUIVALE[EstadoGuia(estado)], como.icono, como.palabra)


def _resumen(c: Conteo, lista: Sequence[Datos], anio: int, hay_previo: bool) -> str:
    if not c.total:
        return ""
    partes = [f"{estado_pintado(e)} {n:,}" for e, n in c.por_estado.items() if n]
    renglones = [" · ".join(partes)]
    notas = []
    if c.optimo is not None:
        notas.append(f"{pct(c.optimo)} de lo medible en óptimo")
    if hay_previo:
        antes = sum(i["previo"] == EstadoGuia.OPTIMO for i in lista)
        notas.append(f"en {anio - 1} eran {numero(antes)}")
    if c.sin_revisar:
        notas.append(f"{numero(c.sin_revisar)} sin revisar en {anio}")
    return "\n\n".join([*renglones, esc_md(" · ".join(notas))])


def _grupos(lista: Sequence[Datos], campo: str, nombre: str) -> list[dict[str, Any]]:
    """Los indicadores juntos por módulo o por tema, en el orden de la guía."""
    juntos: dict[Any, list[Datos]] = {}
    for i in lista:
        juntos.setdefault(i[campo], []).append(i)
    grupos = []
    for clave, suyos in juntos.items():
        c = conteo_de(suyos)
        grupos.append(
            {
                "clave": str(clave),
                "nombre": suyos[0][nombre],
                "cuenta": {str(e): n for e, n in c.por_estado.items()},
                "medibles": c.medibles,
                "sin_revisar": c.sin_revisar,
                "optimo": pct(c.optimo, 0),
                "parte": c.optimo,
            }
        )
    return grupos


def _grafica(grupos: Sequence[Datos], anio: int, oscuro: bool) -> dict[str, Any]:
    hallazgo = _hallazgo(grupos)
    return {
        "titulo": hallazgo,
        "subtitulo": f"Indicadores de cada módulo por estado, evaluación de {anio}",
        "alt": f"{hallazgo}. "
        + "; ".join(f"{g['nombre']}: {g['cuenta']['optimo']} de {g['medibles']} en óptimo" for g in grupos),
        "spec": a_spec(dibujar(grupos, oscuro)) if grupos else None,
        "tabla": _columnas(grupos, "Módulo"),
    }


def _hallazgo(grupos: Sequence[Datos]) -> str:
    con_parte = [g for g in grupos if g["parte"] is not None]
    if not con_parte:
        return "Todavía no hay módulos que comparar"
    peor = min(con_parte, key=lambda g: g["parte"])
    mejor = max(con_parte, key=lambda g: g["parte"])
    if peor["parte"] == mejor["parte"]:
        return f"Los {len(con_parte)} módulos van igual"
    return f"{mejor['nombre']} va adelante; {peor['nombre']}, atrás"


def _columnas(grupos: Sequence[Datos], nombre: str) -> dict[str, list[str]]:
    return {
        nombre: [f"{g['clave']} {g['nombre']}" for g in grupos],
        "En óptimo": [g["optimo"] for g in grupos],
        **{COMO_SE_VE[e].etiqueta: [numero(g["cuenta"][e.value]) for g in grupos] for e in EstadoGuia},
        "Sin revisar": [numero(g["sin_revisar"]) for g in grupos],
    }


def _tabla_de_temas(grupos: Sequence[Datos]) -> dict[str, list[str]]:
    return _columnas(grupos, "Tema")


def vista_lista(
    session: Session,
    *,
    anio: int,
    modulo: str,
    tema: str,
    estado: str,
    tipo: str,
    responsable: str,
    texto: str,
) -> dict[str, Any]:
    """Los indicadores que cumplen los filtros (vacío: todos) como columnas, con sus claves e identidades."""
    buscado = llave(texto)
    vistos = [
        i
        for i in ask(guia_del_anio, anio=anio)["indicadores"]
        if modulo in ("", str(i["modulo"]))
        and tema in ("", i["tema"])
        and _del_estado(i, estado)
        and (tipo in ("", i["tipo"]) or (tipo == UNIDAD and i["de_la_unidad"]))
        and responsable in ("", str(i["dependencia_id"]))
        and all(palabra in i["busqueda"] for palabra in buscado.split())
    ]
    return {
        "claves": [i["clave"] for i in vistos],
        "ids": [i["id"] for i in vistos],
        "columnas": {
            "Estado": [f"{i['icono']} {i['palabra']}" for i in vistos],
            "Indicador": [_nombre(i) for i in vistos],
            "Resultado": [_resultado(i) for i in vistos],
            str(anio - 1): [_previo(i) for i in vistos],
            "Responde": [i["dependencia"] or "sin asignar" for i in vistos],
            "Tipo": [TIPOS[i["tipo"]] for i in vistos],
            "Tema": [i["tema_nombre"] for i in vistos],
        },
    }


def _del_estado(i: Datos, estado: str) -> bool:
    return estado == "" or i["estado"] == estado or (estado == SIN_REVISAR and not i["revisado"])


def _nombre(i: Datos) -> str:
    return f"{'★ ' if i['de_la_unidad'] else ''}{i['clave']} {i['nombre']}"


def _resultado(i: Datos) -> str:
    if i["desde"]:
        return f"{i['cifra']} (desde {i['desde']})"
    return i["cifra"] if i["revisado"] else f"{i['cifra']} · sin revisar"


def _previo(i: Datos) -> str:
    return "—" if i["previo"] is None else COMO_SE_VE[EstadoGuia(i["previo"])].etiqueta
