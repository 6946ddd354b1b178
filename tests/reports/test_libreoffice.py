"""Lo que se hace en Word y en Excel abre en LibreOffice y dice lo mismo que su PDF."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard.reports.dibujar import dibujar
from tests.reports.muestrario import EMISION, HOSTIL, documento

SEGUNDOS = 120


@pytest.mark.parametrize("formato", ["docx", "xlsx"])
def test_abre_en_libreoffice_y_dice_lo_mismo(formato: str, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no hay LibreOffice en esta máquina (en Debian: apt-get install libreoffice)")
    hecho = tmp_path / f"muestra.{formato}"
    hecho.write_bytes(dibujar(documento(), EMISION, formato))
    perfil = f"-env:UserInstallation=file://{tmp_path / 'perfil'}"
    orden = [soffice, perfil, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(hecho)]
    subprocess.run(orden, check=True, timeout=SEGUNDOS, capture_output=True)
    dicho = "".join(hoja.extract_text() for hoja in PdfReader(tmp_path / "muestra.pdf").pages)
    junto = "".join(dicho.split())
    # El texto hostil se lee como se escribió: ni fórmula ni etiqueta.
    assert "PRUEBA-2026-0001" in junto and "".join(HOSTIL.split()) in junto
