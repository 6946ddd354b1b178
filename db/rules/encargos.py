"""Lo común a los registros de la unidad: campos, etapas, folio, qué exige cada paso y cuándo algo urge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.rules.estado import Estado
from db.rules.formato import fecha, moneda, numero
from db.rules.permisos import Accion
from db.rules.problema import Problema


class Tipo(StrEnum):
    """Qué se escribe en un campo; el dinero en centavos, la cantidad en Decimal."""

    LINEA = "linea"
    PARRAFO = "parrafo"
    FECHA = "fecha"
    ENTERO = "entero"
    CANTIDAD = "cantidad"
    DINERO = "dinero"
    OPCION = "opcion"
    SI_NO = "si_no"
    LIGADO = "ligado"
    """El id de un renglón de otra tabla; `fuente` dice de cuál."""


LARGOS = {Tipo.LINEA: 300, Tipo.PARRAFO: 8_000}


@dataclass(frozen=True, slots=True)
class Campo:
    """Un dato de un registro. `clave` es su columna; `minimo` y `maximo`, los límites de un número."""

    clave: str
    rotulo: str
    tipo: Tipo = Tipo.LINEA
    ayuda: str = ""
    opciones: Mapping[str, str] = field(default_factory=dict)
    fuente: str = ""
    """Para un ligado: de qué lista se elige («tramites», «grupos», «personas»)."""
    obligado: bool = False
    vacio: bool = False
    """En un número, vacío es «sin dato» y no cero."""
    minimo: int | None = None
    maximo: int | None = None


@dataclass(frozen=True, slots=True)
class Detalle:
    """Renglones propios de un encargo: los sectores de una política, los riesgos de un proyecto.

    `clave` es su tabla; `unico`, los campos que no se repiten; `orden`, por los que se lista.
    """

    clave: str
    nombre: str
    uno: str
    campos: tuple[Campo, ...]
    unico: tuple[str, ...] = ()
    orden: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Etapa:
    """Un momento en la vida de un encargo."""

    palabra: str
    icono: str
    siguen: tuple[str, ...] = ()
    final: bool = False
    """Ya no se le debe nada."""
    autoriza: bool = False
    """Sólo quien autoriza el registro lo lleva aquí."""
    razon: bool = False
    """Para llegar aquí hay que decir por qué."""
    requiere: tuple[str, ...] = ()
    """Campos, detalles, «pasos», «ligas», «participantes» o «evidencias» que no pueden estar vacíos."""


@dataclass(frozen=True, slots=True)
class Registro:
    """Un registro de la unidad; la primera etapa es la inicial. `clave` es el nombre de su tabla."""

    clave: str
    nombre: str
    uno: str
    """Cómo se llama uno: «estudio»."""
    prefijo: str
    pagina: str
    que_es: str
    etapas: Mapping[str, Etapa]
    campos: tuple[Campo, ...] = ()
    detalles: tuple[Detalle, ...] = ()
    femenino: bool = False
    pasos: str = "Calendario"
    """Cómo se llaman sus pasos: «Entregables», «Fases e hitos»; vacío, no tiene."""
    ligas: tuple[str, ...] = ("nodo", "programa", "indicador", "proyecto", "acuerdo")
    vigencia: str = ""
    """El campo con la fecha en que deja de valer, aunque ya esté terminado."""
    ver: Accion = Accion.VER_REGISTROS
    editar: Accion = Accion.EDITAR_REGISTROS
    autorizar: Accion = Accion.AUTORIZAR_REGISTROS

    @property
    def inicial(self) -> str:
        return next(iter(self.etapas))

    def detalle(self, clave: str) -> Detalle:
        """El detalle de esa tabla; KeyError si no es suyo."""
        return {d.clave: d for d in self.detalles}[clave]


NOMBRES = {
    "pasos": "su calendario",
    "ligas": "a qué parte del plan toca",
    "participantes": "quién participa",
    "evidencias": "una evidencia",
}


def folio(registro: Registro, anio: int, consecutivo: int) -> str:
    """«EST-2026-003»."""
    return f"{registro.prefijo}-{anio}-{consecutivo:03d}"


def exigir_valores(campos: Sequence[Campo], datos: Mapping[str, Any]) -> dict[str, Any]:
    """Los datos de esos campos, limpios; Problema con su campo si uno es largo, falta o no cabe."""
    return {c.clave: _limpio(c, datos[c.clave]) for c in campos if c.clave in datos}


def _limpio(campo: Campo, valor: Any) -> Any:
    if isinstance(valor, str):
        valor = valor.strip()
        largo = LARGOS.get(campo.tipo)
        if largo and len(valor) > largo:
            raise Problema(
                f"«{campo.rotulo}» tiene {len(valor):,} letras; caben {largo:,}.", "Resúmalo.", campo.clave
            )
    if campo.obligado and (valor is None or valor == ""):
        raise Problema(f"Falta «{campo.rotulo}».", "Escríbalo.", campo.clave)
    if campo.tipo is Tipo.OPCION and valor not in campo.opciones:
        raise Problema(f"«{campo.rotulo}» no está en la lista.", "Elija de la lista.", campo.clave)
    if isinstance(valor, int | Decimal) and not isinstance(valor, bool):
        _exigir_limites(campo, valor)
    return valor


def _exigir_limites(campo: Campo, valor: int | Decimal) -> None:
    minimo = campo.minimo if campo.minimo is not None or campo.tipo is Tipo.CANTIDAD else 0
    if minimo is not None and valor < minimo:
        raise Problema(f"«{campo.rotulo}» no puede ser menor que {minimo}.", "Corríjalo.", campo.clave)
    if campo.maximo is not None and valor > campo.maximo:
        raise Problema(f"«{campo.rotulo}» no puede ser mayor que {campo.maximo}.", "Corríjalo.", campo.clave)


def faltas(registro: Registro, etapa: str, tiene: Mapping[str, Any]) -> list[str]:
    """Qué le falta a un encargo para llegar a una etapa, en palabras.

    `tiene`: sus campos y, por nombre, sus detalles, pasos, ligas, participantes y evidencias.
    """
    rotulos = {c.clave: f"«{c.rotulo}»" for c in registro.campos}
    rotulos |= {d.clave: f"«{d.nombre}»" for d in registro.detalles} | NOMBRES
    return [rotulos[que] for que in registro.etapas[etapa].requiere if tiene.get(que) in (None, "", [], 0)]


def exigir_etapa(registro: Registro, de: str, a: str, razon: str, tiene: Mapping[str, Any]) -> None:
    """Problema si de una etapa no se pasa a la otra, si falta decir por qué o si le falta algo."""
    if a not in registro.etapas[de].siguen:
        palabras = [registro.etapas[e].palabra.lower() for e in registro.etapas[de].siguen]
        siguen = f"De ahí puede pasar a: {', '.join(palabras)}." if palabras else "Ya terminó."
        antes, despues = registro.etapas[de].palabra, registro.etapas[a].palabra
        raise Problema(f"De «{antes}» no se pasa a «{despues}».", siguen, campo="etapa")
    if registro.etapas[a].razon and not razon.strip():
        raise Problema("Diga por qué.", "Quedará en su historia.", campo="texto")
    if que := faltas(registro, a, tiene):
        raise Problema(
            f"Le falta {', '.join(que)}.",
            f"Escríbalo antes de pasar a «{registro.etapas[a].palabra.lower()}».",
            campo="etapa",
        )


def situacion(
    registro: Registro, etapa: str, vence: date | None, hoy: date, aviso: int, vigencia: date | None = None
) -> tuple[Estado, str]:
    """(estado, palabra): terminado, sin vigencia, vencido, por vencer, en tiempo o sin plazo."""
    if registro.etapas[etapa].final:
        if vigencia is not None and vigencia < hoy:
            return Estado.critico, "Perdió vigencia"
        return Estado.adecuado, registro.etapas[etapa].palabra
    if vence is None:
        return Estado.sin_meta, "Sin plazo"
    faltan = (vence - hoy).days
    if faltan < 0:
        return Estado.critico, f"Vencido hace {-faltan} {'día' if faltan == -1 else 'días'}"
    if faltan <= aviso:
        dias = f"Vence en {faltan} {'día' if faltan == 1 else 'días'}"
        return Estado.riesgo, dias if faltan else "Vence hoy"
    return Estado.adecuado, "En tiempo"


def avance(pasos: Sequence[date | None]) -> Decimal | None:
    """Porcentaje de pasos hechos (cada uno, su fecha o None); None si no hay pasos."""
    if not pasos:
        return None
    return Decimal(100) * sum(hecho is not None for hecho in pasos) / len(pasos)


def en_palabras(campo: Campo, valor: Any, ligado: str = "") -> str:
    """Un valor como se lee en una ficha o tabla; vacío si no hay. `ligado`, cómo se llama lo elegido."""
    if valor is None or valor == "":
        return ""
    if isinstance(valor, date):
        return fecha(valor)
    if campo.tipo is Tipo.SI_NO:
        return "Sí" if valor else "No"
    if campo.tipo is Tipo.OPCION:
        return campo.opciones.get(valor, str(valor))
    if campo.tipo is Tipo.LIGADO:
        return ligado
    if campo.tipo is Tipo.DINERO:
        return moneda(valor)
    return numero(valor) if isinstance(valor, int | Decimal) else str(valor)
