"""El acta en pantalla, como se leerá impresa."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.gate.evidencia import RUTA
from dashboard.ui.enlaces import enlace
from dashboard.ui.texto import esc_md
from db.rules.acta import ESTADOS
from db.rules.formato import fecha_hora

Datos = Mapping[str, Any]


def dibujar(acta: Datos | None) -> None:
    """Estado, proemio, quórum, puntos con sus votos, acuerdos y cierre."""
    if acta is None:
        return
    dice = acta["contenido"]
    icono, palabra = ESTADOS[acta["estado"]]
    st.subheader(f"Acta: {icono} {palabra.lower()}", anchor=False)
    if acta["aprobada_en"]:
        st.caption(
            esc_md(
                f"La aprobó {acta['aprobo']} el {fecha_hora(acta['aprobada_en'])} · "
                f"huella {acta['huella'][:16]} · sello {acta['sello'][:16]} (bitácora {acta['bitacora_id']})"
            )
        )
    if acta["evidencia_id"]:
        st.markdown(f":material/picture_as_pdf: [El acta firmada]({RUTA}{acta['evidencia_id']})")
    enlace("documentos", "Imprimirla", {"documento": "acta", "sesion": acta["sesion_id"]})
    cajon = st.expander("Leer el acta", key="leer_acta", on_change="rerun")
    if cajon.open:
        with cajon:
            st.markdown(_texto(dice))


def _texto(dice: Datos) -> str:
    partes = [esc_md(dice["proemio"]), esc_md(f"Asistieron {len(dice['asistencia'])}. {dice['quorum']}")]
    for p in dice["puntos"]:
        partes.append(f"**{p['numero']}\\. {esc_md(p['titulo'])}**")
        if p["texto"]:
            partes.append(esc_md(p["texto"]))
        partes += [f"- {esc_md(i['nombre'])}: {esc_md(i['texto'])}" for i in p["intervenciones"]]
        for v in p["votaciones"]:
            partes.append(f"{esc_md(v['texto'])} {esc_md(v['resultado'])}\\.")
    partes += [
        f"**{esc_md(a['numero'])}** {esc_md(a['texto'])}\\. "
        f"Responde {esc_md(a['responde'])}, para el {esc_md(a['vence'])}\\."
        for a in dice["acuerdos"]
    ]
    return "\n\n".join([*partes, esc_md(dice["cierre"])])
