"""De renglones de un archivo de avances a avances de metas y variables que existen y se pueden tocar."""

from functools import cache, partial

from sqlmodel import Session

from dashboard.imports.ejercicio import de_otro_ejercicio
from dashboard.imports.formato import Contexto
from dashboard.imports.lectura import valores
from dashboard.imports.periodos import TRIMESTRE, Lapso, Periodos, periodicidad_del_archivo
from dashboard.imports.renglon import Renglon, Revisor, renglones
from db.actions.avances import ClaseAvance, FilaAvance, igual, valida
from db.models.captura import ClaseCaptura
from db.models.municipio import Ejercicio, Periodicidad
from db.queries import avances
from db.queries.avances import Destino, nombre_comparable
from db.queries.calendario import ventana
from db.queries.municipio import OFICIALES
from db.rules.captura import Situacion
from db.rules.permisos import Accion, puede
from db.rules.texto import llave

_CLASES = {
    "actividad": ClaseAvance.ACTIVIDAD,
    "actividades": ClaseAvance.ACTIVIDAD,
    "meta": ClaseAvance.ACTIVIDAD,
    "variable": ClaseAvance.VARIABLE,
    "indicador": ClaseAvance.VARIABLE,
}
_VENTANAS = {ClaseAvance.ACTIVIDAD: ClaseCaptura.ACTIVIDADES, ClaseAvance.VARIABLE: ClaseCaptura.INDICADORES}

Leido = tuple[Renglon, ClaseAvance, Lapso]


class LectorAvances:
    """Lee los renglones en dos pasos: primero los periodos, que deciden la periodicidad; luego lo demás."""

    def __init__(self, session: Session, revisor: Revisor, contexto: Contexto) -> None:
        assert contexto.anio is not None
        self.revisor, self.contexto, self.anio = revisor, contexto, contexto.anio
        self._metas = avances.metas(session, self.anio)
        self._indicadores = avances.indicadores(session, self.anio)
        self._previos = {
            ClaseAvance.ACTIVIDAD: avances.avances_metas(session, self.anio),
            ClaseAvance.VARIABLE: avances.avances_variables(session, self.anio),
        }
        self._cerrados = avances.meses_cerrados(session, self.anio)
        self._ventana = cache(partial(ventana, session, self.anio))
        ejercicio = session.get(Ejercicio, self.anio)
        self._actual = ejercicio.periodicidad if ejercicio else Periodicidad.TRIMESTRE
        self.periodicidad: Periodicidad | None = None
        self._periodos = Periodos()
        self._vistos: dict[tuple[ClaseAvance, int, int], int] = {}
        self._vacios = 0

    def filas(self) -> list[FilaAvance]:
        """Los avances sin problemas; los demás quedan anotados."""
        leidos = self._con_periodo()
        self._decidir_periodicidad([lapso for _, clase, lapso in leidos if clase is ClaseAvance.ACTIVIDAD])
        return [fila for leido in leidos if (fila := self._fila(*leido)) is not None]

    def _con_periodo(self) -> list[Leido]:
        renglones = [renglon for renglon in self.revisor if not de_otro_ejercicio(renglon, self.anio)]
        leidos = [
            (r, r.leer("periodo", valores.periodo) if r.obligado("periodo") else None) for r in renglones
        ]
        self._periodos = Periodos.de(periodo for _, periodo in leidos)
        resultado: list[Leido] = []
        for renglon, periodo in leidos:
            clase = self._clase(renglon)
            if periodo is None or clase is None:
                continue
            lapso = self._periodos.lapso(periodo)
            if lapso is None or periodo.anio not in (None, self.anio):
                renglon.falla(
                    "periodo",
                    f"no es un periodo de {self.anio}",
                    "Escriba, por ejemplo, «T1», «1er trimestre» o «enero».",
                )
                continue
            resultado.append((renglon, clase, lapso))
        return resultado

    def _clase(self, renglon: Renglon) -> ClaseAvance | None:
        """Lo que dice «tipo»; si falta, según traiga número de actividad o indicador."""
        texto = llave(renglon.texto("tipo"))
        if not texto:
            texto = "variable" if renglon.texto("indicador") else "actividad"
        if texto not in _CLASES:
            renglon.falla("tipo", "no es un tipo de avance", "Escriba actividad o variable.")
        return _CLASES.get(texto)

    def _decidir_periodicidad(self, lapsos: list[Lapso]) -> None:
        """Un ejercicio sin avances toma la periodicidad del archivo; uno con avances la conserva."""
        del_archivo = periodicidad_del_archivo(lapsos)
        hay_avances = bool(self._previos[ClaseAvance.ACTIVIDAD])
        if del_archivo is not None and del_archivo is not self._actual and not hay_avances:
            self.periodicidad = self._actual = del_archivo

    def _fila(self, renglon: Renglon, clase: ClaseAvance, lapso: Lapso) -> FilaAvance | None:
        if not self._periodo_cabe(renglon, clase, lapso):
            return None
        destino = self._destino(renglon, clase)
        if not renglon.texto("alcanzado"):
            self._vacios += 1
            self.revisor.omitir()
            return None
        alcanzado = renglon.cantidad("alcanzado")
        if destino is None or alcanzado is None:
            return None
        identidad = destino.id if clase is ClaseAvance.ACTIVIDAD else self._variable(renglon, destino)
        if identidad is None:
            return None
        periodo = lapso.mes if clase is ClaseAvance.ACTIVIDAD else lapso.mes // TRIMESTRE
        justificacion = renglon.texto("justificacion")
        fila = FilaAvance(clase, identidad, periodo, alcanzado, justificacion, destino.objeto)
        return fila if self._se_puede(renglon, fila) else None

    def _periodo_cabe(self, renglon: Renglon, clase: ClaseAvance, lapso: Lapso) -> bool:
        if clase is ClaseAvance.VARIABLE:
            if lapso.mes % TRIMESTRE:
                renglon.falla("periodo", "las variables se reportan por trimestre", "Use T1, T2, T3 o T4.")
                return False
            return True
        if lapso.mensual is not (self._actual is Periodicidad.MES):
            cada, ejemplo = ("mes", "enero") if self._actual is Periodicidad.MES else ("trimestre", "T1")
            renglon.falla(
                "periodo",
                f"las actividades de {self.anio} se reportan por {cada}",
                f"Escriba, por ejemplo, «{ejemplo}».",
            )
            return False
        return True

    def _destino(self, renglon: Renglon, clase: ClaseAvance) -> Destino | None:
        """La meta o el indicador del renglón; uno solo, y que el actor pueda tocar."""
        general, auxiliar = renglon.clave("clave_dep_general"), renglon.clave("clave_dep_auxiliar")
        proyecto = renglon.codigo("codigo_proyecto", 12)
        actividad = clase is ClaseAvance.ACTIVIDAD
        campo = "numero_actividad" if actividad else "indicador"
        marca = renglon.entero(campo) if actividad else renglon.obligado(campo)
        if general is None or auxiliar is None or proyecto is None or marca is None:
            return None
        catalogo = self._metas if actividad else self._indicadores
        clave = (general, auxiliar, proyecto, marca if actividad else nombre_comparable(str(marca)))
        posibles = [d for d in catalogo.get(clave, []) if self._del_ente(d)]
        actor = self.contexto.actor
        propios = [d for d in posibles if puede(actor, Accion.CARGAR_AVANCES, d.objeto)]
        area = llave(renglon.texto("area"))
        if len(propios) > 1 and area:
            propios = [d for d in propios if d.area == area] or propios
        if len(propios) == 1:
            return propios[0]
        if propios:
            renglon.falla(
                campo,
                "hay varios iguales en distintas áreas o entes",
                "Agregue la columna area o elija el ente.",
            )
        else:
            renglon.falla(
                campo,
                f"no existe en {self.anio} o no tiene permiso para capturarlo",
                "Revise dependencias, proyecto y número o nombre; deben ser los de la programación.",
            )
        return None

    def _del_ente(self, destino: Destino) -> bool:
        return self.contexto.ente_supuesto or destino.ente_id == self.contexto.ente_id

    def _variable(self, renglon: Renglon, destino: Destino) -> int | None:
        texto = renglon.texto("variable")
        if not texto and len(destino.letras) == 1:
            return next(iter(destino.letras.values()))
        hallada = destino.letras.get(texto.upper()) or destino.nombres.get(nombre_comparable(texto))
        if hallada is None:
            letras = ", ".join(sorted(destino.letras))
            renglon.falla(
                "variable", "el indicador no tiene esa variable", f"Escriba su letra ({letras}) o su nombre."
            )
        return hallada

    def _se_puede(self, renglon: Renglon, fila: FilaAvance) -> bool:
        """Que no esté repetido, cerrado, fuera de ventana ni validado por otro; lo ya igual siempre pasa."""
        donde = self._vistos.setdefault((fila.clase, fila.id, fila.periodo), renglon.numero)
        if donde != renglon.numero:
            renglon.falla("periodo", f"ese avance ya está en el renglón {donde}", "Deje un solo renglón.")
            return False
        previo = self._previos[fila.clase].get((fila.id, fila.periodo))
        if igual(fila, previo):
            return True
        if fila.mes in self._cerrados:
            renglon.falla(
                "periodo", "el periodo está cerrado", "Un periodo cerrado no se corrige con un archivo."
            )
            return False
        if valida(self.contexto.actor, fila.objeto):
            return True
        if previo is not None and previo["estado"] in OFICIALES:
            renglon.falla("alcanzado", "ese avance ya está validado", "Pida a planeación que lo devuelva.")
            return False
        plazo = self._ventana(fila.mes, _VENTANAS[fila.clase], fila.objeto.dependencias)
        if plazo is not None and plazo["situacion"] is not Situacion.ABIERTA:
            renglon.falla(
                "periodo", "no es tiempo de capturar ese periodo", "Pida a planeación que lo registre."
            )
            return False
        return True

    def avisos(self) -> list[str]:
        """Lo que quien carga debe saber."""
        avisos = self._periodos.aviso()
        if self._vacios:
            avisos.append(f"Sin cantidad alcanzada: se omiten {renglones(self._vacios)}; vacío no es 0.")
        return avisos

    def defectos(self) -> list[str]:
        """Lo que se supuso."""
        if self.periodicidad is None:
            return []
        cada = "mes" if self.periodicidad is Periodicidad.MES else "trimestre"
        return [f"Captura: el ejercicio {self.anio} pasa a reportarse por {cada}, como viene el archivo."]
