"""Las pestañas de una sesión —los teléfonos, la pantalla y dos secretarías— y lo que se hace en ellas."""

import asyncio
import time
from collections import Counter
from random import Random

from sqlalchemy import select

from db.actions import sala, votacion
from db.base import tabla
from db.engine import reading, writing
from db.models.sesiones import SesionComite, Voto
from db.rules.permisos import Rol
from db.rules.votacion import ICONOS, SENTIDOS
from tests.pages.ayuda import abrir_sesion
from tests.sala.convocar import PLANEACION
from tests.sala.pestana import Pestana

PREGUNTA = "¿Se aprueba?"
CONTADO = "Su voto quedó contado"


def pestana(url: str, consulta: str, letrero: str, *roles: Rol, cuenta: str | None = None) -> Pestana:
    """La pantalla de la sesión, abierta por alguien que ya entró."""
    galleta = f"siem_sesion_{url.rpartition(':')[2]}={abrir_sesion(*roles, cuenta=cuenta)}"
    return Pestana(url, "sesion", consulta, galleta, letrero)


class Reunidos:
    """Todas las pestañas de una sesión convocada con `tests.sala.convocar`."""

    def __init__(self, url: str, sesion_id: int, punto_id: int, votantes: int) -> None:
        self.sesion_id, self.punto_id = sesion_id, punto_id
        donde = f"sesion={sesion_id}"
        self.telefonos = [
            pestana(url, f"{donde}&vista=integrante", f"teléfono {n}", Rol.COPLADEM, cuenta=f"vocal{n}")
            for n in range(votantes)
        ]
        self.pantalla = pestana(url, f"{donde}&vista=presentacion", "pantalla", Rol.PRESIDENCIA)
        self.secretarias = [
            pestana(url, donde, f"secretaría {n}", Rol.PLANEACION, cuenta=f"secretaria{n}") for n in (1, 2)
        ]

    @property
    def de_la_sala(self) -> list[Pestana]:
        """Las que enseñan la cuenta mientras se vota."""
        return [self.pantalla, *self.secretarias]

    @property
    def todas(self) -> list[Pestana]:
        return [*self.telefonos, *self.de_la_sala]

    @property
    def errores(self) -> list[str]:
        return [error for una in self.todas for error in una.errores]

    @property
    def cuenta(self) -> tuple[str, str]:
        """Lo que se lee de la cuenta cuando votaron todos."""
        contra = len(range(0, len(self.telefonos), 3))
        return f"A favor {len(self.telefonos) - contra}", f"En contra {contra}"

    async def abrir(self) -> None:
        await asyncio.gather(*(p.abrir() for p in self.todas))

    async def cerrar(self) -> None:
        await asyncio.gather(*(p.cerrar() for p in self.todas))

    async def registrarse(self) -> float:
        """Todos escriben el código a la vez; segundos hasta que la pantalla los cuenta a todos."""
        with reading() as session:
            codigo = session.execute(select(tabla(SesionComite).c.codigo)).scalar_one()
        inicio, son = time.perf_counter(), len(self.telefonos)

        async def uno(telefono: Pestana) -> None:
            await telefono.escribe("Código", codigo)
            await telefono.toca("Estoy aquí")
            await telefono.lee("Está registrado")

        await asyncio.gather(*(uno(telefono) for telefono in self.telefonos))
        return await self.pantalla.lee(f"{son} de {son} con voto") - inicio

    def abrir_votacion(self) -> None:
        with writing(PLANEACION) as session:
            sala.declarar_quorum(session, PLANEACION, sesion_id=self.sesion_id)
            sala.tratar(session, PLANEACION, punto_id=self.punto_id)
            votacion.abrir(session, PLANEACION, punto_id=self.punto_id, texto=PREGUNTA, modo="telefono")

    async def votar(self, en: float) -> tuple[list[float], float]:
        """Cada quien vota en algún momento: lo que esperó cada uno y cuándo se contó el último voto."""
        azar, antes = Random(7), time.perf_counter()
        momentos = [azar.uniform(0, en) for _ in self.telefonos]

        async def uno(n: int, telefono: Pestana) -> tuple[float, float]:
            await telefono.lee(PREGUNTA)
            await asyncio.sleep(max(0.0, antes + momentos[n] - time.perf_counter()))
            toque = time.perf_counter()
            fin = await votar(telefono, "favor" if n % 3 else "contra")
            return fin - toque, fin

        hechos = await asyncio.gather(*(uno(n, t) for n, t in enumerate(self.telefonos)))
        return [espera for espera, _ in hechos], max(fin for _, fin in hechos)

    async def ven_la_cuenta(self) -> float:
        """Espera a que la pantalla y las secretarías enseñen la cuenta entera; cuándo la vio la última."""

        def completa(una: Pestana) -> bool:
            texto = una.texto.replace(":", "")
            return all(parte in texto for parte in self.cuenta)

        return max([await una.hasta(lambda una=una: completa(una)) for una in self.de_la_sala])

    async def vuelven(self) -> float:
        """Espera a que todas estén al día con el servidor nuevo; cuándo volvió la última."""
        return max([await p.hasta(lambda p=p: p.caidas and p.al_dia) for p in self.todas])


async def votar(telefono: Pestana, sentido: str) -> float:
    """Elige y toca; si el servidor se cae con el voto en el aire, vuelve a tocar, como haría la persona."""
    while CONTADO not in telefono.texto:
        await telefono.hasta(lambda: telefono.al_dia)
        await _intentar(telefono, sentido)
    return time.perf_counter()


async def _intentar(telefono: Pestana, sentido: str) -> None:
    caidas, boton = telefono.caidas, f"Votar: {SENTIDOS[sentido].lower()}"

    async def ver(frase: str) -> bool:
        await telefono.hasta(lambda: frase in telefono.texto or telefono.caidas > caidas)
        return telefono.caidas == caidas

    if boton not in telefono.texto:
        await telefono.elige("Su voto", f"{ICONOS[sentido]} {SENTIDOS[sentido]}")
    if await ver(boton):
        await telefono.toca(boton)
        await ver(CONTADO)


def guardado() -> tuple[int, Counter[str]]:
    """Asientos que votaron y cuántos votos hay de cada sentido."""
    with reading() as session:
        filas = list(session.execute(select(tabla(Voto).c.asiento_id, tabla(Voto).c.sentido)))
    return len({f.asiento_id for f in filas}), Counter(f.sentido.value for f in filas)
