"""Qué requiere la atención del Presidente, en orden de necesidad y dicho en palabras.

Cada caso dice qué pasa, cuánto, desde cuándo y quién responde; los umbrales son constantes de este archivo
y se imprimen con la lista.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from db.rules.estado import Estado
from db.rules.fondo import AVISO, cuanto_queda
from db.rules.formato import mdp, numero, pct
from db.rules.resultado import Resultado

BRECHA_GRAVE = Decimal(15)
"""Puntos porcentuales entre lo gastado y lo logrado que ya piden explicación."""

EXCESO_GRAVE = Decimal(150)
"""Cumplimiento en percent desde el que una meta se fijó claramente baja."""

RITMO_MINIMO = Decimal(85)
"""Un fondo etiquetado que a este ritmo devengaría menos de este percent al cierre del año."""

MESES = 12


@dataclass(frozen=True, slots=True)
class Caso:
    """Un renglón de «Requiere su atención»."""

    estado: Estado
    titulo: str
    porque: str
    responsable: str
    desde: str = ""
    pagina: str = "metas"
    parametros: dict[str, str] = field(default_factory=dict)
    orden: tuple[int, Decimal] = (9, Decimal(0))
    """Clase de gravedad (menor es peor) y magnitud dentro de ella (mayor es peor)."""


@dataclass(frozen=True, slots=True)
class ProgramaVisto:
    """Un programa a un corte; `rojo_desde` nombra el primer trimestre seguido en crítico.

    `modificado` y `devengado` en centavos; vacíos si el programa no tiene presupuesto cargado.
    """

    clave: str
    nombre: str
    responsable: str
    cumplimiento: Resultado
    avance_anual: Resultado
    avance_financiero: Resultado
    brecha: Resultado
    modificado: int | None
    devengado: int | None
    rojos: int = 0
    rojo_desde: str = ""


@dataclass(frozen=True, slots=True)
class DependenciaVista:
    """Una dependencia general con capturas vencidas y los días desde que venció la primera."""

    id: int
    nombre: str
    responsable: str
    metas: int
    indicadores: int
    dias: int
    reporto: bool


@dataclass(frozen=True, slots=True)
class FondoVisto:
    """Una fuente etiquetada: centavos autorizados al año y devengados al corte.

    `fondo_id` y `dias` (los que quedan para devengar; negativos si ya pasaron) si está registrada como fondo.
    """

    clave: str
    nombre: str
    modificado: int
    devengado: int
    fondo_id: int | None = None
    dias: int | None = None


@dataclass(frozen=True, slots=True)
class MetaVista:
    """Una meta cuyo resultado rebasa su promesa."""

    id: int
    nombre: str
    dependencia: str
    valor: Decimal


@dataclass(frozen=True, slots=True)
class EjeVisto:
    """Un eje del plan sin dato suficiente para calificarse."""

    id: int
    nombre: str
    evaluados: int
    total: int


NECESIDAD = (
    Estado.critico,
    Estado.vencido,
    Estado.riesgo,
    Estado.sin_dato,
    Estado.en_revision,
    Estado.no_programado,
    Estado.sobrecumplido,
    Estado.sin_dato_suficiente,
    Estado.adecuado,
    Estado.no_toca,
    Estado.sin_meta,
)
"""En qué orden se listan las hojas: lo que más atención pide, primero."""


def necesidad(resultado: Resultado) -> tuple[int, Decimal]:
    """Llave de orden de un resultado: su estado, y dentro de él la cifra más baja primero."""
    return NECESIDAD.index(resultado.estado), resultado.valor or Decimal(0)


def requiere_atencion(programa: ProgramaVisto) -> bool:
    """¿El programa está en crítico, vencido, sobreejercido o gasta mucho más de lo que logra?"""
    return (
        programa.cumplimiento.estado in (Estado.critico, Estado.vencido)
        or _sobreejercido(programa)
        or _gasta_de_mas(programa)
    )


def _sobreejercido(programa: ProgramaVisto) -> bool:
    return (programa.devengado or 0) > (programa.modificado or 0)


def _dinero(centavos: int | None) -> str:
    return "sin presupuesto cargado" if centavos is None else mdp(centavos)


def _gasta_de_mas(programa: ProgramaVisto) -> bool:
    brecha = programa.brecha.valor
    return brecha is not None and brecha <= -BRECHA_GRAVE


def caso_de_programa(p: ProgramaVisto) -> Caso | None:
    """Por qué el programa pide atención: dinero de más, gasto sin logro o en rojo; None si nada de eso."""
    liga, nombre = {"programa": p.clave}, p.nombre.rstrip(" .")
    brecha = p.brecha.valor
    if _sobreejercido(p):
        exceso = (p.devengado or 0) - (p.modificado or 0)
        return Caso(
            Estado.critico,
            f"{nombre}: se devengó más de lo autorizado",
            f"Programa {p.clave} · {_dinero(p.devengado)} devengados de {_dinero(p.modificado)}",
            p.responsable,
            pagina="programas",
            parametros=liga,
            orden=(0, Decimal(exceso)),
        )
    if _gasta_de_mas(p):
        assert brecha is not None
        gastado, logrado = pct(p.avance_financiero.valor, 0), pct(p.avance_anual.valor, 0)
        puntos = numero(Decimal(abs(round(brecha))))
        return Caso(
            Estado.critico,
            f"{nombre}: se gastó {gastado} y se logró {logrado}",
            f"Programa {p.clave} · {_dinero(p.devengado)} devengados · brecha de {puntos} puntos",
            p.responsable,
            pagina="programas",
            parametros=liga,
            orden=(1, abs(brecha)),
        )
    if p.cumplimiento.estado is Estado.critico:
        seguido = f"lleva {p.rojos} trimestres en rojo" if p.rojos > 1 else "está en rojo"
        return Caso(
            Estado.critico,
            f"{nombre} {seguido}",
            f"Programa {p.clave} · {p.cumplimiento.cifra()} de lo programado · {_dinero(p.modificado)}",
            p.responsable,
            desde=p.rojo_desde,
            pagina="programas",
            parametros=liga,
            orden=(2, Decimal(p.rojos) * 100 - (p.cumplimiento.valor or Decimal(0))),
        )
    return None


def pagina_de_vencidos(metas: int) -> str:
    """La pantalla que muestra lo vencido de una dependencia; sin metas vencidas, la de indicadores."""
    return "metas" if metas else "indicadores"


def cuantas_faltan(metas: int, indicadores: int) -> str:
    """«9 metas y 3 indicadores»; lo que no falta no se dice."""
    return _y(_cuantos(metas, "meta", "metas"), _cuantos(indicadores, "indicador", "indicadores"))


def hace(dias: int) -> str:
    """«hace 12 días», o «hoy»."""
    return f"hace {_cuantos(dias, 'día', 'días')}" if dias else "hoy"


def _de_dependencia(d: DependenciaVista) -> Caso:
    que = "no ha reportado en el año" if not d.reporto else "tiene capturas vencidas"
    vencido = ("vencida" if not d.indicadores else "vencido") + ("" if d.metas + d.indicadores == 1 else "s")
    return Caso(
        Estado.vencido,
        f"{d.nombre} {que}",
        f"{cuantas_faltan(d.metas, d.indicadores)} {vencido}",
        d.responsable if d.responsable != d.nombre else "",
        desde=hace(d.dias),
        pagina=pagina_de_vencidos(d.metas),
        parametros={"dependencia": str(d.id), "estado": Estado.vencido.value},
        orden=(3 if not d.reporto else 5, Decimal(d.metas + d.indicadores)),
    )


def _de_eje(e: EjeVisto) -> Caso:
    return Caso(
        Estado.sin_dato_suficiente,
        f"{e.nombre} no tiene dato suficiente para calificarse",
        f"{e.evaluados} de {e.total} metas evaluadas",
        "",
        pagina="plan",
        parametros={"nodo": str(e.id)},
        orden=(4, Decimal(e.total - e.evaluados)),
    )


def _de_fondo(f: FondoVisto, mes: int) -> Caso | None:
    resta = f.modificado - f.devengado
    if f.modificado <= 0 or resta <= 0:
        return None
    if f.dias is not None and f.dias <= AVISO:
        return _por_vencer(f, f.dias, resta)
    al_cierre = Decimal(f.devengado) * MESES / mes / f.modificado * 100
    if al_cierre >= RITMO_MINIMO:
        return None
    return Caso(
        Estado.riesgo,
        f"{f.nombre}: {mdp(resta)} por devengar",
        f"Fuente {f.clave} · a este ritmo se devengaría {pct(al_cierre, 0)} al cierre del año",
        "Tesorería",
        **_lugar(f),
        orden=(6, Decimal(resta)),
    )


def _por_vencer(f: FondoVisto, dias: int, resta: int) -> Caso:
    """El plazo para devengar está cerca o ya pasó; lo que no se devengue se reintegra."""
    cuando = f"y {_cuantos(dias, 'día', 'días')}" if dias > 0 else f"y {cuanto_queda(dias)}"
    return Caso(
        Estado.critico if dias < 0 else Estado.riesgo,
        f"{f.nombre}: quedan {mdp(resta)} por devengar {cuando}",
        f"Fuente {f.clave} · {mdp(f.devengado)} devengados de {mdp(f.modificado)}; "
        "lo que no se devengue se reintegra",
        "Tesorería",
        **_lugar(f),
        orden=(1 if dias < 0 else 3, Decimal(resta)),
    )


def _lugar(f: FondoVisto) -> dict[str, Any]:
    """La ficha del fondo; si no está registrado, el gasto de su fuente."""
    if f.fondo_id is not None:
        return {"pagina": "fondos", "parametros": {"fondo": str(f.fondo_id)}}
    return {"pagina": "presupuesto", "parametros": {"fuente": f.clave}}


def _de_meta(m: MetaVista) -> Caso:
    return Caso(
        Estado.sobrecumplido,
        f"{m.nombre}: {pct(m.valor, 0)} de lo programado",
        "La meta se fijó muy baja: requiere justificación o reconducción",
        m.dependencia,
        parametros={"meta": str(m.id)},
        orden=(7, m.valor),
    )


def _cuantos(n: int, uno: str, varios: str) -> str:
    return f"{numero(Decimal(n))} {uno if n == 1 else varios}" if n else ""


def _y(*partes: str) -> str:
    return " y ".join(parte for parte in partes if parte)


def ordenar(
    programas: Iterable[ProgramaVisto],
    dependencias: Iterable[DependenciaVista],
    ejes: Iterable[EjeVisto],
    fondos: Iterable[FondoVisto],
    metas: Sequence[MetaVista],
    mes: int,
) -> list[Caso]:
    """Los casos, del más al menos urgente. `mes` es el del corte (1 a 12)."""
    casos = [caso_de_programa(programa) for programa in programas]
    casos += [_de_dependencia(d) for d in dependencias if d.metas or d.indicadores]
    casos += [_de_eje(eje) for eje in ejes]
    casos += [_de_fondo(fondo, mes) for fondo in fondos]
    casos += [_de_meta(m) for m in metas if m.valor >= EXCESO_GRAVE]
    presentes = [caso for caso in casos if caso is not None]
    return sorted(presentes, key=lambda caso: (caso.orden[0], -caso.orden[1], caso.titulo))
