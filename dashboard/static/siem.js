"use strict";
/* Streamlit trae sus propias palabras en inglés y no deja traducirlas: aquí se cambian por español conforme
   aparecen. Sólo se tocan textos iguales a los de esta lista, nunca lo que escribió una persona. */
(() => {
  const PALABRAS = {
    "Upload": "Subir archivo", "Browse files": "Elegir archivo", "Upload directories": "Subir carpeta",
    "Add files": "Agregar archivos", "Drag and drop a file here": "Arrastre aquí el archivo",
    "Drag and drop file here": "Arrastre aquí el archivo", "Drag and drop files here": "Arrastre aquí los archivos",
    "Drag and drop directories here": "Arrastre aquí las carpetas", "Remove file": "Quitar archivo",
    "File Uploader": "Subir archivo", "Choose an option": "Elija una opción", "Choose options": "Elija opciones",
    "No results": "Sin resultados", "No options": "Sin opciones", "No options to select": "Sin opciones",
    "No data": "Sin datos", "Select all": "Elegir todo", "Select": "Elegir", "Select...": "Elija…",
    "Type to search": "Escriba para buscar", "Search": "Buscar", "Close Search": "Cerrar búsqueda",
    "Next Result": "Siguiente resultado", "Previous Result": "Resultado anterior",
    "Clear all": "Quitar todo", "Clear value": "Quitar valor", "Clear entry": "Borrar",
    "Clear selection": "Quitar selección", "Close": "Cerrar", "Dismiss": "Cerrar", "Cancel": "Cancelar",
    "Fullscreen": "Pantalla completa", "Close fullscreen": "Cerrar pantalla completa",
    "Show data": "Ver datos", "Show chart": "Ver gráfica", "Download as CSV": "Descargar CSV",
    "Download as PNG": "Descargar imagen", "Download Button": "Descargar",
    "Copy": "Copiar", "Copied": "Copiado", "Copy to clipboard": "Copiar", "Copy column name": "Copiar nombre",
    "Running...": "Trabajando…", "Stopping...": "Deteniendo…", "Loading...": "Cargando…", "Stop": "Detener",
    "Rerun": "Actualizar", "Connecting": "Conectando", "CONNECTING": "CONECTANDO",
    "Connection error": "Error de conexión", "Connection lost": "Sin conexión",
    "Connection timed out.": "No hubo respuesta del servidor.",
    "Reconnected to server.": "Conexión recuperada.", "Retry": "Reintentar", "Try again": "Reintentar",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Se perdió la conexión. Espere a que vuelva e intente de nuevo.",
    "Page not found": "Esta página no existe",
    "The page that you have requested does not seem to exist": "Revise la dirección",
    "Main menu": "Menú principal", "App pages": "Páginas", "Sidebar": "Barra lateral",
    "Expand sidebar": "Abrir menú", "Collapse sidebar": "Cerrar menú", "Open sidebar": "Abrir menú",
    "Close sidebar": "Cerrar menú", "Sidebar Logo": "Escudo", "Header Logo": "Escudo",
    "Skip to main content": "Ir al contenido", "Notifications": "Avisos", "View less": "Ver menos",
    "Settings": "Ajustes", "Print": "Imprimir", "Theme": "Tema", "Light": "Claro", "Dark": "Oscuro",
    "System": "El del equipo", "Use system setting": "El del equipo", "About": "Acerca de",
    "Show password": "Mostrar contraseña", "Hide password": "Ocultar contraseña",
    "Increment": "Aumentar", "Decrement": "Disminuir", "Pagination": "Hojas", "Next page": "Hoja siguiente",
    "Previous page": "Hoja anterior", "Selectbox options": "Opciones", "Multiselect options": "Opciones",
    "Add row": "Agregar renglón", "Delete row(s)": "Borrar renglones", "Delete": "Borrar",
    "Hide column": "Ocultar columna", "Show/hide columns": "Ver u ocultar columnas",
    "Pin column": "Fijar columna", "Unpin column": "Soltar columna", "Autosize": "Ajustar ancho",
    "Sort ascending": "Ordenar de menor a mayor", "Sort descending": "Ordenar de mayor a menor",
    "Format": "Formato", "Statistics": "Estadísticas", "Dataframe column menu": "Menú de la columna",
    "Toolbar action": "Herramienta", "Invalid input.": "Valor no válido.", "Empty": "Vacío",
    "This field is required.": "Este dato es obligatorio.",
    "The value is not part of the allowed options.": "El valor no es una de las opciones.",
    "The value cannot be interpreted as a number.": "El valor no es un número.",
    "Number is above the allowed range.": "El número es mayor de lo permitido.",
    "Number is below the allowed range.": "El número es menor de lo permitido.",
    "Failed to load data": "No se pudieron cargar los datos", "Request timed out": "Sin respuesta",
    "Your app is having trouble loading the component.": "No se pudo cargar esta parte de la página.",
    "Press Enter to apply": "Entrar para aplicar", "Press Enter to submit form": "Entrar para enviar",
  };
  const PATRONES = [
    [/^Limit (\d+) ?(KB|MB|GB) per file(.*)$/, "Hasta $1 $2 por archivo$3"],
    [/^(\d+(?:\.\d+)?) ?(KB|MB|GB) per file(.*)$/, "Hasta $1 $2 por archivo$3"],
    [/^Upto? (\d+) ?(KB|MB|GB)(.*)$/, "Hasta $1 $2$3"],
    [/^File must be (.+) or smaller\.$/, "El archivo debe medir a lo más $1."],
    [/^(.+) files are not allowed\.$/, "No se aceptan archivos $1."],
    [/^Showing page (\d+) of (\d+)$/, "Hoja $1 de $2"],
    [/^Page (\d+)$/, "Hoja $1"],
    [/^Help for (.+)$/, "Ayuda de $1"],
    [/^Remove (.+)$/, "Quitar $1"],
    [/^Selected (.+)\. (.+)$/, "Elegido: $1. $2"],
    [/^View (\d+) more$/, "Ver $1 más"],
    [/^Select (\d+) matches$/, "Elegir $1 coincidencias"],
    [/^Press (.+) to apply$/, "$1 para aplicar"],
    [/^Press (.+) to submit form$/, "$1 para enviar"],
    [/^You can only select up to (\d+) \w+\. Remove an option first\.$/, "Sólo $1 opciones; quite una antes."],
    [/^Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/,
      "Escriba un número entre $1 y $2."],
  ];
  const ATRIBUTOS = ["aria-label", "title", "placeholder", "alt", "aria-description"];
  const AJENO = '[data-testid="stMarkdownContainer"], [data-testid="stText"], [data-testid="stHtml"], table, ' +
    "textarea, script, style";
  // El botón de subir archivos lleva su palabra como Markdown, y nadie puede escribirla.
  const PROPIO = '[data-testid="stFileUploaderDropzone"] button';

  const traducir = (texto) => {
    const limpio = texto.trim();
    if (limpio.length < 3 || limpio.length > 120) return texto;
    if (Object.hasOwn(PALABRAS, limpio)) return texto.replace(limpio, PALABRAS[limpio]);
    const hallado = PATRONES.find(([patron]) => patron.test(limpio));
    return hallado ? limpio.replace(hallado[0], hallado[1]) : texto;
  };
  const texto = (nodo) => {
    const padre = nodo.parentElement;
    if (padre?.closest(AJENO) && !padre.closest(PROPIO)) return;
    const nuevo = traducir(nodo.nodeValue);
    if (nuevo !== nodo.nodeValue) nodo.nodeValue = nuevo;
  };
  const atributos = (elemento) => {
    for (const nombre of ATRIBUTOS) {
      const valor = elemento.getAttribute(nombre);
      if (!valor) continue;
      const nuevo = traducir(valor);
      if (nuevo !== valor) elemento.setAttribute(nombre, nuevo);
    }
  };
  // Con grupos, el menú mete encabezados entre los renglones de una lista, que ya no es lista: se dice como
  // grupos con nombre.
  const agrupar = () => {
    const menu = document.querySelector('ul[data-testid="stSidebarNavItems"]');
    if (!menu) return;
    for (const parte of [menu, ...menu.querySelectorAll("li")]) parte.setAttribute("role", "none");
    for (const grupo of menu.querySelectorAll(":scope > div")) {
      grupo.setAttribute("role", "group");
      grupo.setAttribute("aria-label", grupo.querySelector("header > span")?.textContent.trim() ?? "");
    }
  };
  const recorrer = (raiz) => {
    if (raiz.nodeType === Node.TEXT_NODE) return texto(raiz);
    if (raiz.nodeType !== Node.ELEMENT_NODE) return undefined;
    atributos(raiz);
    if (raiz.closest('[data-testid="stSidebar"]')) agrupar();
    const paseo = document.createTreeWalker(raiz, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (paseo.nextNode()) {
      if (paseo.currentNode.nodeType === Node.TEXT_NODE) texto(paseo.currentNode);
      else atributos(paseo.currentNode);
    }
    return undefined;
  };
  new MutationObserver((cambios) => {
    for (const cambio of cambios) {
      if (cambio.type === "childList") cambio.addedNodes.forEach(recorrer);
      else if (cambio.type === "characterData") texto(cambio.target);
      else atributos(cambio.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATRIBUTOS,
  });
  recorrer(document.documentElement);

  // Al recargar o cerrar, el campo en que se está escribiendo se da por terminado: así alcanza a guardarse.
  const soltar = () => document.activeElement?.blur();
  addEventListener("beforeunload", soltar);
  addEventListener("pagehide", soltar);
})();
