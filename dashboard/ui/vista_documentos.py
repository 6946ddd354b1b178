"""Hacer un documento: cuál, de qué, qué le falta, cómo se verá, y emitirlo; y lo que ya ha salido."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.cache import ask, version_de_los_datos
from dashboard.filtros import Filtros
from dashboard.imports.trabajo import Trabajo
from dashboard.reports.dibujar import FORMATOS, MIME
from dashboard.reports.documento import Archivo, Documento, Parametros, Reporte
from dashboard.reports.emitir import emitir, rehacer
from dashboard.reports.registro import REPORTS, reporte_de
from dashboard.ui.camino import elegir
from dashboard.ui.enlaces import clave_de_ida
from dashboard.ui.texto import contar, esc_md
from db.engine import reading
from db.queries.documentos import alcances, de_quien, emitido
from db.rules.formato import fecha_hora, mes_nombre, numero
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

Datos = Mapping[str, Any]

TRABAJO, HECHO, MUESTRA = "_documento_trabajo", "_documento_hecho", "_documento_muestra"
NOMBRE_FORMATO = {**FORMATOS, "txt": "Texto", "csv": "CSV", "zip": "ZIP"}
SIN_ELEGIR = ""


def de_su_alcance(persona: Actor) -> dict[str, str]:
    """Los documentos cuyos datos puede ver: clave → «Grupo · Título»."""
    return {r.clave: f"{r.grupo} · {r.titulo}" for r in REPORTS if puede(persona, r.permiso)}


def pedir(persona: Actor, reporte: Reporte, marco: Filtros) -> Parametros | None:
    """De qué se hace, con lo que el documento pide; None si falta elegir algo obligatorio."""
    assert marco.anio is not None
    todo = ask(alcances, anio=marco.anio)
    base = Parametros(marco.anio, marco.mes, marco.ente_id)
    otros = {
        o.clave: elegir(o.clave, o.rotulo, valores, next(iter(valores)))
        for o in reporte.opciones
        if (valores := o.valores(ask, base))
    }
    pide = reporte.lo_que_pide(otros)
    elegido = {que: _elegir(que, obliga, todo, persona, marco) for que, obliga in pide.items()}
    if any(obliga and not elegido[que] for que, obliga in pide.items()):
        return None
    dependencia, nodo, mes = (elegido.get(que, "") for que in ("dependencia", "nodo", "mes"))
    return Parametros(
        anio=marco.anio,
        mes=int(mes) if mes else None,
        ente_id=_ente(todo, dependencia, marco.ente_id),
        dependencia_id=int(dependencia) if dependencia else None,
        programa=elegido.get("programa", ""),
        proyecto=elegido.get("proyecto", ""),
        nodo_id=int(nodo) if nodo else None,
        otros=otros,
    )


def _ente(todo: Datos, dependencia: str, del_marco: int | None) -> int | None:
    """El de la dependencia elegida; si no hay, el del marco."""
    return next((d["ente_id"] for d in todo["dependencias"] if str(d["id"]) == dependencia), del_marco)


def _elegir(que: str, obliga: bool, todo: Datos, persona: Actor, marco: Filtros) -> str:
    rotulo, opciones = ELEGIBLES[que](todo, persona, marco)
    if not opciones:
        st.info(f"No hay {rotulo.lower()} que elegir en este ejercicio.")
        return SIN_ELEGIR
    if not obliga:
        opciones = {SIN_ELEGIR: "Todo", **opciones}
    inicial = str(marco.mes or todo["mes"]) if que == "mes" else next(iter(opciones))
    return elegir(que, rotulo, opciones, inicial if inicial in opciones else next(iter(opciones)))


def _dependencias(todo: Datos, persona: Actor, marco: Filtros) -> tuple[str, dict[str, str]]:
    suyas = {
        str(d["id"]): f"{d['clave']} {d['nombre']}"
        for d in todo["dependencias"]
        if marco.ente_id in (None, d["ente_id"])
        and puede(persona, Accion.VER_DOCUMENTOS, Objeto(d["ente_id"], frozenset({d["id"]})))
    }
    return "Dependencia", suyas


def _con_clave(rotulo: str, lista: str) -> Callable[[Datos, Actor, Filtros], tuple[str, dict[str, str]]]:
    return lambda todo, _p, _m: (rotulo, {p["clave"]: f"{p['clave']} {p['nombre']}" for p in todo[lista]})


ELEGIBLES: dict[str, Callable[[Datos, Actor, Filtros], tuple[str, dict[str, str]]]] = {
    "mes": lambda todo, _p, _m: ("Periodo", {str(m): nombre for m, nombre in todo["meses"].items()}),
    "dependencia": _dependencias,
    "programa": _con_clave("Programa", "programas"),
    "proyecto": _con_clave("Proyecto", "proyectos"),
    "nodo": lambda todo, _p, _m: (
        "Eje",
        {str(n["id"]): f"{n['clave']} {n['nombre']}" for n in todo["ejes"]},
    ),
}


def construir(persona: Actor, reporte: Reporte, p: Parametros) -> Documento | None:
    """El documento, o None diciendo por qué no. Se vuelve a armar sólo si algo cambió."""
    suyo = ask_de_quien(p)
    if not (puede(persona, Accion.VER_DOCUMENTOS, suyo) and puede(persona, reporte.permiso, suyo)):
        st.info("Elija una dependencia de su alcance.")
        return None
    llave = (reporte.clave, repr(p), version_de_los_datos())
    guardado = st.session_state.get(MUESTRA)
    if guardado is None or guardado[0] != llave:
        try:
            guardado = (llave, reporte.construir(ask, p))
        except Problema as problema:
            st.warning(esc_md(str(problema)))
            return None
        st.session_state[MUESTRA] = guardado
    hecho: Documento = guardado[1]
    return hecho


def ask_de_quien(p: Parametros) -> Objeto:
    """De quién es, leído cada vez: es una sola consulta y decide un permiso."""
    with reading() as session:
        return de_quien(session, ente_id=p.ente_id, dependencia_id=p.dependencia_id)


def faltas(documento: Documento) -> None:
    """Lo que le falta, con su remedio."""
    if not documento.faltas:
        st.success("No le falta nada para emitirse.")
        return
    lista = "\n".join(f"- {esc_md(f.que)} {esc_md(f.remedio)}".rstrip() for f in documento.faltas)
    st.warning(f"Le {'falta' if len(documento.faltas) == 1 else 'faltan'}:\n\n{lista}")


def mandar(persona: Actor, reporte: Reporte, p: Parametros, documento: Documento) -> None:
    """Los formatos y los botones; mientras se hace, cuánto lleva; al terminar, la descarga."""
    recoger()
    if not puede(persona, Accion.EMITIR_DOCUMENTOS, ask_de_quien(p)):
        st.caption("Su rol ve este documento; para emitirlo con folio hace falta otro.")
        return
    formatos = st.multiselect(
        "Formatos",
        list(reporte.formatos),
        reporte.formatos[:1],
        format_func=lambda f: NOMBRE_FORMATO[f],
        key=f"formatos_{reporte.clave}",
    )
    borrador = bool(documento.faltas) and st.checkbox(
        "Emitirlo como borrador, con lo que le falta", key=f"borrador_{reporte.clave}"
    )
    juego = reporte.juego(ask, p) if reporte.juego else []
    trabajo: Trabajo | None = st.session_state.get(TRABAJO)
    detenido = trabajo is not None or not formatos
    with st.container(horizontal=True):
        if st.button("Emitir", type="primary", disabled=detenido or bool(documento.faltas and not borrador)):
            empezar(persona, reporte, [p], formatos, borrador)
        if len(juego) > 1 and st.button(
            f"Emitir el conjunto ({numero(len(juego))})", disabled=detenido, key="emitir_conjunto"
        ):
            empezar(persona, reporte, juego, formatos, borrador)
    if trabajo is not None:
        progreso(trabajo)
    entregar()


def empezar(
    persona: Actor, reporte: Reporte, alcance: Sequence[Parametros], formatos: Sequence[str], borrador: bool
) -> None:
    """Lo manda hacer aparte y vuelve a correr la pantalla."""
    st.session_state.pop(HECHO, None)
    st.session_state[TRABAJO] = Trabajo(
        "documento",
        lambda al_avanzar: emitir(
            persona, reporte, alcance, formatos, borrador=borrador, al_avanzar=al_avanzar
        ),
    )
    st.rerun()


def recoger() -> None:
    """Pasa lo terminado a donde se descarga."""
    trabajo: Trabajo | None = st.session_state.get(TRABAJO)
    if trabajo is not None and trabajo.terminado:
        del st.session_state[TRABAJO]
        st.session_state[HECHO] = trabajo


@st.fragment(run_every=0.5)
def progreso(trabajo: Trabajo) -> None:
    """Cuánto lleva; al terminar vuelve a correr la página."""
    if trabajo.terminado:
        st.rerun(scope="app")
    st.progress(trabajo.parte, trabajo.que)


def entregar() -> None:
    """El archivo hecho, o por qué no se pudo."""
    trabajo: Trabajo | None = st.session_state.get(HECHO)
    if trabajo is None:
        return
    if trabajo.problema:
        st.error(esc_md(trabajo.problema))
        return
    archivo, igual = trabajo.resultado if isinstance(trabajo.resultado, tuple) else (trabajo.resultado, None)
    if igual is not None:
        _comparado(igual)
    _descarga(archivo)


def _comparado(igual: bool) -> None:
    if igual:
        st.success("Salió idéntico al que se emitió: su huella es la misma.")
    else:
        st.warning("Ya no sale igual: los datos, o la manera de hacerlo, cambiaron desde que se emitió.")


def _descarga(archivo: Archivo) -> None:
    extension = archivo.nombre.rsplit(".", 1)[-1]
    st.download_button(
        f"Descargar {archivo.nombre}",
        archivo.contenido,
        file_name=archivo.nombre,
        mime=MIME[extension],
        icon=":material/download:",
        on_click="ignore",
    )


def suyos(persona: Actor, lista: Sequence[Datos]) -> list[Datos]:
    """Los renglones del registro que su rol alcanza."""
    return [
        d
        for d in lista
        if puede(
            persona,
            Accion.VER_DOCUMENTOS,
            Objeto(d["ente_id"], frozenset(i for i in (d["dependencia_id"], d["padre_id"]) if i is not None)),
        )
    ]


def registro(lista: Sequence[Datos], zona: str) -> None:
    """La tabla de lo emitido; elegir un renglón lo vuelve a hacer."""
    if not lista:
        st.info(
            "Todavía no sale ningún documento de este ejercicio. Hágalo en la otra parte de esta pantalla."
        )
        return
    evento = st.dataframe(
        _tabla(lista, zona),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=clave_de_ida("registro_documentos"),
        alt="Documentos emitidos",
    )
    elegidos = evento["selection"]["rows"]
    if elegidos:
        _detalle(lista[elegidos[0]])


def _tabla(lista: Sequence[Datos], zona: str) -> dict[str, list[str]]:
    return {
        "Folio": [d["folio"] for d in lista],
        "Documento": [d["titulo"] for d in lista],
        "Formato": [NOMBRE_FORMATO.get(d["formato"], d["formato"]) for d in lista],
        "Corte": [mes_nombre(d["mes"]).capitalize() if d["mes"] else "—" for d in lista],
        "De quién": [d["dependencia"] or d["ente"] or "Consolidado" for d in lista],
        "Hizo": [d["nombre"] or d["cuenta"] for d in lista],
        "Cuándo": [fecha_hora(d["emitido_en"], zona) for d in lista],
        "Sello": [d["sello"][:16] for d in lista],
        "Huella": [d["huella"][:16] for d in lista],
    }


def _detalle(d: Datos) -> None:
    st.markdown(f"**{esc_md(d['folio'])}** · {esc_md(d['titulo'])}")
    st.text(f"Huella sha256 del archivo: {d['huella']}\nSello: {d['sello']}")
    recoger()
    trabajo: Trabajo | None = st.session_state.get(TRABAJO)
    if st.button("Volver a hacerlo y comparar su huella", disabled=trabajo is not None):
        _rehacer(d["id"])
    if trabajo is not None:
        progreso(trabajo)
    entregar()


def _rehacer(documento_id: int) -> None:
    def tarea(_al_avanzar: Any) -> tuple[Archivo, bool]:
        with reading() as session:
            guardado = emitido(session, documento_id=documento_id)
        assert guardado is not None
        return rehacer(guardado, reporte_de(guardado["clase"]))

    st.session_state.pop(HECHO, None)
    st.session_state[TRABAJO] = Trabajo("documento", tarea)
    st.rerun()


def titulo(cuantos: int, anio: int) -> str:
    """El hallazgo de la pantalla."""
    if not cuantos:
        return f"Todavía no sale ningún documento de {anio}"
    verbo = "Ha salido" if cuantos == 1 else "Han salido"
    return f"{verbo} {contar(cuantos, 'documento', 'documentos', False)} de {anio}"
