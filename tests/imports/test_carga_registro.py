"""Todo formato escrito está registrado, y se describe solo."""

import importlib
import pkgutil

import pytest

import dashboard.imports
from dashboard.imports.formato import Formato
from dashboard.imports.lectura.encabezado import catalogo
from dashboard.imports.registro import FORMATS


def test_todo_modulo_con_formato_esta_registrado() -> None:
    modulos = [
        importlib.import_module(f"dashboard.imports.{info.name}")
        for info in pkgutil.iter_modules(dashboard.imports.__path__)
    ]
    escritos = {modulo.FORMATO.nombre for modulo in modulos if hasattr(modulo, "FORMATO")}
    escritos |= {formato.nombre for modulo in modulos for formato in getattr(modulo, "FORMATOS", ())}
    assert escritos == {formato.nombre for formato in FORMATS}


def test_lo_que_otros_citan_va_antes() -> None:
    orden = [formato.nombre for formato in FORMATS]
    base = ["plan", "estructura", "programas", "actividades", "indicadores", "avances", "presupuesto"]
    assert [nombre for nombre in orden if nombre in base] == base
    for nombre, despues_de in (("mir", "indicadores"), ("adecuaciones", "presupuesto")):
        assert orden.index(nombre) > orden.index(despues_de)


@pytest.mark.parametrize("formato", FORMATS, ids=lambda f: f.nombre)
def test_ningun_encabezado_sirve_a_dos_columnas(formato: Formato) -> None:
    for columna in formato.columnas:
        de_las_demas = catalogo([otra for otra in formato.columnas if otra is not columna])
        propios = catalogo([columna])
        assert not propios.keys() & de_las_demas.keys(), columna.nombre


@pytest.mark.parametrize("formato", FORMATS, ids=lambda f: f.nombre)
def test_cada_formato_se_explica_en_dos_renglones(formato: Formato) -> None:
    assert len(formato.para_que.splitlines()) == 2
    assert all(columna.ayuda for columna in formato.columnas)
