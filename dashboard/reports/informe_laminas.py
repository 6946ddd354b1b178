"""Las láminas del Informe, de 16 por 9: un mensaje en cada una."""

from dashboard.reports import informe_partes as partes
from dashboard.reports.barras import barras
from dashboard.reports.bloques import Bloque, Estilo, LadoALado, Parrafo, SaltoDePagina, Titulo
from dashboard.reports.documento import PRESENTACION, Documento, Parametros, Preguntar, Reporte
from dashboard.reports.informe_partes import GRUPO, OPCION, Datos
from db.rules.ficha_ejecutiva import lo_peor
from db.rules.permisos import Accion

OBRAS, PEORES, TEMAS = 7, 8, 8


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """Portada con las cifras del municipio, los ejes, una lámina por eje, las obras y lo que falta."""
    datos = partes.leer(preguntar, p)
    uno = datos["informe"]
    ejes = [c for c in datos["capitulos"] if c["nivel"] == 1]
    medidos = [(c["titulo"], c["figura"]["cumplimiento"]) for c in ejes if c["figura"]]
    laminas: list[list[Bloque]] = [
        [Titulo(uno["nombre"], 1), Parrafo(uno["periodo"], Estilo.DESTACADO), partes.cabeza(datos)]
    ]
    if medidos:
        laminas.append([Titulo(_hallazgo(medidos), 1), barras("Cumplimiento por eje", medidos)])
    laminas += [_de_eje(eje) for eje in ejes]
    mayores = sorted(datos["anexos"]["obras"], key=lambda g: -g["inversion"])[:OBRAS]
    if mayores:
        laminas.append([Titulo("Lo más grande que se hizo", 1), partes.de_obras("Por inversión", mayores)])
    temas = [
        (c["titulo"], c["figura"]["cumplimiento"])
        for c in datos["capitulos"]
        if c["nivel"] > 1 and c["figura"]
    ]
    if peores := lo_peor(temas, PEORES):
        laminas.append([Titulo("Lo que falta", 1), barras("Temas más lejos de lo programado", peores)])
    bloques: list[Bloque] = []
    for lamina in laminas:
        bloques += [SaltoDePagina()] if bloques else []
        bloques += lamina
    nombre = f"{uno['nombre']}: láminas"
    return partes.documento(
        preguntar, p, datos, REPORTE.clave, nombre, bloques, papel=PRESENTACION, con_titulo=False
    )


def _hallazgo(medidos: list[tuple[str, Datos]]) -> str:
    con_valor = [(nombre, r) for nombre, r in medidos if r["valor"] is not None]
    if not con_valor:
        return "Los ejes aún no tienen resultados"
    mejor, peor = max(con_valor, key=lambda e: e[1]["valor"]), min(con_valor, key=lambda e: e[1]["valor"])
    return f"{mejor[0]} va mejor, {mejor[1]['cifra']}; {peor[0]}, más atrás, {peor[1]['cifra']}"


def _de_eje(eje: Datos) -> list[Bloque]:
    """El eje con sus cifras; a un lado lo que se dice y al otro sus temas."""
    bloques: list[Bloque] = [Titulo(f"{eje['numero']} {eje['titulo']}", 1)]
    if cifras := partes.de_capitulo(eje):
        bloques.append(cifras)
    dicho: tuple[Bloque, ...] = tuple(Parrafo(x) for x in eje["parrafos"][:2])
    temas = eje["partes"] if len(eje["partes"]) <= TEMAS else lo_peor(eje["partes"], TEMAS)
    grafica = partes.grafica_de({**eje, "partes": temas or eje["partes"][:TEMAS]})
    if grafica and dicho:
        bloques.append(LadoALado((dicho, (grafica,)), (1, 1.4)))
    elif grafica:
        bloques.append(grafica)
    else:
        bloques += dicho
    return bloques


REPORTE = Reporte(
    clave="informe_laminas",
    titulo="Láminas",
    que_es="El Informe para proyectarse, en 16:9: un mensaje por lámina.",
    grupo=GRUPO,
    construir=construir,
    permiso=Accion.VER_INFORME,
    formatos=("pdf",),
    opciones=(OPCION,),
)
