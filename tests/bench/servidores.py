"""Servidores para medir: la demostración como la abre `siem`, y Streamlit tal como viene, cada uno aparte."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from dashboard.pages_map import PAGES

RAIZ = Path(__file__).parents[2]
EJECUTABLES = Path(sys.executable).parent
SEGUNDOS = 120

VACIA = "import altair, pandas, sqlmodel, streamlit\n"

INICIO_SIN_PUERTA = f"""
import sys
sys.path.insert(0, {str(RAIZ)!r})
import streamlit as st
from dashboard import filtros, marco
from dashboard.cache import ask
from dashboard.pages_map import PAGES

contexto = ask(marco.contexto)
st.set_page_config(page_title="SIEM", layout="wide")
elegida = st.navigation(
    [st.Page(p.ruta, title=p.titulo, icon=p.icono, default=p.inicial) for p in PAGES]
)
with st.sidebar:
    filtros.dibujar(contexto)
elegida.run()
"""
"""La misma pantalla y los mismos filtros, sin la guardia, la sesión ni las opciones de SIEM."""


SOLO_GRAFICAS = """
import streamlit as st
from dashboard.cache import ask
from dashboard.filtros import filtros
from dashboard.ui.tema import oscuro
from dashboard.ui.vista_inicio import vista_inicio

f = filtros()
vista = ask(vista_inicio, anio=f.anio, mes=f.mes, ente_id=f.ente_id, oscuro=oscuro())
for parte in ("historia", "programas"):
    st.vega_lite_chart(vista[parte]["spec"], alt=vista[parte]["alt"])
"""


@dataclass(frozen=True)
class Servidor:
    """Un servidor que ya contesta: su dirección y su proceso."""

    url: str
    proceso: psutil.Process

    def procesador(self) -> float:
        """Segundos de procesador gastados hasta ahora, de usuario y de sistema."""
        gastado = self.proceso.cpu_times()
        return float(gastado.user + gastado.system)

    def memoria(self) -> float:
        """Memoria residente, en MB."""
        return float(self.proceso.memory_info().rss) / 2**20


def puerto_libre() -> int:
    """Un puerto que nadie usa."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        return int(libre.getsockname()[1])


def esperar(proceso: "subprocess.Popen[bytes]", url: str, cada: float = 0.02) -> None:
    """Espera a que el servidor conteste que está sano; falla si termina o tarda demasiado."""
    limite = time.monotonic() + SEGUNDOS
    while time.monotonic() < limite:
        if proceso.poll() is not None:
            raise SystemExit(f"el servidor terminó con {proceso.returncode} antes de atender")
        try:
            if httpx.get(f"{url}/_stcore/health", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(cada)
    raise SystemExit("el servidor no atendió a tiempo")


def ambiente(hogar: Path) -> dict[str, str]:
    """El ambiente de un servidor: su hogar y Python ya compilado, como lo deja `pip install`."""
    variables = os.environ | {"SIEM_HOME": str(hogar)}
    for ajena in ("SIEM_DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
        variables.pop(ajena, None)
    variables.setdefault("PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir()) / "siem-compilado"))
    return variables


@contextmanager
def _servidor(orden: list[str], puerto: int, carpeta: Path, hogar: Path) -> Iterator[Servidor]:
    url = f"http://localhost:{puerto}"
    with (carpeta / f"servidor-{puerto}.txt").open("wb") as salida:
        proceso = subprocess.Popen(
            [str(EJECUTABLES / orden[0]), *orden[1:]],
            cwd=carpeta,
            env=ambiente(hogar),
            stdout=salida,
            stderr=subprocess.STDOUT,
        )
        try:
            esperar(proceso, url)
            yield Servidor(url, psutil.Process(proceso.pid))
        finally:
            proceso.terminate()
            try:
                proceso.wait(15)
            except subprocess.TimeoutExpired:
                proceso.kill()
                proceso.wait()


@contextmanager
def demostracion(hogar: Path) -> Iterator[Servidor]:
    """`siem demo` con su hogar en `hogar`; la crea si falta."""
    puerto = puerto_libre()
    with _servidor(["siem", "demo", "--sin-navegador", "--puerto", str(puerto)], puerto, hogar, hogar) as s:
        yield s


@contextmanager
def de_fabrica(programa: str, carpeta: Path, hogar: Path) -> Iterator[Servidor]:
    """`streamlit run` con sus opciones por omisión; sólo el puerto y no abrir el navegador son nuestros."""
    puerto = puerto_libre()
    guion = carpeta / f"guion_{puerto}.py"
    guion.write_text(programa, encoding="utf-8")
    orden = ["streamlit", "run", str(guion), "--server.port", str(puerto), "--server.headless", "true"]
    with _servidor(orden, puerto, carpeta, hogar) as s:
        yield s


@contextmanager
def sistema_vacio(carpeta: Path, hogar: Path, marca: str) -> Iterator[Servidor]:
    """Este sistema, con su guardia y su marco, con un renglón por pantalla; Metas, las gráficas de Inicio."""
    puerto = puerto_libre()
    # No «pages»: Streamlit de fábrica, que arranca en la misma carpeta, las haría suyas.
    paginas = carpeta / "vacias"
    paginas.mkdir()
    for pagina in PAGES:
        texto = f'import streamlit as st\n\nst.write("{marca} {pagina.direccion}")\n'
        (paginas / pagina.archivo).write_text(texto, encoding="utf-8")
    (paginas / "metas.py").write_text(SOLO_GRAFICAS, encoding="utf-8")
    programa = (
        "import os; from pathlib import Path; os.environ['SIEM_DEMO'] = '1'; "
        f"from dashboard import pages_map; pages_map.CARPETA = Path({str(paginas)!r}); "
        f"from dashboard.servidor import servir; servir({puerto}, navegador=False)"
    )
    with _servidor([Path(sys.executable).name, "-c", programa], puerto, carpeta, hogar / "demo") as s:
        yield s


@contextmanager
def hogar_con_demo(hecho: Path | None) -> Iterator[Path]:
    """La carpeta `hecho`, o una temporal con la demostración recién creada."""
    if hecho is not None:
        yield hecho
        return
    with tempfile.TemporaryDirectory(prefix="siem-") as carpeta:
        orden = [str(EJECUTABLES / "siem"), "demo", "--preparar"]
        subprocess.run(orden, env=ambiente(Path(carpeta)), check=True, stdout=subprocess.DEVNULL)
        yield Path(carpeta)


def carga_de_la_maquina() -> str:
    """La carga media de 1, 5 y 15 minutos, para juzgar el ruido de una medida."""
    return "carga de la máquina " + " ".join(f"{parte:.1f}" for parte in os.getloadavg())
