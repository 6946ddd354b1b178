"""La parte de Configuración que dice si el sistema manda correo y cómo le ha ido; aquí no se cambia."""

import streamlit as st

from dashboard.correo import servidor
from dashboard.ui.texto import contar, esc_md, mayuscula
from db.base import ahora
from db.engine import reading
from db.queries.avisos import entregas_recientes
from db.queries.municipio import zona
from db.rules.formato import fecha_hora
from db.rules.problema import Problema


def correo() -> None:
    """Por dónde sale, y lo de la última semana: cuántos salieron, cuántos no y por qué."""
    try:
        por = servidor()
    except Problema as problema:
        st.error(str(problema))
        return
    if por is None:
        st.info(
            "El sistema no manda correo: los avisos sólo se ven en él. Se configura en el servidor, con las "
            "variables SIEM_SMTP_URL y SIEM_SMTP_REMITENTE, y la orden «siem avisar» en cron."
        )
        return
    cifrado = "sin cifrar" if por.esquema == "smtp" else "cifrado"
    st.markdown(esc_md(f"Sale por {por.anfitrion}:{por.puerto}, {cifrado}, a nombre de {por.remitente}."))
    with reading() as session:
        semana, lugar = entregas_recientes(session, ahora()), zona(session).key
    if semana["ultima"] is None:
        st.warning("No ha salido ningún correo. Revise que «siem avisar» esté en cron.")
    else:
        salieron = mayuscula(contar(semana["entregados"], "aviso salió", "avisos salieron", False))
        ultima = fecha_hora(semana["ultima"], lugar)
        st.markdown(esc_md(f"{salieron} en la última semana; el último, el {ultima}."))
    if semana["fallas"]:
        st.dataframe(
            {
                "Cuándo": [fecha_hora(f["momento"], lugar) for f in semana["fallas"]],
                "A quién": [f["correo"] for f in semana["fallas"]],
                "Por qué no salió": [f["error"] for f in semana["fallas"]],
                "Intentos": [f["intentos"] for f in semana["fallas"]],
            },
            hide_index=True,
            alt="Correos que no han salido",
        )
