"""Conciliar con Tesorería: qué se compara, cuánto difiere y qué identidad rompe una clave. En centavos."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.rules.formato import mes_nombre, moneda
from db.rules.presupuesto import Hallazgo, Momentos, revisar

Importes = Mapping[str, int]
"""Centavos por momento."""

GASTO = ("comprometido", "devengado", "ejercido", "pagado")
"""Momentos que sólo crecen dentro del año: lo acumulado no debe bajar de un mes a otro."""

CLASIFICACIONES = {
    "programa": "programa",
    "proyecto": "proyecto",
    "dependencia_general": "dependencia",
    "capitulo": "capítulo",
    "partida": "partida",
    "fuente": "fuente de financiamiento",
    "funcion": "función",
    "tipo_gasto": "tipo de gasto",
}
"""Por lo que se vuelve a sumar el corte, y cómo se dice."""

LADOS = ("aprobado", "modificado", "devengado", "pagado")
"""Lo que el EAEPE y las claves dicen los dos."""

PARTES = {
    "cuadre": "Suma por",
    "identidad": "Clave",
    "cambio": "Cambio en la clave",
    "eaepe": "EAEPE",
    "plan": "Dinero y plan",
}
"""De qué es un hallazgo: la primera parte de su referencia."""

SEPARADOR = ":"


@dataclass(frozen=True, slots=True)
class Cuadre:
    """Lo que difiere una suma de su control; cuadra si no difiere un centavo."""

    diferencia: dict[str, int]

    @property
    def cuadra(self) -> bool:
        return not any(self.diferencia.values())

    @property
    def mayor(self) -> int:
        """La diferencia más grande, con su signo; 0 si cuadra."""
        return max(self.diferencia.values(), key=abs, default=0)

    @property
    def en_palabras(self) -> str:
        """«difiere $0.01 en devengado»; vacío si cuadra."""
        partes = [f"{moneda(c)} en {m.replace('_', ' ')}" for m, c in self.diferencia.items() if c]
        return f"difiere {', '.join(partes)}" if partes else ""


def con_modificado(importes: Importes) -> dict[str, int]:
    """Los momentos con su modificado = aprobado + ampliaciones − reducciones."""
    modificado = importes["aprobado"] + importes["ampliaciones"] - importes["reducciones"]
    return {**importes, "modificado": modificado}


def cuadrar(control: Importes, suma: Importes) -> Cuadre:
    """Suma menos control, momento por momento, de los que el control trae."""
    return Cuadre({momento: suma.get(momento, 0) - centavos for momento, centavos in control.items()})


def identidades(momentos: Momentos) -> list[tuple[Hallazgo, int]]:
    """Las identidades rotas de una clave al corte, con lo que se pasa cada una."""
    return [(h, _exceso(h.regla, momentos)) for h in revisar(momentos)]


def _exceso(regla: str, momentos: Momentos) -> int:
    mayor, hay, menor = regla.partition(" ≥ ")
    if not hay:
        return sum(min(0, getattr(momentos, campo)) for campo in momentos.__dataclass_fields__)
    return int(getattr(momentos, menor) - getattr(momentos, mayor))


def baja(momento: str, mes: int, centavos: int) -> Hallazgo:
    """Lo que significa un importe negativo en un mes: si es gasto, lo acumulado baja."""
    cuando, cuanto = mes_nombre(mes), moneda(-centavos)
    if momento in GASTO:
        return Hallazgo("lo acumulado no baja", f"{momento} acumulado baja {cuanto} en {cuando}")
    return Hallazgo("sin negativos", f"{momento} es {moneda(centavos)} en {cuando}")


def referencia(parte: str, *resto: object) -> str:
    """El nombre con que una observación se queda unida a un hallazgo: «cuadre:programa:1»."""
    return SEPARADOR.join((parte, *map(str, resto)))


def en_palabras(cual: str) -> str:
    """La referencia dicha: «Suma por programa», «Clave A00-…». Lo desconocido, tal cual."""
    parte, _, resto = cual.partition(SEPARADOR)
    if parte not in PARTES:
        return cual
    objeto = resto.rpartition(SEPARADOR)[0] or resto
    if parte == "cuadre":
        return (
            "Total de control" if objeto == "detalle" else f"Suma por {CLASIFICACIONES.get(objeto, objeto)}"
        )
    if parte == "eaepe":
        por, _, codigo = objeto.partition(SEPARADOR)
        return f"EAEPE por {CLASIFICACIONES.get(por, por)} {codigo}".strip()
    if parte == "plan":
        return "Dinero sin plan" if objeto == "sin_plan" else "Plan sin dinero"
    return f"{PARTES[parte]} {objeto}"
