"""Los documentos: bloques neutrales, tres maneras de dibujarlos y un archivo por documento."""
