"""El proceso que dibuja: una falla se dice en español, no detiene a los demás y no deja procesos."""

import io
from dataclasses import replace
from typing import Any

import psutil
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.reports import a_docx, a_pdf, imagenes
from dashboard.reports.bloques import Grafica, Imagen, Parrafo
from dashboard.reports.taller import taller
from db.rules.problema import Problema
from tests.reports.muestrario import EMISION, documento


def _talleres() -> list[psutil.Process]:
    """Los procesos que dibujan: quien prueba puede tener otros hijos (Chromium, servidores)."""
    return [h for h in psutil.Process().children() if "dashboard.reports.hijo" in h.cmdline()]


def test_lo_que_no_se_pudo_se_dice_y_lo_que_sigue_sale() -> None:
    mala = Grafica({"mark": {"type": "no existe"}}, "mala")
    buena = documento((Parrafo("sí sale"),))
    with taller() as dibujar:
        with pytest.raises(Problema, match="No se pudo hacer «Documento de prueba» en PDF"):
            dibujar(documento((mala,)), EMISION, "pdf")
        hecho = dibujar(buena, EMISION, "pdf")
        hijos = _talleres()
    assert hecho == a_pdf.hacer(buena, EMISION)
    assert hijos and not any(h.is_running() for h in hijos)


def test_si_el_proceso_muere_se_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    with taller() as dibujar:
        for hijo in _talleres():
            hijo.kill()
            hijo.wait(10)
        with pytest.raises(Problema, match="No se pudo hacer"):
            dibujar(documento((Parrafo("x"),)), EMISION, "xlsx")


def _foto(**mas: Any) -> bytes:
    salida = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(salida, "JPEG", quality=95, **mas)
    return salida.getvalue()


def test_una_foto_grande_se_achica_se_endereza_y_pierde_donde_se_tomo() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # girada
    exif[0x010F] = "Cámara Secreta"
    foto = Imagen(_foto(exif=exif.tobytes()), "image/jpeg", "Obra")
    leida = imagenes.lista(foto)
    assert leida is not None and leida[1] == "image/jpeg"
    with Image.open(io.BytesIO(leida[0])) as abierta:
        assert abierta.size == (1067, 1600) and not abierta.getexif()
    assert len(leida[0]) < len(foto.contenido) and b"Secreta" not in leida[0]


@pytest.mark.parametrize("contenido", [b"", b"no es imagen", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40])
def test_una_foto_que_no_se_lee_no_detiene_el_documento(contenido: bytes) -> None:
    doc = documento((Imagen(contenido, "image/png", "Puente nuevo"), Parrafo("lo demás")))
    dicho = PdfReader(io.BytesIO(a_pdf.hacer(doc, EMISION))).pages[0].extract_text()
    assert "Imagen que no se pudo leer: Puente nuevo" in dicho and "lo demás" in dicho
    assert a_docx.hacer(doc, EMISION)


def test_un_escudo_roto_no_detiene_el_documento() -> None:
    base = documento((Parrafo("x"),))
    roto = replace(base, encabezado=replace(base.encabezado, escudo=b"nada", logo=b"\x89PNGnada"))
    assert a_pdf.hacer(roto, EMISION) and a_docx.hacer(roto, EMISION)
