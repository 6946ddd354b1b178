"""Formato anteproyecto: partidas propuestas por dependencia auxiliar y proyecto, con su calendario."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from dashboard.imports.estructura import ANIO, AUXILIAR, GENERAL, PROYECTO
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.anteproyecto import FilaPartida, cargar_partidas
from db.actions.anteproyecto_cierre import exigir_deshacible
from db.actions.cargas import Cuenta
from db.models.bitacora import Carga
from db.models.catalogo import NombreCatalogo
from db.queries.anteproyecto import etapas
from db.queries.anteproyecto_revision import catalogo
from db.queries.estructura import dependencias
from db.queries.programas import proyectos
from db.rules.anteproyecto import (
    MAXIMO,
    MESES,
    Propuesta,
    calendarizar,
    capitulo_de,
    fuente_valida,
    partida_valida,
    tipo_de_gasto,
)
from db.rules.formato import moneda
from db.rules.permisos import Accion, Actor, Objeto, puede
from db.rules.problema import Problema

TIPOS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class DatosPartidas:
    """En qué etapa se guarda y las partidas del archivo."""

    etapa_id: int
    filas: list[FilaPartida]


def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
    """Cada renglón con su lugar, su partida y sus meses. Problema si no hay etapa abierta de ese año."""
    assert contexto.anio is not None and contexto.ente_id is not None
    etapa = _abierta(session, contexto.anio, contexto.ente_id)
    revisor = Revisor(lectura)
    lector = _Lector(session, revisor, contexto)
    filas = [fila for renglon in revisor if (fila := lector.fila(renglon)) is not None]
    revisor.terminar()
    revision = Revision(DatosPartidas(etapa["id"], filas), revisor.problemas, revisor.avisos)
    # La etapa ya existe: cargar su archivo no crea el ejercicio.
    revision.ejercicio = False
    revision.avisos.insert(0, f"Se guarda en: {etapa['nombre']} {etapa['anio']}.")
    por_capitulo: dict[str, int] = defaultdict(int)
    for fila in filas:
        por_capitulo[capitulo_de(fila.propuesta.partida)] += fila.propuesta.anual
    revision.totales = [
        ("Partidas", f"{len(filas):,}"),
        *((f"Capítulo {clave}", moneda(monto)) for clave, monto in sorted(por_capitulo.items())),
        ("Total", moneda(sum(por_capitulo.values()))),
    ]
    return revision


def _abierta(session: Session, anio: int, ente_id: int) -> dict[str, Any]:
    abiertas = [e for e in etapas(session, ente_id=ente_id) if e["estado"] == "abierta"]
    for etapa in abiertas:
        if etapa["anio"] == anio:
            return etapa
    cuales = ", ".join(str(e["anio"]) for e in abiertas) or "ninguno"
    raise Problema(
        f"El presupuesto {anio} no tiene una etapa abierta.",
        f"Abiertos: {cuales}. Escriba el año en la columna ejercicio o ábralo en Anteproyecto.",
    )


class _Lector:
    """Lee los renglones contra lo que la base conoce."""

    def __init__(self, session: Session, revisor: Revisor, contexto: Contexto) -> None:
        assert contexto.anio is not None
        self.revisor, self.contexto = revisor, contexto
        self.anio = contexto.anio
        self._dependencias = dependencias(session, contexto.ente_id)
        self._proyectos = proyectos(session, contexto.anio)
        self._partidas = frozenset(catalogo(session, NombreCatalogo.OBJETO_GASTO))
        self._fuentes = frozenset(catalogo(session, NombreCatalogo.FUENTE))
        self._vistos: dict[tuple[int, int, str, str], int] = {}

    def fila(self, renglon: Renglon) -> FilaPartida | None:
        """La partida de un renglón; None si algo está mal, que queda anotado en su celda."""
        if not self._es_del_anio(renglon):
            return None
        auxiliar_id, proyecto_id = self._auxiliar(renglon), self._proyecto(renglon)
        fuente = self._de_catalogo(renglon, "fuente", fuente_valida(renglon.texto("fuente"), self._fuentes))
        partida = self._de_catalogo(
            renglon, "partida", partida_valida(renglon.texto("partida"), self._partidas)
        )
        tipo, meses = self._tipo(renglon, partida or ""), self._meses(renglon)
        if auxiliar_id is None or proyecto_id is None or not fuente or not partida or not meses or not tipo:
            return None
        previo = self._vistos.setdefault((auxiliar_id, proyecto_id, fuente, partida), renglon.numero)
        if previo != renglon.numero:
            renglon.falla(
                "partida", f"ya está en el renglón {previo}", "Junte los dos importes en un renglón."
            )
            return None
        propuesta = Propuesta(fuente, partida, meses, tipo, renglon.texto("justificacion")[:300])
        return FilaPartida(auxiliar_id, proyecto_id, propuesta)

    def _es_del_anio(self, renglon: Renglon) -> bool:
        escrito = renglon.texto("anio")
        if not escrito or escrito.removesuffix(".0") == str(self.anio):
            return True
        renglon.falla("anio", f"no es de {self.anio}", "Cargue un año a la vez.")
        return False

    def _auxiliar(self, renglon: Renglon) -> int | None:
        general, auxiliar = renglon.clave("clave_dep_general"), renglon.clave("clave_dep_auxiliar")
        if general is None or auxiliar is None:
            return None
        objeto = Objeto(self.contexto.ente_id, self._dependencias.superiores(general, auxiliar))
        hallada = self._dependencias.auxiliares.get((general, auxiliar))
        if hallada is None or not puede(self.contexto.actor, Accion.EDITAR_ANTEPROYECTO, objeto):
            # A quien no puede se le dice lo mismo que si no existiera.
            renglon.falla(
                "clave_dep_auxiliar",
                f"la dependencia {general}-{auxiliar} no existe o no es la suya",
                "Revise las claves con planeación.",
            )
            return None
        return hallada

    def _proyecto(self, renglon: Renglon) -> int | None:
        codigo = renglon.codigo("codigo_proyecto", 12)
        if codigo is not None and codigo not in self._proyectos:
            renglon.falla(
                "codigo_proyecto",
                f"el proyecto {codigo} no existe en {self.anio}",
                "Cárguelo antes con el formato Programas y proyectos.",
            )
        return self._proyectos.get(codigo or "")

    def _de_catalogo(self, renglon: Renglon, campo: str, valida: bool) -> str | None:
        escrito = renglon.obligado(campo)
        if escrito is None or valida:
            return escrito
        nombre = "por Objeto del Gasto" if campo == "partida" else "por Fuentes de Financiamiento"
        renglon.falla(campo, f"«{escrito}» no está en el Clasificador {nombre}", "Escriba sólo su clave.")
        return None

    def _tipo(self, renglon: Renglon, partida: str) -> str | None:
        escrito = renglon.texto("tipo_gasto")
        if escrito and escrito not in TIPOS:
            renglon.falla("tipo_gasto", "no es un tipo de gasto", f"Use uno de: {', '.join(TIPOS)}.")
            return None
        return escrito or tipo_de_gasto(partida)

    def _meses(self, renglon: Renglon) -> tuple[int, ...] | None:
        """Los doce meses escritos o, si no hay ninguno, el anual repartido parejo."""
        antes = len(self.revisor.problemas)
        anual = self._importe(renglon, "importe_anual")
        escritos = {mes: self._importe(renglon, mes) for mes in MESES}
        if len(self.revisor.problemas) > antes:
            return None
        con_meses = any(importe is not None for importe in escritos.values())
        meses = tuple(escritos[mes] or 0 for mes in MESES) if con_meses else calendarizar(anual or 0)
        if not any(meses):
            renglon.falla("importe_anual", "no tiene importe", "Escriba el anual o sus meses.")
            return None
        if anual is not None and anual != sum(meses):
            renglon.falla(
                "importe_anual",
                f"los meses suman {moneda(sum(meses))} y el anual dice {moneda(anual)}",
                "Corrija los meses, o deje vacío el anual.",
            )
            return None
        return meses

    def _importe(self, renglon: Renglon, campo: str) -> int | None:
        centavos = renglon.leer(campo, valores.centavos)
        if centavos is not None and not 0 <= centavos < MAXIMO:
            renglon.falla(campo, "no es un importe posible", "Escriba pesos, sin signo.")
        return centavos


def guardar(session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance) -> Cuenta:
    """Guarda las partidas en la etapa abierta."""
    al_avanzar(0.2, "Guardando las partidas")
    datos: DatosPartidas = revision.datos
    return cargar_partidas(session, actor, datos.etapa_id, datos.filas)


FORMATO = Formato(
    nombre="anteproyecto",
    titulo="Anteproyecto (partidas por proyecto)",
    para_que=(
        "Lo que cada dependencia propone gastar el año siguiente, por proyecto, fuente, partida y mes.\n"
        "Cada proyecto que venga en el archivo queda sólo con las partidas del archivo."
    ),
    columnas=(
        replace(ANIO, obligatoria=True, ejemplo="2027", titulo="ejercicio"),
        GENERAL,
        AUXILIAR,
        PROYECTO,
        Columna(
            "fuente",
            ("fuente de financiamiento", "clave fuente"),
            ayuda="Clave de la fuente de financiamiento.",
            ejemplo="110101",
        ),
        Columna(
            "partida",
            ("partida de gasto", "clave partida", "objeto del gasto"),
            ayuda="Partida de cuatro o cinco dígitos; no un capítulo ni un concepto.",
            ejemplo="1130",
        ),
        Columna(
            "tipo_gasto",
            ("tipo de gasto",),
            False,
            "Del 1 al 5; si falta, el usual de su capítulo.",
            "1",
            TIPOS,
        ),
        Columna(
            "importe_anual",
            ("anual", "importe", "total anual", "presupuesto anual"),
            False,
            "Si no escribe los meses, se reparte parejo en doce.",
            "120000.00",
        ),
        *(Columna(mes, (mes[:3],), False, f"Pesos de {mes}.") for mes in MESES),
        Columna("justificacion", ("observaciones",), False, "Para qué se necesita."),
    ),
    permiso=Accion.EDITAR_ANTEPROYECTO,
    revisar=revisar,
    guardar=guardar,
    pide=frozenset({"ejercicio", "ente"}),
    deshacer=exigir_deshacible,
    por_renglon=True,
    instrucciones=(
        "Un renglón por dependencia auxiliar, proyecto, fuente y partida, en pesos con centavos.",
        "Escriba los doce meses, o sólo el importe anual: los meses deben sumar el año al centavo.",
    ),
)
