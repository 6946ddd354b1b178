"""La matriz y su revisión como hojas de HTML: tabla en pantalla ancha, renglones apilados en el teléfono.

Funciones puras; todo texto de personas entra escapado.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from dashboard.ui.estado import color, simple, simple_de
from db.rules.estado import Estado

Datos = Mapping[str, Any]

_BORDE = "rgba(128,128,128,.35)"
ESTILO = f"""<style>
.mir{{container-type:inline-size;margin:.25rem 0 1rem}}
.mir table{{width:100%;border-collapse:collapse;table-layout:fixed}}
.mir th,.mir td{{border:1px solid {_BORDE};padding:.5rem .65rem;text-align:left;vertical-align:top;
overflow-wrap:anywhere}}
.mir thead th{{background:rgba(128,128,128,.14)}}
.mir tbody th{{width:7.5rem;font-weight:650}}
.mir .c1{{width:7.5rem}}.mir .c3{{width:30%}}
.mir ul{{list-style:none;margin:0;padding:0}}
.mir li+li{{margin-top:.45rem}}
.mir a{{color:inherit;text-decoration:underline}}
.mir p{{margin:0}}
.mir .nada{{opacity:.75}}
.mir .rotulo{{display:none}}
@container (max-width:46rem){{
.mir thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.mir table,.mir tbody,.mir tr,.mir td,.mir tbody th{{display:block;width:auto;box-sizing:border-box}}
.mir tr{{border:1px solid {_BORDE};border-radius:.5rem;margin-bottom:.75rem}}
.mir th,.mir td{{border:0}}
.mir tbody th{{background:rgba(128,128,128,.14)}}
.mir .rotulo{{display:block;font-size:.8rem;opacity:.8;margin-bottom:.1rem}}
}}
</style>"""

GRAVEDAD = {
    "falta": (Estado.critico, "✖", "Falta"),
    "aviso": (Estado.riesgo, "▲", "Por revisar"),
    "consejo": (Estado.sin_dato, "○", "Consejo"),
}
"""Con qué color, icono y palabra se ve cada gravedad."""

COLUMNAS = ("Nivel", "Resumen narrativo", "Indicadores", "Medios de verificación", "Supuestos")


def liga(pagina: str, texto: str, parametros: Mapping[str, object], comunes: Mapping[str, str]) -> str:
    """Una liga a otra pantalla dentro de una hoja. `texto` ya escapado."""
    destino = urlencode({**comunes, **{c: str(v) for c, v in parametros.items()}})
    return f'<a href="{pagina}?{escape(destino)}" target="_self">{texto}</a>'


def matriz(titulo: str, renglones: Sequence[Datos], comunes: Mapping[str, str], oscuro: bool) -> str:
    """La MIR como tabla con encabezados de fila y columna; `titulo` la nombra a quien no la ve."""
    clases = ("c1", "c2", "c3", "c4", "c5")
    cabeza = "".join(
        f'<th scope="col" class="{clase}" role="columnheader">{nombre}</th>'
        for clase, nombre in zip(clases, COLUMNAS, strict=True)
    )
    filas = "".join(_fila(r, comunes, oscuro) for r in renglones)
    return (
        f'{ESTILO}<div class="mir"><table role="table" aria-label="{escape(titulo)}">'
        f'<thead role="rowgroup"><tr role="row">{cabeza}</tr></thead>'
        f'<tbody role="rowgroup">{filas}</tbody></table></div>'
    )


def _fila(r: Datos, comunes: Mapping[str, str], oscuro: bool) -> str:
    celdas = (
        f"<p>{escape(r['resumen'])}</p>",
        _lista([_indicador(i, comunes, oscuro) for i in r["indicadores"]], "Sin indicador"),
        _lista([escape(m) for m in dict.fromkeys(i["medios"] for i in r["indicadores"]) if m], "Sin medios"),
        _supuestos(r),
    )
    dichas = "".join(
        f'<td role="cell"><span class="rotulo">{rotulo}</span>{celda}</td>'
        for rotulo, celda in zip(COLUMNAS[1:], celdas, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(r["clave"])}</th>{dichas}</tr>'


def _supuestos(r: Datos) -> str:
    if r["supuestos"]:
        return f"<p>{escape(r['supuestos'])}</p>"
    # Sobre el Fin no hay otro nivel que dependa de su supuesto.
    return "—" if r["nivel"] == "fin" else _nada("Sin supuesto")


def _indicador(i: Datos, comunes: Mapping[str, str], oscuro: bool) -> str:
    nombre = escape(i["nombre"])
    resultado = i["cumplimiento"]
    if i["indicador_id"] is None:
        return f"{nombre}<br>{_tinta(Estado.sin_meta, '○ Sin ficha', oscuro)}"
    nombre = liga("indicadores", nombre, {"indicador": i["indicador_id"]}, comunes)
    if resultado is None:
        return f"{nombre}<br>{_tinta(Estado.sin_dato, simple_de(Estado.sin_dato), oscuro)}"
    cifra = "" if resultado["valor"] is None else f" · {escape(resultado['cifra'])}"
    return f"{nombre}<br>{_tinta(resultado['estado'], simple(resultado), oscuro)}{cifra}"


def _tinta(estado: str, texto: str, oscuro: bool) -> str:
    return f'<strong style="color:{color(estado, oscuro)}">{escape(texto)}</strong>'


def _lista(partes: Sequence[str], si_nada: str) -> str:
    if not partes:
        return _nada(si_nada)
    return f"<ul>{''.join(f'<li>{parte}</li>' for parte in partes)}</ul>"


def _nada(texto: str) -> str:
    return f'<span class="nada">○ {texto}</span>'


def revision(faltas: Sequence[Datos], edicion: Mapping[str, str] | None, oscuro: bool) -> str:
    """Lo que hay que corregir, de lo más a lo menos grave.

    `edicion`: los parámetros de la dirección que abren la captura; None si quien mira no edita.
    """
    partes = []
    for f in faltas:
        estado, icono, palabra = GRAVEDAD[f["gravedad"]]
        remedio = escape(f["remedio"])
        if edicion is not None and f["renglon_id"] is not None:
            remedio += f" {liga('mir', 'Abrir el renglón', {'renglon': f['renglon_id']}, edicion)}"
        partes.append(
            f"<li>{_tinta(estado, f'{icono} {palabra}', oscuro)} · <strong>{escape(f['regla'])}</strong>"
            f"<br>{escape(f['donde'])}<br>{remedio}</li>"
        )
    return f'{ESTILO}<div class="mir"><ul>{"".join(partes)}</ul></div>'
