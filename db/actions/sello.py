"""Guardar fuera de la base el último renglón de la bitácora, para notar si después se recorta."""

import json

from db.engine import reading
from db.queries.verificar import Sello, archivo_del_sello, llave_de_la_base, sello_actual, sellos


def sellar() -> Sello | None:
    """Escribe el sello de la base en uso y lo devuelve; None si la bitácora está vacía.

    Quien llama ya comprobó que la cadena está íntegra: sellar una base alterada taparía la falta.
    """
    with reading() as session:
        sello = sello_actual(session)
    guardados = _o_vacio()
    if sello is None:
        guardados.pop(llave_de_la_base(), None)
    else:
        guardados[llave_de_la_base()] = sello.a_dict()
    archivo = archivo_del_sello()
    nuevo = archivo.with_suffix(".nuevo")
    nuevo.write_text(json.dumps(guardados, ensure_ascii=False, indent=1), encoding="utf-8")
    nuevo.replace(archivo)
    return sello


def _o_vacio() -> dict[str, dict[str, object]]:
    try:
        return sellos()
    except ValueError:
        return {}
