"""Lo que falta para emitir un Informe: capítulos, cifras, periodos y quién firma."""

from typing import Any

from sqlmodel import Session

from db.queries.informe import informe
from db.queries.informe_capitulo import capitulo
from db.queries.informe_cifras import cortes, resolver
from db.queries.municipio import hoy
from db.queries.titulares import en_funciones, la_que_es
from db.rules.formato import mes_nombre
from db.rules.informe import APROBADO, ESTADOS
from db.rules.informe_cifras import cambiadas, cifras_de_logro, citas, rotas, sin_fuente
from db.rules.titular import PRESIDENCIA, UIPPE

Falta = dict[str, str]
"""`que` falta, en una frase; `donde` (número de capítulo o vacío); `capitulo_id` o vacío."""


def faltas(session: Session, *, informe_id: int) -> list[Falta]:
    """Todo lo que impide emitirlo, en el orden del informe; vacía si ya puede salir."""
    entero = informe(session, informe_id=informe_id)
    if entero is None:
        return []
    capitulos = [capitulo(session, capitulo_id=uno["id"]) or {} for uno in entero["capitulos"]]
    dichas = resolver(session, llaves=[c.llave for uno in capitulos for c in citas(uno["texto"])])
    lista = [] if capitulos else [_falta("El informe no tiene capítulos")]
    for uno in capitulos:
        if uno["estado"] != APROBADO:
            palabra = ESTADOS[uno["estado"]][1].lower()
            lista.append(_falta(f"{uno['numero']} {uno['titulo']}: {palabra}", uno))
        lista += [_falta(f"{uno['numero']}: {que}", uno) for que in _de_cifras(uno, dichas)]
    citados = {(c.anio, c.mes) for uno in capitulos for c in citas(uno["texto"])}
    return lista + _de_periodos(session, informe_id, citados) + _de_firmas(session)


def _falta(que: str, uno: dict[str, Any] | None = None) -> Falta:
    return {
        "que": que,
        "donde": uno["numero"] if uno else "",
        "capitulo_id": str(uno["id"]) if uno else "",
    }


def de_cifras(session: Session, *, capitulo_id: int) -> list[str]:
    """Las cifras de un capítulo que no pueden salir así: cambiaron, no tienen valor o no dicen su fuente."""
    uno = capitulo(session, capitulo_id=capitulo_id)
    if uno is None:
        return []
    return _de_cifras(uno, resolver(session, llaves=[c.llave for c in citas(uno["texto"])]))


def _de_cifras(uno: dict[str, Any], dichas: dict[str, dict[str, Any]]) -> list[str]:
    suyas = {c.llave: dichas[c.llave] for c in citas(uno["texto"])}
    ahora = {llave: cita["dicho"] for llave, cita in suyas.items()}
    nombres = {llave: f"{cita['que_es']} de {cita['nombre']}" for llave, cita in suyas.items()}
    lista = [
        f"{nombres[llave]} cambió de {antes or 'no tener valor'} a {hoy_dice or 'no tener valor'}"
        for llave, antes, hoy_dice in cambiadas(uno["cifras"], ahora)
        if llave in suyas
    ]
    lista += [f"{nombres[llave]} no tiene valor" for llave, dicho in ahora.items() if dicho is None]
    lista += [f"la cita {rota} no se entiende" for rota in rotas(uno["texto"])]
    de_logros = [x for g in uno["lista_logros"] for x in cifras_de_logro(g["inversion"], g["beneficiarios"])]
    sueltas = sin_fuente(uno["texto"], de_logros)
    return lista + [f"«{cifra}» no dice su fuente (párrafo {n})" for n, cifra in dict.fromkeys(sueltas)]


def _de_periodos(session: Session, informe_id: int, citados: set[tuple[int, int]]) -> list[Falta]:
    """Los abiertos, y los que se cerraron sin congelar si el texto o los anexos (el último) los usan."""
    lista = []
    for lugar, corte in enumerate(cortes(session, informe_id=informe_id)):
        usado = not lugar or (corte["anio"], corte["mes"]) in citados
        if corte["abiertos"]:
            nombres = ", ".join(mes_nombre(m) for m in corte["abiertos"])
            lista.append(_falta(f"{corte['anio']}: sigue abierto el periodo que termina en {nombres}"))
        elif corte["cierre"] is None and usado:
            lista.append(_falta(f"{corte['nombre']}: se cerró sin congelar sus cifras"))
    return lista


def _de_firmas(session: Session) -> list[Falta]:
    en_cargo = en_funciones(session, hoy(session))
    papeles = {PRESIDENCIA: "la Presidencia", UIPPE: "la unidad de planeación"}
    return [
        _falta(f"Nadie está registrado como titular de {nombre}")
        for papel, nombre in papeles.items()
        if la_que_es(session, papel=papel) not in en_cargo
    ]
