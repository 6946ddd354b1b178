"""Estudios, análisis e investigaciones: para qué se piden, quién los hace, qué hallaron y qué se decidió."""

from db.rules.encargos import Campo, Etapa, Registro, Tipo

REGISTRO = Registro(
    clave="estudio",
    nombre="Estudios e investigaciones",
    uno="estudio",
    prefijo="EST",
    pagina="estudios",
    que_es="Lo que el municipio necesita saber antes de decidir: quién lo pidió, quién lo hace y qué halló.",
    pasos="Entregables",
    etapas={
        "propuesto": Etapa("Propuesto", "▷", ("aprobado", "rechazado")),
        "aprobado": Etapa(
            "Aprobado", "◐", ("en_proceso", "cancelado"), autoriza=True, requiere=("necesidad", "uso")
        ),
        "en_proceso": Etapa("En proceso", "◐", ("concluido", "cancelado"), requiere=("realiza", "pasos")),
        "concluido": Etapa("Concluido", "✔", final=True, requiere=("hallazgos",)),
        "rechazado": Etapa("Rechazado", "✖", final=True, autoriza=True, razon=True),
        "cancelado": Etapa("Cancelado", "✖", final=True, autoriza=True, razon=True),
    },
    campos=(
        Campo("necesidad", "Qué necesidad atiende", Tipo.PARRAFO),
        Campo("uso", "Para qué se usará", Tipo.PARRAFO),
        Campo("realiza", "Quién lo hace"),
        Campo("externo", "Lo hace alguien de fuera", Tipo.SI_NO),
        Campo("costo", "Costo", Tipo.DINERO),
        Campo("hallazgos", "Qué halló", Tipo.PARRAFO),
        Campo("decision", "Qué se decidió con él", Tipo.PARRAFO),
    ),
)
