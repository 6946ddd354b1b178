"""Capturar un trimestre en Chromium: doce metas y tres indicadores, con pocos clics y sin perder nada."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.base import tabla
from db.engine import reading, writing
from db.models.actividad import AvanceMeta, MetaActividad, ProgramacionMeta
from db.models.captura import Borrador, ClaseCaptura, Envio, Ventana
from db.models.indicadores import AvanceVariable, Indicador, ProgramacionVariable, VariableIndicador
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from tests.browser.conftest import ESCRITORIO, TELEFONO, Servidor, levantar, lista
from tests.db import mundo
from tests.pages.ayuda import abrir_sesion

pytestmark = pytest.mark.navegador

MES, METAS, INDICADORES = 3, 12, 3
VALORES = METAS + 2 * INDICADORES
CLICS_POR_VALOR = 3
CAMPO = re.compile(r"^(Alcanzado|[AB] · )")
ABAJO = "4"
"""Lo que se logra en la primera meta, que programó 10: pide justificación y plan de mejora."""
RAZONES = {
    "Justificación": "Faltó personal",
    "Qué se hará": "Repetir la jornada",
    "Quién": "Jefatura",
    "Cómo se comprueba": "Lista de asistencia",
    "Empieza": "01/04/2026",
    "Termina": "01/05/2026",
}


@pytest.fixture
def captura(plantilla_sqlite: Path, tmp_path: Path) -> Iterator[Servidor]:
    """Un área con doce metas en dos proyectos y tres indicadores de dos variables, con marzo abierto."""
    base = f"sqlite:///{shutil.copy(plantilla_sqlite, tmp_path / 'siem.sqlite')}"
    with pytest.MonkeyPatch.context() as ambiente:
        ambiente.setenv("SIEM_HOME", str(tmp_path))
        ambiente.setenv("SIEM_DATABASE_URL", base)
        with writing(LINEA_DE_COMANDOS) as session:
            mundo.fundar(session)
            for numero in range(11, 11 + METAS - 2):
                _meta(session, numero)
            for numero in range(1, INDICADORES + 1):
                _indicador(session, numero)
            for clase in (ClaseCaptura.ACTIVIDADES, ClaseCaptura.INDICADORES):
                abre, cierra = datetime(2026, 3, 20, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
                session.add(Ventana(anio=mundo.ANIO, mes=MES, clase=clase, abre=abre, cierra=cierra))
        yield from levantar(base, tmp_path)


def _meta(session: Any, numero: int) -> None:
    session.add(
        MetaActividad(
            id=numero, anio=mundo.ANIO, ente_id=1, proyecto_id=1 + numero % 2, dependencia_id=11,
            numero=numero, nombre=f"Meta {numero}", unidad="Acción", busqueda=f"meta {numero}",
        )
    )  # fmt: skip
    session.flush()
    session.add(ProgramacionMeta(meta_id=numero, mes=MES, cantidad=Decimal(10)))


def _indicador(session: Any, numero: int) -> None:
    session.add(
        Indicador(
            id=numero, anio=mundo.ANIO, ente_id=1, proyecto_id=2, dependencia_id=11,
            nombre=f"Indicador {numero}", formula_texto="(A/B)*100", formula="(A/B)*100",
        )
    )  # fmt: skip
    session.flush()
    for letra in "AB":
        variable = VariableIndicador(indicador_id=numero, letra=letra, nombre=f"Variable {letra}")
        session.add(variable)
        session.flush()
        session.add(ProgramacionVariable(variable_id=variable.id, trimestre=1, cantidad=Decimal(10)))


class Mano:
    """Lo que hace la persona, contado: clics (con el dedo) o teclas que llevan de un campo a otro."""

    def __init__(self, pagina: Any, *, teclado: bool) -> None:
        self.pagina, self.teclado, self.pasos = pagina, teclado, 0

    def oprimir(self, que: Any) -> None:
        self.pasos += 1
        if self.teclado:
            que.focus()
            que.press("Enter")
        else:
            que.click()

    def escribir(self, campo: Any, texto: str) -> None:
        self.pasos += 1
        if self.teclado:
            campo.focus()
        else:
            campo.click()
        self.pagina.keyboard.press("Control+A")
        self.pagina.keyboard.type(texto)
        self.pagina.keyboard.press("Tab")
        quieta(self.pagina)


def quieta(pagina: Any) -> None:
    """Espera a que la corrida termine."""
    pagina.wait_for_timeout(120)
    pagina.locator("[data-test-script-state=notRunning]").first.wait_for(timeout=20_000)


def entrar(servidor: Servidor, navegador: Any, tamano: dict[str, int]) -> Any:
    sid = abrir_sesion(Rol.ENLACE, ente_id=1, dependencia_id=1)
    contexto = navegador.new_context(viewport=tamano, locale="es-MX")
    galleta = {"name": f"siem_sesion_{servidor.puerto}", "value": sid, "url": servidor.direccion}
    contexto.add_cookies([galleta])
    return contexto.new_page()


def llenar(mano: Mano) -> int:
    """Escribe los valores de lo que está a la vista; devuelve cuántos."""
    campos = mano.pagina.get_by_label(CAMPO)
    cuantos: int = campos.count()
    for n in range(cuantos):
        primero = campos.nth(n).input_value() == "" and not mano.pagina.get_by_label("Justificación").count()
        mano.escribir(campos.nth(n), ABAJO if primero and n == 0 else "10")
        if primero and n == 0:
            for rotulo, texto in RAZONES.items():
                mano.escribir(mano.pagina.get_by_label(rotulo).first, texto)
    return cuantos


def cuenta(modelo: type[Any]) -> int:
    with reading() as session:
        return int(session.execute(select(func.count()).select_from(tabla(modelo))).scalar_one())


@pytest.mark.parametrize(("tamano", "teclado"), [(TELEFONO, False), (ESCRITORIO, True)])
def test_un_trimestre_entero_se_captura_sin_perder_nada(
    captura: Servidor, navegador: Any, tamano: dict[str, int], teclado: bool
) -> None:
    pagina = entrar(captura, navegador, tamano)
    mano = Mano(pagina, teclado=teclado)
    pagina.goto(f"{captura.direccion}/pendientes")
    mano.oprimir(pagina.get_by_text(re.compile("^Capturar marzo")).first)
    lista(pagina, "Capturar marzo")
    quieta(pagina)
    valores = llenar(mano)
    pagina.reload()
    lista(pagina, "Capturar marzo")
    quieta(pagina)
    assert pagina.get_by_text("Tiene un borrador").count() == 1
    mano.oprimir(pagina.get_by_role("button", name=re.compile("Siguiente")))
    pagina.wait_for_timeout(600)
    quieta(pagina)
    valores += llenar(mano)
    assert valores == VALORES
    envio = pagina.get_by_role("button", name=f"Enviar {METAS + INDICADORES} resultados")
    envio.dblclick()
    mano.pasos += 1
    pagina.get_by_text(re.compile("^Acuse 2026")).wait_for(timeout=20_000)
    quieta(pagina)
    print(f"{mano.pasos} clics para {valores} valores: {mano.pasos / valores:.2f} por valor")
    assert mano.pasos <= CLICS_POR_VALOR * valores
    guardado = [cuenta(m) for m in (Envio, AvanceMeta, AvanceVariable, Borrador)]
    assert guardado == [1, METAS, 2 * INDICADORES, 0]
