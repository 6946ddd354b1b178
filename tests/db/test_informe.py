"""El Informe en la base: pedir, escribir, devolver, aprobar, y nada sale con cifras viejas o sin fuente."""

from datetime import date

import pytest
from sqlmodel import Session

from db.actions import capitulo as acciones
from db.actions import informe as coordinar
from db.actions.capitulo import DatosLogro
from db.actions.cierre import cerrar
from db.actions.idempotencia import Conflicto
from db.actions.informe import DatosCapitulo, DatosInforme
from db.base import ahora
from db.engine import reading, writing
from db.models.actividad import AvanceMeta
from db.models.avisos import Aviso
from db.models.estructura import Dependencia, Titular
from db.models.usuarios import RolUsuario, Usuario
from db.queries.informe import informe, informes, tablero
from db.queries.informe_capitulo import capitulo
from db.queries.informe_cifras import citables
from db.queries.informe_faltas import faltas
from db.rules.evidencias import Archivo
from db.rules.permisos import LINEA_DE_COMANDOS, Actor, Asignacion, Rol, SinPermiso
from db.rules.problema import Problema
from seed.demo.evidencias import foto
from tests.conftest import actor
from tests.db import mundo
from tests.db.mundo import ANIO

PLANEACION = actor(Rol.PLANEACION)
ENLACE = Actor(2, "enlace.a", "Enlace", (Asignacion(Rol.ENLACE, 1, 1),))
AJENO = Actor(3, "enlace.b", "Otro", (Asignacion(Rol.ENLACE, 1, 2),))
SETENTA_Y_CINCO = "75.0\u00a0%"
CITA = f"{{{{cumplimiento:nodo/1@{ANIO}-03}}}}"


def _informe(session: Session) -> int:
    datos = DatosInforme("Informe", (ANIO - 1, 10), (ANIO, 3), date(ANIO, 12, 1))
    return coordinar.guardar_informe(session, PLANEACION, informe_id=None, version=0, datos=datos)


@pytest.fixture
def cual(base: str) -> int:
    """El capítulo del eje uno, pedido a la dependencia 1, con el primer trimestre capturado."""
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.fundar(session)
        mundo.avance(session, 1, 3, 5)
        mundo.avance(session, 2, 3, 10)
        session.add(Usuario(id=2, cuenta="enlace.a", nombre="Enlace", creada_en=ahora()))
        session.flush()
        session.add(RolUsuario(usuario_id=2, rol=Rol.ENLACE, ente_id=1, dependencia_id=1))
    with writing(PLANEACION) as session:
        coordinar.armar_indice(
            session, PLANEACION, informe_id=_informe(session), vence=date(ANIO, 11, 30), limite_palabras=50
        )
    with reading() as session:
        elegido = informe(session, informe_id=1)
        assert elegido is not None
        return int(elegido["capitulos"][0]["id"])


def leer(cual: int) -> dict[str, object]:
    with reading() as session:
        uno = capitulo(session, capitulo_id=cual)
        assert uno is not None
        return uno


def escribir(cual: int, texto: str, quien: Actor = ENLACE, version: int | None = None) -> int:
    with writing(quien) as session:
        de = version if version is not None else int(str(leer(cual)["version"]))
        return acciones.guardar_texto(session, quien, capitulo_id=cual, version=de, texto=texto)


def mover(cual: int, paso: str, quien: Actor = PLANEACION, motivo: str = "") -> None:
    with writing(quien) as session:
        version = int(str(leer(cual)["version"]))
        acciones.mover(session, quien, capitulo_id=cual, version=version, paso=paso, motivo=motivo)


def que_falta() -> list[str]:
    with reading() as session:
        return [f["que"] for f in faltas(session, informe_id=1)]


def test_el_indice_nace_del_plan_y_se_pide_a_quien_tiene_mas_metas(cual: int) -> None:
    with reading() as session:
        lista = informe(session, informe_id=1)["capitulos"]  # type: ignore[index]
        assert [(c["numero"], c["titulo"]) for c in lista] == [
            ("1", "Eje uno"),
            ("1.1", "Línea uno"),
            ("2", "Eje dos"),
            ("2.1", "Línea dos"),
        ]
        assert [c["dependencia_id"] for c in lista] == [1, 1, 2, 2]
        assert {f["dependencia_id"]: f["solicitado"] for f in tablero(lista)} == {1: 2, 2: 2}
        assert informes(session)[0]["periodo"] == f"octubre de {ANIO - 1} a marzo de {ANIO}"
    with writing(PLANEACION) as session:
        assert (
            coordinar.armar_indice(session, PLANEACION, informe_id=1, vence=None, limite_palabras=None) == 0
        )


def test_pedir_avisa_al_enlace_una_vez_por_capitulo(cual: int) -> None:
    with writing(PLANEACION) as session:
        assert coordinar.pedir_todos(session, PLANEACION, informe_id=1) == 4
    with reading() as session:
        titulos = [a.titulo for a in session.query(Aviso).filter(Aviso.usuario_id == 2)]  # type: ignore[arg-type]
    assert sorted(titulos) == ["Se le pide el capítulo «Eje uno»", "Se le pide el capítulo «Línea uno»"]


def test_escribir_guarda_lo_que_decia_cada_cita_y_avisa_si_cambia(cual: int) -> None:
    assert escribir(cual, f"Se cumplió {CITA} de lo programado.") == 1
    uno = leer(cual)
    assert uno["estado"] == "en_redaccion"
    assert uno["cifras"][CITA[2:-2]]["dicho"] == SETENTA_Y_CINCO  # type: ignore[index]
    assert "abierto" in uno["cifras"][CITA[2:-2]]["origen"]  # type: ignore[index]
    with writing(LINEA_DE_COMANDOS) as session:
        mundo.avance(session, 1, 6, 40)
        session.query(AvanceMeta).filter_by(meta_id=1, mes=3).one().alcanzado = 10
    assert any(f"cambió de {SETENTA_Y_CINCO} a 100.0\u00a0%" in que for que in que_falta())
    with writing(PLANEACION) as session:
        version = int(str(leer(cual)["version"]))
        acciones.actualizar_cifras(session, PLANEACION, capitulo_id=cual, version=version)
    assert not any("cambió" in que for que in que_falta())


def test_del_periodo_cerrado_la_cita_lee_la_instantanea(cual: int) -> None:
    with writing(PLANEACION) as session:
        cerrar(session, PLANEACION, anio=ANIO, mes=3, motivo="Faltan dos metas")
    escribir(cual, f"Se cumplió {CITA}.")
    assert leer(cual)["cifras"][CITA[2:-2]]["origen"] == "Cierre 1"  # type: ignore[index]
    assert leer(cual)["cifras"][CITA[2:-2]]["dicho"] == SETENTA_Y_CINCO  # type: ignore[index]
    with reading() as session:
        de_la_lista = citables(session, capitulo_id=cual)
    assert {f["escrita"] for f in de_la_lista} >= {CITA}
    assert {f["cierre"] for f in de_la_lista} == {1}
    assert not any("abierto" in que for que in que_falta())


def test_ni_el_ajeno_ni_quien_solo_mira_escriben_y_lo_viejo_no_se_guarda(cual: int) -> None:
    for quien in (AJENO, actor(Rol.PRESIDENCIA), actor(Rol.CONTRALORIA)):
        with pytest.raises(SinPermiso):
            escribir(cual, "Hola", quien)
    escribir(cual, "Primera", version=1)
    with pytest.raises(Conflicto):
        escribir(cual, "Segunda", version=1)
    assert leer(cual)["texto"] == "Primera"
    escribir(cual, "  Uno \n\n\n dos  ")
    assert leer(cual)["texto"] == "Uno\n\ndos"


def test_entregado_no_se_escribe_se_devuelve_con_razon_y_no_aprueba_quien_lo_escribio(cual: int) -> None:
    escribir(cual, "Se trabajó en las comunidades.")
    with pytest.raises(SinPermiso):
        mover(cual, "aprobar", ENLACE)
    mover(cual, "entregar", ENLACE)
    with pytest.raises(Problema, match="ya no se escribe"):
        escribir(cual, "Otra cosa")
    mover(cual, "devolver", motivo="Diga en cuáles")
    assert leer(cual)["comentarios"][0]["texto"] == "Diga en cuáles"  # type: ignore[index]
    escribir(cual, "Se trabajó en San Miguel.", PLANEACION)
    mover(cual, "entregar", ENLACE)
    with pytest.raises(Problema, match="no lo aprueba"):
        mover(cual, "aprobar")
    otra = Actor(9, "planeacion.b", "Otra", (Asignacion(Rol.PLANEACION),))
    with pytest.raises(Problema, match="sin resolver"):
        mover(cual, "aprobar", otra)
    with writing(otra) as session:
        acciones.resolver_comentario(session, otra, comentario_id=1, version=1)
    mover(cual, "aprobar", otra)
    assert leer(cual)["estado"] == "aprobado"
    assert [v["numero"] for v in leer(cual)["historia"]] == [2, 1]  # type: ignore[attr-defined]


def test_una_cifra_a_mano_no_se_aprueba_sin_fuente(cual: int) -> None:
    escribir(cual, "Se atendió a 1,250 personas.")
    mover(cual, "entregar", ENLACE)
    with pytest.raises(Problema, match="sin fuente"):
        mover(cual, "aprobar")
    assert any("«1,250» no dice su fuente" in que for que in que_falta())


def test_los_logros_y_las_fotos_son_del_capitulo(cual: int) -> None:
    datos = DatosLogro("obra", "Calle", lugar="San Miguel", inversion=125_000_00, beneficiarios=1_250)
    with writing(ENLACE) as session:
        acciones.guardar_logro(session, ENLACE, capitulo_id=cual, logro_id=None, version=0, datos=datos)
    imagen = Archivo("foto.jpg", "image/jpeg", foto("Obra", "hoy"))
    with writing(ENLACE) as session:
        acciones.agregar_foto(session, ENLACE, capitulo_id=cual, archivo=imagen, pie="La calle", lugar="Loma")
    escribir(cual, "Se atendió a 1,250 personas con $125,000.00.")
    uno = leer(cual)
    assert uno["sin_fuente"] == 0
    assert [(f["pie"], f["lugar"]) for f in uno["fotos"]] == [("La calle", "Loma")]  # type: ignore[attr-defined]
    with pytest.raises(Problema, match="ya está en el capítulo"), writing(ENLACE) as session:
        acciones.agregar_foto(session, ENLACE, capitulo_id=cual, archivo=imagen, pie="Otra", lugar="")
    with (
        pytest.raises(Problema, match="No es una fotografía"),
        writing(ENLACE) as session,
    ):
        documento = Archivo("oficio.pdf", "application/pdf", b"%PDF-1.4")
        acciones.agregar_foto(session, ENLACE, capitulo_id=cual, archivo=documento, pie="x", lugar="")
    with writing(ENLACE) as session:
        acciones.quitar_foto(session, ENLACE, adjunto_id=uno["fotos"][0]["adjunto_id"])  # type: ignore[index]
    assert leer(cual)["fotos"] == []


def test_no_se_emite_mientras_falte_algo_y_emitido_ya_no_cambia(cual: int) -> None:
    with pytest.raises(Problema, match="Falta"), writing(PLANEACION) as session:
        coordinar.emitir(session, PLANEACION, informe_id=1, version=1)
    que = que_falta()
    assert any("solicitado" in q for q in que) and any("sigue abierto" in q for q in que)
    assert any("titular de la" in q for q in que)
    with writing(LINEA_DE_COMANDOS) as session:
        for numero, nombre in ((1, "Presidencia"), (2, "Planeación")):
            session.get_one(Dependencia, numero).nombre = nombre
            session.add(Titular(dependencia_id=numero, nombre="Alguien", cargo="T", desde=date(2020, 1, 1)))
    with writing(PLANEACION) as session:
        cerrar(session, PLANEACION, anio=ANIO, mes=3, motivo="Faltan dos")
    with reading() as session:
        todos = [c["id"] for c in informe(session, informe_id=1)["capitulos"]]  # type: ignore[index]
    interno = LINEA_DE_COMANDOS
    for uno in todos:
        escribir(uno, "Se trabajó en las comunidades.", interno)
        mover(uno, "entregar", interno)
        mover(uno, "aprobar")
    assert que_falta() == []
    with writing(PLANEACION) as session:
        coordinar.emitir(session, PLANEACION, informe_id=1, version=1)
    with pytest.raises(Problema, match="ya se emitió"):
        mover(cual, "reabrir", motivo="Falta algo")


def test_un_capitulo_no_va_dentro_de_si_mismo_ni_se_quita_si_ya_dice_algo(cual: int) -> None:
    with pytest.raises(Problema, match="dentro de sí mismo"), writing(PLANEACION) as session:
        datos = DatosCapitulo("Eje uno", 1, 1, padre_id=cual + 1)
        coordinar.guardar_capitulo(
            session, PLANEACION, informe_id=1, capitulo_id=cual, version=1, datos=datos
        )
    with pytest.raises(Problema, match="capítulos dentro"), writing(PLANEACION) as session:
        coordinar.quitar_capitulo(session, PLANEACION, capitulo_id=cual, version=1)
    with writing(PLANEACION) as session:
        coordinar.quitar_capitulo(session, PLANEACION, capitulo_id=cual + 1, version=1)
