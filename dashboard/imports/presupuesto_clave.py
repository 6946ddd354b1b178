"""De los segmentos (o la clave unida) de cada renglón a claves presupuestarias sin repetir."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, repeat

import numpy as np

from dashboard.imports.importes import Enteros
from dashboard.imports.lectura.valores import DIGITOS, MAYUSCULAS, ValorInvalido, codigo
from dashboard.imports.presupuesto_columnas import CLAVE
from dashboard.imports.renglon import Renglon, Revisor
from db.actions.presupuesto import Clave
from db.queries.clave_presupuestaria import Segmento
from db.queries.presupuesto import SEGMENTOS
from db.rules.problema import Problema
from db.rules.texto import llave, normal

SEPARADOR = "-"
DE_TOTAL = -2
SOLO_DIGITOS = frozenset({"programa", "proyecto"})
_TOTAL = re.compile(r"(?:sub ?|gran )?total(?:es)?\b")
_CORTES = re.compile(r"[-./|_\s]+")


@lru_cache(maxsize=8192)
def _es_total(texto: str | None) -> bool:
    return texto is not None and _TOTAL.match(llave(texto)) is not None


class Claves:
    """Las claves halladas; `indice` dice cuál es la de cada renglón, negativo si no la tiene."""

    def __init__(self, revisor: Revisor, segmentos: Sequence[Segmento]) -> None:
        self._revisor = revisor
        self._segmentos = segmentos
        self.claves: list[Clave] = []
        self.indice: Enteros = np.empty(0, dtype=np.int64)
        self.de_total = 0
        """Renglones de total o subtotal metidos entre los datos: no se cuentan."""
        self._posiciones: dict[str, int] = {}
        self._codigos: dict[tuple[str, str | None], str] = {}
        self._reparados: Counter[str] = Counter()

    @property
    def ausentes(self) -> list[Segmento]:
        """Segmentos que el archivo no trae como columna."""
        return [s for s in self._segmentos if s.codigo not in self._revisor.lectura.columnas]

    def leer(self) -> None:
        """Lee todos los renglones; cada combinación distinta se revisa una vez.

        Problema si faltan columnas para armar la clave.
        """
        columnas = self._revisor.lectura.columnas
        obligados = [s.codigo for s in self.ausentes if s.obligatorio]
        unida = bool(obligados) and CLAVE.nombre in columnas
        if obligados and not unida:
            raise Problema(
                f"Faltan columnas de la clave presupuestaria: {', '.join(obligados)}.",
                "Agréguelas, o ponga la clave completa en una columna «clave_presupuestaria».",
            )
        textos = (
            [columnas[CLAVE.nombre]]
            if unida
            else [columnas.get(s.codigo) or repeat(None) for s in self._segmentos]
        )
        vistas: dict[tuple[str | None, ...], int] = {}
        indice = []
        largo = len(self._revisor.lectura.filas)
        for i, cruda in zip(range(largo), zip(*textos, strict=False), strict=False):
            posicion = vistas.get(cruda)
            if posicion is None and any(map(_es_total, cruda)):
                posicion = vistas[cruda] = DE_TOTAL
            if posicion is None:
                partes = self._cortar(i, cruda[0]) if unida else cruda
                posicion = vistas[cruda] = self._clave(i, partes, unida)
            indice.append(posicion)
        self.indice = np.array(indice, dtype=np.int64)
        self.de_total = int((self.indice == DE_TOTAL).sum())
        for nombre, veces in self._reparados.items():
            self._revisor.avisos.append(f"Se repusieron ceros iniciales de «{nombre}» en {veces:,} códigos.")

    def _cortar(self, i: int, texto: str | None) -> Sequence[str | None]:
        """Parte una clave unida por sus separadores o por el largo de sus segmentos; vacío si no se puede."""
        limpia = normal(texto or "")
        partes = _CORTES.split(limpia)
        if len(partes) == len(self._segmentos):
            return partes
        pegada, largos = "".join(partes), [s.longitud for s in self._segmentos]
        if all(largos) and len(pegada) == sum(largo or 0 for largo in largos):
            cortes = np.cumsum([0, *(largo or 0 for largo in largos)]).tolist()
            return [pegada[a:b] for a, b in pairwise(cortes)]
        esperada = SEPARADOR.join(s.codigo for s in self._segmentos)
        Renglon(self._revisor, i).falla(
            CLAVE.nombre, "la clave no se puede separar en sus segmentos", f"Escríbala como {esperada}."
        )
        return ()

    def _clave(self, i: int, partes: Sequence[str | None], unida: bool) -> int:
        """Posición de la clave de esas partes; −1 después de anotar por qué no sirve."""
        if not partes:
            return -1
        valores = {}
        for segmento, parte in zip(self._segmentos, partes, strict=True):
            campo = CLAVE.nombre if unida else segmento.codigo
            try:
                valores[segmento.codigo] = self._codigo(segmento, parte)
            except ValorInvalido as error:
                Renglon(self._revisor, i).falla(
                    campo, f"{segmento.nombre}: {error.regla} (y los renglones iguales)", error.remedio
                )
                return -1
        texto = SEPARADOR.join(valores.values())
        if texto not in self._posiciones:
            propios = {nombre: valores.pop(nombre) for nombre in SEGMENTOS if nombre in valores}
            self._posiciones[texto] = len(self.claves)
            self.claves.append(Clave(texto, **propios, otros=valores))
        return self._posiciones[texto]

    def _codigo(self, segmento: Segmento, texto: str | None) -> str:
        """El código de un segmento; cada texto distinto se revisa una vez. ValorInvalido si no sirve."""
        conocido = self._codigos.get((segmento.codigo, texto))
        if conocido is not None:
            return conocido
        alfabeto = DIGITOS if segmento.codigo in SOLO_DIGITOS else DIGITOS + MAYUSCULAS
        leido = codigo(texto, segmento.longitud or (), alfabeto)
        if leido is None:
            if segmento.obligatorio:
                raise ValorInvalido("falta el código", "Escríbalo, o borre el renglón completo.")
            return ""
        if leido.nota:
            self._reparados[segmento.codigo] += 1
        self._codigos[segmento.codigo, texto] = leido.valor
        return leido.valor
