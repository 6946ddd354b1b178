"""Municipio ficticio: entes, ejercicios con sus periodos y bandas, dependencias, titulares y cuentas."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from sqlmodel import Session

from db.models.captura import ClaseCaptura, EstadoPeriodo, Periodo, Ventana
from db.models.estructura import Dependencia, NivelDependencia, Titular
from db.models.municipio import (
    Administracion,
    Banda,
    Ejercicio,
    Ente,
    Municipio,
    PartidaTransferencia,
    TipoEnte,
)
from db.models.usuarios import RolUsuario, Usuario
from db.rules.banda import GENERAL
from db.rules.permisos import NOMBRE_ROL, Actor, Asignacion, Rol
from seed import catalogos
from seed.demo import calendario
from seed.demo.lote import insertar
from seed.demo.vocabulario import leer
from seed.inicial import segmentos_por_omision

ENTES = (
    ("AYTO", "Ayuntamiento de San Isidro del Valle", TipoEnte.AYUNTAMIENTO),
    ("DIF", "Sistema Municipal DIF", TipoEnte.DIF),
    ("AGUA", "Organismo de Agua y Saneamiento", TipoEnte.AGUA),
    ("DEPORTE", "Instituto Municipal de Cultura Física y Deporte", TipoEnte.DEPORTE),
)

SIN_PROGRAMA = (
    ("AYTO", "B01", "155"),
    ("AYTO", "C01", "100"),
    ("AYTO", "C02", "100"),
    ("AYTO", "C03", "100"),
    ("AYTO", "C04", "100"),
    ("AGUA", "A00", "231"),
    ("AGUA", "E00", "230"),
)
"""Dependencias que existen y no encabezan ningún programa: (ente, general, auxiliar)."""

NOMBRES = ("Aurora", "Benito", "Celia", "Darío", "Elvira", "Fausto", "Gala", "Horacio")
APELLIDOS = ("Ejemplo", "Ficticio", "Inventado", "Muestra", "Supuesto")

DEPENDENCIA_DEL_ENLACE = ("AYTO", "F00")

PARTIDA_TRANSFERENCIA = "4150"


@dataclass(frozen=True, slots=True)
class Base:
    """Ids de lo que todo lo demás necesita."""

    administracion_id: int
    entes: dict[str, int]
    dependencias: dict[tuple[str, str, str], int]
    """(ente, general, auxiliar) → id; auxiliar vacía es la general misma."""
    actores: dict[Rol, Actor]


def crear(session: Session, azar: Random) -> Base:
    """Crea el municipio y devuelve los ids con que se cuelga lo demás."""
    session.add(
        Municipio(nombre="San Isidro del Valle", estado="México", clave_inegi="15999", numero_pbrm="999")
    )
    administracion = Administracion(
        nombre="Administración 2024-2026", inicio=date(2024, 1, 1), fin=date(2026, 12, 31)
    )
    session.add(administracion)
    session.flush()
    assert administracion.id is not None
    ids = insertar(session, Ente, [{"clave": c, "nombre": n, "tipo": t} for c, n, t in ENTES])
    entes = {ente[0]: ente_id for ente, ente_id in zip(ENTES, ids, strict=True)}
    transferencia = {
        "partida": PARTIDA_TRANSFERENCIA,
        "nombre": "Transferencias internas otorgadas a entidades paraestatales",
    }
    insertar(session, PartidaTransferencia, [transferencia])
    segmentos_por_omision(session)
    for anio in calendario.EJERCICIOS:
        _ejercicio(session, anio, administracion.id)
    dependencias = _dependencias(session, entes)
    _titulares(session, azar, dependencias)
    actores = _cuentas(session, entes, dependencias)
    return Base(administracion.id, entes, dependencias, actores)


def _ejercicio(session: Session, anio: int, administracion_id: int) -> None:
    session.add(Ejercicio(anio=anio, administracion_id=administracion_id))
    session.flush()
    bandas = [
        {
            "anio": anio,
            "indicador_id": None,
            "orden": orden,
            "codigo": b.codigo,
            "palabra": b.palabra,
            "icono": b.icono,
            "color": b.color,
            "inferior": b.inferior,
            "superior": b.superior,
            "equivale": b.equivale.value,
        }
        for orden, b in enumerate(GENERAL, start=1)
    ]
    insertar(session, Banda, bandas)
    periodos, ventanas = [], []
    for t in calendario.TRIMESTRES:
        cerrado = calendario.cerrado(anio, t)
        periodos.append(
            {
                "anio": anio,
                "mes": t * 3,
                "estado": EstadoPeriodo.CERRADO if cerrado else EstadoPeriodo.ABIERTO,
                "cerrado_en": calendario.vence(anio, t) + timedelta(days=4) if cerrado else None,
                "cerro": "planeacion" if cerrado else "",
            }
        )
        ventanas += [
            {
                "anio": anio,
                "mes": t * 3,
                "clase": clase,
                "abre": calendario.local(date(anio, t * 3 - 2, 1), 0),
                "cierra": calendario.vence(anio, t),
            }
            for clase in (ClaseCaptura.ACTIVIDADES, ClaseCaptura.INDICADORES, ClaseCaptura.PRESUPUESTO)
        ]
    insertar(session, Periodo, periodos)
    insertar(session, Ventana, ventanas)


def _dependencias(session: Session, entes: dict[str, int]) -> dict[tuple[str, str, str], int]:
    pares = [
        (r["ente"], r["general"], auxiliar)
        for r in leer("responsables.csv")
        for auxiliar in r["auxiliares"].split()
    ]
    todas = list(dict.fromkeys([*pares, *SIN_PROGRAMA]))
    generales = sorted({(ente, general) for ente, general, _ in todas})
    nombre = _nombres()
    filas = [
        {
            "ente_id": entes[ente],
            "padre_id": None,
            "nivel": NivelDependencia.GENERAL,
            "clave": general,
            "nombre": nombre[ente, general],
        }
        for ente, general in generales
    ]
    ids = {(e, g, ""): i for (e, g), i in zip(generales, insertar(session, Dependencia, filas), strict=True)}
    filas = [
        {
            "ente_id": entes[ente],
            "padre_id": ids[ente, general, ""],
            "nivel": NivelDependencia.AUXILIAR,
            "clave": auxiliar,
            "nombre": nombre[ente, auxiliar],
        }
        for ente, general, auxiliar in todas
    ]
    return ids | dict(zip(todas, insertar(session, Dependencia, filas), strict=True))


def _nombres() -> dict[tuple[str, str], str]:
    ente_de = {tipo.value: clave for clave, _, tipo in ENTES}
    return {
        (ente_de[r["ambito"]], r["clave"]): r["nombre"]
        for archivo in ("dependencia_general.csv", "dependencia_auxiliar.csv")
        for r in catalogos.leer(archivo)
        if r["ambito"] in ente_de
    }


def _titulares(session: Session, azar: Random, dependencias: dict[tuple[str, str, str], int]) -> None:
    personas = [f"{n} {a} {b}" for n in NOMBRES for a in APELLIDOS for b in APELLIDOS if a != b]
    azar.shuffle(personas)
    nombre = _nombres()
    generales = [(llave, i) for llave, i in dependencias.items() if not llave[2]]
    filas = [
        {
            "dependencia_id": dependencia_id,
            "nombre": persona,
            "cargo": f"Titular de {nombre[ente, general]}",
            "desde": date(2024, 1, 1),
        }
        for ((ente, general, _), dependencia_id), persona in zip(generales, personas, strict=False)
    ]
    # Las auxiliares toman los nombres que sobraron, en su orden: sortear otra vez movería todo lo demás.
    libres = cycle(personas[len(generales) :] or personas)
    filas += [
        {
            "dependencia_id": dependencia_id,
            "nombre": next(libres),
            "cargo": f"Titular de {nombre[ente, auxiliar]}",
            "desde": date(2024, 1, 1),
        }
        for (ente, _, auxiliar), dependencia_id in dependencias.items()
        if auxiliar
    ]
    insertar(session, Titular, filas)


def _cuentas(
    session: Session, entes: dict[str, int], dependencias: dict[tuple[str, str, str], int]
) -> dict[Rol, Actor]:
    actores = {}
    ente, general = DEPENDENCIA_DEL_ENLACE
    for rol in Rol:
        propio = rol is Rol.ENLACE
        usuario = Usuario(
            cuenta=rol.value,
            nombre=f"Demostración · {NOMBRE_ROL[rol]}",
            creada_en=calendario.local(date(2024, 1, 8), 9),
        )
        session.add(usuario)
        session.flush()
        assert usuario.id is not None
        asignacion = Asignacion(
            rol, entes[ente] if propio else None, dependencias[ente, general, ""] if propio else None
        )
        session.add(
            RolUsuario(
                usuario_id=usuario.id,
                rol=rol,
                ente_id=asignacion.ente_id,
                dependencia_id=asignacion.dependencia_id,
            )
        )
        actores[rol] = Actor(usuario.id, usuario.cuenta, usuario.nombre, (asignacion,))
    session.flush()
    return actores
