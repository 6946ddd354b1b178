"""La adecuación de una reconducción autorizada, con su oficio y sus claves: no se escribe dos veces."""

from sqlmodel import Session

from db.actions.adecuaciones import Documento, registrar_adecuacion
from db.models.adecuaciones import Adecuacion, TipoAdecuacion
from db.queries.dictamen import ficha
from db.rules.adecuacion import Movimiento, tipo_de
from db.rules.formato import en_zona
from db.rules.permisos import Accion, Actor, Objeto, SinPermiso, exigir
from db.rules.problema import Problema
from db.rules.reconduccion import Lado


def preparar(session: Session, actor: Actor, *, anio: int, solicitud_id: int) -> Adecuacion:
    """Registra la adecuación con lo que la reconducción mueve, en el mes en que empieza a regir.

    SinPermiso; `Problema` si no se ha autorizado, no mueve dinero o su oficio ya tiene adecuación.
    """
    s = ficha(session, anio=anio, solicitud_id=solicitud_id)
    if s is None:
        raise SinPermiso(Accion.REGISTRAR_ADECUACIONES)
    exigir(actor, Accion.REGISTRAR_ADECUACIONES, Objeto(s["ente_id"]))
    if not s["oficio"] or not s["dinero"]:
        raise Problema("Esa reconducción no mueve dinero o no se ha autorizado.", "Vuelva a abrirla.")
    movimientos = tuple(
        Movimiento(
            m["clave"],
            s["mes_vigencia"],
            m["importe"] if m["lado"] == Lado.AMPLIA else 0,
            m["importe"] if m["lado"] == Lado.REDUCE else 0,
        )
        for m in s["dinero"]
    )
    documento = Documento(
        folio=s["oficio"],
        tipo=TipoAdecuacion(tipo_de(movimientos)),
        fecha=en_zona(s["resuelta_en"]).date(),
        documento=f"Dictamen de reconducción {s['oficio']}",
        motivo=s["justificacion"] or s["justificacion_destino"],
        movimientos=movimientos,
    )
    return registrar_adecuacion(session, actor, anio=anio, ente_id=s["ente_id"], documento=documento)
