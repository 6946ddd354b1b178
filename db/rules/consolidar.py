"""Subir las hojas por un árbol: plan, estructura o programas (calculo.md §4).

Cada nodo es el promedio ponderado de los cumplimientos de sus hijos, con tope, entre los hijos que tienen
cifra. Nunca suma resultados de unidades distintas. Lo que queda fuera se cuenta y se nombra.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from db.rules.banda import Banda, clasificar
from db.rules.cumplimiento import sin_ruido
from db.rules.estado import PRESENTACION, Estado
from db.rules.formato import numero, pct
from db.rules.periodo import Corte
from db.rules.problema import Problema
from db.rules.resultado import Detalle, Excluido, Insumo, Resultado

CERO, UNO, CIEN = Decimal(0), Decimal(1), Decimal(100)

INSUMOS = 12
"""Cuántos hijos se nombran en la explicación; los demás se resumen."""

NO_CUENTAN = (Estado.sin_meta, Estado.no_toca)
"""Estados que no son cobertura pendiente: no entran en el «de m»."""

SIN_NADA = (
    Estado.vencido,
    Estado.en_revision,
    Estado.sin_dato,
    Estado.no_programado,
    Estado.no_toca,
    Estado.sin_meta,
)
"""Un nodo sin nada evaluado toma el primero presente."""


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una meta o indicador bajo un nodo; `peso` es su parte (vacío: igual que sus hermanas)."""

    clave: str
    nombre: str
    peso: Decimal | None
    cumplimiento: Resultado
    avance_anual: Resultado
    esperado: Decimal | None


@dataclass(frozen=True, slots=True)
class Rama:
    """Un nodo con sus hijos; `peso` es el que tiene entre sus hermanos (vacío: igual)."""

    clave: str
    nombre: str
    peso: Decimal | None
    hijos: tuple["Rama | Hoja", ...]


@dataclass(frozen=True, slots=True)
class Ajustes:
    """Reglas del ejercicio: tope y cobertura mínima en percent."""

    tope: Decimal = CIEN
    vencido_cuenta_cero: bool = True
    cobertura_minima: Decimal = Decimal(50)
    alguno_validado: bool = True
    """Sin un solo avance oficial en el ente y ejercicio, nada cuenta como 0."""

    formula: str = field(init=False)
    nota: str = field(init=False)

    def __post_init__(self) -> None:
        # Las mismas palabras en cada nodo: se escriben una vez y no setecientas.
        tope, minima = numero(self.tope), pct(self.cobertura_minima, 0)
        formula = f"Σ (peso × cumplimiento, entre 0 y {tope}) ÷ Σ peso, entre los que tienen cifra"
        object.__setattr__(self, "formula", formula)
        object.__setattr__(self, "nota", f"Cobertura mínima: {minima} del peso de las hojas")

    @property
    def cero_por_vencido(self) -> bool:
        return self.vencido_cuenta_cero and self.alguno_validado


@dataclass(frozen=True, slots=True)
class NodoEvaluado:
    """Un nodo a un corte. `evaluados` de `total` cuentan hojas distintas; `por_estado`, todas."""

    cumplimiento: Resultado
    avance_anual: Resultado
    esperado: Decimal | None
    evaluados: int
    total: int
    cuentan_cero: int
    por_estado: dict[Estado, int]


@dataclass(frozen=True, slots=True)
class _Cuenta:
    """Lo que un hijo aporta a su padre: una figura por pregunta y la parte evaluada de su peso."""

    nombre: str
    peso: Decimal
    estado: Estado
    valor: Decimal | None
    avance: Decimal | None
    esperado: Decimal | None
    parte: Decimal | None
    """Fracción (0 a 1) de su peso con cifra; None si no tiene nada que evaluar."""
    parte_avance: Decimal | None
    hojas: dict[str, Estado] = field(default_factory=dict)
    avances: dict[str, bool] = field(default_factory=dict)


def consolidar(
    rama: Rama, ajustes: Ajustes, bandas: Sequence[Banda], corte: Corte
) -> dict[str, NodoEvaluado]:
    """Evalúa la rama y todas sus descendientes; la llave es la clave de cada rama.

    Lanza `Problema` si los pesos de unos hermanos suman 0.
    """
    evaluados: dict[str, NodoEvaluado] = {}
    _subir(rama, UNO, ajustes, tuple(bandas), corte, evaluados)
    return evaluados


def _subir(
    rama: Rama,
    peso: Decimal,
    ajustes: Ajustes,
    bandas: tuple[Banda, ...],
    corte: Corte,
    evaluados: dict[str, NodoEvaluado],
) -> _Cuenta:
    pesos = _pesos(rama)
    cuentas = [
        _de_hoja(hijo, suyo, ajustes)
        if isinstance(hijo, Hoja)
        else _subir(hijo, suyo, ajustes, bandas, corte, evaluados)
        for hijo, suyo in zip(rama.hijos, pesos, strict=True)
    ]
    hojas: dict[str, Estado] = {}
    avances: dict[str, bool] = {}
    for cuenta in cuentas:
        hojas.update(cuenta.hojas)
        avances.update(cuenta.avances)
    parte, parte_avance = _parte(cuentas, "parte"), _parte(cuentas, "parte_avance")
    cumplimiento = _cumplimiento(cuentas, hojas, parte, ajustes, bandas, corte)
    avance, esperado = _avance(cuentas, avances, parte_avance, cumplimiento.estado, ajustes, corte)
    evaluados[rama.clave] = _nodo(cumplimiento, avance, esperado, hojas)
    return _Cuenta(
        rama.nombre,
        peso,
        cumplimiento.estado,
        _aporta(cumplimiento),
        avance.valor,
        esperado,
        parte,
        parte_avance,
        hojas,
        avances,
    )


def _pesos(rama: Rama) -> list[Decimal]:
    """Los pesos de los hijos; uno vacío pesa 1, y todos vacíos es pesar igual."""
    pesos = [UNO if hijo.peso is None else hijo.peso for hijo in rama.hijos]
    if pesos and (min(pesos) < 0 or not sum(pesos)):
        raise Problema(
            f"Los pesos de lo que cuelga de «{rama.nombre}» suman 0 o hay alguno negativo.",
            "Asigne al menos un peso mayor que 0, o deje todos vacíos para que pesen igual.",
        )
    return pesos


def _de_hoja(hoja: Hoja, peso: Decimal, ajustes: Ajustes) -> _Cuenta:
    estado = hoja.cumplimiento.estado
    valor = _cifra(hoja.cumplimiento, ajustes)
    cuenta = estado not in NO_CUENTAN
    avance = hoja.avance_anual.valor
    aplica = avance is not None or hoja.avance_anual.estado not in NO_CUENTAN
    return _Cuenta(
        hoja.nombre,
        peso,
        estado,
        valor,
        None if avance is None else min(CIEN, avance),
        hoja.esperado,
        (UNO if valor is not None else CERO) if cuenta else None,
        (UNO if avance is not None else CERO) if aplica else None,
        {hoja.clave: estado},
        {hoja.clave: avance is not None} if aplica else {},
    )


def _cifra(resultado: Resultado, ajustes: Ajustes) -> Decimal | None:
    """Lo que la hoja pesa: su porcentaje, 100 o 0 si la regla la forzó, 0 si venció; None si no pesa."""
    if resultado.valor is not None:
        return max(CERO, min(resultado.valor, ajustes.tope))
    if resultado.estado is Estado.adecuado:
        return CIEN
    if resultado.estado is Estado.critico:
        return CERO
    if resultado.estado is Estado.vencido and ajustes.cero_por_vencido:
        return CERO
    return None


def _aporta(cumplimiento: Resultado) -> Decimal | None:
    """Lo que un nodo pesa en su superior: su cifra, o 0 si todo lo suyo venció y cuenta como 0."""
    todo_vencido = cumplimiento.estado is Estado.vencido and cumplimiento.detalle.cuentan_cero
    return CERO if todo_vencido else cumplimiento.valor


def _parte(cuentas: Iterable[_Cuenta], campo: str) -> Decimal | None:
    """Fracción evaluada del peso de los hijos que tienen algo que evaluar."""
    con_algo = [(c.peso, getattr(c, campo)) for c in cuentas if getattr(c, campo) is not None]
    total = sum((peso for peso, _ in con_algo), CERO)
    if not total:
        return None
    return sum((peso * parte for peso, parte in con_algo), CERO) / total


def _promedio(pares: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    total = sum((peso for peso, _ in pares), CERO)
    return sin_ruido(sum((peso * valor for peso, valor in pares), CERO) / total) if total else None


def _cumplimiento(
    cuentas: Sequence[_Cuenta],
    hojas: dict[str, Estado],
    parte: Decimal | None,
    ajustes: Ajustes,
    bandas: tuple[Banda, ...],
    corte: Corte,
) -> Resultado:
    con_cifra = [c for c in cuentas if c.valor is not None]
    detalle = _detalle(cuentas, con_cifra, hojas, ajustes, bandas, corte)
    valor = _promedio([(c.peso, min(c.valor, ajustes.tope)) for c in con_cifra if c.valor is not None])
    if not detalle.evaluados and (valor is None or detalle.cuentan_cero):
        presentes = set(hojas.values())
        vacio = Estado.sin_dato_suficiente if presentes else Estado.sin_meta
        return Resultado(None, next((e for e in SIN_NADA if e in presentes), vacio), detalle)
    if valor is None or (parte or CERO) * 100 < ajustes.cobertura_minima:
        return Resultado(None, Estado.sin_dato_suficiente, detalle)
    return Resultado(valor, clasificar(valor, bandas).equivale, detalle)


def _detalle(
    cuentas: Sequence[_Cuenta],
    con_cifra: Sequence[_Cuenta],
    hojas: dict[str, Estado],
    ajustes: Ajustes,
    bandas: tuple[Banda, ...],
    corte: Corte,
) -> Detalle:
    insumos = [Insumo(c.nombre, c.valor, en_pct=True, peso=c.peso) for c in con_cifra[:INSUMOS]]
    if len(con_cifra) > INSUMOS:
        insumos.append(Insumo("Otros", f"{len(con_cifra) - INSUMOS} más con cifra"))
    evaluados, total, ceros = _cobertura(hojas, ajustes)
    return Detalle(
        ajustes.formula,
        tuple(insumos),
        _excluidos([c for c in cuentas if c.valor is None]),
        evaluados,
        total,
        ceros,
        bandas,
        corte,
        (ajustes.nota,),
    )


def _excluidos(fuera: Sequence[_Cuenta]) -> tuple[Excluido, ...]:
    """Los hijos sin cifra con su estado: los primeros por su nombre, los demás contados por estado."""
    nombrados = [Excluido(c.nombre, PRESENTACION[c.estado].palabra) for c in fuera[:INSUMOS]]
    resto = Counter(c.estado for c in fuera[INSUMOS:])
    otros = [Excluido("Otros", PRESENTACION[e].palabra, n) for e, n in sorted(resto.items())]
    return (*nombrados, *otros)


def _cobertura(hojas: dict[str, Estado], ajustes: Ajustes) -> tuple[int, int, int]:
    """(evaluados, total, vencidos que cuentan como 0), contando hojas distintas."""
    cuenta = Counter(hojas.values())
    total = sum(n for estado, n in cuenta.items() if estado not in NO_CUENTAN)
    evaluados = sum(cuenta[e] for e in (Estado.critico, Estado.riesgo, Estado.adecuado, Estado.sobrecumplido))
    return evaluados, total, cuenta[Estado.vencido] if ajustes.cero_por_vencido else 0


def _avance(
    cuentas: Sequence[_Cuenta],
    avances: dict[str, bool],
    parte: Decimal | None,
    estado: Estado,
    ajustes: Ajustes,
    corte: Corte,
) -> tuple[Resultado, Decimal | None]:
    con_cifra = [c for c in cuentas if c.avance is not None]
    fuera = sum(c.parte_avance is None for c in cuentas)
    detalle = Detalle(
        "Σ (peso × avance anual, máximo 100) ÷ Σ peso, entre las metas que suman con dato oficial",
        tuple(Insumo(c.nombre, c.avance, en_pct=True) for c in con_cifra[:INSUMOS]),
        evaluados=sum(avances.values()),
        total=len(avances),
        corte=corte,
        notas=(f"No aplica a {fuera} de {len(cuentas)} hijos",) if fuera else (),
    )
    if parte is None:
        return Resultado(None, Estado.sin_meta, detalle), None
    valor = _promedio([(c.peso, c.avance) for c in con_cifra if c.avance is not None])
    if valor is None:
        return Resultado(None, Estado.sin_dato, detalle), None
    if parte * 100 < ajustes.cobertura_minima:
        return Resultado(None, Estado.sin_dato_suficiente, detalle), None
    esperado = _promedio([(c.peso, c.esperado) for c in con_cifra if c.esperado is not None])
    return Resultado(valor, estado, detalle), esperado


def _nodo(
    cumplimiento: Resultado, avance: Resultado, esperado: Decimal | None, hojas: dict[str, Estado]
) -> NodoEvaluado:
    detalle = cumplimiento.detalle
    return NodoEvaluado(
        cumplimiento,
        avance,
        esperado,
        detalle.evaluados,
        detalle.total,
        detalle.cuentan_cero,
        dict(Counter(hojas.values())),
    )
