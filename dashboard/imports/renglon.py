"""Recorrer los renglones leídos y convertir sus textos, juntando todos los problemas con su celda."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from dashboard.imports.lectura import valores
from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from dashboard.imports.lectura.valores import ValorInvalido
from db.rules.texto import normal

PROBLEMAS_MAXIMOS = 1000
"""Más no ayudan a corregir; los que sobran se cuentan en un aviso."""

CANTIDAD_MAXIMA = 10**12
"""La columna guarda millonésimas en 64 bits."""

V = TypeVar("V")


def renglones(cuantos: int) -> str:
    """«1 renglón», «1,234 renglones»."""
    return "1 renglón" if cuantos == 1 else f"{cuantos:,} renglones"


class Renglon:
    """Un renglón de datos; sus métodos devuelven el valor, o None después de anotar el problema."""

    def __init__(self, revisor: "Revisor", i: int) -> None:
        self._revisor = revisor
        self.i = i

    @property
    def numero(self) -> int:
        """El número de renglón en la hoja."""
        return self._revisor.lectura.filas[self.i]

    def texto(self, campo: str) -> str:
        """El texto limpio de la celda; vacío si no hay."""
        columna = self._revisor.lectura.columnas.get(campo)
        return normal(columna[self.i] or "") if columna is not None else ""

    def obligado(self, campo: str) -> str | None:
        """El texto; si falta es un problema."""
        if texto := self.texto(campo):
            return texto
        self.falla(campo, f"falta «{campo}»", "Escriba el dato o borre el renglón completo.")
        return None

    def codigo(self, campo: str, largo: int) -> str | None:
        """Código de dígitos; repone los ceros que una hoja de cálculo quitó al tratarlo como número."""
        return self._codigo(campo, (largo,), valores.DIGITOS)

    def codigo_de(self, campo: str, largos: tuple[int, ...]) -> str | None:
        """Como `codigo`, si puede tener varios largos."""
        return self._codigo(campo, largos, valores.DIGITOS)

    def clave(self, campo: str) -> str | None:
        """Clave corta de letras y dígitos («A00», «100»), en mayúsculas."""
        return self._codigo(campo, (), valores.DIGITOS + valores.MAYUSCULAS)

    def _codigo(self, campo: str, largos: tuple[int, ...], alfabeto: str) -> str | None:
        if self.obligado(campo) is None:
            return None
        leido = self.leer(campo, lambda celda: valores.codigo(celda, largos, alfabeto))
        if leido is None:
            return None
        if leido.valor != self.texto(campo) and leido.valor.startswith("0"):
            self._revisor.repuestos[campo] = self._revisor.repuestos.get(campo, 0) + 1
        return leido.valor

    def leer(self, campo: str, lector: Callable[[str], V]) -> V | None:
        """Lo que da un lector de `lectura.valores`; si no puede, anota por qué y devuelve None."""
        try:
            return lector(self.texto(campo))
        except ValorInvalido as error:
            self.falla(campo, error.regla, error.remedio)
            return None

    def cantidad(self, campo: str) -> Decimal | None:
        """Cantidad exacta no negativa; vacío es None y no es un problema."""
        valor = self.leer(campo, valores.cantidad)
        if valor is None:
            return None
        if valor < 0:
            self.falla(campo, "no puede ser negativo", "Escriba la cantidad sin signo.")
            return None
        if valor != round(valor, 6) or valor >= CANTIDAD_MAXIMA:
            self.falla(campo, "tiene más de seis decimales o es demasiado grande", "Redondee la cantidad.")
            return None
        return valor

    def entero(self, campo: str) -> int | None:
        """Número entero no negativo y obligatorio."""
        if self.obligado(campo) is None:
            return None
        valor = self.cantidad(campo)
        if valor is not None and valor != valor.to_integral_value():
            self.falla(campo, "debe ser un número entero", "Quite los decimales.")
            return None
        return None if valor is None else int(valor)

    def falla(self, campo: str, regla: str, remedio: str, grave: bool = True) -> None:
        """Anota un problema de esta celda (o del renglón, si el archivo no trae la columna)."""
        lectura = self._revisor.lectura
        celda = lectura.celda(campo, self.i) if campo in lectura.letras else f"renglón {self.numero}"
        valor = self.texto(campo)
        self._revisor.anotar(ProblemaCelda(lectura.hoja, celda, valor[:200], regla, remedio, grave))


class Revisor:
    """Los renglones de una lectura, y los problemas y avisos que van saliendo."""

    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.problemas = list(lectura.problemas)
        self.avisos: list[str] = []
        self.repuestos: dict[str, int] = {}
        self.omitidas = 0
        self._de_mas = 0

    def __iter__(self) -> Iterator[Renglon]:
        return (Renglon(self, i) for i in range(len(self.lectura.filas)))

    def trae(self, campo: str) -> bool:
        """¿El archivo trae esa columna?"""
        return campo in self.lectura.columnas

    def anotar(self, problema: ProblemaCelda) -> None:
        """Agrega un problema, hasta un máximo."""
        if len(self.problemas) < PROBLEMAS_MAXIMOS:
            self.problemas.append(problema)
        else:
            self._de_mas += 1

    def omitir(self, aviso: str = "") -> None:
        """Cuenta un renglón que no se carga."""
        self.omitidas += 1
        if aviso:
            self.avisos.append(aviso)

    def terminar(self) -> None:
        """Convierte en avisos lo que se reparó y lo que no cupo."""
        for campo, veces in self.repuestos.items():
            self.avisos.append(f"Se repuso el cero inicial de «{campo}» en {renglones(veces)}.")
        if self._de_mas:
            self.avisos.append(f"Hay otros {self._de_mas:,} problemas que no se enlistan.")
