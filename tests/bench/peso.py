"""Lo que pesa y tarda una pantalla en Chromium, contra páginas vacías.

    python -m tests.bench.peso [--cambios 8] [--visitas 3] [--hogar CARPETA]

Peso: lo que baja Inicio con la memoria del navegador vacía, ya dentro; se espera ≤ 1.7 MB. Cambio: del clic
en el menú al último cambio del documento; se espera ≤ 1.2 veces el de una página vacía, sin contar lo que
tardan en dibujarse las gráficas. Hay dos páginas vacías: la nuestra y la de fábrica.
"""

import argparse
import shutil
import statistics
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.bench.servidores import (
    Servidor,
    carga_de_la_maquina,
    de_fabrica,
    demostracion,
    hogar_con_demo,
    sistema_vacio,
)
from tests.bench.sesiones import entrar_demo
from tests.browser.conftest import ARGUMENTOS, CHROMIUM, ESCRITORIO

CALMA = 1200
"""Milisegundos sin un cambio para dar la pantalla por terminada."""

SIEM, VACIO, FABRICA = "SIEM", "SIEM vacío", "de fábrica"
DESTINOS = {SIEM: ("Plan", "Inicio"), VACIO: ("Plan", "Metas", "Inicio"), FABRICA: ("Plan", "Inicio")}
"""A dónde va cada ronda; en el sistema vacío, Metas trae sólo las dos gráficas de Inicio."""

MARCA = "PANTALLA DE PRUEBA"
DOS_VACIAS = f"""
import altair, pandas, sqlmodel
import streamlit as st
st.navigation([
    st.Page(lambda: st.write("{MARCA} inicio"), title="Inicio", url_path="inicio", default=True),
    st.Page(lambda: st.write("{MARCA} plan"), title="Plan", url_path="plan"),
]).run()
"""
"""Un renglón en cada una: sin él no hay en el documento un cambio que diga que ya llegó."""

VIGIA = """
window.__ultimo = window.__sin_graficas = 0;
const es = (nodo, cual) => {
  const e = nodo.nodeType === 1 ? nodo : nodo.parentElement;
  return !!(e && e.closest(cual));
};
const grafica = '[data-testid=stVegaLiteChart], #vg-tooltip-element, canvas';
const ajeno = '[data-testid=stStatusWidget], script, style, head';
new MutationObserver(cambios => {
  const ahora = performance.now();
  for (const c of cambios) {
    const tocados = [c.target, ...c.addedNodes];
    if (tocados.some(n => es(n, ajeno))) continue;
    window.__ultimo = ahora;
    if (!tocados.some(n => es(n, grafica))) window.__sin_graficas = ahora;
  }
}).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
"""

EN_CALMA = f"() => window.__ultimo > (window.__clic || 0) && performance.now() - window.__ultimo > {CALMA}"
CLIC = """nombre => {
  const ligas = [...document.querySelectorAll('a[data-testid=stSidebarNavLink]')];
  const liga = ligas.find(l => l.textContent.trim().endsWith(nombre));
  window.__clic = performance.now();
  liga.click();
}"""
TARDO = "() => [window.__ultimo - window.__clic, window.__sin_graficas - window.__clic]"


def chromium() -> str:
    """El Chromium de esta máquina; termina si no hay."""
    ruta = next((hallada for nombre in CHROMIUM if (hallada := shutil.which(nombre))), None)
    if ruta is None:
        raise SystemExit("no hay Chromium en esta máquina (en Debian: apt-get install chromium)")
    return ruta


def abrir(navegador: Any, servidor: Servidor, galletas: str) -> Any:
    """Una pestaña de un contexto nuevo, con la sesión ya abierta."""
    contexto = navegador.new_context(viewport=ESCRITORIO, locale="es-MX")
    contexto.add_init_script(VIGIA)
    for pareja in filter(None, galletas.split("; ")):
        nombre, _, valor = pareja.partition("=")
        contexto.add_cookies([{"name": nombre, "value": valor, "url": servidor.url}])
    return contexto.new_page()


def esperar_calma(pagina: Any) -> None:
    """Espera a que la pantalla deje de cambiar."""
    pagina.wait_for_function(EN_CALMA, timeout=60_000)


def pesar(navegador: Any, servidor: Servidor, galletas: str) -> tuple[dict[str, float], float]:
    """MB bajados de Inicio por clase de archivo, y MB del canal, que se cuentan ya descomprimidos."""
    pagina = abrir(navegador, servidor, galletas)
    cdp = pagina.context.new_cdp_session(pagina)
    nombres: dict[str, str] = {}
    bajado: dict[str, float] = defaultdict(float)
    canal = 0.0

    def responde(aviso: Any) -> None:
        ruta = urlsplit(aviso["response"]["url"]).path
        nombres[aviso["requestId"]] = Path(ruta).suffix or "hoja y servicios"

    def termina(aviso: Any) -> None:
        bajado[nombres.get(aviso["requestId"], "otros")] += aviso["encodedDataLength"] / 1e6

    def recibe(aviso: Any) -> None:
        nonlocal canal
        canal += len(aviso["response"]["payloadData"]) * 3 / 4 / 1e6

    cdp.on("Network.responseReceived", responde)
    cdp.on("Network.loadingFinished", termina)
    cdp.on("Network.webSocketFrameReceived", recibe)
    cdp.send("Network.enable")
    pagina.goto(servidor.url)
    pagina.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
    esperar_calma(pagina)
    pagina.context.close()
    return dict(bajado), canal


def cambiar(pagina: Any, veces: int, destinos: tuple[str, ...]) -> dict[str, list[tuple[float, float]]]:
    """Milisegundos de cada cambio, uno tras otro: hasta el final, y sin lo que es de gráficas y rejillas."""
    tardos: dict[str, list[tuple[float, float]]] = {destino: [] for destino in destinos}
    for _ in range(veces):
        for nombre, lista in tardos.items():
            pagina.locator("a[data-testid=stSidebarNavLink]", has_text=nombre).wait_for(timeout=60_000)
            pagina.evaluate(CLIC, nombre)
            pagina.wait_for_function(EN_CALMA, timeout=60_000)
            lista.append(tuple(pagina.evaluate(TARDO)))
    return tardos


def medir_peso(navegador: Any, servidor: Servidor, galletas: str, visitas: int) -> None:
    """Imprime la mediana del peso de la primera visita y de qué está hecho."""
    pesos = [pesar(navegador, servidor, galletas) for _ in range(visitas)]
    total = statistics.median(sum(bajado.values()) for bajado, _ in pesos)
    print(f"\nprimera visita a Inicio, mediana de {visitas} ({carga_de_la_maquina()})")
    print(f"  peso   {total:6.2f} MB   (se espera ≤ 1.7)")
    for clase, mb in sorted(pesos[-1][0].items(), key=lambda par: -par[1]):
        print(f"    {clase:18} {mb:6.3f} MB")
    print(f"  canal  {pesos[-1][1]:6.3f} MB antes de comprimir, aparte")


def medir_cambios(navegador: Any, aplicaciones: dict[str, tuple[Servidor, str]], cambios: int) -> None:
    """Alterna rondas de cambios entre las aplicaciones e imprime medianas y razones."""
    paginas = {nombre: abrir(navegador, *aplicacion) for nombre, aplicacion in aplicaciones.items()}
    medido: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for nombre, pagina in paginas.items():
        pagina.goto(aplicaciones[nombre][0].url)
        pagina.locator("a[data-testid=stSidebarNavLink]").nth(1).wait_for(timeout=60_000)
        esperar_calma(pagina)
        cambiar(pagina, 1, DESTINOS[nombre])
    for _ in range(cambios // 2):
        for nombre, pagina in paginas.items():
            for destino, tardos in cambiar(pagina, 2, DESTINOS[nombre]).items():
                medido[nombre, destino] += tardos
    print(f"\ncambio de pantalla, mediana de {cambios // 2 * 2} por sentido ({carga_de_la_maquina()})")
    todo = {par: statistics.median(total for total, _ in tardos) for par, tardos in medido.items()}
    sin = {par: statistics.median(parte for _, parte in tardos) for par, tardos in medido.items()}
    for nombre, destino in medido:
        cuanto, sin_dibujo = todo[nombre, destino], sin[nombre, destino]
        print(f"  {nombre:11} → {destino:7} {cuanto:6.0f} ms   sin gráficas ni rejillas {sin_dibujo:6.0f} ms")
    dibujo = todo[VACIO, "Metas"] - todo[VACIO, "Plan"]
    print(f"  dibujar las gráficas de Inicio, solas: {dibujo:.0f} ms")
    for base in (FABRICA, VACIO):
        plan = sin[SIEM, "Plan"] / todo[base, "Plan"]
        inicio = (todo[SIEM, "Inicio"] - dibujo) / todo[base, "Inicio"]
        print(f"  razón con {base:11} Plan {plan:5.2f}   Inicio {inicio:5.2f}   (se espera ≤ 1.2)")


def main() -> None:
    """Lee los argumentos, levanta las tres aplicaciones y mide."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--cambios", type=int, default=8)
    opciones.add_argument("--visitas", type=int, default=3)
    opciones.add_argument("--hogar", type=Path, help="carpeta con una demostración ya creada")
    pedido = opciones.parse_args()
    with ExitStack() as pila:
        hogar = pila.enter_context(hogar_con_demo(pedido.hogar))
        carpeta = Path(pila.enter_context(tempfile.TemporaryDirectory()))
        siem = pila.enter_context(demostracion(hogar))
        vacio = pila.enter_context(sistema_vacio(carpeta, hogar, MARCA))
        fabrica = pila.enter_context(de_fabrica(DOS_VACIAS, carpeta, hogar))
        dramaturgo = pila.enter_context(sync_playwright())
        navegador = dramaturgo.chromium.launch(executable_path=chromium(), args=ARGUMENTOS)
        galletas = entrar_demo(siem.url)
        medir_peso(navegador, siem, galletas, pedido.visitas)
        aplicaciones = {
            SIEM: (siem, galletas),
            VACIO: (vacio, entrar_demo(vacio.url)),
            FABRICA: (fabrica, ""),
        }
        medir_cambios(navegador, aplicaciones, pedido.cambios)
        navegador.close()


if __name__ == "__main__":
    main()
