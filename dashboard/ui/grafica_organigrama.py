"""El organigrama de una dependencia: un recuadro por puesto, de izquierda a derecha según a quién reporta."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ui.graficas import a_spec, alt, tinta, tono
from dashboard.ui.texto import contar, mayuscula

Datos = Mapping[str, Any]

ALTO_DE_PUESTO = 52
LETRAS = 30
VACANTE = "Vacante"


def organigrama(arbol: Sequence[tuple[int, Datos]], oscuro: bool) -> dict[str, Any]:
    """La gráfica como la recibe `piezas.grafica`; `arbol` es el de `rules.directorio.arbol_de_puestos`."""
    vacantes = sum(p["persona"] is None for _, p in arbol)
    titulo = mayuscula(contar(len(arbol), "puesto", "puestos", False))
    titulo += f"; {contar(vacantes, 'vacante', 'vacantes', False)}" if vacantes else ", todos ocupados"
    return {
        "titulo": titulo,
        "subtitulo": "A la izquierda, quien encabeza; cada raya lleva a quien le reporta.",
        "alt": f"{titulo}. " + " ".join(f"{p['nombre']}: {p['persona'] or VACANTE}." for _, p in arbol),
        "spec": a_spec(_dibujar(arbol, oscuro)),
        "tabla": {
            "Puesto": [p["nombre"] for _, p in arbol],
            "Lo ocupa": [p["persona"] or VACANTE for _, p in arbol],
            "Nivel": [str(p["nivel"]) for _, p in arbol],
            "Plazas": [str(p["plazas"]) for _, p in arbol],
        },
    }


def _dibujar(arbol: Sequence[tuple[int, Datos]], oscuro: bool) -> Any:
    lugar = {p["id"]: (hondo, n) for n, (hondo, p) in enumerate(arbol)}
    hondura = max((hondo for hondo, _ in arbol), default=0)
    cajas = [
        {
            "x": hondo * 0.35,
            "x2": hondo * 0.35 + 1,
            "letra": hondo * 0.35 + 0.04,
            "y": n + 0.12,
            "y2": n + 0.88,
            "alto": n + 0.38,
            "bajo": n + 0.66,
            "puesto": p["nombre"][:LETRAS],
            "persona": (p["persona"] or VACANTE)[:LETRAS],
            "vacante": p["persona"] is None,
        }
        for n, (hondo, p) in enumerate(arbol)
    ]
    rayas = [
        {"x": a * 0.35 + 0.1, "x2": hondo * 0.35, "y": m + 0.88, "y2": n + 0.5}
        for n, (hondo, p) in enumerate(arbol)
        if p["reporta_a_id"] in lugar
        for a, m in [lugar[p["reporta_a_id"]]]
    ]
    ancho = alt.Scale(domain=[0, hondura * 0.35 + 1])
    alto = alt.Scale(domain=[0, max(len(arbol), 1)], reverse=True)

    def x(campo: str) -> Any:
        return alt.X(campo, axis=None, scale=ancho)

    def y(campo: str) -> Any:
        return alt.Y(campo, axis=None, scale=alto)

    base, color = alt.Chart(alt.Data(values=cajas)), tinta(oscuro)
    de_quien = alt.condition("datum.vacante", alt.value("#B8860B"), alt.value(tono(oscuro)))
    marco = base.mark_rect(cornerRadius=6, fillOpacity=0.10, strokeWidth=1.5).encode(
        x=x("x:Q"), x2="x2:Q", y=y("y:Q"), y2="y2:Q", color=de_quien, stroke=de_quien
    )
    letra = {"align": "left", "color": color}
    puesto = base.mark_text(fontWeight=600, **letra).encode(x=x("letra:Q"), y=y("alto:Q"), text="puesto:N")
    persona = base.mark_text(**letra).encode(x=x("letra:Q"), y=y("bajo:Q"), text="persona:N")
    de_rayas = alt.Chart(alt.Data(values=rayas))
    baja = de_rayas.mark_rule(color=color).encode(x=x("x:Q"), y=y("y:Q"), y2="y2:Q")
    entra = de_rayas.mark_rule(color=color).encode(x=x("x:Q"), x2="x2:Q", y=y("y2:Q"))
    capas = [marco, puesto, persona, *([baja, entra] if rayas else [])]
    return alt.layer(*capas).properties(height=ALTO_DE_PUESTO * max(len(arbol), 1))
