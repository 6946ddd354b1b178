"""Quién puede hacer qué y hasta dónde: la matriz rol × acción × alcance, como datos.

La aplican las acciones de `db/actions` (el cambio) y el enrutador (la pantalla). Un renglón nuevo de la
matriz es toda la obra de un permiso nuevo.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from db.rules.problema import Problema


class Rol(StrEnum):
    ADMINISTRACION = "administracion"
    PLANEACION = "planeacion"
    PRESIDENCIA = "presidencia"
    TESORERIA = "tesoreria"
    ENLACE = "enlace"
    COPLADEM = "copladem"
    CONTRALORIA = "contraloria"


NOMBRE_ROL = {
    Rol.ADMINISTRACION: "Administración del sistema",
    Rol.PLANEACION: "Planeación (UIPPE)",
    Rol.PRESIDENCIA: "Presidencia",
    Rol.TESORERIA: "Tesorería",
    Rol.ENLACE: "Enlace de dependencia",
    Rol.COPLADEM: "Integrante del COPLADEMUN",
    Rol.CONTRALORIA: "Contraloría",
}


class Accion(StrEnum):
    VER_TABLERO = "ver_tablero"
    VER_PLAN = "ver_plan"
    VER_BITACORA = "ver_bitacora"
    VER_USUARIOS = "ver_usuarios"
    EDITAR_USUARIOS = "editar_usuarios"
    EDITAR_CONFIGURACION = "editar_configuracion"
    CARGAR_PLAN = "cargar_plan"
    CARGAR_ESTRUCTURA = "cargar_estructura"
    CARGAR_PROGRAMAS = "cargar_programas"
    CARGAR_ACTIVIDADES = "cargar_actividades"
    CARGAR_INDICADORES = "cargar_indicadores"
    CARGAR_AVANCES = "cargar_avances"
    VALIDAR_AVANCES = "validar_avances"
    CARGAR_PRESUPUESTO = "cargar_presupuesto"
    DESHACER_CARGA = "deshacer_carga"
    VER_VINCULOS = "ver_vinculos"
    VINCULAR_PLAN = "vincular_plan"
    ALINEAR_PLAN = "alinear_plan"
    FIJAR_PESOS = "fijar_pesos"
    EDITAR_TITULARES = "editar_titulares"
    EDITAR_MIR = "editar_mir"
    EDITAR_INDICADORES = "editar_indicadores"
    VER_PRESUPUESTO = "ver_presupuesto"
    REGISTRAR_ADECUACIONES = "registrar_adecuaciones"
    EDITAR_FONDOS = "editar_fondos"
    VER_CONCILIACION = "ver_conciliacion"
    OBSERVAR = "observar"
    RESPONDER_OBSERVACION = "responder_observacion"
    VER_ANTEPROYECTO = "ver_anteproyecto"
    EDITAR_ANTEPROYECTO = "editar_anteproyecto"
    FIJAR_TECHOS = "fijar_techos"
    CERRAR_ETAPA = "cerrar_etapa"
    VER_GUIA = "ver_guia"
    CARGAR_GUIA = "cargar_guia"
    EVALUAR_GUIA = "evaluar_guia"
    VER_CAPTURA = "ver_captura"
    PUBLICAR_AVANCES = "publicar_avances"
    EDITAR_CALENDARIO = "editar_calendario"
    CERRAR_PERIODO = "cerrar_periodo"
    SUBIR_EVIDENCIAS = "subir_evidencias"
    VER_EVIDENCIAS = "ver_evidencias"
    SOLICITAR_RECONDUCCION = "solicitar_reconduccion"
    OPINAR_RECONDUCCION = "opinar_reconduccion"
    AUTORIZAR_RECONDUCCION = "autorizar_reconduccion"
    EDITAR_PAE = "editar_pae"
    ATENDER_ASM = "atender_asm"
    VER_DOCUMENTOS = "ver_documentos"
    EMITIR_DOCUMENTOS = "emitir_documentos"
    VER_INFORME = "ver_informe"
    REDACTAR_INFORME = "redactar_informe"
    COORDINAR_INFORME = "coordinar_informe"
    VER_COMITES = "ver_comites"
    COORDINAR_COMITES = "coordinar_comites"
    PARTICIPAR_SESION = "participar_sesion"
    ATENDER_ACUERDOS = "atender_acuerdos"
    REGISTRAR_PROPUESTAS = "registrar_propuestas"
    RESPONDER_PROPUESTAS = "responder_propuestas"
    VER_REGISTROS = "ver_registros"
    EDITAR_REGISTROS = "editar_registros"
    AUTORIZAR_REGISTROS = "autorizar_registros"
    COMENTAR_REGISTROS = "comentar_registros"
    VER_CAPACITACION = "ver_capacitacion"
    VER_DIRECTORIO = "ver_directorio"
    EDITAR_DIRECTORIO = "editar_directorio"


class Alcance(StrEnum):
    TODO = "todo"
    PROPIO = "propio"
    """Sólo su dependencia (o su ente, si la cuenta no nombra dependencia)."""


TODO, PROPIO = Alcance.TODO, Alcance.PROPIO

TODOS = dict.fromkeys(Rol, TODO)
UNIDAD = {Rol.PLANEACION: TODO}
UNIDAD_Y_ENLACE = {Rol.PLANEACION: TODO, Rol.ENLACE: PROPIO}
TESORERIA = {Rol.TESORERIA: TODO}
QUIENES_CONCILIAN = dict.fromkeys((Rol.ADMINISTRACION, Rol.PLANEACION, Rol.TESORERIA, Rol.CONTRALORIA), TODO)

MATRIZ: dict[Accion, dict[Rol, Alcance]] = {
    Accion.VER_TABLERO: TODOS,
    Accion.VER_PLAN: TODOS,
    Accion.VER_BITACORA: {Rol.ADMINISTRACION: TODO, Rol.CONTRALORIA: TODO},
    Accion.VER_USUARIOS: {Rol.ADMINISTRACION: TODO, Rol.CONTRALORIA: TODO},
    Accion.EDITAR_USUARIOS: {Rol.ADMINISTRACION: TODO},
    Accion.EDITAR_CONFIGURACION: {Rol.ADMINISTRACION: TODO, Rol.PLANEACION: TODO},
    Accion.CARGAR_PLAN: UNIDAD,
    Accion.CARGAR_ESTRUCTURA: UNIDAD,
    Accion.CARGAR_PROGRAMAS: UNIDAD,
    Accion.CARGAR_ACTIVIDADES: UNIDAD,
    Accion.CARGAR_INDICADORES: UNIDAD,
    Accion.CARGAR_AVANCES: UNIDAD_Y_ENLACE,
    Accion.VALIDAR_AVANCES: UNIDAD,
    Accion.CARGAR_PRESUPUESTO: TESORERIA,
    Accion.DESHACER_CARGA: {Rol.PLANEACION: TODO, Rol.TESORERIA: TODO},
    Accion.VER_VINCULOS: QUIENES_CONCILIAN,
    Accion.VINCULAR_PLAN: UNIDAD,
    Accion.ALINEAR_PLAN: UNIDAD,
    Accion.FIJAR_PESOS: UNIDAD,
    Accion.EDITAR_TITULARES: {Rol.ADMINISTRACION: TODO, Rol.PLANEACION: TODO},
    Accion.EDITAR_MIR: UNIDAD_Y_ENLACE,
    Accion.EDITAR_INDICADORES: UNIDAD,
    Accion.VER_PRESUPUESTO: TODOS,
    Accion.REGISTRAR_ADECUACIONES: TESORERIA,
    Accion.EDITAR_FONDOS: TESORERIA,
    Accion.VER_CONCILIACION: QUIENES_CONCILIAN,
    Accion.OBSERVAR: {Rol.PLANEACION: TODO, Rol.TESORERIA: TODO, Rol.CONTRALORIA: TODO},
    Accion.RESPONDER_OBSERVACION: {Rol.PLANEACION: TODO, Rol.TESORERIA: TODO, Rol.ENLACE: PROPIO},
    Accion.VER_ANTEPROYECTO: {**QUIENES_CONCILIAN, Rol.PRESIDENCIA: TODO, Rol.ENLACE: PROPIO},
    Accion.EDITAR_ANTEPROYECTO: UNIDAD_Y_ENLACE,
    Accion.FIJAR_TECHOS: TESORERIA,
    Accion.CERRAR_ETAPA: {Rol.PLANEACION: TODO, Rol.TESORERIA: TODO},
    Accion.VER_GUIA: TODOS,
    Accion.CARGAR_GUIA: UNIDAD,
    Accion.EVALUAR_GUIA: UNIDAD_Y_ENLACE,
    Accion.VER_CAPTURA: {**QUIENES_CONCILIAN, Rol.PRESIDENCIA: TODO, Rol.ENLACE: PROPIO},
    Accion.PUBLICAR_AVANCES: UNIDAD,
    Accion.EDITAR_CALENDARIO: UNIDAD,
    Accion.CERRAR_PERIODO: UNIDAD,
    Accion.SUBIR_EVIDENCIAS: UNIDAD_Y_ENLACE,
    Accion.VER_EVIDENCIAS: {Rol.PLANEACION: TODO, Rol.CONTRALORIA: TODO, Rol.ENLACE: PROPIO},
    Accion.SOLICITAR_RECONDUCCION: UNIDAD_Y_ENLACE,
    Accion.OPINAR_RECONDUCCION: TESORERIA,
    Accion.AUTORIZAR_RECONDUCCION: UNIDAD,
    Accion.EDITAR_PAE: UNIDAD,
    Accion.ATENDER_ASM: UNIDAD_Y_ENLACE,
    Accion.VER_DOCUMENTOS: {**QUIENES_CONCILIAN, Rol.PRESIDENCIA: TODO, Rol.ENLACE: PROPIO},
    Accion.EMITIR_DOCUMENTOS: {
        Rol.PLANEACION: TODO,
        Rol.PRESIDENCIA: TODO,
        Rol.TESORERIA: TODO,
        Rol.ENLACE: PROPIO,
    },
    Accion.VER_INFORME: {
        Rol.PLANEACION: TODO,
        Rol.PRESIDENCIA: TODO,
        Rol.TESORERIA: TODO,
        Rol.CONTRALORIA: TODO,
        Rol.ENLACE: PROPIO,
    },
    Accion.REDACTAR_INFORME: UNIDAD_Y_ENLACE,
    Accion.COORDINAR_INFORME: UNIDAD,
    Accion.VER_COMITES: TODOS,
    Accion.COORDINAR_COMITES: UNIDAD,
    # Quién vota lo dice su asiento; el rol sólo abre la puerta de la sala.
    Accion.PARTICIPAR_SESION: TODOS,
    Accion.ATENDER_ACUERDOS: UNIDAD_Y_ENLACE,
    Accion.REGISTRAR_PROPUESTAS: {Rol.PLANEACION: TODO, Rol.COPLADEM: TODO},
    Accion.RESPONDER_PROPUESTAS: UNIDAD_Y_ENLACE,
    Accion.VER_REGISTROS: TODOS,
    Accion.EDITAR_REGISTROS: UNIDAD_Y_ENLACE,
    Accion.AUTORIZAR_REGISTROS: UNIDAD,
    Accion.COMENTAR_REGISTROS: TODOS,
    # Calificaciones y teléfonos: sólo quien los necesita.
    Accion.VER_CAPACITACION: {**QUIENES_CONCILIAN, Rol.PRESIDENCIA: TODO, Rol.ENLACE: PROPIO},
    Accion.VER_DIRECTORIO: {
        Rol.ADMINISTRACION: TODO,
        Rol.PLANEACION: TODO,
        Rol.PRESIDENCIA: TODO,
        Rol.CONTRALORIA: TODO,
        Rol.ENLACE: PROPIO,
    },
    Accion.EDITAR_DIRECTORIO: {Rol.ADMINISTRACION: TODO, Rol.PLANEACION: TODO},
}


@dataclass(frozen=True, slots=True)
class Asignacion:
    """Un rol y hasta dónde llega: ente y dependencia vacíos son «todo el municipio»."""

    rol: Rol
    ente_id: int | None = None
    dependencia_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Quién hace el cambio; su cuenta y su dirección quedan en la bitácora."""

    usuario_id: int | None
    cuenta: str
    nombre: str = ""
    asignaciones: tuple[Asignacion, ...] = ()
    ip: str = ""
    interno: bool = False
    """Cuenta «línea de comandos»: quien tiene el servidor tiene todos los permisos."""

    @property
    def roles(self) -> frozenset[Rol]:
        return frozenset(asignacion.rol for asignacion in self.asignaciones)


LINEA_DE_COMANDOS = Actor(
    usuario_id=None, cuenta="línea de comandos", nombre="Línea de comandos", interno=True
)


class SinPermiso(Problema):
    """El rol no alcanza; el texto no dice si el objeto existe."""

    def __init__(self, accion: Accion) -> None:
        self.accion = accion
        super().__init__(
            "No existe o no tiene permiso para hacerlo.",
            "Si lo necesita, pida a la administración del sistema que revise su rol.",
        )


@dataclass(frozen=True, slots=True)
class Objeto:
    """A qué ente y dependencias (la propia y sus superiores) pertenece lo que se quiere cambiar."""

    ente_id: int | None = None
    dependencias: frozenset[int] = field(default_factory=frozenset)


def _alcanza(asignacion: Asignacion, alcance: Alcance, objeto: Objeto | None) -> bool:
    if asignacion.ente_id is not None and objeto and objeto.ente_id not in (None, asignacion.ente_id):
        return False
    if alcance is TODO:
        return True
    if objeto is None:
        return True
    if asignacion.dependencia_id is not None:
        return asignacion.dependencia_id in objeto.dependencias
    return asignacion.ente_id is not None and asignacion.ente_id == objeto.ente_id


def puede(actor: Actor, accion: Accion, objeto: Objeto | None = None) -> bool:
    """¿El actor puede hacer la acción sobre el objeto? Sin objeto: ¿sobre alguno?"""
    if actor.interno:
        return True
    alcances = MATRIZ.get(accion, {})
    return any(
        asignacion.rol in alcances and _alcanza(asignacion, alcances[asignacion.rol], objeto)
        for asignacion in actor.asignaciones
    )


def exigir(actor: Actor, accion: Accion, objeto: Objeto | None = None) -> None:
    """Como `puede`, pero lanza `SinPermiso`."""
    if not puede(actor, accion, objeto):
        raise SinPermiso(accion)
