"""Evidencias de la demostración: oficios y fotos que prueban parte de lo entregado en el año, con huecos."""

import hashlib
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import Random

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlmodel import Session

from db.actions.almacen import escribir
from db.audit import anotar
from db.base import tabla
from db.engine import writing
from db.models.actividad import AvanceMeta, EstadoAvance, MetaActividad
from db.models.captura import ClaseItem
from db.models.evidencias import Clasificacion, Evidencia, PruebaDe
from db.models.indicadores import AvanceVariable, Indicador, VariableIndicador
from db.rules.evidencias import TIPOS
from db.rules.formato import mes_anio
from db.rules.permisos import Rol
from seed.demo.calendario import ACTUAL, HOY, MES_CORTE, SEMILLA, local
from seed.demo.estructura import Base

OFICIOS = ("Oficio de entrega", "Lista de asistencia", "Acta de hechos", "Reporte fotográfico")
FOTOS = ("Foto de la obra", "Foto de la jornada")
Lugar = tuple[int, int, int]
"""Ente, área y último mes del periodo."""

Item = tuple[ClaseItem, int]

PARTES = (0.0, 0.6, 0.75, 0.9, 1.0, 1.0)
"""Qué parte de lo que un área entregó trae prueba; se sortea por área y periodo."""

EN_CURSO = 0.6
"""Del trimestre abierto: la mitad larga, para que quien revisa vea de las dos."""

CLASES = (Clasificacion.PUBLICA,) * 6 + (Clasificacion.RESERVADA, Clasificacion.CONFIDENCIAL)
ENTREGADOS = (
    EstadoAvance.ENVIADO,
    EstadoAvance.EN_REVISION,
    EstadoAvance.VALIDADO,
    EstadoAvance.PUBLICADO,
)
RETIRADAS = 4
MOTIVO = "El archivo era de otra obra; se subió el correcto."


def crear(base: Base) -> None:
    """Deja los archivos en la carpeta de evidencias; cada área prueba parte de lo que entregó."""
    azar = Random(SEMILLA + MES_CORTE)
    with writing(base.actores[Rol.ENLACE]) as session:
        por_area = _entregado(session)
        archivos = {mes: _archivos(mes) for mes in sorted({mes for _, _, mes in por_area})}
        hechas = []
        for (ente_id, dependencia_id, mes), items in sorted(por_area.items()):
            parte = EN_CURSO if mes > MES_CORTE else azar.choice(PARTES)
            probadas = items[: round(len(items) * parte)]
            for grupo in (probadas[0::2], probadas[1::2]):
                if grupo:
                    clase = azar.choice(CLASES)
                    una = _evidencia(archivos[mes], azar, ente_id, dependencia_id, mes, clase)
                    hechas.append((una, mes, grupo))
        _guardar(session, hechas)
        anotar(session, "crear", "evidencia", cuantas=len(hechas))


def _entregado(session: Session) -> dict[Lugar, list[Item]]:
    """(ente, área, mes) → las metas e indicadores que entregó en el ejercicio."""
    a, m = tabla(AvanceMeta).c, tabla(MetaActividad)
    b, v, i = tabla(AvanceVariable).c, tabla(VariableIndicador), tabla(Indicador)
    de_metas = (
        select(m.c.ente_id, m.c.dependencia_id, a.mes, m.c.id)
        .join(m, m.c.id == a.meta_id)
        .where(m.c.anio == ACTUAL, a.estado.in_(ENTREGADOS))
    )
    de_indicadores = (
        select(i.c.ente_id, i.c.dependencia_id, (b.trimestre * 3).label("mes"), i.c.id)
        .join(v, v.c.id == b.variable_id)
        .join(i, i.c.id == v.c.indicador_id)
        .where(i.c.anio == ACTUAL, b.estado.in_(ENTREGADOS))
        .distinct()
    )
    por_area: dict[Lugar, list[Item]] = defaultdict(list)
    for clase, consulta in ((ClaseItem.META, de_metas), (ClaseItem.INDICADOR, de_indicadores)):
        for ente_id, dependencia_id, mes, cual in sorted(session.execute(consulta).tuples()):
            por_area[ente_id, dependencia_id, mes].append((clase, cual))
    return por_area


def _evidencia(
    archivos: Sequence[tuple[str, str, str, int]],
    azar: Random,
    ente_id: int,
    dependencia_id: int,
    mes: int,
    clasificacion: Clasificacion,
) -> Evidencia:
    huella, nombre, tipo, tamano = azar.choice(archivos)
    return Evidencia(
        sha256=huella,
        nombre=nombre,
        tipo=tipo,
        tamano=tamano,
        clasificacion=clasificacion,
        ente_id=ente_id,
        dependencia_id=dependencia_id,
        subio="enlace",
        subida_en=local(min(date(ACTUAL, mes, 27), HOY), 12, azar.randint(0, 59)),
    )


def _guardar(session: Session, hechas: Sequence[tuple[Evidencia, int, Sequence[Item]]]) -> None:
    for una, _mes, _items in hechas:
        session.add(una)
    for una, mes, _items in hechas[:RETIRADAS]:
        una.retirada_en, una.motivo_retiro = local(date(ACTUAL, mes, 28), 9), MOTIVO
    session.flush()
    pruebas = [
        {"evidencia_id": una.id, "clase": clase, "item_id": cual, "anio": ACTUAL, "mes": mes}
        for una, mes, items in hechas
        for clase, cual in items
    ]
    session.execute(tabla(PruebaDe).insert(), pruebas)


def _archivos(mes: int) -> list[tuple[str, str, str, int]]:
    """Los archivos de un periodo ya en su lugar: huella, nombre, tipo y tamaño."""
    cuando = mes_anio(ACTUAL, mes)
    hechos = [(f"{que}, {cuando}.pdf", oficio(que, cuando)) for que in OFICIOS]
    hechos += [(f"{que}, {cuando}.jpg", foto(que, cuando)) for que in FOTOS]
    lista = []
    for nombre, contenido in hechos:
        huella = hashlib.sha256(contenido).hexdigest()
        escribir(huella, contenido)
        lista.append((huella, nombre, TIPOS[nombre.rpartition(".")[2]], len(contenido)))
    return lista


def oficio(que: str, cuando: str) -> bytes:
    """Una hoja en PDF con su título y la leyenda de que es inventada."""
    renglones = (que, f"Periodo que termina en {cuando}", "Documento inventado para la demostración.")
    texto = "".join(f"({renglon}) Tj 0 -28 Td " for renglon in renglones)
    dibujo = f"BT /F1 16 Tf 72 700 Td {texto}ET".encode("cp1252")
    objetos = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (es-MX) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(dibujo), dibujo),
    )
    salida, lugares = b"%PDF-1.4\n", []
    for numero, objeto in enumerate(objetos, start=1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    tabla_de_lugares = b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    cola = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, len(salida))
    return salida + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1) + tabla_de_lugares + cola


def foto(que: str, cuando: str) -> bytes:
    """Un paisaje dibujado, con su letrero."""
    imagen = Image.linear_gradient("L").resize((640, 420)).convert("RGB")
    dibujo = ImageDraw.Draw(imagen)
    dibujo.rectangle((0, 300, 640, 420), fill=(96, 112, 80))
    dibujo.ellipse((480, 40, 570, 130), fill=(236, 200, 96))
    dibujo.text((24, 340), f"{que}, {cuando}. Imagen inventada.", fill=(255, 255, 255), font_size=22)
    salida = io.BytesIO()
    imagen.save(salida, format="JPEG", quality=70)
    return salida.getvalue()
