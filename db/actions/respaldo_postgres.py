"""Copiar y reponer una base PostgreSQL con sus propias herramientas, `pg_dump` y `pg_restore`."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url, text
from sqlmodel import Session

from db.engine import motor_de_migracion
from db.queries.verificar import filas_por_tabla
from db.rules.problema import Problema

VARIABLES = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER", "password": "PGPASSWORD"}
VACIAR = """
DO $$ DECLARE cosa record; BEGIN
  FOR cosa IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', cosa.tablename);
  END LOOP;
  FOR cosa IN SELECT p.oid::regprocedure AS firma FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = current_schema()
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', cosa.firma);
  END LOOP;
END $$
"""
"""Quita lo que haya, también tablas que un respaldo más viejo no conoce y que `--clean` dejaría."""

DETALLE = 300
"""Caracteres que se muestran de lo que dijo la herramienta."""


def _programa(nombre: str) -> str:
    ruta = shutil.which(nombre)
    if ruta is None:
        raise Problema(
            f"Para respaldar PostgreSQL hace falta «{nombre}» y no está en esta máquina.",
            "Instale el paquete cliente de PostgreSQL (postgresql-client) de la versión de su servidor.",
        )
    return ruta


def _ambiente(url: str) -> dict[str, str]:
    """La conexión va por variables: en la línea de órdenes la contraseña la vería cualquiera."""
    direccion = make_url(url)
    ambiente = dict(os.environ)
    for parte, variable in VARIABLES.items():
        if (valor := getattr(direccion, parte)) is not None:
            ambiente[variable] = str(valor)
    if (host := direccion.query.get("host")) is not None:
        ambiente["PGHOST"] = str(host)
    ambiente["PGDATABASE"] = direccion.database or ""
    return ambiente


def _correr(orden: list[str], url: str, que: str) -> None:
    hecho = subprocess.run(orden, env=_ambiente(url), capture_output=True, text=True, check=False)
    if hecho.returncode != 0:
        raise Problema(
            f"No se pudo {que}: {hecho.stderr.strip()[:DETALLE]}",
            "Revise la conexión, los permisos de la cuenta y la versión de la herramienta.",
        )


def copiar(url: str, destino: Path) -> dict[str, int]:
    """Vacía la base en `destino` y devuelve los renglones por tabla de ese mismo instante."""
    programa = _programa("pg_dump")
    motor = motor_de_migracion(url)
    with motor.connect().execution_options(isolation_level="REPEATABLE READ") as conexion:
        instante = str(conexion.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        with Session(conexion) as session:
            filas = filas_por_tabla(session)
        orden = [programa, "--format=custom", "--no-owner", f"--snapshot={instante}", f"--file={destino}"]
        _correr(orden, url, "copiar la base")
    motor.dispose()
    return filas


def comprobar(copia: Path, url: str) -> None:
    """Lee el índice de la copia; lanza `Problema` si no se puede."""
    _correr([_programa("pg_restore"), "--list", str(copia)], url, "leer la copia")


def reponer(copia: Path, url: str) -> None:
    """Repone la copia en una transacción: o queda entera o la base queda como estaba."""
    guion = copia.with_suffix(".sql")
    _correr([_programa("pg_restore"), "--no-owner", f"--file={guion}", str(copia)], url, "leer la copia")
    orden = [_programa("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _correr([*orden, f"--command={VACIAR}", f"--file={guion}"], url, "reponer la copia")
