"""Respuestas inventadas de `db.queries.tablero`, una por situación, para probar lo que Inicio dice."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from db.queries.llano import llano
from db.rules.banda import GENERAL, clasificar
from db.rules.estado import Estado
from db.rules.periodo import Corte
from db.rules.resultado import Detalle, Excluido, Insumo, Resultado

CORTE = Corte(2026, 6)


def r(
    valor: str | None = None, estado: Estado | None = None, evaluados: int = 0, total: int = 0, ceros: int = 0
) -> dict[str, Any]:
    """Un resultado llano; con valor y sin estado, el de su banda."""
    exacto = None if valor is None else Decimal(valor)
    if estado is None:
        estado = Estado.sin_dato if exacto is None else clasificar(exacto, GENERAL).equivale
    detalle = Detalle(
        "Σ peso × cumplimiento ÷ Σ peso",
        insumos=(Insumo("Metas evaluadas", str(evaluados), "avances validados"),),
        excluidos=(Excluido("Sin meta", "no tienen cantidad programada", 3),),
        evaluados=evaluados,
        total=total,
        cuentan_cero=ceros,
        bandas=GENERAL,
        corte=CORTE,
    )
    extra = {"evaluados": evaluados, "total": total, "cuentan_cero": ceros}
    return llano(Resultado(exacto, estado, detalle), **extra)


def monto(modificado: int, devengado: int) -> dict[str, int]:
    return {"aprobado": modificado, "modificado": modificado, "devengado": devengado, "pagado": devengado}


def eje(
    n: int, nombre: str, cumple: str | None, brecha: str | None = None, estado: Estado | None = None
) -> dict[str, Any]:
    return {
        "nodo_id": n,
        "clave": str(n),
        "nombre": nombre,
        "tipo": "pilar",
        "cumplimiento": r(cumple, estado, 200 if cumple else 41, 214 if cumple else 130),
        "avance_anual": r("45.2" if cumple else None, Estado.adecuado if cumple else None, 180, 190),
        "esperado": Decimal("50.1"),
        "dinero": monto(12_345_678_900, 6_000_000_000),
        "avance_financiero": r("48.6", Estado.adecuado),
        "brecha": r(brecha, Estado.adecuado if brecha else None),
        "por_estado": {"adecuado": 200},
    }


def programa(
    clave: str, nombre: str, logrado: str | None, gastado: str | None, millones: int
) -> dict[str, Any]:
    dos = logrado is not None and gastado is not None
    brecha = Decimal(logrado or 0) - Decimal(gastado or 0) if dos else None
    return {
        "clave": clave,
        "nombre": nombre,
        "responsable": "Obras Públicas",
        "cumplimiento": None if logrado is None else Decimal(logrado) * 2,
        "avance_anual": None if logrado is None else Decimal(logrado),
        "avance_financiero": None if gastado is None else Decimal(gastado),
        "brecha": brecha,
        "modificado": millones * 100_000_000,
        "devengado": millones * 50_000_000,
        "estado": "critico" if brecha is not None and brecha < -15 else "adecuado",
        "atencion": brecha is not None and brecha < -15,
    }


def tablero_completo() -> dict[str, Any]:
    """Un municipio a medio año, con todo cargado."""
    ejes = [
        eje(1, "Cero corrupción y gobierno del pueblo y para el pueblo", "94.1", "0.4"),
        eje(2, "Bienestar social", "88.6", "-2.1"),
        eje(3, "Empleo digno y desarrollo económico", None, None, Estado.sin_dato_suficiente),
        eje(4, "Bienestar de las mujeres e igualdad *sustantiva* <b>de género</b>", "98.2", "3.0"),
        eje(5, "Medio ambiente y territorio", "73.4", "-15.2"),
        eje(6, "Seguridad", "61.0", "-24.4"),
    ]
    programas = [
        programa("02020101", "Desarrollo urbano y bacheo", "41", "78", 29),
        programa("01070101", "Seguridad pública", "43", "66", 90),
        programa("02010101", "Gestión integral de residuos sólidos", "48", "63", 55),
        programa("02040201", "Cultura y arte", "66", "52", 12),
        programa("02040101", "Cultura física y deporte", "70", "40", 9),
        *(programa(f"0103010{n}", f"Programa {n}", str(50 + n), str(48 + n), 8 + n) for n in range(8)),
        programa("03010201", "Empleo", None, "30", 5),
    ]
    return {
        "vacio": False,
        "falta": [],
        "municipio": "San Isidro del Valle",
        "ente": "Ayuntamiento",
        "plan": "Plan de Desarrollo Municipal 2025-2027",
        "anio": 2026,
        "mes": 6,
        "corte": {
            "mes": 6,
            "texto": "junio de 2026",
            "origen": "último periodo cerrado",
            "cerrado_en": datetime(2026, 7, 8, 10, 0, tzinfo=UTC),
        },
        "cumplimiento": r("86.4", None, 1045, 1187, 14),
        "avance_anual": r("44.9", Estado.adecuado, 900, 1010),
        "esperado": Decimal("52.0"),
        "anterior": {"valor": Decimal("82.0"), "texto": "marzo"},
        "avance_financiero": r("51.2", Estado.adecuado),
        "dinero": monto(80_590_000_000, 41_260_000_000),
        "etiqueta_dinero": "",
        "brecha": r("-6.3", Estado.adecuado),
        "indicadores": r("81.0", None, 250, 330),
        "vencidos": {
            "metas": 11,
            "indicadores": 3,
            "dependencias": 1,
            "sin_avances": False,
            "lista": [
                {
                    "dependencia": 7,
                    "nombre": "Desarrollo Económico",
                    "metas": 11,
                    "indicadores": 3,
                    "dias": 12,
                }
            ],
        },
        "excepciones": [
            _caso("critico", "Desarrollo urbano y bacheo: se gastó 78 % y se logró 41 %", "02020101"),
            _caso("critico", "Seguridad pública lleva 2 trimestres en rojo", "01070101"),
            _caso("vencido", "Desarrollo Económico no ha reportado en el año", ""),
            _caso("riesgo", "FAIS: 18.2 mdp por devengar", ""),
            _caso("sobrecumplido", "Consultas médicas: 168 % de lo programado", ""),
        ],
        "mas_excepciones": 2,
        "programas": {"atencion": 3, "total": len(programas), "lista": programas},
        "ejes": ejes,
        "sin_plan": {"dinero": 123_400_000_000, "proyectos": 4, "lista": ["010101010101"]},
        "sin_linea": 15,
        "metas": 1202,
        "bandas": [
            {
                "codigo": b.codigo,
                "palabra": b.palabra,
                "icono": b.icono,
                "color": b.color,
                "inferior": b.inferior,
                "superior": b.superior,
                "intervalo": b.intervalo,
                "equivale": b.equivale.value,
            }
            for b in GENERAL
        ],
        "fuentes": [
            {
                "que": "presupuesto",
                "archivo": "presupuesto_junio.xlsx",
                "autor": "tesoreria",
                "cuando": datetime(2026, 7, 6, 18, 30, tzinfo=UTC),
                "mes": 6,
            }
        ],
        "sello": {"id": 48211, "huella": "9f3c1ab27d54e80012ab"},
    }


def _caso(estado: str, titulo: str, clave: str) -> dict[str, Any]:
    return {
        "estado": estado,
        "titulo": titulo,
        "porque": "22.4 mdp devengados · brecha de 37 puntos",
        "responsable": "Obras Públicas",
        "desde": "desde enero",
        "pagina": "plan",
        "parametros": {"programa": clave} if clave else {},
    }


def tablero_sin_avances() -> dict[str, Any]:
    """Plan y metas cargados; nadie ha registrado lo logrado y no hay presupuesto."""
    t = tablero_completo()
    sin = r(None, Estado.sin_dato, 0, 1187)
    for uno in t["ejes"]:
        uno.update(
            cumplimiento=r(None, Estado.sin_dato, 0, 200),
            avance_anual=r(),
            dinero=None,
            avance_financiero=r(),
            brecha=r(),
        )
    for uno in t["programas"]["lista"]:
        uno.update(
            avance_anual=None, avance_financiero=None, brecha=None, cumplimiento=None, estado="sin_dato"
        )
    t["programas"]["atencion"] = 0
    vencidos = {"metas": 0, "indicadores": 0, "dependencias": 0, "sin_avances": True, "lista": []}
    return t | {
        "falta": ["presupuesto", "avances"],
        "cumplimiento": sin,
        "avance_anual": sin,
        "anterior": None,
        "avance_financiero": r(),
        "dinero": None,
        "brecha": r(),
        "indicadores": sin,
        "vencidos": vencidos,
        "excepciones": [],
        "mas_excepciones": 0,
        "fuentes": [],
        "corte": t["corte"] | {"origen": "sin cierre: último mes terminado", "cerrado_en": None},
        "sin_plan": {"dinero": 0, "proyectos": 0, "lista": []},
    }


def historia() -> list[dict[str, Any]]:
    """Seis cierres, uno sin cifra."""
    cifras = ("71", "78", None, "91", "82", "86.4")
    cierres = [(2025, 3), (2025, 6), (2025, 9), (2025, 12), (2026, 3), (2026, 6)]
    return [
        {
            "anio": anio,
            "mes": mes,
            "texto": f"T{mes // 3} {anio}",
            **r(cifra, None if cifra else Estado.sin_dato_suficiente, 900, 1187),
        }
        for (anio, mes), cifra in zip(cierres, cifras, strict=True)
    ]
