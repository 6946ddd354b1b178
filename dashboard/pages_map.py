"""Todas las pantallas: un renglón por archivo de `pages/`, por grupo y en el orden del menú."""

from dataclasses import dataclass
from pathlib import Path

from db.rules.permisos import Accion, Actor, Rol, puede

CARPETA = Path(__file__).parent.parent / "pages"

CARGAR = (
    Accion.CARGAR_AVANCES,
    Accion.CARGAR_PRESUPUESTO,
    Accion.CARGAR_PLAN,
    Accion.CARGAR_ESTRUCTURA,
    Accion.CARGAR_PROGRAMAS,
    Accion.CARGAR_ACTIVIDADES,
    Accion.CARGAR_INDICADORES,
    Accion.CARGAR_GUIA,
    Accion.EDITAR_ANTEPROYECTO,
    Accion.EDITAR_REGISTROS,
)


@dataclass(frozen=True, slots=True)
class Pagina:
    """Una pantalla: su archivo (que es su dirección), cómo se llama y qué permiso pide.

    Con varias acciones basta una. `inicial` es la que abre el sistema.
    """

    archivo: str
    titulo: str
    icono: str
    acciones: tuple[Accion, ...]
    grupo: str = ""
    """Encabezado del menú bajo el que va; vacío, arriba y sin encabezado."""
    en_menu: bool = True
    inicial: bool = False
    con_presentacion: bool = False
    """Tiene su propia cara para proyectarse; las demás usan la de `ui/reunion.py`."""
    recibe: Rol | None = None
    """El rol que, si es el único de la persona, llega aquí al entrar en vez de a la inicial."""

    @property
    def direccion(self) -> str:
        return self.archivo.removesuffix(".py")

    @property
    def ruta(self) -> Path:
        return CARPETA / self.archivo


PLAN, CAPTURA, DINERO, SISTEMA = "Plan", "Captura", "Dinero", "Sistema"
DOCUMENTOS, COPLADEMUN, REGISTROS = "Informes", "Comités", "Registros"
"""Cortos: en una pantalla de 1280 pixeles caben todos en un renglón."""

VER_REGISTROS = (Accion.VER_REGISTROS,)

PAGES: tuple[Pagina, ...] = (
    Pagina(
        "inicio.py", "Inicio", ":material/home:", (Accion.VER_TABLERO,), inicial=True, con_presentacion=True
    ),
    Pagina("buscar.py", "Buscar", ":material/search:", (Accion.VER_TABLERO,), en_menu=False),
    Pagina("avisos.py", "Avisos", ":material/notifications:", (Accion.VER_TABLERO,)),
    Pagina("plan.py", "Plan", ":material/account_tree:", (Accion.VER_PLAN,), PLAN),
    Pagina("programas.py", "Programas", ":material/category:", (Accion.VER_PLAN,), PLAN),
    Pagina("metas.py", "Metas", ":material/flag:", (Accion.VER_PLAN,), PLAN),
    Pagina("indicadores.py", "Indicadores", ":material/monitoring:", (Accion.VER_PLAN,), PLAN),
    Pagina("pesos.py", "Pesos del plan", ":material/percent:", (Accion.VER_PLAN,), PLAN),
    Pagina("alineacion.py", "Alineación", ":material/hub:", (Accion.VER_PLAN,), PLAN),
    Pagina("mir.py", "MIR", ":material/table_chart:", (Accion.VER_PLAN,), PLAN),
    Pagina("pae.py", "Evaluación (PAE)", ":material/grading:", (Accion.VER_PLAN,), PLAN),
    Pagina("guia.py", "Guía Consultiva", ":material/fact_check:", (Accion.VER_GUIA,), PLAN),
    Pagina(
        "pendientes.py",
        "Mis pendientes",
        ":material/inbox:",
        (Accion.CARGAR_AVANCES,),
        CAPTURA,
        recibe=Rol.ENLACE,
    ),
    Pagina("captura.py", "Capturar", ":material/edit:", (Accion.CARGAR_AVANCES,), CAPTURA),
    Pagina("revision.py", "Revisar", ":material/rule:", (Accion.VALIDAR_AVANCES,), CAPTURA),
    Pagina(
        "avance_captura.py", "Cómo va la captura", ":material/checklist_rtl:", (Accion.VER_CAPTURA,), CAPTURA
    ),
    Pagina("reconducciones.py", "Reconducciones", ":material/edit_calendar:", (Accion.VER_CAPTURA,), CAPTURA),
    Pagina("evidencias.py", "Evidencias", ":material/attach_file:", (Accion.VER_EVIDENCIAS,), CAPTURA),
    Pagina("calendario.py", "Calendario", ":material/calendar_month:", (Accion.VER_CAPTURA,), CAPTURA),
    Pagina("cierre.py", "Cierre de periodos", ":material/lock:", (Accion.VER_CAPTURA,), CAPTURA),
    Pagina("presupuesto.py", "Presupuesto", ":material/payments:", (Accion.VER_PRESUPUESTO,), DINERO),
    Pagina("fondos.py", "Fondos", ":material/savings:", (Accion.VER_PRESUPUESTO,), DINERO),
    Pagina("eaepe.py", "EAEPE", ":material/receipt_long:", (Accion.VER_PRESUPUESTO,), DINERO),
    Pagina("ingresos.py", "Ingresos", ":material/payments:", (Accion.VER_PRESUPUESTO,), DINERO),
    Pagina("conciliacion.py", "Conciliación", ":material/balance:", (Accion.VER_CONCILIACION,), DINERO),
    Pagina("vinculos.py", "Dinero y plan", ":material/link:", (Accion.VER_VINCULOS,), DINERO),
    Pagina(
        "anteproyecto.py",
        "Anteproyecto",
        ":material/edit_note:",
        (Accion.VER_ANTEPROYECTO,),
        DINERO,
    ),
    Pagina("documentos.py", "Documentos", ":material/description:", (Accion.VER_DOCUMENTOS,), DOCUMENTOS),
    Pagina("informes.py", "Informe de Gobierno", ":material/menu_book:", (Accion.VER_INFORME,), DOCUMENTOS),
    Pagina("comites.py", "Comités", ":material/groups:", (Accion.VER_COMITES,), COPLADEMUN),
    Pagina("sesiones.py", "Sesiones", ":material/event:", (Accion.VER_COMITES,), COPLADEMUN),
    Pagina(
        "sesion.py",
        "Sesión en vivo",
        ":material/how_to_vote:",
        (Accion.PARTICIPAR_SESION,),
        COPLADEMUN,
        en_menu=False,
        con_presentacion=True,
    ),
    Pagina("acuerdos.py", "Acuerdos", ":material/handshake:", (Accion.VER_COMITES,), COPLADEMUN),
    Pagina("propuestas.py", "Propuestas y obras", ":material/forum:", (Accion.VER_COMITES,), COPLADEMUN),
    Pagina("registros.py", "Por atender", ":material/assignment_late:", VER_REGISTROS, REGISTROS),
    Pagina("politicas.py", "Políticas públicas", ":material/balance:", VER_REGISTROS, REGISTROS),
    Pagina("estudios.py", "Estudios", ":material/biotech:", VER_REGISTROS, REGISTROS),
    Pagina("manuales.py", "Manuales", ":material/menu_book:", VER_REGISTROS, REGISTROS),
    Pagina("mejoras.py", "Mejora de trámites", ":material/speed:", VER_REGISTROS, REGISTROS),
    Pagina(
        "proyectos_estrategicos.py",
        "Proyectos estratégicos",
        ":material/construction:",
        VER_REGISTROS,
        REGISTROS,
    ),
    Pagina("imagen.py", "Imagen institucional", ":material/palette:", VER_REGISTROS, REGISTROS),
    Pagina("canales.py", "Canales", ":material/forum:", VER_REGISTROS, REGISTROS),
    Pagina("capacitacion.py", "Capacitación", ":material/school:", (Accion.VER_CAPACITACION,), REGISTROS),
    Pagina("directorio.py", "Directorio", ":material/contacts:", (Accion.VER_DIRECTORIO,), REGISTROS),
    Pagina("importar.py", "Importar", ":material/upload_file:", CARGAR, SISTEMA),
    Pagina(
        "dependencias.py",
        "Dependencias y titulares",
        ":material/badge:",
        (Accion.EDITAR_TITULARES,),
        SISTEMA,
    ),
    Pagina("usuarios.py", "Usuarios", ":material/group:", (Accion.VER_USUARIOS,), SISTEMA),
    Pagina("bitacora.py", "Bitácora", ":material/history:", (Accion.VER_BITACORA,), SISTEMA),
    Pagina(
        "configuracion.py", "Configuración", ":material/settings:", (Accion.EDITAR_CONFIGURACION,), SISTEMA
    ),
    Pagina(
        "primeros_pasos.py", "Primeros pasos", ":material/checklist:", (Accion.EDITAR_CONFIGURACION,), SISTEMA
    ),
    Pagina("mi_cuenta.py", "Mi cuenta", ":material/person:", (Accion.VER_TABLERO,), SISTEMA),
)


def puede_abrir(persona: Actor, direccion: str) -> bool:
    """¿Alguno de sus roles abre la pantalla de esa dirección?"""
    return any(puede(persona, a) for p in PAGES if p.direccion == direccion for a in p.acciones)


def primera(persona: Actor) -> str:
    """La dirección de la pantalla con que empieza: la que recibe a su único rol, o la inicial."""
    recibe = (p for p in PAGES if persona.roles == {p.recibe})
    return next((f"/{p.direccion}" for p in recibe), "/")
