"""Cuentas, códigos, contraseñas y sesiones: lo que se promete a quien entra y a quien administra."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from db.actions import sesion as acciones_sesion
from db.actions import usuarios as acciones
from db.audit import verificar_cadena
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.bitacora import Bitacora, DataVersion
from db.models.usuarios import Sesion, Usuario
from db.queries import usuarios
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from db.rules.usuarios import (
    ESPERA_MAXIMA,
    INACTIVIDAD_CAPTURA,
    INACTIVIDAD_CONSULTA,
    SESIONES_POR_CUENTA,
    espera_por_fallas,
    exigir_clave_segura,
    inactividad,
)
from tests.conftest import CIFRADOR, actor

CLAVE = "caballo verde lluvia norte"
NAVEGADOR = "prueba/1.0"
IP = "10.1.2.3"


def crear(cuenta: str = "maria.lopez", *roles: Rol) -> tuple[int, str]:
    """Cuenta nueva con su código."""
    with writing(LINEA_DE_COMANDOS) as session:
        creado = acciones.crear_usuario(
            session, LINEA_DE_COMANDOS, cuenta=cuenta, nombre="María Prueba",
            asignaciones=[Asignacion(rol) for rol in roles or (Rol.PLANEACION,)],
        )  # fmt: skip
        assert creado.id is not None
        return creado.id, acciones.generar_codigo(session, LINEA_DE_COMANDOS, usuario_id=creado.id)


def con_clave(cuenta: str = "maria.lopez", *roles: Rol) -> int:
    """Cuenta con contraseña puesta sin gastar el estreno."""
    usuario_id, _ = crear(cuenta, *roles)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(
            update(tabla(Usuario))
            .where(tabla(Usuario).c.id == usuario_id)
            .values(clave_hash=acciones.cifrar_clave(CLAVE), codigo_hash=None)
        )
    return usuario_id


def entrar(clave: str = CLAVE, cuenta: str = "maria.lopez", ip: str = IP, previo: str | None = None):
    return acciones_sesion.entrar(cuenta, clave, ip, NAVEGADOR, previo)


def abierta(testigo: str) -> usuarios.SesionAbierta | None:
    with reading() as session:
        return usuarios.por_testigo(session, acciones.huella_de(testigo))


def version() -> int:
    with reading() as session:
        return session.execute(select(tabla(DataVersion).c.numero)).scalar_one()


def bitacora() -> str:
    with reading() as session:
        return "\n".join(session.execute(select(tabla(Bitacora).c.cuerpo)).scalars())


@pytest.mark.parametrize("clave", ["corta", "a" * 129, "aaaaaaaaaaaaaa", "123456789012", "planeacion2026!!",
                                   "Maria.Lopez.2026", "contraseña123456", "Metepec2024-2027"])  # fmt: skip
def test_la_clave_adivinable_se_rechaza(clave: str) -> None:
    with pytest.raises(Problema) as rechazo:
        exigir_clave_segura(clave, ["maria.lopez", "María López", "Metepec"])
    assert rechazo.value.campo == "clave"


@pytest.mark.parametrize("clave", [CLAVE, "x7#Kq!9vLm2p", "ñandú con paraguas azul", "a b c d e f g h"])
def test_la_clave_larga_se_acepta_sin_pedir_signos(clave: str) -> None:
    exigir_clave_segura(clave, ["maria.lopez", "María López"])


def test_cifrar_una_clave_cuesta_memoria_y_tiempo() -> None:
    assert "$argon2id$v=19$m=65536,t=3," in CIFRADOR.hash(CLAVE)


def test_la_espera_crece_y_nunca_pasa_de_quince_minutos() -> None:
    t = ahora()
    assert espera_por_fallas(4, t, t) == timedelta(0)
    assert [espera_por_fallas(n, t, t).seconds // 60 for n in (5, 6, 7, 8, 9, 40)] == [1, 2, 4, 8, 15, 15]
    assert espera_por_fallas(40, t, t + ESPERA_MAXIMA) == timedelta(0)


def test_quien_captura_espera_menos_que_quien_consulta() -> None:
    assert inactividad([Rol.PRESIDENCIA, Rol.CONTRALORIA]) == INACTIVIDAD_CONSULTA
    assert inactividad([Rol.PRESIDENCIA, Rol.TESORERIA]) == INACTIVIDAD_CAPTURA


def test_el_codigo_se_estrena_una_sola_vez(base: str) -> None:
    _, codigo = crear()
    entrada = acciones_sesion.entrar_con_codigo("maria.lopez", codigo, CLAVE, IP, NAVEGADOR)
    assert abierta(entrada.testigo) is not None
    with pytest.raises(Problema, match="no es válido o ya venció"):
        acciones_sesion.entrar_con_codigo("maria.lopez", codigo, CLAVE + "2", IP, NAVEGADOR)
    assert entrar().actor.cuenta == "maria.lopez"


def test_el_codigo_vence_a_las_48_horas(base_sqlite: str) -> None:
    _, codigo = crear()
    with time_machine.travel(ahora() + timedelta(hours=48, minutes=1)), pytest.raises(Problema):
        acciones_sesion.entrar_con_codigo("maria.lopez", codigo, CLAVE, IP, NAVEGADOR)


def test_el_codigo_malo_y_la_cuenta_que_no_existe_dicen_lo_mismo(base_sqlite: str) -> None:
    crear()
    textos = set()
    for cuenta in ("maria.lopez", "no.existe"):
        with pytest.raises(Problema) as rechazo:
            acciones_sesion.entrar_con_codigo(cuenta, "AAAAA-BBBBB-CCCCC-DDDDD", CLAVE, IP, NAVEGADOR)
        textos.add(str(rechazo.value))
    assert len(textos) == 1


def test_toda_entrada_fallida_dice_lo_mismo(base: str) -> None:
    usuario_id = con_clave()
    con_clave("otra.cuenta")
    with writing(LINEA_DE_COMANDOS) as session:
        acciones.desactivar(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)
    crear("sin.clave")
    for cuenta, clave in (
        ("maria.lopez", CLAVE),
        ("otra.cuenta", "mala"),
        ("nadie", CLAVE),
        ("sin.clave", ""),
    ):
        with pytest.raises(Problema) as rechazo:
            entrar(clave, cuenta)
        assert str(rechazo.value) == acciones_sesion.INCORRECTA


def test_a_las_cinco_fallas_espera_aunque_acierte_y_luego_entra(base: str) -> None:
    con_clave()
    for _ in range(5):
        with pytest.raises(Problema, match="incorrecta"):
            entrar("mala")
    with pytest.raises(acciones_sesion.Freno):
        entrar()
    with time_machine.travel(ahora() + timedelta(seconds=61)):
        assert entrar()
    with pytest.raises(Problema, match="incorrecta"):
        entrar("mala")


def test_muchas_entradas_a_la_vez_no_burlan_el_freno(base_sqlite: str) -> None:
    con_clave()

    def intentar(numero: int) -> str:
        try:
            entrar(f"mala {numero}")
        except Problema as problema:
            return type(problema).__name__
        return "entró"

    with ThreadPoolExecutor(8) as hilos:
        resultados = list(hilos.map(intentar, range(16)))
    assert resultados.count("Problema") == 5
    assert resultados.count("Freno") == 11


def test_desde_una_misma_direccion_se_frena_tras_treinta_fallas(base_sqlite: str, monkeypatch) -> None:
    monkeypatch.setattr(acciones_sesion, "comprobar_clave", lambda *_: False)
    con_clave()
    for numero in range(30):
        with pytest.raises(Problema, match="incorrecta"):
            entrar("mala", f"cuenta{numero}")
    with pytest.raises(acciones_sesion.Freno):
        entrar("mala", "otra.mas")
    with pytest.raises(Problema, match="incorrecta"):
        entrar("mala", "otra.mas", ip="10.9.9.9")


def test_entrar_termina_la_sesion_con_que_se_llego(base: str) -> None:
    con_clave()
    primera = entrar()
    segunda = entrar(previo=primera.testigo)
    assert abierta(primera.testigo) is None
    assert abierta(segunda.testigo) is not None


def test_hay_a_lo_mas_cinco_sesiones_y_se_cierra_la_mas_quieta(base_sqlite: str) -> None:
    con_clave()
    entradas = [entrar() for _ in range(SESIONES_POR_CUENTA + 1)]
    assert abierta(entradas[0].testigo) is None
    assert all(abierta(entrada.testigo) for entrada in entradas[1:])


def test_la_sesion_quieta_termina_y_la_usada_no_pasa_de_doce_horas(base: str) -> None:
    con_clave()
    entrada, inicio = entrar(), ahora()
    with time_machine.travel(inicio + timedelta(minutes=31)):
        assert abierta(entrada.testigo) is None
    for minutos in range(20, 12 * 60, 20):
        with time_machine.travel(inicio + timedelta(minutes=minutos)):
            vigente = abierta(entrada.testigo)
            assert vigente is not None, minutos
            acciones_sesion.tocar(vigente)
    with time_machine.travel(inicio + timedelta(hours=12, seconds=1)):
        assert abierta(entrada.testigo) is None


def test_entrar_usar_y_salir_no_mueven_la_version_de_los_datos(base: str) -> None:
    con_clave()
    antes = version()
    entrada = entrar()
    with pytest.raises(Problema):
        entrar("mala")
    with time_machine.travel(ahora() + timedelta(minutes=2)):
        vigente = abierta(entrada.testigo)
        assert vigente is not None
        acciones_sesion.tocar(vigente)
        despues = abierta(entrada.testigo)
        assert despues is not None and despues.usada_en > vigente.usada_en
        acciones_sesion.salir(despues)
    assert version() == antes
    assert '"accion":"salir"' in bitacora()


def test_cambiar_el_rol_vale_en_la_siguiente_lectura(base_sqlite: str) -> None:
    usuario_id = con_clave()
    entrada = entrar()
    with writing(LINEA_DE_COMANDOS) as session:
        acciones.cambiar_roles(
            session, LINEA_DE_COMANDOS, usuario_id=usuario_id, asignaciones=[Asignacion(Rol.CONTRALORIA)]
        )
    vigente = abierta(entrada.testigo)
    assert vigente is not None and vigente.actor.roles == {Rol.CONTRALORIA}


def test_salir_y_desactivar_terminan_la_sesion(base: str) -> None:
    usuario_id = con_clave()
    uno, dos = entrar(), entrar()
    vigente = abierta(uno.testigo)
    assert vigente is not None
    acciones_sesion.salir(vigente)
    assert abierta(uno.testigo) is None and abierta(dos.testigo) is not None
    with writing(LINEA_DE_COMANDOS) as session:
        acciones.desactivar(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)
    assert abierta(dos.testigo) is None


def test_cambiar_la_clave_pide_la_actual_y_cierra_las_demas(base_sqlite: str) -> None:
    con_clave()
    otra, propia = entrar(), entrar()
    vigente = abierta(propia.testigo)
    assert vigente is not None

    def cambiar(actual: str) -> None:
        with writing(vigente.actor) as session:
            acciones.cambiar_clave(
                session, vigente.actor, actual=actual, nueva="otra frase muy larga", conservar_sid=vigente.sid
            )

    with pytest.raises(Problema, match="actual"):
        cambiar("mala")
    cambiar(CLAVE)
    assert abierta(otra.testigo) is None and abierta(propia.testigo) is not None
    assert entrar("otra frase muy larga")


def test_la_ultima_administracion_no_se_puede_quitar(base: str) -> None:
    usuario_id = con_clave("admin.uno", Rol.ADMINISTRACION)
    for accion, extra in (
        (acciones.desactivar, {}),
        (acciones.cambiar_roles, {"asignaciones": [Asignacion(Rol.PRESIDENCIA)]}),
    ):
        with writing(LINEA_DE_COMANDOS) as session, pytest.raises(Problema, match="única"):
            accion(session, LINEA_DE_COMANDOS, usuario_id=usuario_id, **extra)
    con_clave("admin.dos", Rol.ADMINISTRACION)
    with writing(LINEA_DE_COMANDOS) as session:
        acciones.desactivar(session, LINEA_DE_COMANDOS, usuario_id=usuario_id)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.ADMINISTRACION])
def test_solo_administracion_cambia_cuentas(base_sqlite: str, rol: Rol) -> None:
    usuario_id, _ = crear()
    persona: Actor = actor(rol, ente_id=1)
    intentos = (
        lambda s: acciones.crear_usuario(
            s, persona, cuenta="nueva", nombre="N", asignaciones=[Asignacion(Rol.ADMINISTRACION)]
        ),
        lambda s: acciones.generar_codigo(s, persona, usuario_id=usuario_id),
        lambda s: acciones.cambiar_roles(
            s, persona, usuario_id=usuario_id, asignaciones=[Asignacion(Rol.ADMINISTRACION)]
        ),
        lambda s: acciones.desactivar(s, persona, usuario_id=usuario_id),
        lambda s: acciones.activar(s, persona, usuario_id=usuario_id),
        lambda s: acciones.cerrar_sesiones(s, Actor(999, "x", asignaciones=persona.asignaciones),
                                           usuario_id=usuario_id),
    )  # fmt: skip
    for intento in intentos:
        with writing(persona) as session, pytest.raises(SinPermiso):
            intento(session)


@pytest.mark.parametrize("cuenta", ["a", "María", "con espacio", "x" * 41, "=cmd", "<script>"])
def test_una_cuenta_rara_se_rechaza(base_sqlite: str, cuenta: str) -> None:
    with pytest.raises(Problema) as rechazo:
        crear(cuenta)
    assert rechazo.value.campo == "cuenta"


def test_un_enlace_sin_alcance_se_rechaza(base_sqlite: str) -> None:
    with pytest.raises(Problema, match="dependencia"):
        crear("enlace.uno", Rol.ENLACE)


def test_nada_secreto_llega_a_la_base_ni_a_la_bitacora(base: str) -> None:
    _, codigo = crear()
    entrada = acciones_sesion.entrar_con_codigo("maria.lopez", codigo, CLAVE, IP, NAVEGADOR)
    with pytest.raises(Problema):
        entrar("esta.es.mi.clave.por.error", "esta.es.mi.clave.por.error")
    escrito = bitacora()
    with reading() as session:
        filas = session.execute(select(tabla(Sesion))).all() + session.execute(select(tabla(Usuario))).all()
        assert verificar_cadena(session) is None
    guardado = escrito + str([tuple(fila) for fila in filas])
    for secreto in (codigo, CLAVE, entrada.testigo, "esta.es.mi.clave.por.error", "$argon2"):
        assert secreto not in escrito
    for secreto in (codigo, CLAVE, entrada.testigo):
        assert secreto not in guardado
    for hecho in ("dar_codigo", "estrenar_codigo", "entrar", "entrada_rechazada"):
        assert f'"accion":"{hecho}"' in escrito


def test_la_demostracion_no_abre_una_cuenta_con_contrasena(base_sqlite: str) -> None:
    con_clave()
    crear("con.codigo")
    for cuenta in ("maria.lopez", "con.codigo", "nadie"):
        with pytest.raises(Problema):
            acciones_sesion.entrar_demo(cuenta, IP, NAVEGADOR)


def test_buscar_la_sesion_es_una_sola_consulta_por_indice(base_sqlite: str) -> None:
    from sqlalchemy import event

    con_clave("maria.lopez", Rol.PLANEACION, Rol.CONTRALORIA)
    huella = acciones.huella_de(entrar().testigo)
    consultas: list[str] = []
    with reading() as session:
        motor = session.get_bind()
        event.listen(motor, "before_cursor_execute", lambda *a: consultas.append(a[2]))
        hallada = usuarios.por_testigo(session, huella)
        assert hallada is not None and len(hallada.actor.asignaciones) == 2
        preguntas = [consulta for consulta in consultas if consulta.startswith("SELECT")]
        assert len(preguntas) == 1
        planes = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + preguntas[0], (huella,)).all()
    assert not any(str(paso[3]).startswith("SCAN") for paso in planes), planes


def test_la_lista_cuenta_las_sesiones_abiertas(base_sqlite: str) -> None:
    con_clave()
    entrar()
    with reading() as session:
        una = next(fila for fila in usuarios.lista(session) if fila["cuenta"] == "maria.lopez")
        assert una["sesiones"] == 1 and una["con_clave"] and una["roles"][0]["rol"] == "planeacion"
        assert session.execute(select(func.count(tabla(Sesion).c.id))).scalar_one() == 1
