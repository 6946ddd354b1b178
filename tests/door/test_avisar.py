"""`siem avisar` con un servidor de correo de verdad: manda, cuenta lo que falla, no se cuelga y no repite."""

import socket
import socketserver
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from dashboard import correo
from dashboard.comando import app
from dashboard.correo import carta, servidor
from db.actions.avisos import avisar
from db.base import ahora, tabla
from db.engine import reading, writing
from db.models.avisos import Aviso, ClaseAviso, EntregaAviso
from db.models.usuarios import Usuario
from db.rules.permisos import LINEA_DE_COMANDOS, Rol
from db.rules.problema import Problema
from tests.pages.ayuda import abrir, textos


class Buzon(socketserver.ThreadingTCPServer):
    """Un servidor SMTP de treinta renglones; `modo` dice si admite, rechaza o se queda callado."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Cartero)
        self.modo, self.cartas = "admite", list[EmailMessage]()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Cartero(socketserver.StreamRequestHandler):
    server: Buzon

    def handle(self) -> None:
        if self.server.modo == "callado":
            self.rfile.readline()
            return
        self.wfile.write(b"220 prueba\r\n")
        while renglon := self.rfile.readline():
            orden = renglon.split(b" ")[0].strip().upper()
            if orden == b"DATA":
                self.wfile.write(b"354 siga\r\n")
                partes = iter(self.rfile.readline, b".\r\n")
                cruda = b"".join(p[1:] if p.startswith(b"..") else p for p in partes)
                self.server.cartas.append(message_from_bytes(cruda, policy=default))
            rechaza = self.server.modo == "rechaza" and orden == b"RCPT"
            if self.server.modo == "corta" and orden == b"RCPT":
                return
            self.wfile.write(
                {b"QUIT": b"221 adios\r\n"}.get(orden, b"550 no\r\n" if rechaza else b"250 ok\r\n")
            )
            if orden == b"QUIT":
                return


@pytest.fixture
def buzon(base_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buzon]:
    with Buzon() as puesto:
        Thread(target=puesto.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        monkeypatch.setenv("SIEM_SMTP_URL", puesto.url)
        monkeypatch.setenv("SIEM_SMTP_REMITENTE", "SIEM Prueba <siem@prueba.gob.mx>")
        monkeypatch.setenv("SIEM_URL_PUBLICA", "https://siem.prueba.gob.mx")
        monkeypatch.setattr(correo, "SEGUNDOS", 0.3)
        with writing(LINEA_DE_COMANDOS) as session:
            for n in (1, 2):
                direccion = f"p{n}@prueba.gob.mx"
                session.add(
                    Usuario(
                        id=n, cuenta=f"p{n}", nombre=f"Pe\nrsona {n}", correo=direccion, creada_en=ahora()
                    )
                )
        yield puesto
        puesto.shutdown()


def dejar(*quienes: int, titulo: str = "Debe algo", texto: str = "", ruta: str = "/pendientes") -> None:
    with writing(LINEA_DE_COMANDOS) as session:
        avisar(session, quienes, ClaseAviso.RECORDATORIO, titulo, titulo, texto, ruta)


def correr(*extra: str) -> tuple[int, str]:
    hecho = CliRunner().invoke(app, ["avisar", *extra])
    return hecho.exit_code, hecho.output


def entregas() -> list[tuple[str, str, int]]:
    with reading() as session:
        e = tabla(EntregaAviso).c
        return [
            (str(f.estado), f.error, f.intentos)
            for f in session.execute(select(e.estado, e.error, e.intentos).order_by(e.id))
        ]


def cuerpo(carta: EmailMessage, clase: str) -> str:
    parte = carta.get_body((clase,))
    assert parte is not None
    return str(parte.get_content())


def test_manda_a_cada_quien_lo_suyo_en_una_carta_y_no_repite(buzon: Buzon) -> None:
    dejar(1, 2, texto="Falta: Bacheo → /captura?ejercicio=2026&mes=3&area=1")
    dejar(1, titulo="Otro")
    assert correr("--simular")[0] == 0 and buzon.cartas == [] and entregas() == []
    assert "salieron: 2; fallaron: 0" in correr()[1]
    una, otra = buzon.cartas
    assert (una["To"], una["Subject"]) == ("Pe rsona 1 <p1@prueba.gob.mx>", "SIEM: 2 avisos")
    assert (otra["From"], otra["Subject"]) == ("SIEM Prueba <siem@prueba.gob.mx>", "Debe algo")
    llano = cuerpo(otra, "plain")
    assert "https://siem.prueba.gob.mx/captura?ejercicio=2026&mes=3&area=1" in llano
    assert "https://siem.prueba.gob.mx/pendientes" in llano
    assert [e[0] for e in entregas()] == ["entregado"] * 3
    assert "nada por mandar" in correr()[1] and len(buzon.cartas) == 2


def test_el_texto_de_personas_no_es_html_ni_agrega_encabezados(buzon: Buzon) -> None:
    dejar(
        1,
        titulo="Se devolvió <b>x</b>\r\nBcc: otro@malo.mx",
        texto="Motivo: <script>alert(1)</script>\n.\n..fin",
    )
    correr()
    (una,) = buzon.cartas
    assert una["Bcc"] is None and "\n" not in una["Subject"]
    html = cuerpo(una, "html")
    assert "<script>" not in html and "&lt;script&gt;" in html and "<b>" not in html
    assert "\n.\n..fin" in cuerpo(una, "plain").replace("\r", "")


def test_si_el_servidor_rechaza_una_queda_escrito_y_las_demas_siguen(buzon: Buzon) -> None:
    dejar(1, 2)
    buzon.modo = "rechaza"
    codigo, dicho = correr()
    assert codigo == 0 and "salieron: 0; fallaron: 2" in dicho
    assert entregas() == [("fallido", "El servidor no admitió la dirección (550).", 1)] * 2


@pytest.mark.parametrize("modo", ["callado", "corta", "apagado"])
def test_si_el_servidor_no_contesta_termina_lo_dice_y_luego_sale(
    buzon: Buzon, modo: str, monkeypatch: Any
) -> None:
    dejar(1, 2)
    buzon.modo = modo
    if modo == "apagado":
        with socket.create_server(("127.0.0.1", 0)) as libre:
            puerto = libre.getsockname()[1]
        monkeypatch.setenv("SIEM_SMTP_URL", f"smtp://127.0.0.1:{puerto}")
    codigo, dicho = correr()
    assert codigo == 1 and "no contestó" in dicho and "Traceback" not in dicho
    assert entregas() == [("fallido", "El servidor de correo 127.0.0.1 no contestó.", 0)] * 2
    buzon.modo = "admite"
    monkeypatch.setenv("SIEM_SMTP_URL", buzon.url)
    assert correr()[0] == 0 and len(buzon.cartas) == 2 and [e[0] for e in entregas()] == ["entregado"] * 2


def test_sin_correo_lo_dice_y_los_avisos_quedan(buzon: Buzon, monkeypatch: pytest.MonkeyPatch) -> None:
    dejar(1)
    monkeypatch.delenv("SIEM_SMTP_URL")
    assert "sin configurar" in correr()[1] and entregas() == []
    with reading() as session:
        assert session.execute(select(tabla(Aviso).c.id)).first() is not None


def test_dos_ordenes_a_la_vez_mandan_una_sola_vez(buzon: Buzon) -> None:
    dejar(1, 2)
    hilos = [Thread(target=correr_sola) for _ in range(3)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(c["To"] for c in buzon.cartas) == [
        "Pe rsona 1 <p1@prueba.gob.mx>",
        "Pe rsona 2 <p2@prueba.gob.mx>",
    ]


def correr_sola() -> None:
    from dashboard.comando.avisar import orden

    orden()


def test_la_direccion_mal_guardada_falla_sola(buzon: Buzon) -> None:
    dejar(1, 2)
    with writing(LINEA_DE_COMANDOS) as session:
        session.execute(
            update(tabla(Usuario)).where(tabla(Usuario).c.id == 1).values(correo="a@b.mx\nBcc: c@d.mx")
        )
    assert "salieron: 1; fallaron: 1" in correr()[1]


@pytest.mark.parametrize(
    ("url", "remitente", "dice"),
    [
        ("http://correo.mx", "a@b.mx", "no es válida"),
        ("smtps://correo.mx:nada", "a@b.mx", "no es válida"),
        ("smtp://yo:secreta@correo.mx", "a@b.mx", "sin cifrar"),
        ("smtps://correo.mx", "nadie", "SIEM_SMTP_REMITENTE"),
    ],
)
def test_lo_mal_configurado_se_dice_sin_la_clave(
    url: str, remitente: str, dice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIEM_SMTP_URL", url)
    monkeypatch.setenv("SIEM_SMTP_REMITENTE", remitente)
    with pytest.raises(Problema, match=dice) as error:
        servidor()
    assert "secreta" not in str(error.value)


def test_la_clave_con_signos_se_escribe_con_porcentajes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIEM_SMTP_URL", "smtp+starttls://siem%40b.mx:a%2Fb%3A@correo.mx")
    monkeypatch.setenv("SIEM_SMTP_REMITENTE", "SIEM <siem@b.mx>\nBcc: c@d.mx")
    hallado = servidor()
    assert hallado is not None
    assert (hallado.puerto, hallado.cuenta, hallado.clave, hallado.remitente) == (
        587, "siem@b.mx", "a/b:", "SIEM <siem@b.mx>",
    )  # fmt: skip
    assert carta(hallado, "Ana Ñ", "ana@b.mx", [(1, "Á" * 400, "", "")], resumen=False)["Subject"]


def test_configuracion_dice_si_hay_correo_y_por_que_no_salio(
    buzon: Buzon, monkeypatch: pytest.MonkeyPatch
) -> None:
    dejar(1)
    buzon.modo = "rechaza"
    correr()
    at = abrir("configuracion", Rol.ADMINISTRACION, parte="Correo de los avisos")
    assert "a nombre de SIEM Prueba" in textos(at).replace("\\", "")
    assert at.dataframe[0].value["Por qué no salió"].to_list() == [
        "El servidor no admitió la dirección (550)."
    ]
    monkeypatch.delenv("SIEM_SMTP_URL")
    assert (
        "no manda correo"
        in abrir("configuracion", Rol.ADMINISTRACION, parte="Correo de los avisos").info[0].value
    )
