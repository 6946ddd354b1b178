"""Leer los renglones de una MIR tipo: a qué programa son, su lugar en la matriz y lo que se repite."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from dashboard.imports.renglon import Renglon, Revisor, renglones
from db.actions.mir_tipo import FilaIndicadorMir, FilaMir
from db.models.indicadores import NivelMir
from db.rules.emparejar import PARECIDO, esencia, parecido
from db.rules.mir import NIVELES
from db.rules.texto import llave

TIPOS = ("Estratégico", "Gestión")
LARGO_DE_PREFIJO = 10
"""Letras que debe tener un nombre para reconocer a otro que empieza igual."""

_SOBRA = re.compile(r"^[\s.,;:•*·–—-]+")
_CODIGO = re.compile(r"(\d{7,8})(?:\.0+)?")


@dataclass(slots=True)
class _Puesto:
    """Un renglón de la matriz que se va armando."""

    programa_id: int
    nivel: NivelMir
    componente: int | None
    orden: int
    resumen: str
    supuestos: str
    indicadores: list[FilaIndicadorMir] = field(default_factory=list)
    renglones: int = 1


class LectorMir:
    """Reúne los renglones del archivo en renglones de matriz."""

    def __init__(self, revisor: Revisor, programas: Sequence[tuple[int, str, str]], anio: int) -> None:
        self.revisor, self.anio = revisor, anio
        self._por_clave = {clave: identidad for identidad, clave, _ in programas}
        self._por_nombre = {esencia(nombre): identidad for identidad, _, nombre in programas}
        self._nombres = {identidad: nombre for identidad, _, nombre in programas}
        self._hallados: dict[str, int | None] = {}
        self._parecidos: dict[str, str] = {}
        self._puestos: list[_Puesto] = []
        self._cuenta: Counter[str] = Counter()

    def leer(self, renglon: Renglon) -> None:
        """Un renglón del archivo; lo que viene de una celda combinada se toma del renglón anterior."""
        previo = self._puestos[-1] if self._puestos else None
        programa = self._programa(renglon, previo)
        nivel = self._nivel(renglon, previo)
        if programa is None or nivel is None:
            return
        resumen = _SOBRA.sub("", renglon.texto("resumen_narrativo"))
        if not resumen and previo is not None and (previo.programa_id, previo.nivel) == (programa, nivel):
            resumen = previo.resumen
        if not resumen:
            renglon.obligado("resumen_narrativo")
            return
        componente, orden = self._lugar(renglon, programa, nivel)
        puesto = self._mismo(programa, nivel, componente, orden, resumen)
        if puesto is None:
            orden = self._libre(programa, nivel, componente, orden)
            puesto = _Puesto(programa, nivel, componente, orden, resumen, renglon.texto("supuestos"))
            self._puestos.append(puesto)
        else:
            puesto.renglones += 1
            puesto.resumen = max(puesto.resumen, resumen, key=len)
            puesto.supuestos = puesto.supuestos or renglon.texto("supuestos")
        self._indicador(renglon, puesto)

    def _programa(self, renglon: Renglon, previo: _Puesto | None) -> int | None:
        texto = renglon.texto("programa")
        if not texto and previo is not None:
            return previo.programa_id
        if renglon.obligado("programa") is None:
            return None
        if texto not in self._hallados:
            self._hallados[texto] = self._buscar(texto)
        if (hallado := self._hallados[texto]) is None:
            renglon.falla(
                "programa",
                f"el catálogo de {self.anio} no tiene ese programa",
                "Escriba su código de 8 dígitos, o cargue antes los programas del ejercicio.",
            )
        return hallado

    def _buscar(self, texto: str) -> int | None:
        """Por código, por nombre, por un nombre que empieza igual o por el único que se parece."""
        if codigo := _CODIGO.fullmatch(texto):
            return self._por_clave.get(codigo[1].zfill(8))
        nombre = esencia(texto)
        if nombre in self._por_nombre:
            return self._por_nombre[nombre]
        iguales = [
            i
            for otro, i in self._por_nombre.items()
            if min(len(otro), len(nombre)) >= LARGO_DE_PREFIJO
            and (nombre.startswith(f"{otro} ") or otro.startswith(f"{nombre} "))
        ] or [i for otro, i in self._por_nombre.items() if parecido(otro, nombre) >= PARECIDO]
        if len(iguales) != 1:
            return None
        self._parecidos[texto] = self._nombres[iguales[0]]
        return iguales[0]

    def _nivel(self, renglon: Renglon, previo: _Puesto | None) -> NivelMir | None:
        texto = llave(renglon.texto("nivel")).rstrip(".")
        if not texto and previo is not None and not renglon.texto("resumen_narrativo"):
            return previo.nivel
        for nivel in NIVELES:
            # «Componentes», «Actividad 1.2».
            if texto.startswith(nivel) or (nivel == NivelMir.ACTIVIDAD and texto.startswith("actividades")):
                return NivelMir(nivel)
        if renglon.obligado("nivel") is not None:
            renglon.falla("nivel", "no es un nivel de la MIR", f"Use {', '.join(NIVELES.values())}.")
        return None

    def _lugar(self, renglon: Renglon, programa: int, nivel: NivelMir) -> tuple[int | None, int]:
        """(componente, lugar); sin número, el que sigue en el componente del renglón anterior."""
        numeros = [int(n) for n in re.findall(r"\d+", renglon.texto("numero"))]
        if nivel is NivelMir.COMPONENTE:
            return None, numeros[0] if numeros and numeros[0] else self._siguiente(programa, nivel, None)
        if nivel is not NivelMir.ACTIVIDAD:
            return None, 1
        if len(numeros) > 1:
            return numeros[0], numeros[1]
        self._cuenta["sin_numero"] += 1
        suyos = [p for p in self._puestos if p.programa_id == programa]
        componente = next(
            (
                p.orden if p.nivel is NivelMir.COMPONENTE else p.componente
                for p in reversed(suyos)
                if p.nivel in (NivelMir.COMPONENTE, NivelMir.ACTIVIDAD)
            ),
            None,
        )
        return componente, self._siguiente(programa, nivel, componente)

    def _siguiente(self, programa: int, nivel: NivelMir, componente: int | None) -> int:
        return 1 + max((p.orden for p in self._hermanos(programa, nivel, componente)), default=0)

    def _hermanos(self, programa: int, nivel: NivelMir, componente: int | None) -> list[_Puesto]:
        de = programa, nivel, componente
        return [p for p in self._puestos if (p.programa_id, p.nivel, p.componente) == de]

    def _mismo(
        self, programa: int, nivel: NivelMir, componente: int | None, orden: int, resumen: str
    ) -> _Puesto | None:
        """El renglón ya leído que dice lo mismo, o casi lo mismo en el mismo lugar."""
        for p in self._hermanos(programa, nivel, componente):
            igual = esencia(p.resumen) == esencia(resumen)
            if igual or (p.orden == orden and parecido(p.resumen, resumen) >= PARECIDO):
                return p
        return None

    def _libre(self, programa: int, nivel: NivelMir, componente: int | None, orden: int) -> int:
        """El lugar dicho, o el siguiente si ya lo tiene otro renglón con otro texto."""
        ocupados = {p.orden for p in self._hermanos(programa, nivel, componente)}
        if orden not in ocupados:
            return orden
        if nivel in (NivelMir.COMPONENTE, NivelMir.ACTIVIDAD):
            self._cuenta["numero_repetido"] += 1
        return max(ocupados) + 1

    def _indicador(self, renglon: Renglon, puesto: _Puesto) -> None:
        nombre = _SOBRA.sub("", renglon.texto("indicador"))
        if not nombre:
            return
        if any(esencia(i.nombre) == esencia(nombre) for i in puesto.indicadores):
            self.revisor.omitir()
            self._cuenta["repetidos"] += 1
            puesto.renglones -= 1
            return
        puesto.indicadores.append(
            FilaIndicadorMir(
                nombre,
                renglon.texto("formula"),
                renglon.texto("frecuencia").rstrip("."),
                _tipo(renglon.texto("tipo")),
                renglon.texto("medios_verificacion"),
            )
        )

    def filas(self) -> list[FilaMir]:
        """Los renglones de las matrices. Anota la actividad cuyo componente no viene en el archivo."""
        componentes = {(p.programa_id, p.orden) for p in self._puestos if p.nivel is NivelMir.COMPONENTE}
        huerfanas = [
            p
            for p in self._puestos
            if p.nivel is NivelMir.ACTIVIDAD and (p.programa_id, p.componente or 0) not in componentes
        ]
        self._cuenta["sin_componente"] = len(huerfanas)
        return [
            FilaMir(
                p.programa_id,
                p.nivel,
                p.orden,
                p.resumen,
                p.supuestos,
                p.componente,
                tuple(p.indicadores),
                p.renglones,
            )
            for p in self._puestos
        ]

    def avisos(self) -> list[str]:
        """Lo que se entendió de otra manera que como venía."""
        textos = {
            "sin_numero": "Actividades sin número, puestas en el componente del renglón anterior: {}.",
            "numero_repetido": "Números que se repiten con otro texto, pasados al siguiente lugar: {}.",
            "repetidos": "Indicadores repetidos que no se cargan dos veces: {}.",
            "sin_componente": "Actividades cuyo Componente no viene en el archivo: {}.",
        }
        avisos = [texto.format(renglones(self._cuenta[c])) for c, texto in textos.items() if self._cuenta[c]]
        return avisos + [
            f"«{dicho}» se tomó como el programa «{nombre}»." for dicho, nombre in self._parecidos.items()
        ]


def _tipo(texto: str) -> str:
    """«Estratégico» o «Gestión», aunque venga con un error de dedo; otra cosa se queda como está."""
    cercanos = get_close_matches(llave(texto), [llave(tipo) for tipo in TIPOS], 1, 0.8)
    return next((tipo for tipo in TIPOS if llave(tipo) in cercanos), texto)
