"""Del documento al archivo, en el formato que se pida; no lee la base ni la pantalla."""

from dashboard.reports.documento import Documento, Emision

FORMATOS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "txt": "text/plain",
    "csv": "text/csv",
}


def dibujar(documento: Documento, emision: Emision | None, formato: str) -> bytes:
    """El archivo; los mismos datos dan siempre los mismos bytes.

    Cada dibujante se importa al usarse: quien sólo hace un Excel no carga lo demás.
    """
    if formato == "pdf":
        from dashboard.reports import a_pdf

        return a_pdf.hacer(documento, emision)
    if formato == "docx":
        from dashboard.reports import a_docx

        return a_docx.hacer(documento, emision)
    from dashboard.reports import a_xlsx

    return a_xlsx.hacer(documento, emision)
