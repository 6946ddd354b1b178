"""Los documentos de la entrega-recepción: cada uno que el sistema sabe hacer, al corte de cada ejercicio."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import product
from pathlib import Path

from dashboard.reports.documento import Emision, Parametros, Preguntar, Reporte
from dashboard.reports.emitir import Avance
from dashboard.reports.registro import REPORTS
from dashboard.reports.taller import Dibujar, taller
from db.queries.documentos import origen
from db.rules.documentos import nombre_de_archivo
from db.rules.problema import Problema


@dataclass
class Documentos:
    """Cuántos se hicieron y los que no, cada uno con su razón; `_dados`, las cosas que ya salieron."""

    hechos: int = 0
    omitidos: list[str] = field(default_factory=list)
    _dados: set[tuple[str, str]] = field(default_factory=set)

    def nuevo(self, reporte: Reporte, p: Parametros) -> bool:
        """Una misma acta no se repite en cada ejercicio: va con el último."""
        if not any(o.una_por_valor for o in reporte.opciones):
            return True
        cual = (reporte.clave, str(sorted(p.otros.items())))
        visto = cual in self._dados
        self._dados.add(cual)
        return not visto

    @contextmanager
    def anotar(self, reporte: Reporte, anio: int) -> Iterator[None]:
        """Lo que no se pueda hacer dentro queda en `omitidos`, y se sigue con lo demás."""
        try:
            yield
        except Problema as problema:
            self.omitidos.append(f"{reporte.titulo} {anio}: {problema}")


def hacer(
    preguntar: Preguntar, carpeta: Path, cortes: dict[int, int], momento: datetime, al_avanzar: Avance
) -> Documentos:
    """Escribe cada documento en su carpeta; el que no se puede hacer se anota con su razón."""
    trabajos = [(reporte, *corte) for corte in sorted(cortes.items(), reverse=True) for reporte in REPORTS]
    cuenta = Documentos()
    with taller() as dibujar:
        for n, (reporte, anio, mes) in enumerate(trabajos):
            al_avanzar(0.35 + 0.5 * n / len(trabajos), f"{reporte.titulo} {anio}")
            destino = carpeta / f"{anio}_{mes:02d}" / reporte.clave
            alcances: list[Parametros] = []
            with cuenta.anotar(reporte, anio):
                alcances += _alcances(preguntar, reporte, Parametros(anio, mes))
            for lugar, p in enumerate(alcances, start=1):
                with cuenta.anotar(reporte, anio):
                    if cuenta.nuevo(reporte, p):
                        _escribir(preguntar, reporte, p, destino, lugar, momento, dibujar)
                        cuenta.hechos += 1
    return cuenta


def _alcances(preguntar: Preguntar, reporte: Reporte, p: Parametros) -> Iterator[Parametros]:
    """Su conjunto, o uno por cada cosa de que trata; de lo demás, lo primero que ofrece."""
    if reporte.juego:
        yield from reporte.juego(preguntar, p)
        return
    if any(not que.endswith("?") and que != "mes" for que in reporte.pide):
        return
    valores = [list(o.valores(preguntar, p)) for o in reporte.opciones]
    elegibles = [v if o.una_por_valor else v[:1] for o, v in zip(reporte.opciones, valores, strict=True)]
    for elegidos in product(*elegibles):
        claves = (o.clave for o in reporte.opciones)
        yield replace(p, otros=dict(zip(claves, elegidos, strict=True)))


def _escribir(
    preguntar: Preguntar,
    reporte: Reporte,
    p: Parametros,
    destino: Path,
    lugar: int,
    momento: datetime,
    dibujar: Dibujar,
) -> None:
    formato = "pdf" if "pdf" in reporte.formatos else reporte.formatos[0]
    documento = reporte.construir(preguntar, p)
    sale = preguntar(origen, anio=p.anio, mes=p.mes)
    emision = Emision(
        folio=f"ENTREGA-{p.anio}-{p.mes or 12:02d}-{lugar:03d}",
        borrador=bool(documento.faltas),
        sello=sale["sello"],
        bitacora_id=sale["bitacora_id"],
        quien="Sistema de Información Estratégica Municipal",
        momento=momento,
        cierre=sale["cierre"],
    )
    propio = reporte.propios.get(formato)
    contenido = propio(preguntar, p).contenido if propio else dibujar(documento, emision, formato)
    destino.mkdir(parents=True, exist_ok=True)
    (destino / nombre_de_archivo(f"{lugar:03d} {documento.titulo}", formato)).write_bytes(contenido)
