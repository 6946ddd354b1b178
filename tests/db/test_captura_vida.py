"""Toda la vida de dos metas, por cualquier rol y en cualquier orden: nada rompe lo que el cálculo promete.

Un modelo aparte, escrito sin mirar las acciones, predice si cada paso se admite y qué cifra queda.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlmodel import Session

from db.actions.calendario import dar_prorroga
from db.actions.captura import Entrega, Mejora, corregir_extemporaneo, enviar
from db.actions.cierre import cerrar, reabrir
from db.actions.contenido_reconduccion import Contenido
from db.actions.reconduccion import crear, presentar
from db.actions.resolver_reconduccion import autorizar, rechazar
from db.actions.revision import comentar, devolver, publicar, tomar, validar
from db.audit import canonico
from db.base import tabla
from db.engine import motor, reading, writing
from db.models.actividad import AvanceMeta
from db.models.captura import ClaseCaptura, ClaseItem, Ventana
from db.models.reconduccion import ClaseRenglon
from db.queries.actividad import metas
from db.queries.bitacora import estado_de_la_cadena
from db.queries.cierre import falta_en, instantanea
from db.queries.municipio import bandas
from db.queries.registro import registros
from db.queries.vencimiento import ventanas_cerradas
from db.rules.actividad import evaluar_actividad
from db.rules.banda import Banda
from db.rules.periodo import Corte
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from tests.db import mundo

ANIO, META, LOCAL = mundo.ANIO, ClaseItem.META, ZoneInfo("America/Mexico_City")
DEPENDENCIA = {1: 1, 3: 2}
"""Meta → su dependencia general; cada trimestre se programan 10."""
MESES = (3, 6)
INICIO = datetime(2026, 4, 1, 12, tzinfo=LOCAL)
PLAZO = datetime(2026, 4, 10, 23, 59, tzinfo=LOCAL)
"""Sólo marzo tiene ventana: junio se captura cuando sea."""

OFICIAL, ENTREGADO = ("validado", "publicado"), ("enviado", "en_revision")
MEJORA = Mejora("Repetir", "Jefatura", "Lista", date(2026, 4, 1), date(2026, 5, 1))


def _persona(cuenta: str, rol: Rol, dependencia: int | None = None) -> Actor:
    return Actor(1, cuenta, cuenta.title(), (Asignacion(rol, 1, dependencia),))


PERSONAS = {
    p.cuenta: p
    for p in (
        _persona("uippe", Rol.PLANEACION),
        _persona("otra", Rol.PLANEACION),
        _persona("enlace1", Rol.ENLACE, 1),
        _persona("enlace2", Rol.ENLACE, 2),
        *(_persona(r.value, r) for r in Rol if r not in (Rol.PLANEACION, Rol.ENLACE)),
    )
}
UNIDAD = ("uippe", "otra")


@dataclass
class Fila:
    """Lo que el modelo sabe de una meta en un periodo."""

    estado: str | None = None
    valor: Decimal | None = None
    autor: str = ""
    valido: str = ""
    extemporaneo: bool = False

    def sirve(self, *estados: str) -> Decimal | None:
        return self.valor if self.estado in estados else None


DESDE: dict[str, tuple[str, ...]] = {
    "tomar": ("enviado",),
    "validar": ENTREGADO,
    "devolver": (*ENTREGADO, "validado"),
    "publicar": ("validado",),
    "comentar": (*ENTREGADO, *OFICIAL, "devuelto"),
}
HASTA = {"tomar": "en_revision", "validar": "validado", "devolver": "devuelto", "publicar": "publicado"}

revisiones = st.sampled_from(["tomar", "validar", "validar", "validar", "devolver", "publicar", "comentar"])
dados = st.integers(0, 999)
tinos = st.sampled_from(["bien", "bien", "bien", "propio", "cerrado", "casi", "azar"])
"""Dónde se intenta: donde cabe, en lo que uno mismo capturó, en lo entregado de un periodo cerrado, donde hay
algo y no cabe, o donde sea y por quien sea."""
personas = st.sampled_from([*UNIDAD * 6, *PERSONAS])
periodos = st.sampled_from(MESES)
valores = st.sampled_from([Decimal(v) for v in ("0", "5", "9.5", "10", "10", "12", "40", "-1")])
motivos = st.sampled_from(["No cuadra"] * 5 + [""])
frescas = st.sampled_from([True] * 7 + [False])
razones = st.sampled_from([2, 2, 2, 1, 0])
"""Nada, justificación, o justificación y plan de mejora."""


class Vida(RuleBasedStateMachine):
    """El municipio mínimo de `mundo`, con dos metas que se capturan y dos que nunca llegan."""

    plantilla: ClassVar[Path]
    bandas: ClassVar[tuple[Banda, ...]]
    poner: ClassVar[Callable[[str], None]]
    cuantas: ClassVar[int] = 0

    @initialize(llegan=st.lists(st.sampled_from(["9.5", "10", "40", ""]), min_size=4, max_size=4))
    def nace(self, llegan: list[str]) -> None:
        Vida.cuantas += 1
        self.url = f"sqlite:///{self.plantilla.with_name(f'vida{Vida.cuantas}.sqlite')}"
        shutil.copy(self.plantilla, self.url.removeprefix("sqlite:///"))
        Vida.poner(self.url)
        self.reloj = time_machine.travel(INICIO, tick=False)
        self.viaje = self.reloj.start()
        self.hoy = INICIO
        self.filas = {(meta, mes): Fila() for meta in DEPENDENCIA for mes in MESES}
        self.cerrados: list[int] = []
        self.fotos: dict[tuple[int, int], str] = {}
        self.plazos = dict.fromkeys(DEPENDENCIA.values(), PLAZO)
        self.cambios: dict[int, dict[int, Decimal]] = {}
        self.movido = True
        for (meta, mes), valor in zip(self.filas, llegan, strict=True):
            if valor:
                self._enviar(f"enlace{DEPENDENCIA[meta]}", meta, mes, Decimal(valor))

    def teardown(self) -> None:
        if not hasattr(self, "reloj"):
            return
        with reading() as session:
            assert estado_de_la_cadena(session)["falta"] is None
        self.reloj.stop()
        for escribe in (False, True):
            motor(self.url, escribe).dispose()
        motor.cache_clear()

    # -- cómo se intenta un paso

    def _intentar(
        self, quien: str, permitido: bool, cabe: bool, hacer: Callable[[Session, Actor], Any]
    ) -> bool:
        """Hace el paso si el modelo dice que se puede; si no, exige que se niegue con palabras."""
        persona = PERSONAS[quien]
        try:
            with writing(persona) as session:
                hacer(session, persona)
        except Problema as problema:
            assert not (permitido and cabe), problema
            assert permitido or not cabe or isinstance(problema, SinPermiso)
            return False
        assert permitido, f"{quien} no debía poder"
        assert cabe, "no debía admitirse"
        self.movido = True
        return True

    def _version(self, meta: int, mes: int, fresca: bool = True) -> int:
        with reading() as session:
            registro = registros(session, META, [meta], mes).get(meta)
        version = registro.version if registro else 0
        return version if fresca else version + 7

    def _abierto(self, mes: int) -> bool:
        return mes not in self.cerrados

    @staticmethod
    def _captura(quien: str, meta: int) -> bool:
        return quien in UNIDAD or quien == f"enlace{DEPENDENCIA[meta]}"

    @staticmethod
    def _revisa(quien: str, _meta: int) -> bool:
        return quien in UNIDAD

    def _elegir(
        self,
        dado: int,
        tino: str,
        permite: Callable[[str, int], bool],
        cabe: Callable[[str, int, int], bool],
    ) -> tuple[str, int, int]:
        """Quién, qué meta y qué mes, según el tino y lo que el modelo admite; si nada hay, al azar."""
        todo = [(quien, *celda) for quien in PERSONAS for celda in sorted(self.filas)]
        pueden = [c for c in todo if permite(c[0], c[1]) and tino != "azar"]
        if tino == "bien":
            pueden = [c for c in pueden if cabe(*c)]
        elif tino == "propio":
            pueden = [c for c in pueden if self.filas[c[1], c[2]].autor == c[0]]
        elif tino == "cerrado":
            pueden = [
                c for c in pueden if not self._abierto(c[2]) and self.filas[c[1], c[2]].estado in ENTREGADO
            ]
        elif tino == "casi":
            pueden = [c for c in pueden if self.filas[c[1], c[2]].estado and not cabe(*c)]
        return (pueden or todo)[dado % len(pueden or todo)]

    # -- lo que se puede hacer

    @rule(dado=dados, tino=tinos, valor=valores, razon=razones, fresca=frescas)
    def enviar(self, dado: int, tino: str, valor: Decimal, razon: int, fresca: bool) -> None:
        def cabe(_quien: str, meta: int, mes: int) -> bool:
            return (
                self._abierto(mes)
                and (mes != 3 or self.hoy <= self.plazos[DEPENDENCIA[meta]])
                and self.filas[meta, mes].estado in (None, "enviado", "devuelto")
                and valor >= 0
                and razon >= self._pide(meta, mes, valor)
            )

        quien, meta, mes = self._elegir(dado, tino, self._captura, cabe)
        self._enviar(quien, meta, mes, valor, razon, fresca, cabe(quien, meta, mes))

    def _enviar(
        self,
        quien: str,
        meta: int,
        mes: int,
        valor: Decimal,
        razon: int = 2,
        fresca: bool = True,
        cabe: bool = True,
    ) -> None:
        entrega = Entrega(
            META,
            meta,
            {meta: valor},
            self._version(meta, mes, fresca),
            "Llovió" if razon else "",
            MEJORA if razon > 1 else None,
        )

        def paso(session: Session, persona: Actor) -> None:
            enviar(session, persona, anio=ANIO, mes=mes, dependencia_id=DEPENDENCIA[meta], entregas=[entrega])

        if self._intentar(quien, self._captura(quien, meta), fresca and cabe, paso):
            self.filas[meta, mes] = Fila("enviado", valor, quien)

    def _pide(self, meta: int, mes: int, valor: Decimal) -> int:
        """0 nada, 1 justificación, 2 además plan de mejora: según lo entregado hasta ese mes."""
        programado = self._programado(meta, mes)
        logrado = {m: self.filas[meta, m].sirve(*OFICIAL, *ENTREGADO) for m in MESES if m <= mes}
        logrado[mes] = valor
        debidos = [m for m in logrado if programado[m] > 0]
        if any(logrado[m] is None for m in debidos):
            return 0
        total = sum(v for v in logrado.values() if v is not None)
        cien = total * 100 / sum(programado[m] for m in logrado)
        return 2 if cien < 90 else int(cien > 110)

    @rule(que=revisiones, dado=dados, tino=tinos, fresca=frescas, motivo=motivos)
    def revisar(self, que: str, dado: int, tino: str, fresca: bool, motivo: str) -> None:
        permite = self._captura if que == "comentar" else self._revisa
        libre = que in ("publicar", "comentar")

        def cabe(quien: str, meta: int, mes: int) -> bool:
            fila = self.filas[meta, mes]
            return fila.estado in DESDE[que] and (libre or (self._abierto(mes) and fila.autor != quien))

        quien, meta, mes = self._elegir(dado, tino, permite, cabe)
        item, donde = (META, meta), {"anio": ANIO, "mes": mes}
        vio = {item: self._version(meta, mes, fresca)}
        pasos: dict[str, Callable[[Session, Actor], None]] = {
            "tomar": lambda s, p: tomar(s, p, **donde, items=[item]),
            "validar": lambda s, p: validar(s, p, **donde, items=[item], vistas=vio),
            "devolver": lambda s, p: devolver(s, p, **donde, item=item, motivo=motivo, vistas=vio),
            "publicar": lambda s, p: publicar(s, p, **donde, items=[item]),
            "comentar": lambda s, p: comentar(s, p, **donde, item=item, texto=motivo),
        }
        bien = (fresca or que not in ("validar", "devolver")) and (
            bool(motivo) or que not in ("devolver", "comentar")
        )
        fila = self.filas[meta, mes]
        if self._intentar(quien, permite(quien, meta), bien and cabe(quien, meta, mes), pasos[que]):
            fila.estado = HASTA.get(que, fila.estado)
            fila.valido = {"validar": quien, "devolver": ""}.get(que, fila.valido)

    @rule(dado=dados, tino=tinos, valor=valores, fresca=frescas)
    def corregir(self, dado: int, tino: str, valor: Decimal, fresca: bool) -> None:
        def cabe(_quien: str, _meta: int, mes: int) -> bool:
            return mes in self.cerrados and valor >= 0

        quien, meta, mes = self._elegir(dado, tino, self._revisa, cabe)
        entrega = Entrega(META, meta, {meta: valor}, self._version(meta, mes, fresca), "Error")
        if self._intentar(
            quien,
            self._revisa(quien, meta),
            fresca and cabe(quien, meta, mes),
            lambda s, p: corregir_extemporaneo(s, p, anio=ANIO, mes=mes, entrega=entrega, motivo="Oficio 7"),
        ):
            self.filas[meta, mes] = Fila("validado", valor, quien, quien, True)

    @rule(quien=personas, mes=periodos, motivo=motivos, abre=st.sampled_from([False, False, True]))
    def cerrar_o_reabrir(self, quien: str, mes: int, motivo: str, abre: bool) -> None:
        if abre:
            self._reabrir(quien, mes, motivo)
        else:
            self._cerrar(quien, mes, motivo)

    def _cerrar(self, quien: str, mes: int, motivo: str) -> None:
        # Las metas 2 y 4 nunca se capturan: siempre falta algo y sin motivo no se cierra.
        previos = [m for m in MESES if m < mes]
        cabe = (
            self._abierto(mes)
            and all(m in self.cerrados for m in previos)
            and self.hoy.month > mes
            and bool(motivo)
        )
        if self._intentar(
            quien, quien in UNIDAD, cabe, lambda s, p: cerrar(s, p, anio=ANIO, mes=mes, motivo=motivo)
        ):
            self.cerrados.append(mes)
            with reading() as session:
                foto = instantanea(session, anio=ANIO, mes=mes)
            assert foto is not None
            self.fotos[mes, foto["numero"]] = canonico(foto)

    def _reabrir(self, quien: str, mes: int, motivo: str) -> None:
        cabe = self.cerrados[-1:] == [mes] and bool(motivo)
        if self._intentar(
            quien, quien in UNIDAD, cabe, lambda s, p: reabrir(s, p, anio=ANIO, mes=mes, motivo=motivo)
        ):
            self.cerrados.pop()

    @rule(quien=personas, cual=st.sampled_from([None, 1, 2]), dias=st.sampled_from([2, 15, 100]))
    def prorrogar(self, quien: str, cual: int | None, dias: int) -> None:
        hasta = (self.hoy + timedelta(days=dias)).replace(hour=23, minute=59)
        # Una prórroga para todas sólo se compara con las dadas a todas; la de una, también con ésas.
        plazo = self.para_todas if cual is None else self.plazos[cual]
        with reading() as session:
            ventana = session.execute(select(tabla(Ventana).c.id)).scalar_one()
        if self._intentar(
            quien,
            quien in UNIDAD,
            3 not in self.cerrados and hasta > plazo,
            lambda s, p: dar_prorroga(
                s, p, ventanas=[ventana], dependencia_id=cual, cierra=hasta.date(), motivo="Sin luz"
            ),
        ):
            for area in self.plazos:
                if cual in (None, area):
                    self.plazos[area] = max(self.plazos[area], hasta)
            if cual is None:
                self.para_todas = hasta

    para_todas = PLAZO

    @rule(pide=personas, autoriza=personas, junio=st.sampled_from([Decimal(n) for n in (0, 4, 20)]))
    def reconducir(self, pide: str, autoriza: str, junio: Decimal) -> None:
        """De junio en adelante, la meta 1; si se admite todo, rige desde abril."""
        calendario = {6: junio, 9: Decimal(10), 12: Decimal(10)}
        contenido = Contenido(
            {(ClaseRenglon.META, 1): calendario}, justificacion="a", justificacion_destino="b"
        )
        try:
            with writing(PERSONAS[pide]) as session:
                pedida = crear(
                    session,
                    PERSONAS[pide],
                    anio=ANIO,
                    dependencia_id=1,
                    mes_vigencia=4,
                    items=[(ClaseRenglon.META, 1)],
                )
                assert pedida.id is not None
                presentar(session, PERSONAS[pide], pedida.id, version=pedida.version, contenido=contenido)
        except Problema:
            return
        version = pedida.version
        try:
            with writing(PERSONAS[autoriza]) as session:
                autorizar(session, PERSONAS[autoriza], pedida.id, version=version)
        except Problema:
            otro = PERSONAS[next(u for u in UNIDAD if u != pide)]
            with writing(otro) as session:
                rechazar(session, otro, pedida.id, version=version, resolucion="No procede")
            return
        assert self._captura(pide, 1) and autoriza in UNIDAD and pide != autoriza
        assert 6 not in self.cerrados and self.hoy.month < 8
        oficial = [self.filas[1, m].sirve(*OFICIAL) or Decimal(0) for m in MESES]
        assert 10 + sum(calendario.values()) >= sum(oficial)
        self.cambios, self.movido = {1: {6: junio}}, True

    @rule(dias=st.sampled_from([1, 5, 12, 95]))
    def pasa_el_tiempo(self, dias: int) -> None:
        self.hoy = min(self.hoy + timedelta(days=dias), datetime(2026, 11, 1, 12, tzinfo=LOCAL))
        self.viaje.move_to(self.hoy)
        self.movido = True

    # -- lo que siempre se cumple

    @precondition(lambda self: self.movido)
    @invariant()
    def lo_guardado_es_lo_que_paso_y_su_cifra_la_que_se_recalcula(self) -> None:
        with reading() as session:
            guardadas = {(f.meta_id, f.mes): f for f in session.execute(select(tabla(AvanceMeta)))}
            leidas = metas(session, ANIO, ids=list(DEPENDENCIA))
            cerradas = ventanas_cerradas(session, ANIO, ClaseCaptura.ACTIVIDADES, "trimestre")
        for celda, fila in self.filas.items():
            guardada = guardadas.get(celda)
            assert (guardada.estado if guardada else None) == fila.estado
            if guardada and fila.estado in OFICIAL:
                assert guardada.valido == fila.valido in UNIDAD
                assert guardada.extemporaneo or guardada.valido != guardada.capturo
        for meta in leidas:
            suyas = [self.filas[meta.id, mes] for mes in MESES]
            assert list(meta.alcanzado[:2]) == [fila.sirve(*OFICIAL) for fila in suyas]
            assert list(meta.preliminar[:2]) == [fila.sirve(*ENTREGADO) for fila in suyas]
            for corte in MESES:
                evaluable = meta.evaluable(corte, cerradas.de(meta.dependencia_id))
                hoja = evaluar_actividad(evaluable, Corte(ANIO, corte), self.bandas)
                vigente = self._programado(meta.id, corte)
                original = dict.fromkeys(MESES, Decimal(10))
                for figura, programado in (
                    (hoja.cumplimiento, vigente),
                    (hoja.cumplimiento_original, original),
                ):
                    assert (figura.valor, figura.estado) == self._espera(meta.id, corte, programado)
                assert hoja.programado_acum == sum(vigente[m] for m in MESES if m <= corte)

    @precondition(lambda self: self.movido)
    @invariant()
    def lo_cerrado_no_cambia(self) -> None:
        self.movido = False
        for (mes, numero), foto in self.fotos.items():
            with reading() as session:
                leida = instantanea(session, anio=ANIO, mes=mes, numero=numero)
                assert leida is not None and canonico(leida) == foto
                assert falta_en(session, leida["id"]) is None

    # -- el cálculo, escrito otra vez

    def _programado(self, meta: int, corte: int) -> dict[int, Decimal]:
        nuevos = self.cambios.get(meta, {}) if corte >= 4 else {}
        return {m: nuevos.get(m, Decimal(10)) for m in MESES}

    def _espera(self, meta: int, corte: int, programado: dict[int, Decimal]) -> tuple[Decimal | None, str]:
        contados = [m for m in MESES if m <= corte]
        filas = {m: self.filas[meta, m] for m in contados}
        debidos = [m for m in contados if programado[m] > 0]
        faltan = [m for m in debidos if filas[m].sirve(*OFICIAL) is None]
        sin_nada = [m for m in faltan if filas[m].sirve(*ENTREGADO) is None]
        if sin_nada:
            vencido = 3 in sin_nada and self.hoy > self.plazos[DEPENDENCIA[meta]]
            return None, "vencido" if vencido else "sin_dato"
        if faltan:
            return None, "en_revision"
        logrado = sum((v for f in filas.values() if (v := f.sirve(*OFICIAL)) is not None), Decimal(0))
        cien = (logrado * 100 / sum(programado[m] for m in contados)).quantize(Decimal("1E-12"))
        limites = ((Decimal(70), "critico"), (Decimal(90), "riesgo"))
        estado = next((palabra for limite, palabra in limites if cien < limite), "")
        return cien.normalize() + 0, estado or ("adecuado" if cien <= 110 else "sobrecumplido")


@pytest.fixture
def plantilla(plantilla_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """El municipio mínimo, con la ventana de marzo, en un archivo que cada vida copia."""
    ruta = tmp_path / "plantilla.sqlite"
    shutil.copy(plantilla_sqlite, ruta)
    url = f"sqlite:///{ruta}"
    monkeypatch.setenv("SIEM_HOME", str(tmp_path))
    monkeypatch.setenv("SIEM_DATABASE_URL", url)
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        abre = datetime(2026, 4, 1, tzinfo=LOCAL)
        session.add(Ventana(anio=ANIO, mes=3, clase=ClaseCaptura.ACTIVIDADES, abre=abre, cierra=PLAZO))
    for escribe in (False, True):
        motor(url, escribe).dispose()
    motor.cache_clear()
    yield ruta
    motor.cache_clear()


def test_ninguna_vida_rompe_lo_que_el_calculo_promete(
    plantilla: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vida.plantilla = plantilla
    with reading() as session:
        Vida.bandas = bandas(session, ANIO)
    Vida.poner = lambda url: monkeypatch.setenv("SIEM_DATABASE_URL", url)
    run_state_machine_as_test(
        Vida,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
