"""La ficha de un indicador ya compuesta, con su tendencia dibujada; se guarda por versión de los datos."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from dashboard.ui.grafica_indicador import tendencia
from dashboard.ui.graficas import a_spec
from dashboard.ui.palabras_indicador import RUMBOS, cambio, resultado
from db.queries.ficha_indicador import ficha_indicador
from db.rules.cumplimiento import Sentido
from db.rules.debido import CIERRES
from db.rules.tendencia import rumbo

Ficha = Mapping[str, Any]
Puntos = Sequence[Mapping[str, Any]]


def vista_indicador(
    session: Session, *, indicador_id: int, anio: int, mes: int | None, ente_id: int | None, oscuro: bool
) -> dict[str, Any] | None:
    """La ficha y su gráfica; None si el indicador no existe en el ejercicio."""
    ficha = ficha_indicador(session, indicador_id=indicador_id, anio=anio, mes=mes, ente_id=ente_id)
    return None if ficha is None else {"ficha": ficha, "grafica": grafica(ficha, anio, oscuro)}


def grafica(ficha: Ficha, anio: int, oscuro: bool) -> dict[str, Any]:
    """La tendencia con su hallazgo por título, texto alterno y tabla."""
    series = Series(ficha, anio)
    titulo = hallazgo(series.actual, ficha)
    return {
        "titulo": titulo,
        "subtitulo": series.subtitulo,
        "spec": a_spec(tendencia(series.partes(), oscuro)) if series.hay else None,
        "alt": f"{titulo}. {series.subtitulo}",
        "tabla": series.tabla(),
    }


class Series:
    """Las líneas de la tendencia, puestas en los mismos periodos: trimestres, o años si se mide una vez."""

    def __init__(self, ficha: Ficha, anio: int) -> None:
        self.ficha, self.anio, self.unidad = ficha, anio, ficha["unidad"]
        self.anual = ficha["frecuencia"] == "anual"
        puntos = ficha["historia"]
        self.actual = puntos if self.anual else [p for p in puntos if p["anio"] == anio]
        self.anteriores = [] if self.anual else [p for p in puntos if p["anio"] != anio]
        if self.anual:
            self.orden = [str(a) for a in sorted({p["anio"] for p in puntos} | {anio})]
        else:
            self.orden = [f"T{t}" for t in CIERRES[ficha["frecuencia"]]]
        self.cierre = self.orden[-1]

    @property
    def hay(self) -> bool:
        """¿Algún resultado que dibujar?"""
        return any(p["alcanzado"] is not None for p in (*self.actual, *self.anteriores))

    @property
    def subtitulo(self) -> str:
        cada = "Resultado de cada año" if self.anual else f"Resultado acumulado de {self.anio} por trimestre"
        partes = [f"{cada}; el contorno es lo programado"]
        if self.anteriores:
            partes.append("en claro, los años anteriores")
        if self._referencias():
            partes.append("punteado, la referencia de otros")
        if "valor" in self.ficha["proyeccion"]:
            partes.append("el rombo es proyección, no dato oficial")
        return "; ".join(partes) + "."

    def _x(self, p: Mapping[str, Any]) -> str:
        return str(p["anio"]) if self.anual else f"T{p['trimestre']}"

    def _fila(self, x: str, valor: Decimal | None, serie: str) -> dict[str, Any]:
        cifra = "" if valor is None else resultado(valor, self.unidad)
        return {"x": x, "y": None if valor is None else float(valor), "serie": serie, "cifra": cifra}

    def _programado(self) -> list[dict[str, Any]]:
        filas = [self._fila(self._x(p), p["programado"], "Programado") for p in self.actual]
        if self.cierre not in {f["x"] for f in filas}:
            filas.append(self._fila(self.cierre, self.ficha["meta_anual"], "Programado"))
        return filas

    def _anteriores(self) -> list[dict[str, Any]]:
        return [self._fila(self._x(p), p["alcanzado"], str(p["anio"])) for p in self.anteriores]

    def _referencias(self) -> list[dict[str, Any]]:
        """Cada serie ajena: la del trimestre en el suyo; la de un año, en su año o a todo lo ancho."""
        filas = []
        for r in self.ficha["referencias"]:
            de_otro_anio = r["anio"] != self.anio
            if self.anual:
                if r["trimestre"] is None and str(r["anio"]) in self.orden:
                    filas.append(self._fila(str(r["anio"]), r["valor"], f"Referencia: {r['serie']}"))
            elif r["trimestre"] is None:
                serie = f"Referencia: {r['serie']} {r['anio']}"
                filas += [self._fila(x, r["valor"], serie) for x in self.orden]
            elif not de_otro_anio and f"T{r['trimestre']}" in self.orden:
                filas.append(self._fila(f"T{r['trimestre']}", r["valor"], f"Referencia: {r['serie']}"))
        return filas

    def _proyeccion(self) -> dict[str, Any] | None:
        p = self.ficha["proyeccion"]
        if "valor" not in p:
            return None
        return {
            **self._fila(self.cierre, p["valor"], "Proyección"),
            "min": float(p["minimo"]),
            "max": float(p["maximo"]),
            "rotulo": f"proy. {resultado(p['valor'], self.unidad)}",
        }

    def partes(self) -> dict[str, Any]:
        """Lo que pide `grafica_indicador.tendencia`."""
        return {
            "orden": self.orden,
            "actual": [self._fila(self._x(p), p["alcanzado"], "Resultado") for p in self.actual],
            "programado": self._programado(),
            "anteriores": self._anteriores(),
            "referencias": self._referencias(),
            "proyeccion": self._proyeccion(),
        }

    def tabla(self) -> dict[str, list[str]]:
        """Un renglón por periodo y una columna por línea."""
        partes = self.partes()
        sufijo = "" if self.anual else f" {self.anio}"
        columnas: dict[str, dict[str, str]] = {}
        for nombre, filas in (
            (f"Resultado{sufijo}", partes["actual"]),
            (f"Programado{sufijo}", partes["programado"]),
        ):
            columnas[nombre] = {f["x"]: f["cifra"] for f in filas}
        for f in partes["anteriores"]:
            columnas.setdefault(f"Resultado {f['serie']}", {})[f["x"]] = f["cifra"]
        for f in partes["referencias"]:
            columnas.setdefault(f["serie"], {})[f["x"]] = f["cifra"]
        if p := partes["proyeccion"]:
            rango = (resultado(self.ficha["proyeccion"][c], self.unidad) for c in ("minimo", "maximo"))
            columnas["Proyección"] = {p["x"]: f"{p['cifra']} (de {' a '.join(rango)})"}
        return {
            "Periodo": list(self.orden),
            **{nombre: [celdas.get(x) or "—" for x in self.orden] for nombre, celdas in columnas.items()},
        }


def hallazgo(puntos: Puntos, ficha: Ficha) -> str:
    """El título dice lo que pasó entre los dos últimos resultados y si eso es bueno."""
    medidos = [p for p in puntos if p["alcanzado"] is not None]
    unidad = ficha["unidad"]
    if not medidos:
        return "Todavía no hay resultados que mostrar"
    if len(medidos) == 1:
        return f"Un solo resultado: {resultado(medidos[0]['alcanzado'], unidad)}"
    antes, ahora = medidos[-2]["alcanzado"], medidos[-1]["alcanzado"]
    a, b = resultado(antes, unidad), resultado(ahora, unidad)
    if a == b:
        return f"Se mantuvo en {b}"
    juicio = rumbo(antes, ahora, Sentido(ficha["sentido"]), medidos[-1]["programado"])
    verbo = "Subió" if ahora > antes else "Bajó"
    fin = {"mejora": ": mejora", "empeora": ": empeora"}.get(juicio.value, "")
    return f"{verbo} de {a} a {b}{fin}"


def contra_otros_anios(ficha: Ficha) -> dict[str, Any] | None:
    """El mismo corte año contra año: el hallazgo y su tabla; None con un solo año."""
    filas = ficha["interanual"]
    if len(filas) < 2:
        return None
    ultima, previa = filas[-1], filas[-2]
    titulo = "Sin comparación con el año anterior: falta un resultado"
    if ultima["cambio"] is not None:
        juicio = f": {RUMBOS[ultima['rumbo']]}" if ultima["rumbo"] in ("mejora", "empeora") else ""
        titulo = f"{cambio(ultima['cambio'], ficha['unidad']).capitalize()} que en {previa['anio']}{juicio}"
    return {
        "titulo": titulo,
        "tabla": {
            "Corte": [f"T{f['trimestre']} {f['anio']}" for f in filas],
            "Resultado": [resultado(f["valor"], ficha["unidad"]) for f in filas],
            "Contra el año anterior": [cambio(f["cambio"], ficha["unidad"]) for f in filas],
            "Rumbo": [RUMBOS[f["rumbo"]] or "—" for f in filas],
        },
    }
