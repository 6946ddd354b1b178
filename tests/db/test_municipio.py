"""Configuración del municipio: cada cambio se valida, pide permiso y no pisa lo de otra persona."""

import io
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlmodel import Session

from db.actions import ejercicio, ente, municipio, segmento
from db.actions.idempotencia import Conflicto, una_vez
from db.actions.segmento import Segmento
from db.engine import reading, writing
from db.models.actividad import AvanceMeta, MetaActividad
from db.models.bitacora import Bitacora, LlaveIdempotencia
from db.models.captura import Periodo, Ventana
from db.models.estructura import Dependencia, NivelDependencia
from db.models.municipio import Banda, Ejercicio, Municipio, Periodicidad, TipoEnte
from db.models.programas import Programa, Proyecto
from db.queries import configuracion
from db.rules.banda import CINCO_NIVELES, GENERAL
from db.rules.color import contraste
from db.rules.permisos import MATRIZ, Accion, Actor, Rol, SinPermiso
from db.rules.problema import Problema
from tests.conftest import actor

PLANEACION = actor(Rol.PLANEACION)
BUENO: dict[str, Any] = {
    "version": 0, "nombre": "San Isidro", "estado": "México", "clave_inegi": "15999", "color": "#9d2449"
}  # fmt: skip


def _hacer(accion: Callable[..., Any], **datos: Any) -> Any:
    with writing(PLANEACION) as session:
        return accion(session, PLANEACION, **datos)


def _imagen(formato: str, lado: int = 64, **extra: Any) -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (lado, lado), "#9D2449").save(salida, formato, **extra)
    return salida.getvalue()


def test_guardar_el_municipio_lo_deja_en_la_base_y_en_la_bitacora(base: str) -> None:
    _hacer(municipio.guardar_municipio, **BUENO)
    with reading() as session:
        leido = configuracion.municipio(session)
        assert (leido["nombre"], leido["clave_inegi"], leido["color"]) == ("San Isidro", "15999", "#9D2449")
        assert session.execute(select(func.count(Bitacora.id))).scalar_one() == 1


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"nombre": "  "}, "nombre"),
        ({"nombre": "x" * 121}, "nombre"),
        ({"estado": ""}, "estado"),
        ({"clave_inegi": "1599"}, "clave_inegi"),
        ({"clave_inegi": "33001"}, "clave_inegi"),
        ({"clave_inegi": "00001"}, "clave_inegi"),
        ({"color": "rojo"}, "color"),
        ({"color": "#FFFF00"}, "color"),
        ({"escudo": b""}, "escudo"),
        ({"escudo": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "escudo"),
        ({"escudo": _imagen("GIF")}, "escudo"),
        ({"escudo": _imagen("PNG")[:80]}, "escudo"),
        ({"escudo": b"\x89PNG\r\n\x1a\n" + b"0" * 400_000}, "escudo"),
        ({"escudo": _imagen("PNG", 4100)}, "escudo"),
    ],
)
def test_cada_dato_malo_se_dice_junto_a_su_campo(
    base_sqlite: str, cambio: dict[str, Any], campo: str
) -> None:
    with pytest.raises(Problema) as error:
        _hacer(municipio.guardar_municipio, **BUENO | cambio)
    assert error.value.campo == campo
    assert error.value.remedio
    with reading() as session:
        assert session.execute(select(Municipio)).first() is None


def test_el_escudo_se_vuelve_a_codificar_sin_metadatos(base_sqlite: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secreto"
    original = _imagen("JPEG", 1200, exif=exif)
    assert b"secreto" in original
    _hacer(municipio.guardar_municipio, **BUENO, escudo=original)
    with reading() as session:
        guardado = session.execute(select(Municipio)).scalar_one()
    assert guardado.escudo is not None
    assert b"secreto" not in guardado.escudo
    assert guardado.escudo_tipo == "image/jpeg"
    assert max(Image.open(io.BytesIO(guardado.escudo)).size) <= municipio.ESCUDO_LADO


def test_el_escudo_se_conserva_y_se_quita(base_sqlite: str) -> None:
    _hacer(municipio.guardar_municipio, **BUENO, escudo=_imagen("PNG"))
    _hacer(municipio.guardar_municipio, **BUENO | {"version": 1, "nombre": "Otro"})
    with reading() as session:
        leido = configuracion.municipio(session)
    assert leido["escudo"]
    _hacer(municipio.guardar_municipio, **BUENO | {"version": leido["version"]}, quitar_escudo=True)
    with reading() as session:
        assert configuracion.municipio(session)["escudo"] is None


def test_quien_abrio_antes_no_pisa_lo_que_otro_guardo(base: str) -> None:
    _hacer(municipio.guardar_municipio, **BUENO)
    _hacer(municipio.guardar_municipio, **BUENO | {"version": 1, "nombre": "Primero"})
    with pytest.raises(Conflicto):
        _hacer(municipio.guardar_municipio, **BUENO | {"version": 1, "nombre": "Segundo"})
    with reading() as session:
        assert configuracion.municipio(session)["nombre"] == "Primero"


def test_los_niveles_del_plan_son_de_tres_a_siete_y_distintos(base_sqlite: str) -> None:
    _hacer(municipio.guardar_niveles_plan, version=0, niveles=["Eje", "Objetivo", "Línea"])
    for malos in (["Eje", "Línea"], list("abcdefgh"), ["Eje", "eje ", "Línea"], ["Eje", "x" * 41, "Línea"]):
        with pytest.raises(Problema) as error:
            _hacer(municipio.guardar_niveles_plan, version=1, niveles=malos)
        assert error.value.campo == "niveles"


def test_un_ejercicio_nace_con_bandas_periodos_y_ventanas(base: str) -> None:
    _hacer(ejercicio.crear_administracion, inicio=2025)
    _hacer(ejercicio.crear_ejercicio, anio=2026)
    with reading() as session:
        assert list(session.execute(select(Periodo.mes).order_by(Periodo.mes)).scalars()) == [3, 6, 9, 12]
        assert session.execute(select(func.count(Banda.id))).scalar_one() == len(GENERAL)
        cierra = session.execute(select(func.min(Ventana.cierra))).scalar_one()
    # Cierra el 10 de abril a las 23:59 en el centro de México, que no cambia de horario: UTC−6.
    assert cierra.replace(tzinfo=cierra.tzinfo or UTC) == datetime(2026, 4, 11, 5, 59, tzinfo=UTC)


def test_las_administraciones_no_se_enciman_y_los_ejercicios_caben_en_una(base_sqlite: str) -> None:
    nueva = _hacer(ejercicio.crear_administracion, inicio=2025)
    assert (nueva.nombre, nueva.fin.year) == ("2025-2027", 2027)
    for inicio in (2023, 2025, 2027, 1900):
        with pytest.raises(Problema) as error:
            _hacer(ejercicio.crear_administracion, inicio=inicio)
        assert error.value.campo == "inicio"
    _hacer(ejercicio.crear_ejercicio, anio=2025)
    for anio in (2025, 2028, 99):
        with pytest.raises(Problema) as error:
            _hacer(ejercicio.crear_ejercicio, anio=anio)
        assert error.value.campo == "anio"


@pytest.fixture
def con_ejercicio(base_sqlite: str) -> int:
    _hacer(ejercicio.crear_administracion, inicio=2025)
    _hacer(ejercicio.crear_ejercicio, anio=2026)
    return 2026


def _firma_de_bandas(anio: int) -> str:
    with reading() as session:
        return configuracion.firma_de_bandas(session, anio)


def test_las_bandas_se_sustituyen_enteras(con_ejercicio: int) -> None:
    firma = _firma_de_bandas(con_ejercicio)
    _hacer(ejercicio.guardar_bandas, anio=con_ejercicio, firma=firma, bandas=CINCO_NIVELES)
    with reading() as session:
        filas = configuracion.bandas(session, con_ejercicio)["filas"]
    assert [fila["codigo"] for fila in filas] == [banda.codigo for banda in CINCO_NIVELES]
    with pytest.raises(Conflicto):
        _hacer(ejercicio.guardar_bandas, anio=con_ejercicio, firma=firma, bandas=GENERAL)


def test_bandas_con_huecos_no_se_guardan(con_ejercicio: int) -> None:
    antes = _firma_de_bandas(con_ejercicio)
    with pytest.raises(Problema):
        _hacer(ejercicio.guardar_bandas, anio=con_ejercicio, firma=antes, bandas=(GENERAL[0], *GENERAL[2:]))
    assert _firma_de_bandas(con_ejercicio) == antes


def _reglas(**cambios: Any) -> dict[str, Any]:
    return {
        "anio": 2026, "version": 1, "vencido_cuenta_cero": False, "cobertura_minima": Decimal("60.5"),
        "momentos_estrictos": True, "periodicidad": Periodicidad.TRIMESTRE,
    } | cambios  # fmt: skip


def test_las_reglas_y_el_corte_se_guardan(con_ejercicio: int) -> None:
    _hacer(ejercicio.guardar_reglas, **_reglas())
    _hacer(ejercicio.fijar_corte, anio=2026, version=2, mes=6)
    with reading() as session:
        leido = session.get_one(Ejercicio, 2026)
        assert (leido.cobertura_minima, leido.corte_mes, leido.momentos_estrictos) == (
            Decimal("60.5"),
            6,
            True,
        )
    for malo, campo in ((_reglas(version=3, cobertura_minima=Decimal(101)), "cobertura_minima"),):
        with pytest.raises(Problema) as error:
            _hacer(ejercicio.guardar_reglas, **malo)
        assert error.value.campo == campo
    with pytest.raises(Problema):
        _hacer(ejercicio.fijar_corte, anio=2026, version=3, mes=13)
    with pytest.raises(Conflicto):
        _hacer(ejercicio.fijar_corte, anio=2026, version=1, mes=9)


def test_cambiar_a_mes_renueva_periodos_y_ventanas(con_ejercicio: int) -> None:
    _hacer(ejercicio.guardar_reglas, **_reglas(periodicidad=Periodicidad.MES))
    with reading() as session:
        assert session.execute(select(func.count(Periodo.id))).scalar_one() == 12
        assert session.execute(select(func.count(Ventana.id))).scalar_one() == 48


def _con_avance(session: Session) -> None:
    ayuntamiento = ente.guardar_ente(
        session, PLANEACION, ente_id=None, version=0, clave="a", nombre="A", tipo=TipoEnte.AYUNTAMIENTO
    )
    programa = Programa(anio=2026, clave="01020401", nombre="P")
    session.add(programa)
    session.flush()
    proyecto = Proyecto(anio=2026, programa_id=programa.id, clave="010204010101", nombre="Y")
    dependencia = Dependencia(
        ente_id=ayuntamiento.id, nivel=NivelDependencia.GENERAL, clave="A00", nombre="P"
    )
    session.add_all([proyecto, dependencia])
    session.flush()
    meta = MetaActividad(
        anio=2026, ente_id=ayuntamiento.id, proyecto_id=proyecto.id, dependencia_id=dependencia.id, numero=1,
        nombre="M",
    )  # fmt: skip
    session.add(meta)
    session.flush()
    session.add(AvanceMeta(meta_id=meta.id, mes=3, alcanzado=Decimal(1), capturado_en=datetime.now(UTC)))


def test_con_avances_la_periodicidad_ya_no_cambia(con_ejercicio: int) -> None:
    with writing(PLANEACION) as session:
        _con_avance(session)
    with pytest.raises(Problema) as error:
        _hacer(ejercicio.guardar_reglas, **_reglas(periodicidad=Periodicidad.MES))
    assert error.value.campo == "periodicidad"


def test_los_entes_tienen_clave_unica_y_siempre_queda_uno_activo(base_sqlite: str) -> None:
    datos: dict[str, Any] = {"version": 0, "nombre": "Ayuntamiento", "tipo": TipoEnte.AYUNTAMIENTO}
    primero = _hacer(ente.guardar_ente, ente_id=None, clave="Ayuntamiento", **datos)
    assert primero.clave == "Ayuntamiento"
    for clave in ("ayuntamiento", "AYUNTAMIENTO", "", "con espacio", "técnico"):
        with pytest.raises(Problema) as error:
            _hacer(ente.guardar_ente, ente_id=None, clave=clave, **datos)
        assert error.value.campo == "clave"
    unico = datos | {"version": 1, "ente_id": primero.id, "clave": "Ayuntamiento"}
    with pytest.raises(Problema) as error:
        _hacer(ente.guardar_ente, **unico, activo=False)
    assert error.value.campo == "activo"
    _hacer(ente.guardar_ente, ente_id=None, clave="dif", **datos | {"tipo": TipoEnte.DIF})
    assert _hacer(ente.guardar_ente, **unico, activo=False).activo is False


def _firma(pregunta: Callable[[Session], str]) -> str:
    with reading() as session:
        return pregunta(session)


def test_las_partidas_de_transferencia_son_del_capitulo_4000(base_sqlite: str) -> None:
    firma = _firma(configuracion.firma_de_partidas)
    _hacer(ente.guardar_partidas_transferencia, firma=firma, partidas=[("4151", "Transferencias"), ("", "")])
    with reading() as session:
        assert configuracion.partidas(session)["filas"] == [{"partida": "4151", "nombre": "Transferencias"}]
    firma = _firma(configuracion.firma_de_partidas)
    for malas in ([("3111", "x")], [("415", "x")], [("4151", "x"), ("4151", "y")]):
        with pytest.raises(Problema) as error:
            _hacer(ente.guardar_partidas_transferencia, firma=firma, partidas=malas)
        assert error.value.campo == "partidas"


def test_los_segmentos_de_la_clave_guardan_su_orden(base_sqlite: str) -> None:
    buenos = [
        Segmento("Partida", "Partida", 4),
        Segmento("proyecto", "Proyecto", 12),
        Segmento("tipo gasto", "TG"),
    ]
    _hacer(segmento.guardar_segmentos, firma=_firma(configuracion.firma_de_segmentos), segmentos=buenos)
    with reading() as session:
        filas = configuracion.segmentos(session)["filas"]
    assert [(f["codigo"], f["longitud"]) for f in filas] == [
        ("partida", 4), ("proyecto", 12), ("tipo_gasto", None)
    ]  # fmt: skip
    firma = _firma(configuracion.firma_de_segmentos)
    for malos in (
        [],
        buenos[:1],
        buenos[1:],
        [*buenos, buenos[0]],
        [*buenos, Segmento("9x", "x")],
        [*buenos, Segmento("ur", "x", 99)],
        [*buenos, Segmento("ur", "")],
    ):
        with pytest.raises(Problema) as error:
            _hacer(segmento.guardar_segmentos, firma=firma, segmentos=malos)
        assert error.value.campo == "segmentos"


LLAMADAS: dict[str, Callable[[Session, Actor], Any]] = {
    "municipio": lambda s, a: municipio.guardar_municipio(s, a, **BUENO),
    "niveles": lambda s, a: municipio.guardar_niveles_plan(s, a, version=0, niveles=["a", "b", "c"]),
    "administracion": lambda s, a: ejercicio.crear_administracion(s, a, inicio=2028),
    "ejercicio": lambda s, a: ejercicio.crear_ejercicio(s, a, anio=2027),
    "bandas": lambda s, a: ejercicio.guardar_bandas(
        s, a, anio=2026, firma=configuracion.firma_de_bandas(s, 2026), bandas=GENERAL
    ),
    "corte": lambda s, a: ejercicio.fijar_corte(s, a, anio=2026, version=1, mes=3),
    "reglas": lambda s, a: ejercicio.guardar_reglas(s, a, **_reglas()),
    "ente": lambda s, a: ente.guardar_ente(
        s, a, ente_id=None, version=0, clave="x", nombre="X", tipo=TipoEnte.OTRO
    ),
    "partidas": lambda s, a: ente.guardar_partidas_transferencia(
        s, a, firma=configuracion.firma_de_partidas(s), partidas=[]
    ),
    "segmentos": lambda s, a: segmento.guardar_segmentos(
        s, a, firma=configuracion.firma_de_segmentos(s),
        segmentos=[Segmento("proyecto", "P"), Segmento("partida", "P")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("llamada", LLAMADAS)
@pytest.mark.usefixtures("con_ejercicio")
def test_solo_quien_dice_la_matriz_configura(llamada: str) -> None:
    for rol in Rol:
        quien = actor(rol)
        if rol in MATRIZ[Accion.EDITAR_CONFIGURACION]:
            with writing(quien) as session:
                LLAMADAS[llamada](session, quien)
                session.rollback()
        else:
            with pytest.raises(SinPermiso), writing(quien) as session:
                LLAMADAS[llamada](session, quien)


def test_una_llave_repetida_no_vuelve_a_guardar(base: str) -> None:
    for esperado in (False, True):
        with writing(PLANEACION) as session:
            _, repetida = una_vez(session, PLANEACION, "k1", "x", lambda: {"n": 1})
        assert repetida is esperado
    with reading() as session:
        assert session.execute(select(LlaveIdempotencia.resultado)).scalar_one() == {"n": 1}


def test_dos_veces_a_la_vez_guardan_una(base: str) -> None:
    hechas: list[int] = []
    errores: list[BaseException] = []
    salida = threading.Barrier(2)

    def hacer() -> None:
        salida.wait()
        try:
            with writing(PLANEACION) as session:
                una_vez(session, PLANEACION, "k2", "x", lambda: hechas.append(1))
        except BaseException as error:
            errores.append(error)

    hilos = [threading.Thread(target=hacer) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert len(hechas) == 1
    assert all("llave_idempotencia" in str(error) for error in errores)


def test_el_contraste_es_el_de_la_norma() -> None:
    assert contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contraste("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contraste("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
