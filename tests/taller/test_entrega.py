"""La entrega-recepción: se lee sin el sistema, está completa, se comprueba y no lleva secretos."""

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import entrega_documentos
from dashboard.comando import app
from dashboard.reports.bloques import Parrafo
from dashboard.reports.documento import Documento, Opcion, Parametros, Preguntar, Reporte
from db.base import Base
from db.engine import reading, writing
from db.models.municipio import Municipio
from db.queries.entrega import OMITIDAS, SECRETAS
from db.queries.verificar import filas_por_tabla
from db.rules.permisos import LINEA_DE_COMANDOS, Accion
from db.rules.problema import Problema
from tests.db import mundo
from tests.reports.muestrario import documento

VIVO = '=1+1<script>alert("x")</script>'


def entregar(tmp_path: Path) -> Path:
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        municipio = session.get_one(Municipio, 1)
        municipio.nombre = VIVO
        session.add(municipio)
        mundo.cerrar(session, 3)
        mundo.avance(session, 1, 3, 5)
    destino = tmp_path / "salida" / "entrega"
    hecho = CliRunner().invoke(app, ["entregar", str(destino), "--sin-documentos"])
    assert hecho.exit_code == 0, hecho.output
    return destino


def test_cada_tabla_va_completa_y_descrita(base: str, tmp_path: Path) -> None:
    entrega = entregar(tmp_path)
    paquete = json.loads((entrega / "datos" / "datapackage.json").read_text("utf-8"))
    descritas = {r["name"]: r for r in paquete["resources"]}
    assert set(descritas) == set(Base.metadata.tables) - OMITIDAS
    with reading() as session:
        filas = filas_por_tabla(session)
    for nombre, recurso in descritas.items():
        with (entrega / "datos" / recurso["path"]).open(encoding="utf-8", newline="") as archivo:
            titulos, *renglones = csv.reader(archivo)
        assert titulos == [c["name"] for c in recurso["schema"]["fields"]]
        assert not SECRETAS & set(titulos)
        assert recurso["description"]
        assert len(renglones) == filas[nombre]
        assert not [c for fila in renglones for c in fila if c.startswith("=")]


def test_la_portada_lleva_a_todo_y_cada_archivo_se_comprueba(base_sqlite: str, tmp_path: Path) -> None:
    entrega = entregar(tmp_path)
    portada = (entrega / "index.html").read_text("utf-8")
    assert "<script" not in portada
    ligas = set(re.findall(r"<li><a href='([^']+)'", portada))
    archivos = {p.relative_to(entrega).as_posix() for p in entrega.rglob("*") if p.is_file()}
    assert ligas == archivos - {"index.html", "huellas.sha256"}
    for renglon in (entrega / "huellas.sha256").read_text("utf-8").splitlines():
        huella, nombre = renglon.split("  ", 1)
        assert hashlib.sha256((entrega / nombre).read_bytes()).hexdigest() == huella


def test_nada_se_encima_y_sin_datos_se_dice(base_sqlite: str, tmp_path: Path) -> None:
    existe = tmp_path / "ya"
    existe.mkdir()
    for destino, dice in ((existe, "Ya existe"), (tmp_path / "nueva", "aún no tiene nada")):
        hecho = CliRunner().invoke(app, ["entregar", str(destino)])
        assert hecho.exit_code == 1
        assert dice in hecho.output
    assert not (tmp_path / "nueva").exists()


def test_un_documento_que_no_se_puede_hacer_no_detiene_la_entrega(
    base_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def construir(_preguntar: Preguntar, p: Parametros) -> Documento:
        if p.otros["cosa"] == "b":
            raise Problema("De esa no hay nada <b>.", "Regístrela.")
        return documento((Parrafo(f"Es {p.otros['cosa']}"),))

    cosas = Opcion("cosa", "Cosa", lambda _preguntar, _p: dict.fromkeys("abc", ""), una_por_valor=True)
    uno = Reporte("cosa", "Cosas", "Una.", "G", construir, Accion.VER_DOCUMENTOS, opciones=(cosas,))
    monkeypatch.setattr(entrega_documentos, "REPORTS", (uno,))
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
    hecho = CliRunner().invoke(app, ["entregar", str(tmp_path / "e")])
    assert hecho.exit_code == 0 and "un documento sin hacer" in " ".join(hecho.output.split())
    assert len(list((tmp_path / "e" / "documentos").rglob("*.pdf"))) == 2
    assert "De esa no hay nada &lt;b&gt;" in (tmp_path / "e" / "index.html").read_text("utf-8")
