"""Lo que la demostración tiene que contar, dicho una sola vez: quién falla, quién cumple y dónde se nota."""

GASTA_Y_NO_CUMPLE = "03050103"
"""Vialidades: al tercer trimestre lleva gastado 78 % y logrado 41 % de lo prometido en el año."""
AVANCE_DEL_QUE_GASTA = {1: 15, 2: 29, 3: 41}
GASTO_DEL_QUE_GASTA = 78

CUMPLE_SIN_GASTAR = "02040201"
"""Cultura: cumple todo su calendario con la cuarta parte del presupuesto."""
GASTO_DEL_QUE_CUMPLE = 24

NUNCA_REPORTA = ("AYTO", "U00")
"""Turismo no ha reportado nada en 2026."""

DEBE_UN_TRIMESTRE = ("AYTO", "P00")
"""Atención Ciudadana reportó dos trimestres y dejó vencer el tercero."""

OLVIDAN_ALGO = frozenset({("AYTO", "G00"), ("AYTO", "O00")})
"""Ecología y Educación dejaron sin capturar unas cuantas metas de 2026."""

REPORTO_TARDE = ("AYTO", "N00")
"""Desarrollo Económico capturó el segundo trimestre fuera de plazo."""

EJE_EN_REVISION = "T3"
"""Casi todo lo del último trimestre está capturado y sin validar: el eje no tiene dato suficiente."""

SOBRECUMPLIDA = "Esterilización de perros y gatos"
RAZON_SOBRECUMPLIDA = 168
"""Logró 168 % de lo programado: se planeó por debajo de la demanda."""

NO_PROGRAMADA = "Instalación de refugios temporales en contingencias y desastres"
LOGRO_NO_PROGRAMADO = {2: 1, 3: 3}
"""No se programó y hubo que hacerla: trimestre → alcanzado."""

RECONDUCIDO = ("020204010201", 7)
"""Proyecto de alumbrado público y el mes desde el que rige su reconducción de 2026."""
FOLIO_RECONDUCCION = "REC-2026-003"
FACTOR_RECONDUCCION = {"Luminaria": 140, "Reporte": 80}
"""Unidad de medida → porcentaje de lo original desde ese mes."""

FONDO_REZAGADO = "250101"
GASTO_DEL_FONDO = 31
"""El FAIS lleva gastado menos de la tercera parte."""

ADEFAS = "040401010101"
GASTO_DE_ADEFAS = 76
SIN_PRESUPUESTO = ("010401010103", "030801010101")
"""Proyectos con actividades y sin dinero."""

SIN_MOVIMIENTO = ("02050603", (7, 8))
"""Los desayunos escolares no gastan en vacaciones."""

SIN_CITA = frozenset(
    {"01050206", "04010101", "04020101", "04040101", "01050203", "01050204", "01030902", "01050201"}
)
"""Programas cuyas actividades no citan ninguna línea del plan."""

CITA_VARIAS = frozenset({"02020101", "02010401", "01070101", "02060804", "01030101", "02020601"})
"""Programas en que muchas actividades citan dos o tres líneas."""
