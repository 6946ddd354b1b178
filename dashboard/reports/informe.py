"""El Informe de Gobierno completo, su resumen ejecutivo y los datos que hay detrás."""

from dashboard.reports import informe_partes as partes
from dashboard.reports.barras import barras
from dashboard.reports.bloques import (
    Bloque,
    Columna,
    Estilo,
    Indice,
    Parrafo,
    SaltoDePagina,
    Tabla,
    Titulo,
    renglon,
)
from dashboard.reports.documento import Documento, Parametros, Preguntar, Reporte
from dashboard.reports.informe_partes import GRUPO, OPCION, Datos
from db.rules.ficha_ejecutiva import lo_peor
from db.rules.formato import fecha
from db.rules.informe import parrafos
from db.rules.permisos import Accion

OBRAS_DEL_RESUMEN, PEORES = 12, 10

METODO = (
    "El cumplimiento compara lo alcanzado con lo programado a la fecha de corte y se consolida de las metas "
    "a la línea de acción, al tema y al eje con los pesos vigentes del plan.",
    "El avance anual compara lo alcanzado con lo comprometido para todo el año.",
    "Cada cifra del texto es una cita a un corte: si el periodo está cerrado, su valor es el que se congeló "
    "en ese cierre y no cambia aunque después se corrija un dato.",
    "Las cifras de otras fuentes llevan su fuente entre paréntesis junto a ellas.",
)


def construir(preguntar: Preguntar, p: Parametros) -> Documento:
    """Presentación, índice, un apartado por capítulo y los anexos que el sistema escribe."""
    datos = partes.leer(preguntar, p)
    uno = datos["informe"]
    rinde = f" · se rinde el {fecha(uno['rinde_en'])}" if uno["rinde_en"] else ""
    bloques: list[Bloque] = [
        Parrafo(f"Periodo: {uno['periodo']}{rinde}", Estilo.CENTRADO),
        partes.cabeza(datos),
    ]
    if uno["presentacion"]:
        bloques += [Titulo("Presentación", 1), *(Parrafo(x) for x in parrafos(uno["presentacion"]))]
    bloques += [*partes.firmas(preguntar, p), SaltoDePagina(), Indice(nivel=2)]
    for capitulo in datos["capitulos"]:
        bloques += _capitulo(capitulo)
    bloques += _anexos(datos)
    return partes.documento(preguntar, p, datos, INFORME.clave, uno["nombre"], bloques, hoja="Informe")


def _capitulo(uno: Datos) -> list[Bloque]:
    """Los de primer nivel empiezan hoja; cada uno con sus cifras, su gráfica, su texto y sus fotos."""
    bloques: list[Bloque] = [SaltoDePagina(hoja=f"Cap {uno['numero']}")] if uno["nivel"] == 1 else []
    bloques.append(Titulo(f"{uno['numero']} {uno['titulo']}", min(uno["nivel"], 3)))
    if cifras := partes.de_capitulo(uno):
        bloques.append(cifras)
    bloques += [Parrafo(texto) for texto in uno["parrafos"]] or [
        Parrafo("Este capítulo aún no se escribe.", Estilo.NOTA)
    ]
    if grafica := partes.grafica_de(uno):
        bloques.append(grafica)
    if uno["logros"]:
        bloques.append(partes.de_obras("Logros, obras y acciones", uno["logros"], con_capitulo=False))
        bloques += [Parrafo(f"{g['titulo']}: {g['descripcion']}") for g in uno["logros"] if g["descripcion"]]
    return bloques + partes.fotos(uno)


def _anexos(datos: Datos) -> list[Bloque]:
    anexos = datos["anexos"]
    tablas = [
        ("Anexo A. Cumplimiento por eje", partes.de_cumplimiento("Por eje", anexos["ejes"])),
        ("Anexo B. Cumplimiento por programa", partes.de_cumplimiento("Por programa", anexos["programas"])),
        ("Anexo C. Indicadores", partes.de_cumplimiento("Por indicador", anexos["indicadores"])),
        ("Anexo D. Presupuesto", partes.de_presupuesto("Por programa, en pesos", anexos["presupuesto"])),
        ("Anexo E. Logros, obras y acciones", partes.de_obras("De todos los capítulos", anexos["obras"])),
        ("Anexo F. Acuerdos de los comités", partes.de_acuerdos("Al cierre del periodo", anexos["acuerdos"])),
        ("Anexo G. De dónde sale cada cifra", partes.de_citadas("Cifras citadas", datos["cifras"])),
    ]
    bloques: list[Bloque] = []
    for titulo, tabla in tablas:
        if tabla.renglones:
            bloques += [SaltoDePagina(hoja=titulo.split(".")[0]), Titulo(titulo, 1), tabla]
    bloques += [SaltoDePagina(hoja="Método"), Titulo("Anexo H. Método", 1), *(Parrafo(x) for x in METODO)]
    if datos["bandas"]:
        filas = tuple(renglon(f"{b['icono']} {b['palabra']}", b["intervalo"]) for b in datos["bandas"])
        columnas = (Columna("Estado", 1), Columna("Cumplimiento", 2))
        bloques.append(Tabla(columnas, filas, "Cómo se llama cada resultado", "Bandas de cumplimiento."))
    return bloques


def resumen(preguntar: Preguntar, p: Parametros) -> Documento:
    """Lo principal en pocas hojas: cómo va cada eje, las obras mayores y lo que falta."""
    datos = partes.leer(preguntar, p)
    ejes = [c for c in datos["capitulos"] if c["nivel"] == 1]
    medidos = [(c["titulo"], c["figura"]["cumplimiento"]) for c in ejes if c["figura"]]
    bloques: list[Bloque] = [
        Parrafo(f"{datos['informe']['nombre']} · {datos['informe']['periodo']}", Estilo.DESTACADO),
        partes.cabeza(datos),
    ]
    if medidos:
        bloques.append(barras("Cumplimiento por eje", medidos))
    for eje in ejes:
        bloques.append(Titulo(f"{eje['numero']} {eje['titulo']}", 2))
        bloques += [Parrafo(texto) for texto in eje["parrafos"][:1]]
    mayores = sorted(datos["anexos"]["obras"], key=lambda g: -g["inversion"])[:OBRAS_DEL_RESUMEN]
    if mayores:
        bloques += [Titulo("Lo más grande que se hizo", 2), partes.de_obras("Por inversión", mayores)]
    temas = [
        (c["titulo"], c["figura"]["cumplimiento"])
        for c in datos["capitulos"]
        if c["nivel"] > 1 and c["figura"]
    ]
    if peores := lo_peor(temas, PEORES):
        bloques += [Titulo("Lo que falta", 2), barras("Temas más lejos de lo programado", peores)]
    nombre = f"{datos['informe']['nombre']}: resumen ejecutivo"
    return partes.documento(preguntar, p, datos, RESUMEN.clave, nombre, bloques, hoja="Resumen")


def de_los_datos(preguntar: Preguntar, p: Parametros) -> Documento:
    """Los datos detrás del Informe, una hoja de Excel por tema."""
    datos = partes.leer(preguntar, p)
    anexos = datos["anexos"]
    hojas = (
        ("Cifras citadas", partes.de_citadas("Cifras citadas en el texto", datos["cifras"])),
        ("Ejes", partes.de_cumplimiento("Cumplimiento por eje", anexos["ejes"])),
        ("Programas", partes.de_cumplimiento("Cumplimiento por programa", anexos["programas"])),
        ("Indicadores", partes.de_cumplimiento("Indicadores", anexos["indicadores"])),
        ("Dependencias", partes.de_cumplimiento("Cumplimiento por dependencia", anexos["dependencias"])),
        ("Presupuesto", partes.de_presupuesto("Presupuesto por programa, en pesos", anexos["presupuesto"])),
        ("Obras", partes.de_obras("Logros, obras y acciones", anexos["obras"])),
        ("Acuerdos", partes.de_acuerdos("Acuerdos de los comités", anexos["acuerdos"])),
    )
    bloques: list[Bloque] = []
    for hoja, tabla in hojas:
        bloques += [SaltoDePagina(hoja=hoja)] if bloques else []
        bloques.append(tabla)
    nombre = f"{datos['informe']['nombre']}: datos"
    return partes.documento(preguntar, p, datos, DATOS.clave, nombre, bloques, hoja="Cifras citadas")


INFORME = Reporte(
    clave="informe",
    titulo="Informe completo",
    que_es="Todos los capítulos con sus cifras, gráficas, obras y fotografías, y los anexos del sistema.",
    grupo=GRUPO,
    construir=construir,
    permiso=Accion.VER_INFORME,
    formatos=("pdf", "docx"),
    opciones=(OPCION,),
)
RESUMEN = Reporte(
    clave="informe_resumen",
    titulo="Resumen ejecutivo",
    que_es="Lo principal del Informe en pocas hojas.",
    grupo=GRUPO,
    construir=resumen,
    permiso=Accion.VER_INFORME,
    formatos=("pdf", "docx"),
    opciones=(OPCION,),
)
DATOS = Reporte(
    clave="informe_datos",
    titulo="Datos del Informe",
    que_es="Las cifras, tablas y obras del Informe en Excel, con el cierre de que salió cada una.",
    grupo=GRUPO,
    construir=de_los_datos,
    permiso=Accion.VER_INFORME,
    formatos=("xlsx",),
    opciones=(OPCION,),
)
REPORTES = (INFORME, RESUMEN, DATOS)
