"""Un formato de archivo por registro: sus columnas son lo común a todo encargo y los campos que declara.

Con folio corrige el que ya está; sin folio abre uno nuevo.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from dashboard.imports.estructura import AUXILIAR, GENERAL
from dashboard.imports.formato import Avance, Columna, Contexto, Formato, Revision
from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.renglon import Renglon, Revisor
from dashboard.imports.titulares import dependencia
from db.actions.cargas import Cuenta
from db.actions.encargos import abrir, editar
from db.models.bitacora import Carga
from db.queries.encargos import por_folio
from db.queries.estructura import Dependencias, dependencias
from db.queries.listas import opciones
from db.rules.encargos import Campo, Registro, Tipo, exigir_valores
from db.rules.permisos import Actor
from db.rules.problema import Problema
from db.rules.registros import REGISTROS
from db.rules.texto import llave

PISTAS = {Tipo.FECHA: "dd/mm/aaaa.", Tipo.DINERO: "Pesos.", Tipo.SI_NO: "Sí o No."}
SI_NO = ("Sí", "No")


@dataclass(frozen=True, slots=True)
class FilaEncargo:
    """Un renglón leído: qué encargo es (None, uno nuevo) y sus datos."""

    encargo_id: int | None
    version: int
    datos: dict[str, Any]


def de_registro(registro: Registro) -> Formato:
    """El formato de un registro."""
    return Formato(
        nombre=registro.clave,
        titulo=registro.nombre,
        para_que=f"{registro.que_es}\nSin folio abre uno nuevo; con folio corrige el que ya está.",
        columnas=(
            Columna("folio", (), False, "Vacío si es nuevo; con folio, corrige el que ya está."),
            Columna("titulo", ("nombre",), ayuda="Cómo se llama."),
            GENERAL,
            Columna(AUXILIAR.nombre, AUXILIAR.alias, False, "Vacía si responde la general.", "100"),
            Columna("resumen", (), False, "De qué se trata."),
            Columna("inicio", ("desde",), False, "dd/mm/aaaa; vacía, hoy."),
            Columna("vence", ("para el", "plazo"), False, "dd/mm/aaaa."),
            *(_columna(c) for c in registro.campos),
        ),
        permiso=registro.editar,
        revisar=_revisar(registro),
        guardar=_guardar(registro),
        pide=frozenset({"ente"}),
        deshacer=_no_se_deshace,
        por_renglon=True,
        instrucciones=("Un renglón por cada uno. Lo que deje vacío en uno que ya está, queda vacío.",),
    )


def _columna(campo: Campo) -> Columna:
    valores_de = SI_NO if campo.tipo is Tipo.SI_NO else tuple(campo.opciones.values())
    return Columna(
        campo.clave,
        (campo.rotulo.lower(),),
        campo.obligado,
        PISTAS.get(campo.tipo, campo.ayuda or f"{campo.rotulo}."),
        opciones=valores_de,
        titulo=campo.clave,
    )


def _revisar(registro: Registro) -> Callable[[Session, Lectura, Contexto], Revision]:
    def revisar(session: Session, lectura: Lectura, contexto: Contexto) -> Revision:
        revisor = Revisor(lectura)
        claves = dependencias(session, contexto.ente_id)
        ligados = {c.fuente: opciones(session, fuente=c.fuente) for c in registro.campos if c.fuente}
        ya = por_folio(session, registro=registro.clave)
        filas = [
            fila for renglon in revisor if (fila := _leer(registro, renglon, claves, ligados, ya)) is not None
        ]
        revisor.terminar()
        revision = Revision(filas, revisor.problemas, revisor.avisos, ejercicio=False)
        nuevos = sum(f.encargo_id is None for f in filas)
        revision.totales = [("Nuevos", f"{nuevos:,}"), ("Se corrigen", f"{len(filas) - nuevos:,}")]
        return revision

    return revisar


def _leer(
    registro: Registro,
    renglon: Renglon,
    claves: Dependencias,
    ligados: Mapping[str, Mapping[int, str]],
    ya: Mapping[str, tuple[int, int]],
) -> FilaEncargo | None:
    titulo, area = renglon.obligado("titulo"), dependencia(renglon, claves)
    folio = renglon.texto("folio").upper()
    if folio and folio not in ya:
        renglon.falla("folio", "no hay ninguno con ese folio", "Deje vacía la celda si es nuevo.")
        return None
    datos = {
        "titulo": titulo,
        "dependencia_id": area,
        "resumen": renglon.texto("resumen"),
        "inicio": renglon.leer("inicio", valores.fecha),
        "vence": renglon.leer("vence", valores.fecha),
    }
    datos |= {c.clave: _valor(renglon, c, ligados.get(c.fuente, {})) for c in registro.campos}
    try:
        exigir_valores(registro.campos, datos)
    except Problema as problema:
        renglon.falla(problema.campo or "titulo", problema.mensaje, problema.remedio)
        return None
    if titulo is None or area is None:
        return None
    cual, version = ya.get(folio, (None, 0))
    return FilaEncargo(cual, version, datos)


def _valor(renglon: Renglon, campo: Campo, ligados: Mapping[int, str]) -> Any:
    texto = renglon.texto(campo.clave)
    if campo.tipo is Tipo.SI_NO:
        return llave(texto) in ("si", "x", "1", "verdadero")
    if campo.tipo is Tipo.FECHA:
        return renglon.leer(campo.clave, valores.fecha)
    if campo.tipo in (Tipo.ENTERO, Tipo.CANTIDAD, Tipo.DINERO):
        return _numero(renglon, campo)
    if campo.tipo is Tipo.OPCION:
        return _elegido(renglon, campo, campo.opciones) or next(iter(campo.opciones))
    return _elegido(renglon, campo, ligados) if campo.tipo is Tipo.LIGADO else texto


def _numero(renglon: Renglon, campo: Campo) -> Any:
    leido = renglon.leer(campo.clave, valores.centavos if campo.tipo is Tipo.DINERO else valores.cantidad)
    if leido is None:
        return None if campo.vacio or campo.tipo is Tipo.CANTIDAD else 0
    return leido if campo.tipo is Tipo.CANTIDAD else int(leido)


def _elegido(renglon: Renglon, campo: Campo, valores_de: Mapping[Any, str]) -> Any:
    """El de la lista que se llama así o que empieza con esa clave; None si la celda está vacía."""
    texto = llave(renglon.texto(campo.clave))
    if not texto:
        return None
    iguales = [v for v, rotulo in valores_de.items() if llave(rotulo) == texto]
    parecidos = [v for v, rotulo in valores_de.items() if llave(rotulo).startswith(f"{texto} ")]
    if hallado := iguales or parecidos:
        return hallado[0]
    renglon.falla(campo.clave, "no está en la lista", "Elija de la lista de la plantilla o de la pantalla.")
    return None


def _guardar(registro: Registro) -> Callable[[Session, Actor, Revision, Carga, Avance], Cuenta]:
    def guardar(
        session: Session, actor: Actor, revision: Revision, carga: Carga, al_avanzar: Avance
    ) -> Cuenta:
        filas: list[FilaEncargo] = revision.datos
        for n, fila in enumerate(filas):
            al_avanzar(n / max(len(filas), 1), f"Guardando {registro.nombre.lower()}")
            if fila.encargo_id is None:
                abrir(session, actor, registro=registro.clave, datos=fila.datos)
            else:
                editar(session, actor, encargo_id=fila.encargo_id, version=fila.version, datos=fila.datos)
        nuevas = sum(f.encargo_id is None for f in filas)
        return Cuenta(len(filas), len(filas), 0, nuevas=nuevas, cambian=len(filas) - nuevas)

    return guardar


def _no_se_deshace(session: Session, carga: Carga) -> None:
    raise Problema(
        "Lo que entra a un registro ya tiene historia, y la historia no se borra.",
        "Corríjalo en su ficha o cargue otra vez el archivo corregido.",
    )


FORMATOS = tuple(de_registro(r) for r in REGISTROS.values())
