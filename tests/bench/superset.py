"""El trabajo del servidor para contestar seis preguntas de presupuesto, contra esas gráficas en Superset.

    python -m tests.bench.superset --superset CARPETA_BIN [--vueltas 10] [--hogar CARPETA]

`CARPETA_BIN` es la carpeta de órdenes de un ambiente con Apache Superset instalado a mano (con gunicorn). Los
dos leen la misma base: la demostración en SQLite, y Superset sobre los mismos resúmenes. Se mide procesador
del proceso que contesta, por vueltas alternadas: sin memoria (Superset con `force`; aquí, tras subir la
versión de los datos) y con ella. Se espera ≤ 0.1 sin memoria y ≤ 0.25 con ella.
"""

import argparse
import asyncio
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from db.queries.presupuesto import MOMENTOS
from tests.bench.servidores import carga_de_la_maquina, demostracion, hogar_con_demo, puerto_libre
from tests.bench.sesiones import Sesion, entrar_demo

ANIO, MES = 2026, 9
ELEMENTOS_MINIMOS = 20
PANTALLAS = (("presupuesto", "parte=vistazo&ver={}"),)
"""Lo que una persona abre aquí para tener las seis respuestas, con un programa abierto."""

RESUMEN = """SELECT r.dimension, r.codigo, r.mes, r.aprobado, r.ampliaciones, r.reducciones, r.comprometido,
r.devengado, r.ejercido, r.pagado, c.anio FROM resumen_presupuesto r
JOIN corte_presupuesto c ON c.id = r.corte_id WHERE c.vigente"""
DETALLE = """SELECT k.clave, k.programa, k.partida, m.mes, m.aprobado, m.ampliaciones, m.reducciones,
m.devengado, m.pagado, c.anio FROM movimiento_presupuesto m JOIN corte_presupuesto c ON c.id = m.corte_id
JOIN clave_presupuestaria k ON k.id = m.clave_id WHERE c.vigente"""

CONFIGURACION = """
SECRET_KEY = "{llave}"
SQLALCHEMY_DATABASE_URI = "sqlite:///{carpeta}/superset.db"
PREVENT_UNSAFE_DB_CONNECTIONS = False
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
DATA_CACHE_CONFIG = {{"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 86400}}
CACHE_CONFIG = DATA_CACHE_CONFIG
"""


def _suma(columna: str) -> dict[str, Any]:
    return {"expressionType": "SQL", "sqlExpression": columna, "label": columna}


def _pregunta(dimension: str, columnas: list[str], medidas: list[str], **mas: Any) -> dict[str, Any]:
    filtros = [{"col": "anio", "op": "==", "val": ANIO}, {"col": "mes", "op": "<=", "val": MES}]
    if dimension:
        filtros.append({"col": "dimension", "op": "==", "val": dimension})
    return {
        "columns": columnas,
        "metrics": [_suma(medida) for medida in medidas],
        "filters": filtros,
        "row_limit": 10_000,
        **mas,
    }


SUMAS = [f"SUM({momento})" for momento in MOMENTOS]
SUBEJERCICIO = "SUM(aprobado + ampliaciones - reducciones - devengado)"


def preguntas(programa: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Nombre → (conjunto de datos, consulta de una gráfica de Superset)."""
    de_programa = {"col": "programa", "op": "==", "val": programa}
    hoja = _pregunta("", ["clave"], [*SUMAS[:3], "SUM(devengado)", "SUM(pagado)"])
    hoja["filters"].append(de_programa)
    return {
        "totales por momento": ("resumen", _pregunta("total", [], SUMAS)),
        "por programa": ("resumen", _pregunta("programa", ["codigo"], SUMAS)),
        "por mes acumulado": ("resumen", _pregunta("total", ["mes"], SUMAS)),
        "programa × capítulo": ("resumen", _pregunta("programa_capitulo", ["codigo"], ["SUM(devengado)"])),
        "peor subejercicio": (
            "resumen",
            _pregunta("programa", ["codigo"], [SUBEJERCICIO], orderby=[[_suma(SUBEJERCICIO), False]]),
        ),
        "un programa": ("detalle", hoja),
    }


class Superset:
    """Un Superset encendido, con la base y sus dos conjuntos de datos."""

    def __init__(self, url: str, proceso: psutil.Process, base: Path) -> None:
        self.proceso = proceso
        self.cliente = httpx.Client(base_url=url, timeout=120)
        entrada = {"username": "admin", "password": "admin", "provider": "db"}
        llave = self._post("security/login", entrada)["access_token"]
        self.cliente.headers["Authorization"] = f"Bearer {llave}"
        datos = {"database_name": "siem", "sqlalchemy_uri": f"sqlite:///{base}"}
        self.base = self._post("database/", datos)["id"]
        self.conjuntos = {"resumen": self._conjunto("resumen", RESUMEN)}
        self.conjuntos["detalle"] = self._conjunto("detalle", DETALLE)

    def _post(self, ruta: str, datos: dict[str, Any]) -> dict[str, Any]:
        respuesta = self.cliente.post(f"/api/v1/{ruta}", json=datos)
        if respuesta.status_code >= 300:
            raise SystemExit(f"Superset no aceptó {ruta}: {respuesta.text[:300]}")
        recibido: dict[str, Any] = respuesta.json()
        return recibido

    def _conjunto(self, nombre: str, sql: str) -> int:
        datos = {"database": self.base, "schema": "main", "table_name": nombre, "sql": sql}
        return int(self._post("dataset/", datos)["id"])

    def contestar(self, conjunto: str, consulta: dict[str, Any], forzar: bool) -> int:
        """Pide una gráfica; devuelve cuántos renglones trajo."""
        fuente = {"id": self.conjuntos[conjunto], "type": "table"}
        pedido = {"datasource": fuente, "queries": [consulta], "force": forzar, "result_format": "json"}
        resultado = self._post("chart/data", pedido)["result"][0]
        assert resultado["is_cached"] in (None, False) or not forzar
        return int(resultado["rowcount"])

    def procesador(self) -> float:
        """Segundos de procesador del servidor y de sus trabajadores."""
        procesos = [self.proceso, *self.proceso.children(recursive=True)]
        return sum(sum(proceso.cpu_times()[:2]) for proceso in procesos)


@contextmanager
def superset(ordenes: Path, carpeta: Path, base: Path) -> Iterator[Superset]:
    """Prepara y enciende Superset en `carpeta`, con un trabajador de varios hilos."""
    configuracion = carpeta / "superset_config.py"
    configuracion.write_text(CONFIGURACION.format(llave="x" * 42, carpeta=carpeta), encoding="utf-8")
    ambiente = os.environ | {"SUPERSET_CONFIG_PATH": str(configuracion), "SUPERSET_HOME": str(carpeta)}
    ambiente.pop("PYTHONPATH", None)
    crear = ["fab", "create-admin", "--username", "admin", "--firstname", "a", "--lastname", "a"]
    crear += ["--email", "a@example.org", "--password", "admin"]
    puerto = puerto_libre()
    with (carpeta / "superset.txt").open("wb") as salida:
        for orden in (["db", "upgrade"], crear, ["init"]):
            subprocess.run(
                [ordenes / "superset", *orden], env=ambiente, check=True, stdout=salida, stderr=salida
            )
        servir = ["-w", "1", "-k", "gthread", "--threads", "8", "-b", f"127.0.0.1:{puerto}", "-t", "120"]
        proceso = subprocess.Popen(
            [ordenes / "gunicorn", *servir, "superset.app:create_app()"],
            env=ambiente, cwd=carpeta, stdout=salida, stderr=salida,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{puerto}"
            _esperar(url)
            yield Superset(url, psutil.Process(proceso.pid), base)
        finally:
            proceso.terminate()
            proceso.wait(30)


def _esperar(url: str) -> None:
    for _ in range(240):
        try:
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise SystemExit("Superset no encendió")


def _subir_version(base: Path) -> None:
    with closing(sqlite3.connect(base, timeout=30)) as conexion:
        conexion.execute("UPDATE data_version SET numero = numero + 1")
        conexion.commit()


def _programa(base: Path) -> str:
    """El programa con más claves: la hoja más pesada."""
    with closing(sqlite3.connect(base)) as conexion:
        consulta = (
            "SELECT programa FROM clave_presupuestaria WHERE anio = ? GROUP BY 1 ORDER BY COUNT(*) DESC"
        )
        return str(conexion.execute(consulta, (ANIO,)).fetchone()[0])


async def medir(nuestro: Any, otro: Superset, base: Path, vueltas: int) -> dict[str, list[float]]:
    """Milisegundos de procesador por vuelta: nuestras pantallas y sus gráficas, sin memoria y con ella."""
    programa = _programa(base)
    galletas = entrar_demo(nuestro.url, "planeacion")
    sesiones = [
        Sesion(nuestro.url, galletas, pagina, consulta.format(programa)) for pagina, consulta in PANTALLAS
    ]
    for sesion in sesiones:
        await sesion.abrir()
        await sesion.correr()
        assert sesion.elementos >= ELEMENTOS_MINIMOS, f"{sesion.pagina}: {sesion.elementos} elementos"
    graficas = preguntas(programa)
    for nombre, (conjunto, consulta) in graficas.items():
        assert otro.contestar(conjunto, consulta, True), f"Superset no trajo nada para {nombre}"
    tiempos: dict[str, list[float]] = {"SIEM sin": [], "SIEM con": [], "Superset sin": [], "Superset con": []}
    for _ in range(vueltas):
        for forma in ("sin", "con"):
            if forma == "sin":
                _subir_version(base)
            antes = nuestro.procesador()
            for sesion in sesiones:
                await sesion.correr()
            tiempos[f"SIEM {forma}"].append((nuestro.procesador() - antes) * 1000)
            antes = otro.procesador()
            for conjunto, consulta in graficas.values():
                otro.contestar(conjunto, consulta, forma == "sin")
            tiempos[f"Superset {forma}"].append((otro.procesador() - antes) * 1000)
    for sesion in sesiones:
        await sesion.cerrar()
    return tiempos


def main() -> None:
    """Lee los argumentos, mide e imprime las dos razones."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    opciones.add_argument("--superset", type=Path, required=True)
    opciones.add_argument("--vueltas", type=int, default=10)
    opciones.add_argument("--hogar", type=Path, help="carpeta con una demostración ya creada")
    pedido = opciones.parse_args()
    with hogar_con_demo(pedido.hogar) as hogar, tempfile.TemporaryDirectory() as temporal:
        base = hogar / "demo" / "siem.sqlite"
        with demostracion(hogar) as nuestro, superset(pedido.superset, Path(temporal), base) as otro:
            tiempos = asyncio.run(medir(nuestro, otro, base, pedido.vueltas))
    print(
        f"\nseis preguntas, mediana de {pedido.vueltas} vueltas, ms de procesador ({carga_de_la_maquina()})"
    )
    for forma, tope in (("sin", 0.1), ("con", 0.25)):
        nuestra, ajena = tiempos[f"SIEM {forma}"], tiempos[f"Superset {forma}"]
        razon = statistics.median(a / b for a, b in zip(nuestra, ajena, strict=True))
        print(
            f"  {forma} memoria   SIEM {statistics.median(nuestra):7.1f}   Superset "
            f"{statistics.median(ajena):7.1f}   razón {razon:.3f} (se espera ≤ {tope})"
        )


if __name__ == "__main__":
    main()
