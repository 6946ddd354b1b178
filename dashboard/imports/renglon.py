"""Recorrer los renglones leídos y convertir sus textos, juntando todos los problemas con su celda."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dashboard.imports.lectura.lectura import Lectura
from dashboard.imports.lectura.problema_celda import ProblemaCelda
from db.rules.formato import leer_numero
from db.rules.texto import normal

PROBLEMAS_MAXIMOS = 1000
"""Más no ayudan a corregir; los que sobran se cuentan en un aviso."""

_NUMERO_DE_EXCEL = re.compile(r"\d+\.0+")
REMEDIO_NUMERO = "Escriba sólo el número, por ejemplo 1,234.5; deje vacía la celda si no hay dato."


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
        texto = self.obligado(campo)
        if texto is None:
            return None
        digitos = texto.split(".")[0] if _NUMERO_DE_EXCEL.fullmatch(texto) else texto.replace(" ", "")
        if len(digitos) == largo and digitos.isascii() and digitos.isdigit():
            return digitos
        # Todo código programático empieza con un cero; si falta más de uno, el código está incompleto.
        if len(digitos) == largo - 1 and digitos.isascii() and digitos.isdigit() and digitos[0] != "0":
            self._revisor.repuestos[campo] = self._revisor.repuestos.get(campo, 0) + 1
            return "0" + digitos
        self.falla(campo, f"debe tener {largo} dígitos", "Escríbalo como texto, con sus ceros iniciales.")
        return None

    def clave(self, campo: str) -> str | None:
        """Clave corta («A00», «100»), en mayúsculas; repone los ceros de una de tres dígitos."""
        texto = self.obligado(campo)
        if texto is None:
            return None
        limpia = texto.split(".")[0] if _NUMERO_DE_EXCEL.fullmatch(texto) else texto.replace(" ", "")
        return limpia.upper().zfill(3) if limpia.isdigit() else limpia.upper()

    def cantidad(self, campo: str, *, negativos: bool = False) -> Decimal | None:
        """Cantidad exacta; vacío es None y no es un problema. Texto, ambiguo o negativo sí lo es."""
        texto = self.texto(campo)
        try:
            valor = leer_numero(texto)
        except ValueError as error:
            self.falla(campo, str(error), REMEDIO_NUMERO)
            return None
        if valor is not None and valor < 0 and not negativos:
            self.falla(campo, "no puede ser negativo", "Escriba la cantidad sin signo.")
            return None
        if valor is not None and (valor.as_tuple().exponent < -6 or abs(valor) >= 10**12):  # type: ignore[operator]
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
            self.avisos.append(f"Se repuso el cero inicial de «{campo}» en {veces:,} renglones.")
        if self._de_mas:
            self.avisos.append(f"Hay otros {self._de_mas:,} problemas que no se enlistan.")
