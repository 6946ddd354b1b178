"""Un resultado que se explica solo (calculo.md §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from db.rules.banda import Banda, clasificar
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import SIN_VALOR, numero, pct, pct_en_banda
from db.rules.periodo import Corte


@dataclass(frozen=True, slots=True)
class Insumo:
    """Un dato que entró al cálculo: su nombre, su valor y de dónde vino.

    El valor se escribe sólo cuando alguien abre la explicación: un tablero evalúa miles de hojas y se
    abre una. `en_pct` lo escribe como porcentaje; `peso`, con el peso que tuvo.
    """

    nombre: str
    valor: str | Decimal | None
    fuente: str = ""
    en_pct: bool = False
    peso: Decimal | None = None

    @property
    def escrito(self) -> str:
        """El valor como se lee; vacío es «sin dato»."""
        if self.valor is None:
            return "sin dato"
        if isinstance(self.valor, str):
            return self.valor
        texto = pct(self.valor, 2) if self.en_pct else numero(self.valor)
        return texto if self.peso is None else f"{texto} con peso {numero(self.peso, 4)}"


@dataclass(frozen=True, slots=True)
class Excluido:
    """Lo que quedó fuera del cálculo y por qué; `cuantos` cuando se resume."""

    nombre: str
    motivo: str
    cuantos: int = 1


@dataclass(frozen=True, slots=True)
class Detalle:
    """La respuesta a «¿Cómo se calculó?».

    `evaluados` de `total` cuentan hojas; `cuentan_cero` son las vencidas que pesan 0.
    """

    formula: str
    insumos: tuple[Insumo, ...] = ()
    excluidos: tuple[Excluido, ...] = ()
    evaluados: int = 0
    total: int = 0
    cuentan_cero: int = 0
    bandas: tuple[Banda, ...] = ()
    corte: Corte | None = None
    notas: tuple[str, ...] = ()

    @property
    def cobertura(self) -> str:
        """«3 de 5 evaluados; 1 sin reporte cuenta como 0», o vacío si no se cuentan hojas."""
        if not self.total:
            return ""
        texto = f"{self.evaluados} de {self.total} evaluados"
        if self.cuentan_cero == 1:
            return f"{texto}; 1 sin reporte cuenta como 0"
        if self.cuentan_cero:
            return f"{texto}; {self.cuentan_cero} sin reporte cuentan como 0"
        return texto

    def en_palabras(self) -> list[str]:
        """La explicación renglón por renglón, igual en pantalla y en los anexos."""
        lineas = [f"Fórmula: {self.formula}"]
        if self.corte:
            lineas.append(f"Corte: {self.corte.en_palabras}")
        lineas += [
            f"{i.nombre}: {i.escrito} ({i.fuente})" if i.fuente else f"{i.nombre}: {i.escrito}"
            for i in self.insumos
        ]
        if self.cobertura:
            lineas.append(f"Cobertura: {self.cobertura}")
        lineas += [
            f"Fuera del cálculo: {e.nombre}{f' ({e.cuantos})' if e.cuantos > 1 else ''}, {e.motivo}"
            for e in self.excluidos
        ]
        if self.bandas:
            lineas.append("Bandas: " + "; ".join(f"{b.palabra} {b.intervalo}" for b in self.bandas))
        return [*lineas, *self.notas]


@dataclass(frozen=True, slots=True)
class Resultado:
    """Valor en porcentaje (o None), su estado y su explicación."""

    valor: Decimal | None
    estado: Estado
    detalle: Detalle = field(repr=False)

    @property
    def banda(self) -> Banda | None:
        """La banda del valor, con su propia palabra; None si no lleva porcentaje o no usa bandas."""
        if self.valor is None or not self.detalle.bandas:
            return None
        return clasificar(self.valor, self.detalle.bandas)

    @property
    def palabra(self) -> str:
        """La palabra de su banda o de su estado."""
        return self.banda.palabra if self.banda else PRESENTACION[self.estado].palabra

    @property
    def icono(self) -> str:
        """El icono de su banda o de su estado."""
        return self.banda.icono if self.banda else PRESENTACION[self.estado].icono

    def cifra(self, decimales: int = 1) -> str:
        """El porcentaje escrito sin cruzar de banda; «—» si no hay."""
        if self.valor is None:
            return SIN_VALOR
        return pct_en_banda(self.valor, self.detalle.bandas, decimales)

    def a_dict(self) -> dict[str, Any]:
        """El resultado en tipos de JSON, para congelarlo en un cierre."""
        d = self.detalle
        return {
            "valor": _texto(self.valor),
            "estado": str(self.estado),
            "detalle": {
                "formula": d.formula,
                "insumos": [[i.nombre, i.escrito, i.fuente] for i in d.insumos],
                "excluidos": [[e.nombre, e.motivo, e.cuantos] for e in d.excluidos],
                "evaluados": d.evaluados,
                "total": d.total,
                "cuentan_cero": d.cuentan_cero,
                "bandas": [_banda_a_dict(b) for b in d.bandas],
                "corte": [d.corte.anio, d.corte.mes] if d.corte else None,
                "notas": list(d.notas),
            },
        }

    @classmethod
    def de_dict(cls, datos: Mapping[str, Any]) -> "Resultado":
        """El inverso de `a_dict`."""
        d = datos["detalle"]
        detalle = Detalle(
            formula=d["formula"],
            insumos=tuple(Insumo(*i) for i in d["insumos"]),
            excluidos=tuple(Excluido(*e) for e in d["excluidos"]),
            evaluados=d["evaluados"],
            total=d["total"],
            cuentan_cero=d["cuentan_cero"],
            bandas=tuple(_banda_de_dict(b) for b in d["bandas"]),
            corte=Corte(*d["corte"]) if d["corte"] else None,
            notas=tuple(d["notas"]),
        )
        return cls(_decimal(datos["valor"]), Estado(datos["estado"]), detalle)


def _texto(valor: Decimal | None) -> str | None:
    return None if valor is None else str(valor)


def _decimal(texto: str | None) -> Decimal | None:
    return None if texto is None else Decimal(texto)


def _banda_a_dict(b: Banda) -> dict[str, Any]:
    return {
        "codigo": b.codigo,
        "palabra": b.palabra,
        "icono": b.icono,
        "color": b.color,
        "inferior": _texto(b.inferior),
        "superior": _texto(b.superior),
        "equivale": str(b.equivale),
    }


def _banda_de_dict(d: Mapping[str, Any]) -> Banda:
    return Banda(
        d["codigo"],
        d["palabra"],
        d["icono"],
        d["color"],
        _decimal(d["inferior"]),
        _decimal(d["superior"]),
        Estado(d["equivale"]),
    )
