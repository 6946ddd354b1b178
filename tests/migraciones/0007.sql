BEGIN TRANSACTION;
CREATE TABLE accion_asm (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	asm_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	accion VARCHAR NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	producto VARCHAR NOT NULL, 
	inicio DATE NOT NULL, 
	fin DATE NOT NULL, 
	CONSTRAINT pk_accion_asm PRIMARY KEY (id), 
	CONSTRAINT ck_accion_asm_orden CHECK (fin >= inicio), 
	CONSTRAINT fk_accion_asm_asm_id_asm FOREIGN KEY(asm_id) REFERENCES asm (id), 
	CONSTRAINT fk_accion_asm_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id)
);
INSERT INTO "accion_asm" VALUES(1,1,1,1,'accion ñ',1,'producto ñ','2026-01-15','2028-01-15');
CREATE TABLE accion_imagen (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	publico VARCHAR NOT NULL, 
	medida VARCHAR NOT NULL, 
	antes BIGINT, 
	meta BIGINT, 
	despues BIGINT, 
	costo BIGINT NOT NULL, 
	CONSTRAINT pk_accion_imagen PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_accion_imagen_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "accion_imagen" VALUES(1,1,'objetivo ñ','publico ñ','medida ñ',12500000,12500000,12500000,1);
CREATE TABLE acta (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	sesion_id INTEGER NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	textos JSON NOT NULL, 
	contenido JSON NOT NULL, 
	huella VARCHAR NOT NULL, 
	bitacora_id INTEGER, 
	sello VARCHAR NOT NULL, 
	aprobada_en DATETIME, 
	aprobo VARCHAR NOT NULL, 
	evidencia_id INTEGER, 
	CONSTRAINT pk_acta PRIMARY KEY (id), 
	CONSTRAINT fk_acta_evidencia_id_evidencia FOREIGN KEY(evidencia_id) REFERENCES evidencia (id), 
	CONSTRAINT fk_acta_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT uq_acta_sesion_id UNIQUE (sesion_id), 
	CONSTRAINT ck_acta_estado_acta CHECK (estado IN ('borrador', 'revisada', 'aprobada', 'firmada'))
);
INSERT INTO "acta" VALUES(1,1,1,'borrador','{}','{}','huella ñ',1,'sello ñ','2026-01-15 12:00:00.000000','aprobo ñ',NULL);
CREATE TABLE acuerdo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	numero VARCHAR NOT NULL, 
	comite_id INTEGER, 
	sesion_id INTEGER, 
	punto_id INTEGER, 
	votacion_id INTEGER, 
	texto VARCHAR NOT NULL, 
	dependencia_id INTEGER, 
	persona_id INTEGER, 
	tomado_en DATE NOT NULL, 
	vence DATE NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	avance INTEGER NOT NULL, 
	motivo VARCHAR NOT NULL, 
	cumplido_en DATE, 
	CONSTRAINT pk_acuerdo PRIMARY KEY (id), 
	CONSTRAINT ck_acuerdo_avance CHECK (avance BETWEEN 0 AND 100), 
	CONSTRAINT ck_acuerdo_responsable CHECK (dependencia_id IS NOT NULL OR persona_id IS NOT NULL), 
	CONSTRAINT fk_acuerdo_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT fk_acuerdo_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_acuerdo_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT fk_acuerdo_punto_id_punto_orden FOREIGN KEY(punto_id) REFERENCES punto_orden (id), 
	CONSTRAINT fk_acuerdo_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT fk_acuerdo_votacion_id_votacion FOREIGN KEY(votacion_id) REFERENCES votacion (id), 
	CONSTRAINT uq_acuerdo_numero UNIQUE (numero), 
	CONSTRAINT ck_acuerdo_estado_acuerdo CHECK (estado IN ('pendiente', 'en_proceso', 'cumplido', 'cancelado'))
);
INSERT INTO "acuerdo" VALUES(1,1,'numero ñ',NULL,NULL,NULL,NULL,'texto ñ',1,NULL,'2026-01-15','2026-01-15','pendiente',1,'motivo ñ','2026-01-15');
CREATE TABLE adecuacion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	folio VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	documento VARCHAR NOT NULL, 
	fecha DATE NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_adecuacion PRIMARY KEY (id), 
	CONSTRAINT fk_adecuacion_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_adecuacion_anio_ente_id_folio UNIQUE (anio, ente_id, folio), 
	CONSTRAINT ck_adecuacion_tipo_adecuacion CHECK (tipo IN ('traspaso', 'ampliacion', 'reduccion'))
);
INSERT INTO "adecuacion" VALUES(1,1,2026,1,'folio ñ','traspaso','documento ñ','2026-01-15','motivo ñ');
CREATE TABLE adjunto (
	id INTEGER NOT NULL, 
	evidencia_id INTEGER NOT NULL, 
	asunto VARCHAR NOT NULL, 
	referencia VARCHAR NOT NULL, 
	pie VARCHAR NOT NULL, 
	lugar VARCHAR NOT NULL, 
	orden INTEGER NOT NULL, 
	agrego VARCHAR NOT NULL, 
	agregado_en DATETIME NOT NULL, 
	CONSTRAINT pk_adjunto PRIMARY KEY (id), 
	CONSTRAINT fk_adjunto_evidencia_id_evidencia FOREIGN KEY(evidencia_id) REFERENCES evidencia (id), 
	CONSTRAINT uq_adjunto_evidencia_id_asunto_referencia UNIQUE (evidencia_id, asunto, referencia)
);
INSERT INTO "adjunto" VALUES(1,1,'asunto ñ','referencia ñ','pie ñ','lugar ñ',1,'agrego ñ','2026-01-15 12:00:00.000000');
CREATE TABLE administracion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	inicio DATE NOT NULL, 
	fin DATE NOT NULL, 
	CONSTRAINT pk_administracion PRIMARY KEY (id), 
	CONSTRAINT ck_administracion_orden CHECK (fin > inicio)
);
INSERT INTO "administracion" VALUES(1,1,'nombre ñ','2026-01-15','2028-01-15');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE alineacion (
	id INTEGER NOT NULL, 
	nodo_id INTEGER NOT NULL, 
	entrada_id INTEGER NOT NULL, 
	CONSTRAINT pk_alineacion PRIMARY KEY (id), 
	CONSTRAINT fk_alineacion_entrada_id_entrada_catalogo FOREIGN KEY(entrada_id) REFERENCES entrada_catalogo (id), 
	CONSTRAINT fk_alineacion_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT uq_alineacion_nodo_id_entrada_id UNIQUE (nodo_id, entrada_id)
);
INSERT INTO "alineacion" VALUES(1,1,1);
CREATE TABLE alineacion_indicador (
	id INTEGER NOT NULL, 
	indicador_id INTEGER NOT NULL, 
	entrada_id INTEGER NOT NULL, 
	CONSTRAINT pk_alineacion_indicador PRIMARY KEY (id), 
	CONSTRAINT fk_alineacion_indicador_entrada_id_entrada_catalogo FOREIGN KEY(entrada_id) REFERENCES entrada_catalogo (id), 
	CONSTRAINT fk_alineacion_indicador_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_alineacion_indicador_indicador_id_entrada_id UNIQUE (indicador_id, entrada_id)
);
INSERT INTO "alineacion_indicador" VALUES(1,1,1);
CREATE TABLE asiento (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	comite_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	cargo VARCHAR(30) NOT NULL, 
	sector VARCHAR(30) NOT NULL, 
	representa VARCHAR NOT NULL, 
	dependencia_id INTEGER, 
	voz BOOLEAN NOT NULL, 
	voto BOOLEAN NOT NULL, 
	desde DATE NOT NULL, 
	hasta DATE, 
	CONSTRAINT pk_asiento PRIMARY KEY (id), 
	CONSTRAINT ck_asiento_orden CHECK (hasta IS NULL OR hasta >= desde), 
	CONSTRAINT fk_asiento_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT fk_asiento_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT ck_asiento_cargo_comite CHECK (cargo IN ('presidente', 'coordinador', 'secretario_tecnico', 'vocal', 'invitado')), 
	CONSTRAINT ck_asiento_sector CHECK (sector IN ('publico', 'social', 'privado', 'academico'))
);
INSERT INTO "asiento" VALUES(1,1,1,1,'presidente','publico','representa ñ',NULL,1,1,'2026-01-15','2026-01-15');
CREATE TABLE asistencia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	sesion_id INTEGER NOT NULL, 
	asiento_id INTEGER NOT NULL, 
	integrante_id INTEGER NOT NULL, 
	llego_en DATETIME NOT NULL, 
	se_fue_en DATETIME, 
	medio VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_asistencia PRIMARY KEY (id), 
	CONSTRAINT fk_asistencia_asiento_id_asiento FOREIGN KEY(asiento_id) REFERENCES asiento (id), 
	CONSTRAINT fk_asistencia_integrante_id_integrante FOREIGN KEY(integrante_id) REFERENCES integrante (id), 
	CONSTRAINT fk_asistencia_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT uq_asistencia_sesion_id_asiento_id UNIQUE (sesion_id, asiento_id), 
	CONSTRAINT ck_asistencia_medio CHECK (medio IN ('secretario', 'telefono'))
);
INSERT INTO "asistencia" VALUES(1,1,1,1,1,'2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','secretario');
CREATE TABLE asm (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	evaluacion_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	recomendacion VARCHAR NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	prioridad VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	opinion VARCHAR NOT NULL, 
	indicador_id INTEGER, 
	CONSTRAINT pk_asm PRIMARY KEY (id), 
	CONSTRAINT fk_asm_evaluacion_id_evaluacion_pae FOREIGN KEY(evaluacion_id) REFERENCES evaluacion_pae (id), 
	CONSTRAINT fk_asm_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_asm_evaluacion_id_numero UNIQUE (evaluacion_id, numero), 
	CONSTRAINT ck_asm_clase_asm CHECK (clase IN ('especifico', 'institucional', 'interinstitucional', 'intergubernamental')), 
	CONSTRAINT ck_asm_prioridad_asm CHECK (prioridad IN ('alta', 'media', 'baja')), 
	CONSTRAINT ck_asm_estado_asm CHECK (estado IN ('por_opinar', 'aceptado', 'rechazado', 'cumplido'))
);
INSERT INTO "asm" VALUES(1,1,1,1,'recomendacion ñ','especifico','alta','por_opinar','opinion ñ',NULL);
CREATE TABLE avance_acuerdo (
	id INTEGER NOT NULL, 
	acuerdo_id INTEGER NOT NULL, 
	momento DATETIME NOT NULL, 
	avance INTEGER NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	CONSTRAINT pk_avance_acuerdo PRIMARY KEY (id), 
	CONSTRAINT ck_avance_acuerdo_avance CHECK (avance BETWEEN 0 AND 100), 
	CONSTRAINT fk_avance_acuerdo_acuerdo_id_acuerdo FOREIGN KEY(acuerdo_id) REFERENCES acuerdo (id), 
	CONSTRAINT ck_avance_acuerdo_estado_acuerdo CHECK (estado IN ('pendiente', 'en_proceso', 'cumplido', 'cancelado'))
);
INSERT INTO "avance_acuerdo" VALUES(1,1,'2026-01-15 12:00:00.000000',1,'pendiente','texto ñ','autor ñ');
CREATE TABLE avance_asm (
	id INTEGER NOT NULL, 
	accion_id INTEGER NOT NULL, 
	fecha DATE NOT NULL, 
	avance BIGINT NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	CONSTRAINT pk_avance_asm PRIMARY KEY (id), 
	CONSTRAINT ck_avance_asm_avance CHECK (avance BETWEEN 0 AND 100000000), 
	CONSTRAINT fk_avance_asm_accion_id_accion_asm FOREIGN KEY(accion_id) REFERENCES accion_asm (id)
);
INSERT INTO "avance_asm" VALUES(1,1,'2026-01-15',12500000,'texto ñ','autor ñ');
CREATE TABLE "avance_meta" (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	meta_id INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	alcanzado BIGINT NOT NULL, 
	justificacion VARCHAR NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	capturo VARCHAR NOT NULL, 
	capturado_en DATETIME NOT NULL, 
	valido VARCHAR NOT NULL, 
	validado_en DATETIME, 
	documento VARCHAR NOT NULL, 
	extemporaneo BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_avance_meta PRIMARY KEY (id), 
	CONSTRAINT ck_avance_meta_estado_avance CHECK (estado IN ('borrador', 'enviado', 'en_revision', 'devuelto', 'validado', 'publicado')), 
	CONSTRAINT fk_avance_meta_meta_id_meta_actividad FOREIGN KEY(meta_id) REFERENCES meta_actividad (id), 
	CONSTRAINT uq_avance_meta_meta_id_mes UNIQUE (meta_id, mes), 
	CONSTRAINT ck_avance_meta_mes CHECK (mes BETWEEN 1 AND 12)
);
INSERT INTO "avance_meta" VALUES(1,1,1,6,12500000,'justificacion ñ','borrador','capturo ñ','2026-01-15 12:00:00.000000','valido ñ','2026-01-15 12:00:00.000000','documento ñ',1);
CREATE TABLE avance_proyecto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	fecha DATE NOT NULL, 
	fisico BIGINT NOT NULL, 
	ejercido BIGINT NOT NULL, 
	nota VARCHAR NOT NULL, 
	CONSTRAINT pk_avance_proyecto PRIMARY KEY (id), 
	CONSTRAINT ck_avance_proyecto_valor CHECK (fisico BETWEEN 0 AND 100000000 AND ejercido >= 0), 
	CONSTRAINT fk_avance_proyecto_encargo_id_proyecto_estrategico FOREIGN KEY(encargo_id) REFERENCES proyecto_estrategico (encargo_id), 
	CONSTRAINT uq_avance_proyecto_encargo_id_fecha UNIQUE (encargo_id, fecha)
);
INSERT INTO "avance_proyecto" VALUES(1,1,1,'2026-01-15',12500000,1,'nota ñ');
CREATE TABLE "avance_variable" (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	variable_id INTEGER NOT NULL, 
	trimestre INTEGER NOT NULL, 
	alcanzado BIGINT NOT NULL, 
	justificacion VARCHAR NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	capturo VARCHAR NOT NULL, 
	capturado_en DATETIME NOT NULL, 
	valido VARCHAR NOT NULL, 
	validado_en DATETIME, 
	documento VARCHAR NOT NULL, 
	extemporaneo BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_avance_variable PRIMARY KEY (id), 
	CONSTRAINT ck_avance_variable_trimestre CHECK (trimestre BETWEEN 1 AND 4), 
	CONSTRAINT ck_avance_variable_estado_avance CHECK (estado IN ('borrador', 'enviado', 'en_revision', 'devuelto', 'validado', 'publicado')), 
	CONSTRAINT fk_avance_variable_variable_id_variable_indicador FOREIGN KEY(variable_id) REFERENCES variable_indicador (id), 
	CONSTRAINT uq_avance_variable_variable_id_trimestre UNIQUE (variable_id, trimestre)
);
INSERT INTO "avance_variable" VALUES(1,1,1,2,12500000,'justificacion ñ','borrador','capturo ñ','2026-01-15 12:00:00.000000','valido ñ','2026-01-15 12:00:00.000000','documento ñ',1);
CREATE TABLE "aviso" (
	id INTEGER NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	llave VARCHAR NOT NULL, 
	titulo VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	ruta VARCHAR NOT NULL, 
	creado_en DATETIME NOT NULL, 
	leido_en DATETIME, 
	CONSTRAINT pk_aviso PRIMARY KEY (id), 
	CONSTRAINT uq_aviso_usuario_id_llave UNIQUE (usuario_id, llave), 
	CONSTRAINT fk_aviso_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT ck_aviso_clase_aviso CHECK (clase IN ('ventana_abre', 'recordatorio', 'vencido', 'devuelto', 'critico', 'reconduccion', 'periodo', 'informe', 'sesion', 'acuerdo', 'registro'))
);
INSERT INTO "aviso" VALUES(1,1,'ventana_abre','llave ñ','titulo ñ','texto ñ','ruta ñ','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000');
CREATE TABLE banda (
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	indicador_id INTEGER, 
	orden INTEGER NOT NULL, 
	codigo VARCHAR NOT NULL, 
	palabra VARCHAR NOT NULL, 
	icono VARCHAR NOT NULL, 
	color VARCHAR NOT NULL, 
	inferior BIGINT, 
	superior BIGINT, 
	equivale VARCHAR NOT NULL, 
	CONSTRAINT pk_banda PRIMARY KEY (id), 
	CONSTRAINT fk_banda_anio_ejercicio FOREIGN KEY(anio) REFERENCES ejercicio (anio), 
	CONSTRAINT fk_banda_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_banda_anio_indicador_id_codigo UNIQUE (anio, indicador_id, codigo)
);
INSERT INTO "banda" VALUES(1,2026,NULL,1,'codigo ñ','palabra ñ','icono ñ','color ñ',12500000,12500000,'equivale ñ');
CREATE TABLE beneficiarios (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	meta_id INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	lugar VARCHAR NOT NULL, 
	mujeres INTEGER NOT NULL, 
	hombres INTEGER NOT NULL, 
	CONSTRAINT pk_beneficiarios PRIMARY KEY (id), 
	CONSTRAINT ck_beneficiarios_signo CHECK (mujeres >= 0 AND hombres >= 0), 
	CONSTRAINT fk_beneficiarios_meta_id_meta_actividad FOREIGN KEY(meta_id) REFERENCES meta_actividad (id), 
	CONSTRAINT uq_beneficiarios_meta_id_mes_lugar UNIQUE (meta_id, mes, lugar)
);
INSERT INTO "beneficiarios" VALUES(1,1,1,6,'lugar ñ',1,1);
CREATE TABLE bitacora (
	id INTEGER NOT NULL, 
	momento DATETIME NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	accion VARCHAR NOT NULL, 
	entidad VARCHAR NOT NULL, 
	entidad_id VARCHAR NOT NULL, 
	cuerpo TEXT NOT NULL, 
	previo VARCHAR NOT NULL, 
	huella VARCHAR NOT NULL, 
	CONSTRAINT pk_bitacora PRIMARY KEY (id)
);
INSERT INTO "bitacora" VALUES(1,'2026-11-23 18:49:30.771636','línea de comandos','probar','fixture','0','{"accion":"probar","cuenta":"línea de comandos","entidad":"fixture","id":"0","ip":"","momento":"2026-11-23T18:49:30.771636+00:00","roles":[],"usuario":null}','0000000000000000000000000000000000000000000000000000000000000000','9d982007177a5a658816d4287e4b725ac4d73b66e0f1ca6bae398f60a43f0425');
INSERT INTO "bitacora" VALUES(2,'2026-11-23 18:49:30.771636','línea de comandos','probar','fixture','1','{"accion":"probar","cuenta":"línea de comandos","entidad":"fixture","id":"1","ip":"","momento":"2026-11-23T18:49:30.771636+00:00","roles":[],"usuario":null}','9d982007177a5a658816d4287e4b725ac4d73b66e0f1ca6bae398f60a43f0425','287a72952dc409198c314661274840a5729efc2bac1d4a76a1451eced0c066c0');
INSERT INTO "bitacora" VALUES(3,'2026-11-23 18:49:30.771636','línea de comandos','probar','fixture','2','{"accion":"probar","cuenta":"línea de comandos","entidad":"fixture","id":"2","ip":"","momento":"2026-11-23T18:49:30.771636+00:00","roles":[],"usuario":null}','287a72952dc409198c314661274840a5729efc2bac1d4a76a1451eced0c066c0','4f369beb246f7ce057845faeee0bdacfa825dd3b241539180ebfc6b8afa86538');
CREATE TABLE borrador (
	id INTEGER NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	llave VARCHAR NOT NULL, 
	datos JSON NOT NULL, 
	guardado_en DATETIME NOT NULL, 
	CONSTRAINT pk_borrador PRIMARY KEY (id), 
	CONSTRAINT fk_borrador_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT uq_borrador_usuario_id_llave UNIQUE (usuario_id, llave)
);
INSERT INTO "borrador" VALUES(1,1,'llave ñ','{}','2026-01-15 12:00:00.000000');
CREATE TABLE calificacion_obra (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	obra_id INTEGER NOT NULL, 
	criterio_id INTEGER NOT NULL, 
	valor BIGINT NOT NULL, 
	CONSTRAINT pk_calificacion_obra PRIMARY KEY (id), 
	CONSTRAINT ck_calificacion_obra_valor CHECK (valor BETWEEN 0 AND 100000000), 
	CONSTRAINT fk_calificacion_obra_criterio_id_criterio_obra FOREIGN KEY(criterio_id) REFERENCES criterio_obra (id), 
	CONSTRAINT fk_calificacion_obra_obra_id_obra_propuesta FOREIGN KEY(obra_id) REFERENCES obra_propuesta (id), 
	CONSTRAINT uq_calificacion_obra_obra_id_criterio_id UNIQUE (obra_id, criterio_id)
);
INSERT INTO "calificacion_obra" VALUES(1,1,1,1,12500000);
CREATE TABLE cambio_acta (
	id INTEGER NOT NULL, 
	acta_id INTEGER NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	nota VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	CONSTRAINT pk_cambio_acta PRIMARY KEY (id), 
	CONSTRAINT fk_cambio_acta_acta_id_acta FOREIGN KEY(acta_id) REFERENCES acta (id), 
	CONSTRAINT ck_cambio_acta_estado_acta CHECK (estado IN ('borrador', 'revisada', 'aprobada', 'firmada'))
);
INSERT INTO "cambio_acta" VALUES(1,1,'borrador','nota ñ','autor ñ','2026-01-15 12:00:00.000000');
CREATE TABLE capitulo_informe (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	informe_id INTEGER NOT NULL, 
	padre_id INTEGER, 
	orden INTEGER NOT NULL, 
	titulo VARCHAR NOT NULL, 
	nodo_id INTEGER, 
	dependencia_id INTEGER, 
	estado VARCHAR(30) NOT NULL, 
	vence DATETIME, 
	guia VARCHAR NOT NULL, 
	limite_palabras INTEGER, 
	CONSTRAINT pk_capitulo_informe PRIMARY KEY (id), 
	CONSTRAINT ck_capitulo_informe_limite CHECK (limite_palabras > 0), 
	CONSTRAINT fk_capitulo_informe_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_capitulo_informe_informe_id_informe FOREIGN KEY(informe_id) REFERENCES informe (id), 
	CONSTRAINT fk_capitulo_informe_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_capitulo_informe_padre_id_capitulo_informe FOREIGN KEY(padre_id) REFERENCES capitulo_informe (id), 
	CONSTRAINT ck_capitulo_informe_estado_capitulo CHECK (estado IN ('solicitado', 'en_redaccion', 'entregado', 'en_correccion', 'aprobado'))
);
INSERT INTO "capitulo_informe" VALUES(1,1,1,NULL,1,'titulo ñ',NULL,NULL,'solicitado','2026-01-15 12:00:00.000000','guia ñ',1);
CREATE TABLE carga (
	id INTEGER NOT NULL, 
	formato VARCHAR NOT NULL, 
	archivo VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	tamano INTEGER NOT NULL, 
	anio INTEGER, 
	ente_id INTEGER, 
	autor VARCHAR NOT NULL, 
	cargada_en DATETIME NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	deshecha_en DATETIME, 
	deshizo VARCHAR NOT NULL, 
	leidas INTEGER NOT NULL, 
	guardadas INTEGER NOT NULL, 
	sin_cambio INTEGER NOT NULL, 
	avisos JSON NOT NULL, 
	reverso BLOB, 
	CONSTRAINT pk_carga PRIMARY KEY (id), 
	CONSTRAINT fk_carga_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT ck_carga_estado_carga CHECK (estado IN ('vigente', 'deshecha'))
);
INSERT INTO "carga" VALUES(1,'formato ñ','archivo ñ','sha256 ñ',1,2026,NULL,'autor ñ','2026-01-15 12:00:00.000000','vigente','2026-01-15 12:00:00.000000','deshizo ñ',1,1,1,'[]',X'0001');
CREATE TABLE cierre (
	id INTEGER NOT NULL, 
	periodo_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	cerrado_en DATETIME NOT NULL, 
	cerro VARCHAR NOT NULL, 
	motivo VARCHAR NOT NULL, 
	bitacora_id INTEGER NOT NULL, 
	sello VARCHAR NOT NULL, 
	huella VARCHAR NOT NULL, 
	CONSTRAINT pk_cierre PRIMARY KEY (id), 
	CONSTRAINT fk_cierre_periodo_id_periodo FOREIGN KEY(periodo_id) REFERENCES periodo (id), 
	CONSTRAINT uq_cierre_periodo_id_numero UNIQUE (periodo_id, numero)
);
INSERT INTO "cierre" VALUES(1,1,1,'2026-01-15 12:00:00.000000','cerro ñ','motivo ñ',1,'sello ñ','huella ñ');
CREATE TABLE cita_linea (
	id INTEGER NOT NULL, 
	meta_id INTEGER NOT NULL, 
	nodo_id INTEGER NOT NULL, 
	participacion BIGINT, 
	CONSTRAINT pk_cita_linea PRIMARY KEY (id), 
	CONSTRAINT fk_cita_linea_meta_id_meta_actividad FOREIGN KEY(meta_id) REFERENCES meta_actividad (id), 
	CONSTRAINT fk_cita_linea_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT uq_cita_linea_meta_id_nodo_id UNIQUE (meta_id, nodo_id)
);
INSERT INTO "cita_linea" VALUES(1,1,1,12500000);
CREATE TABLE clave_presupuestaria (
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	dependencia_general VARCHAR NOT NULL, 
	dependencia_auxiliar VARCHAR NOT NULL, 
	programa VARCHAR NOT NULL, 
	proyecto VARCHAR NOT NULL, 
	fuente VARCHAR NOT NULL, 
	partida VARCHAR NOT NULL, 
	tipo_gasto VARCHAR NOT NULL, 
	otros JSON NOT NULL, 
	CONSTRAINT pk_clave_presupuestaria PRIMARY KEY (id), 
	CONSTRAINT fk_clave_presupuestaria_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_clave_presupuestaria_ente_id_anio_clave UNIQUE (ente_id, anio, clave)
);
INSERT INTO "clave_presupuestaria" VALUES(1,1,2026,'clave ñ','dependencia_general ñ','dependencia_auxiliar ñ','programa ñ','proyecto ñ','fuente ñ','partida ñ','tipo_gasto ñ','{}');
CREATE TABLE comentario_capitulo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	capitulo_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	parrafo INTEGER NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	resuelto_en DATETIME, 
	resolvio VARCHAR NOT NULL, 
	CONSTRAINT pk_comentario_capitulo PRIMARY KEY (id), 
	CONSTRAINT fk_comentario_capitulo_capitulo_id_capitulo_informe FOREIGN KEY(capitulo_id) REFERENCES capitulo_informe (id)
);
INSERT INTO "comentario_capitulo" VALUES(1,1,1,1,1,'texto ñ','autor ñ','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','resolvio ñ');
CREATE TABLE comite (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	nombre VARCHAR NOT NULL, 
	siglas VARCHAR NOT NULL, 
	padre_id INTEGER, 
	dependencia_id INTEGER, 
	nodo_id INTEGER, 
	objeto VARCHAR NOT NULL, 
	fundamento VARCHAR NOT NULL, 
	instalado_en DATE, 
	activo BOOLEAN NOT NULL, 
	CONSTRAINT pk_comite PRIMARY KEY (id), 
	CONSTRAINT fk_comite_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_comite_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_comite_padre_id_comite FOREIGN KEY(padre_id) REFERENCES comite (id), 
	CONSTRAINT uq_comite_siglas UNIQUE (siglas), 
	CONSTRAINT ck_comite_clase_comite CHECK (clase IN ('coplademun', 'comision_permanente', 'subcomite_sectorial', 'subcomite_regional', 'subcomite_especial', 'grupo_trabajo'))
);
INSERT INTO "comite" VALUES(1,1,'coplademun','nombre ñ','siglas ñ',NULL,NULL,NULL,'objeto ñ','fundamento ñ','2026-01-15',1);
CREATE TABLE comprobacion_guia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	elemento_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	cumple BOOLEAN NOT NULL, 
	evidencia VARCHAR NOT NULL, 
	fecha DATE, 
	CONSTRAINT pk_comprobacion_guia PRIMARY KEY (id), 
	CONSTRAINT fk_comprobacion_guia_elemento_id_elemento_guia FOREIGN KEY(elemento_id) REFERENCES elemento_guia (id), 
	CONSTRAINT uq_comprobacion_guia_elemento_id_anio UNIQUE (elemento_id, anio)
);
INSERT INTO "comprobacion_guia" VALUES(1,1,1,2026,1,'evidencia ñ','2026-01-15');
CREATE TABLE convocado (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	sesion_id INTEGER NOT NULL, 
	integrante_id INTEGER NOT NULL, 
	enviada_en DATETIME, 
	recibida_en DATETIME, 
	respondida_en DATETIME, 
	asistira BOOLEAN, 
	CONSTRAINT pk_convocado PRIMARY KEY (id), 
	CONSTRAINT fk_convocado_integrante_id_integrante FOREIGN KEY(integrante_id) REFERENCES integrante (id), 
	CONSTRAINT fk_convocado_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT uq_convocado_sesion_id_integrante_id UNIQUE (sesion_id, integrante_id)
);
INSERT INTO "convocado" VALUES(1,1,1,1,'2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000',1);
CREATE TABLE corte_ingreso (
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	vigente BOOLEAN NOT NULL, 
	carga_id INTEGER NOT NULL, 
	cargado_en DATETIME NOT NULL, 
	autor VARCHAR NOT NULL, 
	archivo VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	totales JSON NOT NULL, 
	CONSTRAINT pk_corte_ingreso PRIMARY KEY (id), 
	CONSTRAINT fk_corte_ingreso_carga_id_carga FOREIGN KEY(carga_id) REFERENCES carga (id), 
	CONSTRAINT fk_corte_ingreso_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_corte_ingreso_ente_id_anio_numero UNIQUE (ente_id, anio, numero)
);
INSERT INTO "corte_ingreso" VALUES(1,1,2026,1,6,1,1,'2026-01-15 12:00:00.000000','autor ñ','archivo ñ','sha256 ñ','{}');
CREATE TABLE corte_presupuesto (
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	clasificacion VARCHAR(30), 
	numero INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	vigente BOOLEAN NOT NULL, 
	carga_id INTEGER NOT NULL, 
	cargado_en DATETIME NOT NULL, 
	autor VARCHAR NOT NULL, 
	archivo VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	totales JSON NOT NULL, 
	CONSTRAINT pk_corte_presupuesto PRIMARY KEY (id), 
	CONSTRAINT fk_corte_presupuesto_carga_id_carga FOREIGN KEY(carga_id) REFERENCES carga (id), 
	CONSTRAINT fk_corte_presupuesto_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_corte_presupuesto_ente_id_anio_tipo_clasificacion_numero UNIQUE (ente_id, anio, tipo, clasificacion, numero), 
	CONSTRAINT ck_corte_presupuesto_tipo_corte CHECK (tipo IN ('clave', 'eaepe')), 
	CONSTRAINT ck_corte_presupuesto_clasificacion_eaepe CHECK (clasificacion IN ('objeto_gasto', 'administrativa', 'tipo_gasto', 'funcional', 'programatica'))
);
INSERT INTO "corte_presupuesto" VALUES(1,1,2026,'clave','objeto_gasto',1,6,1,1,'2026-01-15 12:00:00.000000','autor ñ','archivo ñ','sha256 ñ','{}');
CREATE TABLE criterio_obra (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	comite_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	peso BIGINT NOT NULL, 
	CONSTRAINT pk_criterio_obra PRIMARY KEY (id), 
	CONSTRAINT fk_criterio_obra_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT uq_criterio_obra_comite_id_anio_nombre UNIQUE (comite_id, anio, nombre)
);
INSERT INTO "criterio_obra" VALUES(1,1,1,2026,1,'nombre ñ','descripcion ñ',12500000);
CREATE TABLE curso (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	modalidad VARCHAR(30) NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	horas BIGINT, 
	instructor VARCHAR NOT NULL, 
	sede VARCHAR NOT NULL, 
	cupo INTEGER NOT NULL, 
	costo BIGINT NOT NULL, 
	minima BIGINT, 
	CONSTRAINT pk_curso PRIMARY KEY (encargo_id), 
	CONSTRAINT ck_curso_signo CHECK (cupo >= 0 AND costo >= 0), 
	CONSTRAINT fk_curso_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT ck_curso_tipo_curso CHECK (tipo IN ('induccion', 'actualizacion', 'profesionalizacion', 'certificacion')), 
	CONSTRAINT ck_curso_modalidad CHECK (modalidad IN ('presencial', 'en_linea', 'mixta'))
);
INSERT INTO "curso" VALUES(1,1,'induccion','presencial','objetivo ñ',12500000,'instructor ñ','sede ñ',1,1,12500000);
CREATE TABLE data_version (
	id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	CONSTRAINT pk_data_version PRIMARY KEY (id)
);
INSERT INTO "data_version" VALUES(1,1);
CREATE TABLE dependencia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	padre_id INTEGER, 
	nivel VARCHAR(30) NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	activa BOOLEAN NOT NULL, 
	CONSTRAINT pk_dependencia PRIMARY KEY (id), 
	CONSTRAINT fk_dependencia_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_dependencia_padre_id_dependencia FOREIGN KEY(padre_id) REFERENCES dependencia (id), 
	CONSTRAINT uq_dependencia_ente_id_padre_id_clave UNIQUE (ente_id, padre_id, clave), 
	CONSTRAINT ck_dependencia_nivel_dependencia CHECK (nivel IN ('general', 'auxiliar'))
);
INSERT INTO "dependencia" VALUES(1,1,1,NULL,'general','clave ñ','nombre ñ',1);
CREATE TABLE descripcion_programa (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	fortalezas VARCHAR NOT NULL, 
	oportunidades VARCHAR NOT NULL, 
	debilidades VARCHAR NOT NULL, 
	amenazas VARCHAR NOT NULL, 
	estrategias VARCHAR NOT NULL, 
	poblacion_potencial VARCHAR NOT NULL, 
	poblacion_objetivo VARCHAR NOT NULL, 
	CONSTRAINT pk_descripcion_programa PRIMARY KEY (id), 
	CONSTRAINT fk_descripcion_programa_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_descripcion_programa_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT uq_descripcion_programa_programa_id_dependencia_id UNIQUE (programa_id, dependencia_id)
);
INSERT INTO "descripcion_programa" VALUES(1,1,1,1,'fortalezas ñ','oportunidades ñ','debilidades ñ','amenazas ñ','estrategias ñ','poblacion_potencial ñ','poblacion_objetivo ñ');
CREATE TABLE diagnostico_guia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	indicador_guia_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	dependencia_id INTEGER, 
	no_medible BOOLEAN NOT NULL, 
	motivo VARCHAR NOT NULL, 
	valor BIGINT, 
	variables JSON NOT NULL, 
	nota VARCHAR NOT NULL, 
	CONSTRAINT pk_diagnostico_guia PRIMARY KEY (id), 
	CONSTRAINT fk_diagnostico_guia_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_diagnostico_guia_indicador_guia_id_indicador_guia FOREIGN KEY(indicador_guia_id) REFERENCES indicador_guia (id), 
	CONSTRAINT uq_diagnostico_guia_indicador_guia_id_anio UNIQUE (indicador_guia_id, anio)
);
INSERT INTO "diagnostico_guia" VALUES(1,1,1,2026,NULL,1,'motivo ñ',12500000,'{}','nota ñ');
CREATE TABLE dinero_solicitud (
	id INTEGER NOT NULL, 
	solicitud_id INTEGER NOT NULL, 
	lado VARCHAR(30) NOT NULL, 
	clave VARCHAR NOT NULL, 
	importe BIGINT NOT NULL, 
	CONSTRAINT pk_dinero_solicitud PRIMARY KEY (id), 
	CONSTRAINT ck_dinero_solicitud_signo CHECK (importe > 0), 
	CONSTRAINT fk_dinero_solicitud_solicitud_id_solicitud_reconduccion FOREIGN KEY(solicitud_id) REFERENCES solicitud_reconduccion (id), 
	CONSTRAINT uq_dinero_solicitud_solicitud_id_lado_clave UNIQUE (solicitud_id, lado, clave), 
	CONSTRAINT ck_dinero_solicitud_lado_dinero CHECK (lado IN ('reduce', 'amplia'))
);
INSERT INTO "dinero_solicitud" VALUES(1,1,'reduce','clave ñ',1);
CREATE TABLE documento_emitido (
	id INTEGER NOT NULL, 
	folio VARCHAR NOT NULL, 
	clase VARCHAR NOT NULL, 
	titulo VARCHAR NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	formato VARCHAR NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER, 
	ente_id INTEGER, 
	dependencia_id INTEGER, 
	parametros JSON NOT NULL, 
	cierre_id INTEGER, 
	bitacora_id INTEGER NOT NULL, 
	sello VARCHAR NOT NULL, 
	huella VARCHAR NOT NULL, 
	tamano INTEGER NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	emitido_en DATETIME NOT NULL, 
	CONSTRAINT pk_documento_emitido PRIMARY KEY (id), 
	CONSTRAINT fk_documento_emitido_cierre_id_cierre FOREIGN KEY(cierre_id) REFERENCES cierre (id), 
	CONSTRAINT fk_documento_emitido_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_documento_emitido_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_documento_emitido_folio UNIQUE (folio), 
	CONSTRAINT ck_documento_emitido_estado_documento CHECK (estado IN ('borrador', 'emitido'))
);
INSERT INTO "documento_emitido" VALUES(1,'folio ñ','clase ñ','titulo ñ','borrador','formato ñ',2026,6,NULL,NULL,'{}',NULL,1,'sello ñ','huella ñ',1,'cuenta ñ','nombre ñ','2026-01-15 12:00:00.000000');
CREATE TABLE ejercicio (
	version INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	administracion_id INTEGER NOT NULL, 
	periodicidad VARCHAR(30) NOT NULL, 
	corte_mes INTEGER, 
	vencido_cuenta_cero BOOLEAN NOT NULL, 
	cobertura_minima BIGINT NOT NULL, 
	momentos_estrictos BOOLEAN NOT NULL, 
	CONSTRAINT pk_ejercicio PRIMARY KEY (anio), 
	CONSTRAINT ck_ejercicio_corte CHECK (corte_mes BETWEEN 1 AND 12), 
	CONSTRAINT fk_ejercicio_administracion_id_administracion FOREIGN KEY(administracion_id) REFERENCES administracion (id), 
	CONSTRAINT ck_ejercicio_periodicidad CHECK (periodicidad IN ('mes', 'trimestre'))
);
INSERT INTO "ejercicio" VALUES(1,2026,1,'mes',1,1,12500000,1);
CREATE TABLE elemento_guia (
	id INTEGER NOT NULL, 
	indicador_guia_id INTEGER NOT NULL, 
	inciso VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	CONSTRAINT pk_elemento_guia PRIMARY KEY (id), 
	CONSTRAINT fk_elemento_guia_indicador_guia_id_indicador_guia FOREIGN KEY(indicador_guia_id) REFERENCES indicador_guia (id), 
	CONSTRAINT uq_elemento_guia_indicador_guia_id_inciso UNIQUE (indicador_guia_id, inciso)
);
INSERT INTO "elemento_guia" VALUES(1,1,'inciso ñ','texto ñ');
CREATE TABLE encargo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	registro VARCHAR NOT NULL, 
	folio VARCHAR NOT NULL, 
	anio INTEGER NOT NULL, 
	titulo VARCHAR NOT NULL, 
	resumen VARCHAR NOT NULL, 
	etapa VARCHAR NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	persona_id INTEGER, 
	inicio DATE NOT NULL, 
	vence DATE, 
	concluido_en DATE, 
	actualizado_en DATETIME NOT NULL, 
	CONSTRAINT pk_encargo PRIMARY KEY (id), 
	CONSTRAINT ck_encargo_orden CHECK (vence IS NULL OR vence >= inicio), 
	CONSTRAINT fk_encargo_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_encargo_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT uq_encargo_folio UNIQUE (folio)
);
INSERT INTO "encargo" VALUES(1,1,'registro ñ','folio ñ',2026,'titulo ñ','resumen ñ','etapa ñ',1,NULL,'2026-01-15','2026-01-15','2026-01-15','2026-01-15 12:00:00.000000');
CREATE TABLE ente (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	activo BOOLEAN NOT NULL, clave_osfem VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_ente PRIMARY KEY (id), 
	CONSTRAINT uq_ente_clave UNIQUE (clave), 
	CONSTRAINT ck_ente_tipo_ente CHECK (tipo IN ('ayuntamiento', 'dif', 'agua', 'deporte', 'juventud', 'otro'))
);
INSERT INTO "ente" VALUES(1,1,'clave ñ','nombre ñ','ayuntamiento',1,'clave_osfem ñ');
CREATE TABLE entrada_catalogo (
	id INTEGER NOT NULL, 
	catalogo VARCHAR(30) NOT NULL, 
	ambito VARCHAR NOT NULL, 
	clave VARCHAR NOT NULL, 
	padre VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	orden INTEGER NOT NULL, 
	fuente VARCHAR NOT NULL, 
	CONSTRAINT pk_entrada_catalogo PRIMARY KEY (id), 
	CONSTRAINT uq_entrada_catalogo_catalogo_ambito_clave UNIQUE (catalogo, ambito, clave), 
	CONSTRAINT ck_entrada_catalogo_nombre_catalogo CHECK (catalogo IN ('objeto_gasto', 'funcional', 'programatica', 'tipo_gasto', 'fuente', 'administrativa', 'ods', 'ods_meta', 'pnd', 'ped', 'unidad_medida', 'dependencia_general', 'dependencia_auxiliar'))
);
INSERT INTO "entrada_catalogo" VALUES(1,'objeto_gasto','ambito ñ','clave ñ','padre ñ','nombre ñ',1,'fuente ñ');
CREATE TABLE entrega_aviso (
	id INTEGER NOT NULL, 
	aviso_id INTEGER NOT NULL, 
	correo VARCHAR NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	intentos INTEGER NOT NULL, 
	error VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	CONSTRAINT pk_entrega_aviso PRIMARY KEY (id), 
	CONSTRAINT fk_entrega_aviso_aviso_id_aviso FOREIGN KEY(aviso_id) REFERENCES aviso (id), 
	CONSTRAINT uq_entrega_aviso_aviso_id_correo UNIQUE (aviso_id, correo), 
	CONSTRAINT ck_entrega_aviso_estado_entrega CHECK (estado IN ('pendiente', 'entregado', 'fallido'))
);
INSERT INTO "entrega_aviso" VALUES(1,1,'correo ñ','pendiente',1,'error ñ','2026-01-15 12:00:00.000000');
CREATE TABLE envio (
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	folio VARCHAR NOT NULL, 
	enviado_en DATETIME NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	huella VARCHAR NOT NULL, 
	renglones JSON NOT NULL, 
	CONSTRAINT pk_envio PRIMARY KEY (id), 
	CONSTRAINT fk_envio_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_envio_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_envio_folio UNIQUE (folio)
);
INSERT INTO "envio" VALUES(1,2026,6,1,1,'folio ñ','2026-01-15 12:00:00.000000','cuenta ñ','nombre ñ','huella ñ','{}');
CREATE TABLE estudio (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	necesidad VARCHAR NOT NULL, 
	uso VARCHAR NOT NULL, 
	externo BOOLEAN NOT NULL, 
	realiza VARCHAR NOT NULL, 
	costo BIGINT NOT NULL, 
	hallazgos VARCHAR NOT NULL, 
	decision VARCHAR NOT NULL, 
	CONSTRAINT pk_estudio PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_estudio_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "estudio" VALUES(1,1,'necesidad ñ','uso ñ',1,'realiza ñ',1,'hallazgos ñ','decision ñ');
CREATE TABLE etapa_presupuesto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	etapa VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	abierta_en DATETIME NOT NULL, 
	cerrada_en DATETIME, 
	cerro VARCHAR NOT NULL, 
	huella VARCHAR NOT NULL, 
	totales JSON NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_etapa_presupuesto PRIMARY KEY (id), 
	CONSTRAINT fk_etapa_presupuesto_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_etapa_presupuesto_anio_ente_id_etapa UNIQUE (anio, ente_id, etapa), 
	CONSTRAINT ck_etapa_presupuesto_nombre_etapa CHECK (etapa IN ('anteproyecto', 'proyecto', 'aprobado')), 
	CONSTRAINT ck_etapa_presupuesto_estado_etapa CHECK (estado IN ('abierta', 'cerrada'))
);
INSERT INTO "etapa_presupuesto" VALUES(1,1,2026,1,'anteproyecto','abierta','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','cerro ñ','huella ñ','{}','motivo ñ');
CREATE TABLE evaluacion_pae (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	programa_id INTEGER, 
	dependencia_id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	externa BOOLEAN NOT NULL, 
	evaluador VARCHAR NOT NULL, 
	costo BIGINT NOT NULL, 
	inicio DATE NOT NULL, 
	fin DATE NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	concluida_en DATE, 
	difundida_en DATE, 
	objetivo VARCHAR NOT NULL, 
	hallazgos VARCHAR NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_evaluacion_pae PRIMARY KEY (id), 
	CONSTRAINT ck_evaluacion_pae_signo CHECK (costo >= 0), 
	CONSTRAINT ck_evaluacion_pae_orden CHECK (fin >= inicio), 
	CONSTRAINT fk_evaluacion_pae_anio_pae FOREIGN KEY(anio) REFERENCES pae (anio), 
	CONSTRAINT fk_evaluacion_pae_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_evaluacion_pae_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT ck_evaluacion_pae_tipo_evaluacion CHECK (tipo IN ('diseno', 'consistencia', 'procesos', 'desempeno', 'indicadores', 'impacto', 'estrategica', 'complementaria')), 
	CONSTRAINT ck_evaluacion_pae_estado_evaluacion CHECK (estado IN ('programada', 'en_proceso', 'concluida', 'cancelada'))
);
INSERT INTO "evaluacion_pae" VALUES(1,1,2026,NULL,1,'nombre ñ','diseno',1,'evaluador ñ',1,'2026-01-15','2028-01-15','programada','2026-01-15','2026-01-15','objetivo ñ','hallazgos ñ','motivo ñ');
CREATE TABLE evidencia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR NOT NULL, 
	tamano INTEGER NOT NULL, 
	clasificacion VARCHAR(30) NOT NULL, 
	ente_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	subio VARCHAR NOT NULL, 
	subida_en DATETIME NOT NULL, 
	retirada_en DATETIME, 
	motivo_retiro VARCHAR NOT NULL, 
	CONSTRAINT pk_evidencia PRIMARY KEY (id), 
	CONSTRAINT fk_evidencia_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_evidencia_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT ck_evidencia_clasificacion CHECK (clasificacion IN ('publica', 'reservada', 'confidencial'))
);
INSERT INTO "evidencia" VALUES(1,1,'sha256 ñ','nombre ñ','tipo ñ',1,'publica',1,1,'subio ñ','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','motivo_retiro ñ');
CREATE TABLE firma_presupuesto (
	id INTEGER NOT NULL, 
	etapa_id INTEGER NOT NULL, 
	dependencia_id INTEGER, 
	papel VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	cargo VARCHAR NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	firmado_en DATETIME NOT NULL, 
	huella VARCHAR NOT NULL, 
	CONSTRAINT pk_firma_presupuesto PRIMARY KEY (id), 
	CONSTRAINT fk_firma_presupuesto_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_firma_presupuesto_etapa_id_etapa_presupuesto FOREIGN KEY(etapa_id) REFERENCES etapa_presupuesto (id)
);
INSERT INTO "firma_presupuesto" VALUES(1,1,NULL,'papel ñ','nombre ñ','cargo ñ','cuenta ñ','2026-01-15 12:00:00.000000','huella ñ');
CREATE TABLE fondo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	fuente VARCHAR NOT NULL, 
	asignado BIGINT NOT NULL, 
	limite_compromiso DATE, 
	limite_devengo DATE, 
	limite_pago DATE, 
	reglas VARCHAR NOT NULL, 
	CONSTRAINT pk_fondo PRIMARY KEY (id), 
	CONSTRAINT fk_fondo_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_fondo_anio_ente_id_clave UNIQUE (anio, ente_id, clave)
);
INSERT INTO "fondo" VALUES(1,1,2026,1,'clave ñ','nombre ñ','fuente ñ',1,'2026-01-15','2026-01-15','2026-01-15','reglas ñ');
CREATE TABLE geometria_local (
	id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	nombre VARCHAR NOT NULL, 
	geometria JSON NOT NULL, 
	CONSTRAINT pk_geometria_local PRIMARY KEY (id), 
	CONSTRAINT uq_geometria_local_clase_nombre UNIQUE (clase, nombre), 
	CONSTRAINT ck_geometria_local_clase_geometria CHECK (clase IN ('limite', 'localidad', 'colonia'))
);
INSERT INTO "geometria_local" VALUES(1,'limite','nombre ñ','{}');
CREATE TABLE indicador (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	proyecto_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	nodo_id INTEGER, 
	area VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	nivel_mir VARCHAR(30), 
	dimension VARCHAR NOT NULL, 
	frecuencia VARCHAR(30) NOT NULL, 
	formula_texto VARCHAR NOT NULL, 
	formula VARCHAR, 
	sentido VARCHAR(30) NOT NULL, 
	sentido_confirmado BOOLEAN NOT NULL, 
	usa_linea_base BOOLEAN NOT NULL, 
	interpretacion VARCHAR NOT NULL, 
	factor_comparacion VARCHAR NOT NULL, 
	descripcion_factor VARCHAR NOT NULL, 
	linea_base_texto VARCHAR NOT NULL, 
	linea_base BIGINT, 
	medios_verificacion VARCHAR NOT NULL, 
	busqueda VARCHAR NOT NULL, unidad VARCHAR DEFAULT '' NOT NULL, anio_base INTEGER, meta_descripcion VARCHAR DEFAULT '' NOT NULL, fuente VARCHAR DEFAULT '' NOT NULL, responsable VARCHAR DEFAULT '' NOT NULL, ambito_geografico VARCHAR DEFAULT '' NOT NULL, cobertura VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_indicador PRIMARY KEY (id), 
	CONSTRAINT fk_indicador_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_indicador_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_indicador_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_indicador_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT uq_indicador_anio_ente_id_dependencia_id_proyecto_id_area_nombre UNIQUE (anio, ente_id, dependencia_id, proyecto_id, area, nombre), 
	CONSTRAINT ck_indicador_tipo_indicador CHECK (tipo IN ('estrategico', 'gestion')), 
	CONSTRAINT ck_indicador_nivel_mir CHECK (nivel_mir IN ('fin', 'proposito', 'componente', 'actividad')), 
	CONSTRAINT ck_indicador_frecuencia CHECK (frecuencia IN ('mensual', 'trimestral', 'semestral', 'anual')), 
	CONSTRAINT ck_indicador_sentido_indicador CHECK (sentido IN ('ascendente', 'descendente', 'regular', 'nominal'))
);
INSERT INTO "indicador" VALUES(1,1,2026,1,1,1,NULL,'area ñ','nombre ñ','estrategico','fin','dimension ñ','mensual','formula_texto ñ','formula ñ','ascendente',1,1,'interpretacion ñ','factor_comparacion ñ','descripcion_factor ñ','linea_base_texto ñ',12500000,'medios_verificacion ñ','busqueda ñ','unidad ñ',1,'meta_descripcion ñ','fuente ñ','responsable ñ','ambito_geografico ñ','cobertura ñ');
CREATE TABLE indicador_guia (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	edicion VARCHAR NOT NULL, 
	clave VARCHAR NOT NULL, 
	modulo INTEGER NOT NULL, 
	modulo_nombre VARCHAR NOT NULL, 
	tema VARCHAR NOT NULL, 
	tema_nombre VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	revision VARCHAR NOT NULL, 
	formula VARCHAR NOT NULL, 
	variables VARCHAR NOT NULL, 
	optimo VARCHAR NOT NULL, 
	en_proceso VARCHAR NOT NULL, 
	rezago VARCHAR NOT NULL, 
	sin_variables VARCHAR(30) NOT NULL, 
	admite_nm BOOLEAN NOT NULL, 
	orden INTEGER NOT NULL, 
	busqueda VARCHAR NOT NULL, 
	CONSTRAINT pk_indicador_guia PRIMARY KEY (id), 
	CONSTRAINT uq_indicador_guia_edicion_clave UNIQUE (edicion, clave), 
	CONSTRAINT ck_indicador_guia_tipo_guia CHECK (tipo IN ('gestion', 'desempeno')), 
	CONSTRAINT ck_indicador_guia_sin_variables CHECK (sin_variables IN ('rezago', 'nd'))
);
INSERT INTO "indicador_guia" VALUES(1,1,'edicion ñ','clave ñ',1,'modulo_nombre ñ','tema ñ','tema_nombre ñ','nombre ñ','gestion','revision ñ','formula ñ','variables ñ','optimo ñ','en_proceso ñ','rezago ñ','rezago',1,1,'busqueda ñ');
CREATE TABLE indicador_mir (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	renglon_id INTEGER NOT NULL, 
	indicador_id INTEGER, 
	orden INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	formula VARCHAR NOT NULL, 
	frecuencia VARCHAR NOT NULL, 
	tipo VARCHAR NOT NULL, 
	medios VARCHAR NOT NULL, 
	CONSTRAINT pk_indicador_mir PRIMARY KEY (id), 
	CONSTRAINT fk_indicador_mir_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT fk_indicador_mir_renglon_id_renglon_mir FOREIGN KEY(renglon_id) REFERENCES renglon_mir (id)
);
INSERT INTO "indicador_mir" VALUES(1,1,1,NULL,1,'nombre ñ','formula ñ','frecuencia ñ','tipo ñ','medios ñ');
CREATE TABLE informe (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	desde_anio INTEGER NOT NULL, 
	desde_mes INTEGER NOT NULL, 
	hasta_anio INTEGER NOT NULL, 
	hasta_mes INTEGER NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	rinde_en DATE, 
	presentacion VARCHAR NOT NULL, 
	CONSTRAINT pk_informe PRIMARY KEY (id), 
	CONSTRAINT ck_informe_meses CHECK (desde_mes BETWEEN 1 AND 12 AND hasta_mes BETWEEN 1 AND 12), 
	CONSTRAINT ck_informe_orden CHECK (hasta_anio * 12 + hasta_mes >= desde_anio * 12 + desde_mes), 
	CONSTRAINT ck_informe_estado_informe CHECK (estado IN ('en_preparacion', 'emitido'))
);
INSERT INTO "informe" VALUES(1,1,'nombre ñ',1,1,1,1,'en_preparacion','2026-01-15','presentacion ñ');
CREATE TABLE inscripcion_curso (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	persona_id INTEGER NOT NULL, 
	grupo VARCHAR NOT NULL, 
	horas BIGINT, 
	antes BIGINT, 
	despues BIGINT, 
	reaccion INTEGER, 
	constancia VARCHAR, 
	emitida_en DATE, 
	CONSTRAINT pk_inscripcion_curso PRIMARY KEY (id), 
	CONSTRAINT ck_inscripcion_curso_reaccion CHECK (reaccion IS NULL OR reaccion BETWEEN 1 AND 5), 
	CONSTRAINT fk_inscripcion_curso_encargo_id_curso FOREIGN KEY(encargo_id) REFERENCES curso (encargo_id), 
	CONSTRAINT fk_inscripcion_curso_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT uq_inscripcion_curso_constancia UNIQUE (constancia), 
	CONSTRAINT uq_inscripcion_curso_encargo_id_persona_id UNIQUE (encargo_id, persona_id)
);
INSERT INTO "inscripcion_curso" VALUES(1,1,1,1,'grupo ñ',12500000,12500000,12500000,1,'constancia ñ','2026-01-15');
CREATE TABLE instantanea (
	id INTEGER NOT NULL, 
	cierre_id INTEGER NOT NULL, 
	ente_id INTEGER, 
	asunto VARCHAR(30) NOT NULL, 
	referencia VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	resultado JSON NOT NULL, 
	CONSTRAINT pk_instantanea PRIMARY KEY (id), 
	CONSTRAINT fk_instantanea_cierre_id_cierre FOREIGN KEY(cierre_id) REFERENCES cierre (id), 
	CONSTRAINT fk_instantanea_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_instantanea_cierre_id_ente_id_asunto_referencia UNIQUE (cierre_id, ente_id, asunto, referencia), 
	CONSTRAINT ck_instantanea_asunto_instantanea CHECK (asunto IN ('municipio', 'nodo', 'programa', 'dependencia', 'meta', 'indicador', 'bandas', 'pesos', 'dinero'))
);
INSERT INTO "instantanea" VALUES(1,1,NULL,'municipio','referencia ñ','nombre ñ','{}');
CREATE TABLE instrumento_politica (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	nombre VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	CONSTRAINT pk_instrumento_politica PRIMARY KEY (id), 
	CONSTRAINT fk_instrumento_politica_encargo_id_politica FOREIGN KEY(encargo_id) REFERENCES politica (encargo_id), 
	CONSTRAINT uq_instrumento_politica_encargo_id_nombre UNIQUE (encargo_id, nombre), 
	CONSTRAINT ck_instrumento_politica_tipo_instrumento CHECK (tipo IN ('norma', 'subsidio', 'servicio', 'obra', 'campana', 'convenio'))
);
INSERT INTO "instrumento_politica" VALUES(1,1,1,'norma','nombre ñ','descripcion ñ');
CREATE TABLE integrante (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	asiento_id INTEGER NOT NULL, 
	persona_id INTEGER NOT NULL, 
	calidad VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	acreditacion VARCHAR NOT NULL, 
	acreditado_en DATE, 
	desde DATE NOT NULL, 
	hasta DATE, 
	CONSTRAINT pk_integrante PRIMARY KEY (id), 
	CONSTRAINT ck_integrante_orden CHECK (hasta IS NULL OR hasta >= desde), 
	CONSTRAINT fk_integrante_asiento_id_asiento FOREIGN KEY(asiento_id) REFERENCES asiento (id), 
	CONSTRAINT fk_integrante_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT ck_integrante_calidad CHECK (calidad IN ('titular', 'suplente')), 
	CONSTRAINT ck_integrante_estado_integrante CHECK (estado IN ('propuesto', 'acreditado', 'baja'))
);
INSERT INTO "integrante" VALUES(1,1,1,1,'titular','propuesto','acreditacion ñ','2026-01-15','2026-01-15','2026-01-15');
CREATE TABLE intento_entrada (
	id INTEGER NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	ip VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	exito BOOLEAN NOT NULL, 
	CONSTRAINT pk_intento_entrada PRIMARY KEY (id)
);
INSERT INTO "intento_entrada" VALUES(1,'cuenta ñ','ip ñ','2026-01-15 12:00:00.000000',1);
CREATE TABLE intervencion (
	id INTEGER NOT NULL, 
	punto_id INTEGER NOT NULL, 
	integrante_id INTEGER, 
	nombre VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	anoto VARCHAR NOT NULL, 
	CONSTRAINT pk_intervencion PRIMARY KEY (id), 
	CONSTRAINT fk_intervencion_integrante_id_integrante FOREIGN KEY(integrante_id) REFERENCES integrante (id), 
	CONSTRAINT fk_intervencion_punto_id_punto_orden FOREIGN KEY(punto_id) REFERENCES punto_orden (id)
);
INSERT INTO "intervencion" VALUES(1,1,NULL,'nombre ñ','texto ñ','2026-01-15 12:00:00.000000','anoto ñ');
CREATE TABLE involucrado (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	grupo VARCHAR NOT NULL, 
	interes VARCHAR NOT NULL, 
	problema VARCHAR NOT NULL, 
	recursos VARCHAR NOT NULL, 
	postura VARCHAR(30) NOT NULL, 
	fuerza INTEGER NOT NULL, 
	CONSTRAINT pk_involucrado PRIMARY KEY (id), 
	CONSTRAINT ck_involucrado_fuerza CHECK (fuerza BETWEEN 1 AND 5), 
	CONSTRAINT fk_involucrado_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_involucrado_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT ck_involucrado_postura_involucrado CHECK (postura IN ('a_favor', 'indiferente', 'en_contra'))
);
INSERT INTO "involucrado" VALUES(1,1,1,1,1,'grupo ñ','interes ñ','problema ñ','recursos ñ','a_favor',1);
CREATE TABLE "juego_pesos" (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	motivo VARCHAR NOT NULL, 
	aprobo VARCHAR NOT NULL, 
	estado VARCHAR(30) DEFAULT 'aprobado' NOT NULL, 
	acuerdo_id INTEGER, 
	CONSTRAINT pk_juego_pesos PRIMARY KEY (id), 
	CONSTRAINT fk_juego_pesos_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT ck_juego_pesos_estado_juego CHECK (estado IN ('propuesto', 'aprobado', 'rechazado')), 
	CONSTRAINT fk_juego_pesos_acuerdo_id_acuerdo FOREIGN KEY(acuerdo_id) REFERENCES acuerdo (id)
);
INSERT INTO "juego_pesos" VALUES(1,1,2026,6,'motivo ñ','aprobo ñ','propuesto',NULL);
CREATE TABLE lectura_encargo (
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	leido_hasta INTEGER NOT NULL, 
	leido_en DATETIME NOT NULL, 
	acuse_en DATETIME, 
	CONSTRAINT pk_lectura_encargo PRIMARY KEY (id), 
	CONSTRAINT fk_lectura_encargo_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT fk_lectura_encargo_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT uq_lectura_encargo_encargo_id_usuario_id UNIQUE (encargo_id, usuario_id)
);
INSERT INTO "lectura_encargo" VALUES(1,1,1,1,'2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000');
CREATE TABLE liga_acuerdo (
	id INTEGER NOT NULL, 
	acuerdo_id INTEGER NOT NULL, 
	asunto VARCHAR NOT NULL, 
	referencia VARCHAR NOT NULL, 
	CONSTRAINT pk_liga_acuerdo PRIMARY KEY (id), 
	CONSTRAINT fk_liga_acuerdo_acuerdo_id_acuerdo FOREIGN KEY(acuerdo_id) REFERENCES acuerdo (id), 
	CONSTRAINT uq_liga_acuerdo_acuerdo_id_asunto_referencia UNIQUE (acuerdo_id, asunto, referencia)
);
INSERT INTO "liga_acuerdo" VALUES(1,1,'asunto ñ','referencia ñ');
CREATE TABLE liga_encargo (
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	asunto VARCHAR NOT NULL, 
	referencia VARCHAR NOT NULL, 
	CONSTRAINT pk_liga_encargo PRIMARY KEY (id), 
	CONSTRAINT fk_liga_encargo_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT uq_liga_encargo_encargo_id_asunto_referencia UNIQUE (encargo_id, asunto, referencia)
);
INSERT INTO "liga_encargo" VALUES(1,1,'asunto ñ','referencia ñ');
CREATE TABLE lineamiento (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	edicion INTEGER NOT NULL, 
	color VARCHAR NOT NULL, 
	reglas VARCHAR NOT NULL, 
	vigente_desde DATE, 
	CONSTRAINT pk_lineamiento PRIMARY KEY (encargo_id), 
	CONSTRAINT ck_lineamiento_edicion CHECK (edicion > 0), 
	CONSTRAINT fk_lineamiento_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "lineamiento" VALUES(1,1,1,'color ñ','reglas ñ','2026-01-15');
CREATE TABLE llave_idempotencia (
	llave VARCHAR NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	accion VARCHAR NOT NULL, 
	resultado JSON NOT NULL, 
	creada_en DATETIME NOT NULL, 
	CONSTRAINT pk_llave_idempotencia PRIMARY KEY (llave)
);
INSERT INTO "llave_idempotencia" VALUES('llave ñ','cuenta ñ','accion ñ','{}','2026-01-15 12:00:00.000000');
CREATE TABLE logro_informe (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	capitulo_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	orden INTEGER NOT NULL, 
	titulo VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	lugar VARCHAR NOT NULL, 
	inversion BIGINT NOT NULL, 
	beneficiarios INTEGER NOT NULL, 
	fecha DATE, 
	proyecto_id INTEGER, 
	CONSTRAINT pk_logro_informe PRIMARY KEY (id), 
	CONSTRAINT ck_logro_informe_signo CHECK (inversion >= 0 AND beneficiarios >= 0), 
	CONSTRAINT fk_logro_informe_capitulo_id_capitulo_informe FOREIGN KEY(capitulo_id) REFERENCES capitulo_informe (id), 
	CONSTRAINT fk_logro_informe_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT ck_logro_informe_clase_logro CHECK (clase IN ('logro', 'obra', 'accion'))
);
INSERT INTO "logro_informe" VALUES(1,1,1,'logro',1,'titulo ñ','descripcion ñ','lugar ñ',1,1,'2026-01-15',NULL);
CREATE TABLE manual (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	edicion INTEGER NOT NULL, 
	acto VARCHAR NOT NULL, 
	aprobado_en DATE, 
	medio VARCHAR NOT NULL, 
	publicado_en DATE, 
	vigente_hasta DATE, 
	organigrama BOOLEAN NOT NULL, 
	funciones BOOLEAN NOT NULL, 
	perfiles BOOLEAN NOT NULL, 
	CONSTRAINT pk_manual PRIMARY KEY (encargo_id), 
	CONSTRAINT ck_manual_edicion CHECK (edicion > 0), 
	CONSTRAINT fk_manual_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT ck_manual_tipo_manual CHECK (tipo IN ('organizacion', 'procedimientos'))
);
INSERT INTO "manual" VALUES(1,1,'organizacion',1,'acto ñ','2026-01-15','medio ñ','2026-01-15','2026-01-15',1,1,1);
CREATE TABLE material_punto (
	id INTEGER NOT NULL, 
	punto_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	referencia VARCHAR NOT NULL, 
	titulo VARCHAR NOT NULL, 
	documento_id INTEGER, 
	evidencia_id INTEGER, 
	agrego VARCHAR NOT NULL, 
	CONSTRAINT pk_material_punto PRIMARY KEY (id), 
	CONSTRAINT fk_material_punto_documento_id_documento_emitido FOREIGN KEY(documento_id) REFERENCES documento_emitido (id), 
	CONSTRAINT fk_material_punto_evidencia_id_evidencia FOREIGN KEY(evidencia_id) REFERENCES evidencia (id), 
	CONSTRAINT fk_material_punto_punto_id_punto_orden FOREIGN KEY(punto_id) REFERENCES punto_orden (id), 
	CONSTRAINT ck_material_punto_clase_material CHECK (clase IN ('nodo', 'programa', 'indicador', 'proyecto', 'pesos', 'reconduccion', 'obras', 'archivo'))
);
INSERT INTO "material_punto" VALUES(1,1,1,'nodo','referencia ñ','titulo ñ',NULL,NULL,'agrego ñ');
CREATE TABLE mejora (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	tramite_id INTEGER, 
	comite_id INTEGER, 
	diagnostico VARCHAR NOT NULL, 
	propuesta VARCHAR NOT NULL, 
	pasos_antes INTEGER, 
	pasos_despues INTEGER, 
	requisitos_antes INTEGER, 
	requisitos_despues INTEGER, 
	dias_antes INTEGER, 
	dias_despues INTEGER, 
	costo_antes BIGINT, 
	costo_despues BIGINT, 
	veces_al_anio INTEGER, 
	medido_en DATE, 
	CONSTRAINT pk_mejora PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_mejora_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT fk_mejora_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT fk_mejora_tramite_id_tramite FOREIGN KEY(tramite_id) REFERENCES tramite (id), 
	CONSTRAINT ck_mejora_tipo_mejora CHECK (tipo IN ('mejora', 'simplificacion', 'reingenieria'))
);
INSERT INTO "mejora" VALUES(1,1,'mejora',NULL,NULL,'diagnostico ñ','propuesta ñ',1,1,1,1,1,1,1,1,1,'2026-01-15');
CREATE TABLE "meta_actividad" (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	proyecto_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	area VARCHAR NOT NULL, 
	numero INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	unidad VARCHAR NOT NULL, 
	operacion VARCHAR(30) NOT NULL, 
	busqueda VARCHAR NOT NULL, 
	pide_beneficiarios BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_meta_actividad PRIMARY KEY (id), 
	CONSTRAINT fk_meta_actividad_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT fk_meta_actividad_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT ck_meta_actividad_operacion_meta CHECK (operacion IN ('suma', 'constante', 'valor_actual', 'promedio', 'maximo', 'minimo')), 
	CONSTRAINT fk_meta_actividad_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_meta_actividad_anio_ente_id_dependencia_id_proyecto_id_numero UNIQUE (anio, ente_id, dependencia_id, proyecto_id, numero)
);
INSERT INTO "meta_actividad" VALUES(1,1,2026,1,1,1,'area ñ',1,'nombre ñ','unidad ñ','suma','busqueda ñ',1);
CREATE TABLE ministracion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	fondo_id INTEGER NOT NULL, 
	fecha DATE NOT NULL, 
	importe BIGINT NOT NULL, 
	documento VARCHAR NOT NULL, 
	CONSTRAINT pk_ministracion PRIMARY KEY (id), 
	CONSTRAINT fk_ministracion_fondo_id_fondo FOREIGN KEY(fondo_id) REFERENCES fondo (id)
);
INSERT INTO "ministracion" VALUES(1,1,1,'2026-01-15',1,'documento ñ');
CREATE TABLE movimiento_encargo (
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	momento DATETIME NOT NULL, 
	etapa VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	CONSTRAINT pk_movimiento_encargo PRIMARY KEY (id), 
	CONSTRAINT fk_movimiento_encargo_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "movimiento_encargo" VALUES(1,1,'2026-01-15 12:00:00.000000','etapa ñ','texto ñ','autor ñ');
CREATE TABLE movimiento_presupuesto (
	corte_id INTEGER NOT NULL, 
	clave_id INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	aprobado BIGINT NOT NULL, 
	ampliaciones BIGINT NOT NULL, 
	reducciones BIGINT NOT NULL, 
	comprometido BIGINT NOT NULL, 
	devengado BIGINT NOT NULL, 
	ejercido BIGINT NOT NULL, 
	pagado BIGINT NOT NULL, 
	CONSTRAINT pk_movimiento_presupuesto PRIMARY KEY (corte_id, clave_id, mes), 
	CONSTRAINT fk_movimiento_presupuesto_clave_id_clave_presupuestaria FOREIGN KEY(clave_id) REFERENCES clave_presupuestaria (id), 
	CONSTRAINT fk_movimiento_presupuesto_corte_id_corte_presupuesto FOREIGN KEY(corte_id) REFERENCES corte_presupuesto (id)
);
INSERT INTO "movimiento_presupuesto" VALUES(1,1,6,1,1,1,1,1,1,1);
CREATE TABLE municipio (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	estado VARCHAR NOT NULL, 
	clave_inegi VARCHAR NOT NULL, 
	zona_horaria VARCHAR NOT NULL, 
	color VARCHAR NOT NULL, 
	escudo BLOB, 
	escudo_tipo VARCHAR, 
	niveles_plan JSON NOT NULL, numero_pbrm VARCHAR DEFAULT '' NOT NULL, logo BLOB, logo_tipo VARCHAR, dias_inhabiles JSON DEFAULT '[]' NOT NULL, aviso_privacidad VARCHAR DEFAULT '' NOT NULL, aviso_plazo_dias INTEGER DEFAULT '15' NOT NULL, 
	CONSTRAINT pk_municipio PRIMARY KEY (id)
);
INSERT INTO "municipio" VALUES(1,1,'nombre ñ','estado ñ','clave_inegi ñ','America/Mexico_City','color ñ',X'0001','escudo_tipo ñ','[]','numero_pbrm ñ',X'0001','logo_tipo ñ','[]','aviso_privacidad ñ',1);
CREATE TABLE necesidad_capacitacion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	puesto VARCHAR NOT NULL, 
	tema VARCHAR NOT NULL, 
	por_que VARCHAR NOT NULL, 
	prioridad VARCHAR(30) NOT NULL, 
	personas INTEGER NOT NULL, 
	encargo_id INTEGER, 
	CONSTRAINT pk_necesidad_capacitacion PRIMARY KEY (id), 
	CONSTRAINT ck_necesidad_capacitacion_signo CHECK (personas >= 0), 
	CONSTRAINT fk_necesidad_capacitacion_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_necesidad_capacitacion_encargo_id_curso FOREIGN KEY(encargo_id) REFERENCES curso (encargo_id), 
	CONSTRAINT uq_necesidad_capacitacion_anio_dependencia_id_puesto_tema UNIQUE (anio, dependencia_id, puesto, tema), 
	CONSTRAINT ck_necesidad_capacitacion_prioridad CHECK (prioridad IN ('alta', 'media', 'baja'))
);
INSERT INTO "necesidad_capacitacion" VALUES(1,1,2026,1,'puesto ñ','tema ñ','por_que ñ','alta',1,NULL);
CREATE TABLE nodo_arbol (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	padre_id INTEGER, 
	clase VARCHAR(30) NOT NULL, 
	orden INTEGER NOT NULL, 
	problema VARCHAR NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	elegido BOOLEAN NOT NULL, 
	CONSTRAINT pk_nodo_arbol PRIMARY KEY (id), 
	CONSTRAINT fk_nodo_arbol_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_nodo_arbol_padre_id_nodo_arbol FOREIGN KEY(padre_id) REFERENCES nodo_arbol (id), 
	CONSTRAINT fk_nodo_arbol_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT ck_nodo_arbol_clase_nodo_arbol CHECK (clase IN ('problema', 'causa', 'efecto'))
);
INSERT INTO "nodo_arbol" VALUES(1,1,1,1,NULL,'problema',1,'problema ñ','objetivo ñ',1);
CREATE TABLE nodo_plan (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	padre_id INTEGER, 
	nivel INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	orden INTEGER NOT NULL, 
	version_alta INTEGER NOT NULL, 
	version_baja INTEGER, 
	busqueda VARCHAR NOT NULL, 
	CONSTRAINT pk_nodo_plan PRIMARY KEY (id), 
	CONSTRAINT fk_nodo_plan_padre_id_nodo_plan FOREIGN KEY(padre_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_nodo_plan_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT ck_nodo_plan_tipo_eje CHECK (tipo IN ('pilar', 'transversal'))
);
INSERT INTO "nodo_plan" VALUES(1,1,1,NULL,1,'clave ñ','nombre ñ','pilar',1,1,1,'busqueda ñ');
CREATE TABLE obra_propuesta (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	comite_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	localidad VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	fondo VARCHAR NOT NULL, 
	costo BIGINT NOT NULL, 
	beneficiarios INTEGER NOT NULL, 
	dependencia_id INTEGER, 
	nodo_id INTEGER, 
	propuesta_id INTEGER, 
	estado VARCHAR(30) NOT NULL, 
	votacion_id INTEGER, 
	CONSTRAINT pk_obra_propuesta PRIMARY KEY (id), 
	CONSTRAINT ck_obra_propuesta_signo CHECK (costo >= 0 AND beneficiarios >= 0), 
	CONSTRAINT fk_obra_propuesta_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT fk_obra_propuesta_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_obra_propuesta_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_obra_propuesta_propuesta_id_propuesta FOREIGN KEY(propuesta_id) REFERENCES propuesta (id), 
	CONSTRAINT fk_obra_propuesta_votacion_id_votacion FOREIGN KEY(votacion_id) REFERENCES votacion (id), 
	CONSTRAINT ck_obra_propuesta_estado_obra CHECK (estado IN ('propuesta', 'priorizada', 'no_priorizada'))
);
INSERT INTO "obra_propuesta" VALUES(1,1,1,2026,'nombre ñ','localidad ñ','descripcion ñ','fondo ñ',1,1,NULL,NULL,NULL,'propuesta',NULL);
CREATE TABLE observacion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER, 
	asunto VARCHAR(30) NOT NULL, 
	referencia VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	dependencia_id INTEGER, 
	autor VARCHAR NOT NULL, 
	creada_en DATETIME NOT NULL, 
	vence DATE, 
	cerro VARCHAR NOT NULL, 
	cerrada_en DATETIME, 
	CONSTRAINT pk_observacion PRIMARY KEY (id), 
	CONSTRAINT fk_observacion_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_observacion_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT ck_observacion_asunto_observacion CHECK (asunto IN ('conciliacion', 'programa', 'indicador', 'meta', 'clave')), 
	CONSTRAINT ck_observacion_estado_observacion CHECK (estado IN ('abierta', 'respondida', 'cerrada'))
);
INSERT INTO "observacion" VALUES(1,1,2026,NULL,'conciliacion','referencia ñ','texto ñ','abierta',NULL,'autor ñ','2026-01-15 12:00:00.000000','2026-01-15','cerro ñ','2026-01-15 12:00:00.000000');
CREATE TABLE pae (
	version INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	fundamento VARCHAR NOT NULL, 
	publicado_en DATE, 
	medio VARCHAR NOT NULL, 
	CONSTRAINT pk_pae PRIMARY KEY (anio)
);
INSERT INTO "pae" VALUES(1,2026,'fundamento ñ','2026-01-15','medio ñ');
CREATE TABLE participante_encargo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	dependencia_id INTEGER, 
	persona_id INTEGER, 
	compromiso VARCHAR NOT NULL, 
	cumplido_en DATE, 
	CONSTRAINT pk_participante_encargo PRIMARY KEY (id), 
	CONSTRAINT ck_participante_encargo_quien CHECK (dependencia_id IS NOT NULL OR persona_id IS NOT NULL), 
	CONSTRAINT fk_participante_encargo_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_participante_encargo_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT fk_participante_encargo_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT uq_participante_encargo_encargo_id_dependencia_id_persona_id UNIQUE (encargo_id, dependencia_id, persona_id)
);
INSERT INTO "participante_encargo" VALUES(1,1,1,1,NULL,'compromiso ñ','2026-01-15');
CREATE TABLE partida_propuesta (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	etapa_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	proyecto_id INTEGER NOT NULL, 
	fuente VARCHAR NOT NULL, 
	partida VARCHAR NOT NULL, 
	tipo_gasto VARCHAR NOT NULL, 
	justificacion VARCHAR NOT NULL, 
	enero BIGINT NOT NULL, 
	febrero BIGINT NOT NULL, 
	marzo BIGINT NOT NULL, 
	abril BIGINT NOT NULL, 
	mayo BIGINT NOT NULL, 
	junio BIGINT NOT NULL, 
	julio BIGINT NOT NULL, 
	agosto BIGINT NOT NULL, 
	septiembre BIGINT NOT NULL, 
	octubre BIGINT NOT NULL, 
	noviembre BIGINT NOT NULL, 
	diciembre BIGINT NOT NULL, 
	CONSTRAINT pk_partida_propuesta PRIMARY KEY (id), 
	CONSTRAINT fk_partida_propuesta_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_partida_propuesta_etapa_id_etapa_presupuesto FOREIGN KEY(etapa_id) REFERENCES etapa_presupuesto (id), 
	CONSTRAINT fk_partida_propuesta_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT uq_partida_propuesta_etapa_id_dependencia_id_proyecto_id_fuente_partida UNIQUE (etapa_id, dependencia_id, proyecto_id, fuente, partida)
);
INSERT INTO "partida_propuesta" VALUES(1,1,1,1,1,'fuente ñ','partida ñ','tipo_gasto ñ','justificacion ñ',1,1,1,1,1,1,1,1,1,1,1,1);
CREATE TABLE partida_transferencia (
	id INTEGER NOT NULL, 
	partida VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	CONSTRAINT pk_partida_transferencia PRIMARY KEY (id), 
	CONSTRAINT uq_partida_transferencia_partida UNIQUE (partida)
);
INSERT INTO "partida_transferencia" VALUES(1,'partida ñ','nombre ñ');
CREATE TABLE paso_captura (
	id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	item_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	antes VARCHAR NOT NULL, 
	despues VARCHAR(30) NOT NULL, 
	texto VARCHAR NOT NULL, 
	extemporaneo BOOLEAN NOT NULL, 
	autor VARCHAR NOT NULL, 
	momento DATETIME NOT NULL, 
	CONSTRAINT pk_paso_captura PRIMARY KEY (id), 
	CONSTRAINT ck_paso_captura_clase_item CHECK (clase IN ('meta', 'indicador')), 
	CONSTRAINT ck_paso_captura_estado_avance CHECK (despues IN ('borrador', 'enviado', 'en_revision', 'devuelto', 'validado', 'publicado'))
);
INSERT INTO "paso_captura" VALUES(1,'meta',1,2026,6,'antes ñ','borrador','texto ñ',1,'autor ñ','2026-01-15 12:00:00.000000');
CREATE TABLE paso_encargo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	titulo VARCHAR NOT NULL, 
	inicio DATE NOT NULL, 
	fin DATE NOT NULL, 
	hecho_en DATE, 
	CONSTRAINT pk_paso_encargo PRIMARY KEY (id), 
	CONSTRAINT ck_paso_encargo_orden CHECK (fin >= inicio), 
	CONSTRAINT fk_paso_encargo_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "paso_encargo" VALUES(1,1,1,1,'titulo ñ','2026-01-15','2028-01-15','2026-01-15');
CREATE TABLE paso_procedimiento (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	procedimiento VARCHAR NOT NULL, 
	numero INTEGER NOT NULL, 
	quien VARCHAR NOT NULL, 
	actividad VARCHAR NOT NULL, 
	minutos INTEGER NOT NULL, 
	regresa_a INTEGER, 
	CONSTRAINT pk_paso_procedimiento PRIMARY KEY (id), 
	CONSTRAINT ck_paso_procedimiento_signo CHECK (minutos >= 0 AND numero > 0), 
	CONSTRAINT fk_paso_procedimiento_encargo_id_manual FOREIGN KEY(encargo_id) REFERENCES manual (encargo_id), 
	CONSTRAINT uq_paso_procedimiento_encargo_id_procedimiento_numero UNIQUE (encargo_id, procedimiento, numero)
);
INSERT INTO "paso_procedimiento" VALUES(1,1,1,'procedimiento ñ',1,'quien ñ','actividad ñ',1,1);
CREATE TABLE periodo (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	cerrado_en DATETIME, 
	cerro VARCHAR NOT NULL, 
	CONSTRAINT pk_periodo PRIMARY KEY (id), 
	CONSTRAINT ck_periodo_mes CHECK (mes BETWEEN 1 AND 12), 
	CONSTRAINT fk_periodo_anio_ejercicio FOREIGN KEY(anio) REFERENCES ejercicio (anio), 
	CONSTRAINT uq_periodo_anio_mes UNIQUE (anio, mes), 
	CONSTRAINT ck_periodo_estado_periodo CHECK (estado IN ('abierto', 'cerrado'))
);
INSERT INTO "periodo" VALUES(1,1,2026,6,'abierto','2026-01-15 12:00:00.000000','cerro ñ');
CREATE TABLE persona (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	sexo VARCHAR(30) NOT NULL, 
	cargo VARCHAR NOT NULL, 
	institucion VARCHAR NOT NULL, 
	dependencia_id INTEGER, 
	correo VARCHAR NOT NULL, 
	telefono VARCHAR NOT NULL, 
	usuario_id INTEGER, 
	activa BOOLEAN NOT NULL, 
	CONSTRAINT pk_persona PRIMARY KEY (id), 
	CONSTRAINT fk_persona_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_persona_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT uq_persona_usuario_id UNIQUE (usuario_id), 
	CONSTRAINT ck_persona_sexo CHECK (sexo IN ('mujer', 'hombre', 'no_dice'))
);
INSERT INTO "persona" VALUES(1,1,'nombre ñ','mujer','cargo ñ','institucion ñ',NULL,'correo ñ','telefono ñ',NULL,1);
CREATE TABLE peso (
	id INTEGER NOT NULL, 
	juego_id INTEGER NOT NULL, 
	nodo_id INTEGER NOT NULL, 
	peso BIGINT NOT NULL, 
	CONSTRAINT pk_peso PRIMARY KEY (id), 
	CONSTRAINT fk_peso_juego_id_juego_pesos FOREIGN KEY(juego_id) REFERENCES juego_pesos (id), 
	CONSTRAINT fk_peso_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT uq_peso_juego_id_nodo_id UNIQUE (juego_id, nodo_id)
);
INSERT INTO "peso" VALUES(1,1,1,12500000);
CREATE TABLE "plan" (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	administracion_id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	niveles INTEGER NOT NULL, 
	version_plan INTEGER NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT fk_plan_administracion_id_administracion FOREIGN KEY(administracion_id) REFERENCES administracion (id), 
	CONSTRAINT uq_plan_administracion_id UNIQUE (administracion_id)
);
INSERT INTO "plan" VALUES(1,1,1,'nombre ñ',1,1);
CREATE TABLE plan_mejora (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	item_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	accion VARCHAR NOT NULL, 
	responsable VARCHAR NOT NULL, 
	prueba VARCHAR NOT NULL, 
	inicio DATE NOT NULL, 
	fin DATE NOT NULL, 
	CONSTRAINT pk_plan_mejora PRIMARY KEY (id), 
	CONSTRAINT ck_plan_mejora_orden CHECK (fin >= inicio), 
	CONSTRAINT uq_plan_mejora_clase_item_id_mes UNIQUE (clase, item_id, mes), 
	CONSTRAINT ck_plan_mejora_clase_item CHECK (clase IN ('meta', 'indicador'))
);
INSERT INTO "plan_mejora" VALUES(1,1,'meta',1,2026,6,'accion ñ','responsable ñ','prueba ñ','2026-01-15','2028-01-15');
CREATE TABLE politica (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	problema VARCHAR NOT NULL, 
	poblacion VARCHAR NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	evaluacion VARCHAR NOT NULL, 
	CONSTRAINT pk_politica PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_politica_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "politica" VALUES(1,1,'problema ñ','poblacion ñ','objetivo ñ','evaluacion ñ');
CREATE TABLE preferencia_aviso (
	version INTEGER NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	correo BOOLEAN NOT NULL, 
	resumen_diario BOOLEAN NOT NULL, sin_correo JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_preferencia_aviso PRIMARY KEY (usuario_id), 
	CONSTRAINT fk_preferencia_aviso_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id)
);
INSERT INTO "preferencia_aviso" VALUES(1,1,1,1,'[]');
CREATE TABLE programa (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	pilar VARCHAR NOT NULL, 
	tema VARCHAR NOT NULL, 
	dependencia_sugerida VARCHAR NOT NULL, 
	busqueda VARCHAR NOT NULL, 
	CONSTRAINT pk_programa PRIMARY KEY (id), 
	CONSTRAINT uq_programa_anio_clave UNIQUE (anio, clave)
);
INSERT INTO "programa" VALUES(1,1,2026,'clave ñ','nombre ñ','objetivo ñ','pilar ñ','tema ñ','dependencia_sugerida ñ','busqueda ñ');
CREATE TABLE programacion_meta (
	id INTEGER NOT NULL, 
	meta_id INTEGER NOT NULL, 
	reconduccion_id INTEGER, 
	mes INTEGER NOT NULL, 
	cantidad BIGINT NOT NULL, 
	CONSTRAINT pk_programacion_meta PRIMARY KEY (id), 
	CONSTRAINT ck_programacion_meta_mes CHECK (mes BETWEEN 1 AND 12), 
	CONSTRAINT fk_programacion_meta_meta_id_meta_actividad FOREIGN KEY(meta_id) REFERENCES meta_actividad (id), 
	CONSTRAINT fk_programacion_meta_reconduccion_id_reconduccion FOREIGN KEY(reconduccion_id) REFERENCES reconduccion (id)
);
INSERT INTO "programacion_meta" VALUES(1,1,NULL,6,12500000);
CREATE TABLE programacion_variable (
	id INTEGER NOT NULL, 
	variable_id INTEGER NOT NULL, 
	reconduccion_id INTEGER, 
	trimestre INTEGER NOT NULL, 
	cantidad BIGINT NOT NULL, 
	CONSTRAINT pk_programacion_variable PRIMARY KEY (id), 
	CONSTRAINT ck_programacion_variable_trimestre CHECK (trimestre BETWEEN 1 AND 4), 
	CONSTRAINT fk_programacion_variable_reconduccion_id_reconduccion FOREIGN KEY(reconduccion_id) REFERENCES reconduccion (id), 
	CONSTRAINT fk_programacion_variable_variable_id_variable_indicador FOREIGN KEY(variable_id) REFERENCES variable_indicador (id)
);
INSERT INTO "programacion_variable" VALUES(1,1,NULL,2,12500000);
CREATE TABLE propuesta (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	folio VARCHAR NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	fecha DATE NOT NULL, 
	comite_id INTEGER, 
	sesion_id INTEGER, 
	quien VARCHAR NOT NULL, 
	sector VARCHAR(30) NOT NULL, 
	lugar VARCHAR NOT NULL, 
	tema VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	nodo_id INTEGER, 
	dependencia_id INTEGER, 
	estado VARCHAR(30) NOT NULL, 
	respuesta VARCHAR NOT NULL, 
	respondio VARCHAR NOT NULL, 
	respondida_en DATETIME, 
	CONSTRAINT pk_propuesta PRIMARY KEY (id), 
	CONSTRAINT fk_propuesta_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT fk_propuesta_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_propuesta_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_propuesta_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT uq_propuesta_folio UNIQUE (folio), 
	CONSTRAINT ck_propuesta_clase_propuesta CHECK (clase IN ('opinion', 'propuesta', 'queja')), 
	CONSTRAINT ck_propuesta_sector CHECK (sector IN ('publico', 'social', 'privado', 'academico')), 
	CONSTRAINT ck_propuesta_estado_propuesta CHECK (estado IN ('recibida', 'en_analisis', 'aceptada', 'no_procede', 'atendida'))
);
INSERT INTO "propuesta" VALUES(1,1,'folio ñ','opinion','2026-01-15',NULL,NULL,'quien ñ','publico','lugar ñ','tema ñ','texto ñ',NULL,NULL,'recibida','respuesta ñ','respondio ñ','2026-01-15 12:00:00.000000');
CREATE TABLE prorroga (
	id INTEGER NOT NULL, 
	ventana_id INTEGER NOT NULL, 
	dependencia_id INTEGER, 
	cierra DATETIME NOT NULL, 
	motivo VARCHAR NOT NULL, 
	autorizo VARCHAR NOT NULL, 
	autorizada_en DATETIME NOT NULL, 
	CONSTRAINT pk_prorroga PRIMARY KEY (id), 
	CONSTRAINT fk_prorroga_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_prorroga_ventana_id_ventana FOREIGN KEY(ventana_id) REFERENCES ventana (id)
);
INSERT INTO "prorroga" VALUES(1,1,NULL,'2026-07-10 12:00:00.000000','motivo ñ','autorizo ñ','2026-01-15 12:00:00.000000');
CREATE TABLE proyecto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	letra_conac VARCHAR NOT NULL, 
	busqueda VARCHAR NOT NULL, 
	CONSTRAINT pk_proyecto PRIMARY KEY (id), 
	CONSTRAINT fk_proyecto_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT uq_proyecto_anio_clave UNIQUE (anio, clave)
);
INSERT INTO "proyecto" VALUES(1,1,2026,1,'clave ñ','nombre ñ','descripcion ñ','letra_conac ñ','busqueda ñ');
CREATE TABLE proyecto_ejecutado (
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	proyecto_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	area VARCHAR NOT NULL, 
	CONSTRAINT pk_proyecto_ejecutado PRIMARY KEY (id), 
	CONSTRAINT fk_proyecto_ejecutado_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_proyecto_ejecutado_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_proyecto_ejecutado_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT uq_proyecto_ejecutado_ente_id_proyecto_id_dependencia_id_area UNIQUE (ente_id, proyecto_id, dependencia_id, area)
);
INSERT INTO "proyecto_ejecutado" VALUES(1,1,1,1,'area ñ');
CREATE TABLE proyecto_estrategico (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	objetivo VARCHAR NOT NULL, 
	localidad VARCHAR NOT NULL, 
	latitud BIGINT, 
	longitud BIGINT, 
	beneficiarios INTEGER NOT NULL, 
	monto BIGINT NOT NULL, 
	fuente VARCHAR NOT NULL, 
	contrato VARCHAR NOT NULL, 
	contratista VARCHAR NOT NULL, 
	contratado BIGINT NOT NULL, 
	CONSTRAINT pk_proyecto_estrategico PRIMARY KEY (encargo_id), 
	CONSTRAINT ck_proyecto_estrategico_signo CHECK (beneficiarios >= 0 AND monto >= 0 AND contratado >= 0), 
	CONSTRAINT ck_proyecto_estrategico_latitud CHECK (latitud IS NULL OR latitud BETWEEN 14000000 AND 33000000), 
	CONSTRAINT ck_proyecto_estrategico_longitud CHECK (longitud IS NULL OR longitud BETWEEN -119000000 AND -86000000), 
	CONSTRAINT fk_proyecto_estrategico_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT ck_proyecto_estrategico_clase_proyecto CHECK (clase IN ('estrategico', 'innovacion'))
);
INSERT INTO "proyecto_estrategico" VALUES(1,1,'estrategico','objetivo ñ','localidad ñ',19280000,-99510000,1,1,'fuente ñ','contrato ñ','contratista ñ',1);
CREATE TABLE prueba_de (
	id INTEGER NOT NULL, 
	evidencia_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	item_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	CONSTRAINT pk_prueba_de PRIMARY KEY (id), 
	CONSTRAINT fk_prueba_de_evidencia_id_evidencia FOREIGN KEY(evidencia_id) REFERENCES evidencia (id), 
	CONSTRAINT uq_prueba_de_evidencia_id_clase_item_id_mes UNIQUE (evidencia_id, clase, item_id, mes), 
	CONSTRAINT ck_prueba_de_clase_item CHECK (clase IN ('meta', 'indicador'))
);
INSERT INTO "prueba_de" VALUES(1,1,'meta',1,2026,6);
CREATE TABLE puesto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	nivel INTEGER NOT NULL, 
	plazas INTEGER NOT NULL, 
	reporta_a_id INTEGER, 
	persona_id INTEGER, 
	activo BOOLEAN NOT NULL, 
	CONSTRAINT pk_puesto PRIMARY KEY (id), 
	CONSTRAINT ck_puesto_signo CHECK (nivel > 0 AND plazas > 0), 
	CONSTRAINT fk_puesto_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_puesto_persona_id_persona FOREIGN KEY(persona_id) REFERENCES persona (id), 
	CONSTRAINT fk_puesto_reporta_a_id_puesto FOREIGN KEY(reporta_a_id) REFERENCES puesto (id), 
	CONSTRAINT uq_puesto_dependencia_id_nombre UNIQUE (dependencia_id, nombre)
);
INSERT INTO "puesto" VALUES(1,1,1,'nombre ñ',1,1,NULL,NULL,1);
CREATE TABLE punto_orden (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	sesion_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	titulo VARCHAR NOT NULL, 
	descripcion VARCHAR NOT NULL, 
	presenta VARCHAR NOT NULL, 
	se_vota BOOLEAN NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	iniciado_en DATETIME, 
	concluido_en DATETIME, 
	sintesis VARCHAR NOT NULL, 
	CONSTRAINT pk_punto_orden PRIMARY KEY (id), 
	CONSTRAINT fk_punto_orden_sesion_id_sesion_comite FOREIGN KEY(sesion_id) REFERENCES sesion_comite (id), 
	CONSTRAINT ck_punto_orden_clase_punto CHECK (clase IN ('lista_quorum', 'orden_del_dia', 'acta_anterior', 'seguimiento_acuerdos', 'asunto', 'asuntos_generales', 'clausura')), 
	CONSTRAINT ck_punto_orden_estado_punto CHECK (estado IN ('pendiente', 'en_curso', 'concluido', 'retirado'))
);
INSERT INTO "punto_orden" VALUES(1,1,1,1,'lista_quorum','titulo ñ','descripcion ñ','presenta ñ',1,'pendiente','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','sintesis ñ');
CREATE TABLE reconduccion (
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	folio VARCHAR NOT NULL, 
	fecha DATE NOT NULL, 
	mes_vigencia INTEGER NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_reconduccion PRIMARY KEY (id), 
	CONSTRAINT fk_reconduccion_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT uq_reconduccion_anio_ente_id_folio UNIQUE (anio, ente_id, folio)
);
INSERT INTO "reconduccion" VALUES(1,2026,1,'folio ñ','2026-01-15',1,'motivo ñ');
CREATE TABLE referencia_indicador (
	id INTEGER NOT NULL, 
	indicador_id INTEGER NOT NULL, 
	serie VARCHAR NOT NULL, 
	anio INTEGER NOT NULL, 
	trimestre INTEGER, 
	valor BIGINT NOT NULL, 
	fuente VARCHAR NOT NULL, 
	CONSTRAINT pk_referencia_indicador PRIMARY KEY (id), 
	CONSTRAINT ck_referencia_indicador_trimestre CHECK (trimestre BETWEEN 1 AND 4), 
	CONSTRAINT fk_referencia_indicador_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_referencia_indicador_indicador_id_serie_anio_trimestre UNIQUE (indicador_id, serie, anio, trimestre)
);
INSERT INTO "referencia_indicador" VALUES(1,1,'serie ñ',2026,2,12500000,'fuente ñ');
CREATE TABLE reglas_comite (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	comite_id INTEGER NOT NULL, 
	desde DATE NOT NULL, 
	quorum_numerador INTEGER NOT NULL, 
	quorum_denominador INTEGER NOT NULL, 
	quorum_mas_uno BOOLEAN NOT NULL, 
	segunda_minutos INTEGER NOT NULL, 
	segunda_numerador INTEGER NOT NULL, 
	segunda_denominador INTEGER NOT NULL, 
	aviso_ordinaria_dias INTEGER NOT NULL, 
	aviso_extraordinaria_horas INTEGER NOT NULL, 
	mayoria VARCHAR(30) NOT NULL, 
	voto_calidad BOOLEAN NOT NULL, 
	suplentes BOOLEAN NOT NULL, 
	votan JSON NOT NULL, 
	fundamento VARCHAR NOT NULL, 
	CONSTRAINT pk_reglas_comite PRIMARY KEY (id), 
	CONSTRAINT ck_reglas_comite_quorum CHECK (quorum_denominador > 0 AND quorum_numerador BETWEEN 0 AND quorum_denominador), 
	CONSTRAINT ck_reglas_comite_segunda CHECK (segunda_denominador > 0 AND segunda_numerador BETWEEN 0 AND segunda_denominador), 
	CONSTRAINT ck_reglas_comite_signo CHECK (segunda_minutos >= 0 AND aviso_ordinaria_dias >= 0 AND aviso_extraordinaria_horas >= 0), 
	CONSTRAINT fk_reglas_comite_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT uq_reglas_comite_comite_id_desde UNIQUE (comite_id, desde), 
	CONSTRAINT ck_reglas_comite_mayoria CHECK (mayoria IN ('simple', 'absoluta', 'dos_tercios'))
);
INSERT INTO "reglas_comite" VALUES(1,1,1,'2026-01-15',1,1,1,1,1,1,1,1,'simple',1,1,'[]','fundamento ñ');
CREATE TABLE renglon_adecuacion (
	id INTEGER NOT NULL, 
	adecuacion_id INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	mes INTEGER NOT NULL, 
	ampliacion BIGINT NOT NULL, 
	reduccion BIGINT NOT NULL, 
	CONSTRAINT pk_renglon_adecuacion PRIMARY KEY (id), 
	CONSTRAINT ck_renglon_adecuacion_signo CHECK (ampliacion >= 0 AND reduccion >= 0), 
	CONSTRAINT ck_renglon_adecuacion_mes CHECK (mes BETWEEN 1 AND 12), 
	CONSTRAINT fk_renglon_adecuacion_adecuacion_id_adecuacion FOREIGN KEY(adecuacion_id) REFERENCES adecuacion (id), 
	CONSTRAINT uq_renglon_adecuacion_adecuacion_id_clave_mes UNIQUE (adecuacion_id, clave, mes)
);
INSERT INTO "renglon_adecuacion" VALUES(1,1,'clave ñ',6,1,1);
CREATE TABLE renglon_eaepe (
	id INTEGER NOT NULL, 
	corte_id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	concepto VARCHAR NOT NULL, 
	nivel INTEGER NOT NULL, 
	aprobado BIGINT NOT NULL, 
	ampliaciones_reducciones BIGINT NOT NULL, 
	modificado BIGINT NOT NULL, 
	devengado BIGINT NOT NULL, 
	pagado BIGINT NOT NULL, 
	subejercicio BIGINT NOT NULL, 
	CONSTRAINT pk_renglon_eaepe PRIMARY KEY (id), 
	CONSTRAINT fk_renglon_eaepe_corte_id_corte_presupuesto FOREIGN KEY(corte_id) REFERENCES corte_presupuesto (id)
);
INSERT INTO "renglon_eaepe" VALUES(1,1,1,'clave ñ','concepto ñ',1,1,1,1,1,1,1);
CREATE TABLE renglon_ingreso (
	id INTEGER NOT NULL, 
	corte_id INTEGER NOT NULL, 
	rubro VARCHAR NOT NULL, 
	concepto VARCHAR NOT NULL, 
	fuente VARCHAR NOT NULL, 
	mes INTEGER NOT NULL, 
	estimado BIGINT NOT NULL, 
	ampliaciones BIGINT NOT NULL, 
	reducciones BIGINT NOT NULL, 
	devengado BIGINT NOT NULL, 
	recaudado BIGINT NOT NULL, 
	CONSTRAINT pk_renglon_ingreso PRIMARY KEY (id), 
	CONSTRAINT ck_renglon_ingreso_mes CHECK (mes BETWEEN 1 AND 12), 
	CONSTRAINT fk_renglon_ingreso_corte_id_corte_ingreso FOREIGN KEY(corte_id) REFERENCES corte_ingreso (id), 
	CONSTRAINT uq_renglon_ingreso_corte_id_rubro_fuente_mes UNIQUE (corte_id, rubro, fuente, mes)
);
INSERT INTO "renglon_ingreso" VALUES(1,1,'rubro ñ','concepto ñ','fuente ñ',6,1,1,1,1,1);
CREATE TABLE renglon_mir (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	padre_id INTEGER, 
	nivel VARCHAR(30) NOT NULL, 
	orden INTEGER NOT NULL, 
	resumen VARCHAR NOT NULL, 
	supuestos VARCHAR NOT NULL, 
	tipo BOOLEAN NOT NULL, 
	CONSTRAINT pk_renglon_mir PRIMARY KEY (id), 
	CONSTRAINT fk_renglon_mir_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_renglon_mir_padre_id_renglon_mir FOREIGN KEY(padre_id) REFERENCES renglon_mir (id), 
	CONSTRAINT fk_renglon_mir_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT ck_renglon_mir_nivel_mir CHECK (nivel IN ('fin', 'proposito', 'componente', 'actividad'))
);
INSERT INTO "renglon_mir" VALUES(1,1,1,1,NULL,'fin',1,'resumen ñ','supuestos ñ',1);
CREATE TABLE renglon_solicitud (
	id INTEGER NOT NULL, 
	solicitud_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	item_id INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	cantidad BIGINT NOT NULL, 
	CONSTRAINT pk_renglon_solicitud PRIMARY KEY (id), 
	CONSTRAINT fk_renglon_solicitud_solicitud_id_solicitud_reconduccion FOREIGN KEY(solicitud_id) REFERENCES solicitud_reconduccion (id), 
	CONSTRAINT uq_renglon_solicitud_solicitud_id_clase_item_id_mes UNIQUE (solicitud_id, clase, item_id, mes), 
	CONSTRAINT ck_renglon_solicitud_clase_renglon CHECK (clase IN ('meta', 'variable'))
);
INSERT INTO "renglon_solicitud" VALUES(1,1,'meta',1,6,12500000);
CREATE TABLE responsable_programa (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	programa_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	CONSTRAINT pk_responsable_programa PRIMARY KEY (id), 
	CONSTRAINT fk_responsable_programa_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_responsable_programa_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_responsable_programa_programa_id_programa FOREIGN KEY(programa_id) REFERENCES programa (id), 
	CONSTRAINT uq_responsable_programa_ente_id_programa_id UNIQUE (ente_id, programa_id)
);
INSERT INTO "responsable_programa" VALUES(1,1,1,1,1);
CREATE TABLE respuesta_cremaa (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	indicador_id INTEGER NOT NULL, 
	criterio VARCHAR(30) NOT NULL, 
	cumple BOOLEAN NOT NULL, 
	nota VARCHAR NOT NULL, 
	CONSTRAINT pk_respuesta_cremaa PRIMARY KEY (id), 
	CONSTRAINT fk_respuesta_cremaa_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_respuesta_cremaa_indicador_id_criterio UNIQUE (indicador_id, criterio), 
	CONSTRAINT ck_respuesta_cremaa_criterio_cremaa CHECK (criterio IN ('claridad', 'relevancia', 'economia', 'monitoreable', 'adecuado', 'aportacion'))
);
INSERT INTO "respuesta_cremaa" VALUES(1,1,1,'claridad',1,'nota ñ');
CREATE TABLE respuesta_observacion (
	id INTEGER NOT NULL, 
	observacion_id INTEGER NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	creada_en DATETIME NOT NULL, 
	CONSTRAINT pk_respuesta_observacion PRIMARY KEY (id), 
	CONSTRAINT fk_respuesta_observacion_observacion_id_observacion FOREIGN KEY(observacion_id) REFERENCES observacion (id)
);
INSERT INTO "respuesta_observacion" VALUES(1,1,'texto ñ','autor ñ','2026-01-15 12:00:00.000000');
CREATE TABLE resumen_presupuesto (
	corte_id INTEGER NOT NULL, 
	dimension VARCHAR(30) NOT NULL, 
	codigo VARCHAR NOT NULL, 
	mes INTEGER NOT NULL, 
	claves INTEGER NOT NULL, 
	aprobado BIGINT NOT NULL, 
	ampliaciones BIGINT NOT NULL, 
	reducciones BIGINT NOT NULL, 
	comprometido BIGINT NOT NULL, 
	devengado BIGINT NOT NULL, 
	ejercido BIGINT NOT NULL, 
	pagado BIGINT NOT NULL, 
	CONSTRAINT pk_resumen_presupuesto PRIMARY KEY (corte_id, dimension, codigo, mes), 
	CONSTRAINT ck_resumen_presupuesto_dimension CHECK (dimension IN ('total', 'proyecto', 'programa', 'dependencia_general', 'dependencia_auxiliar', 'capitulo', 'partida', 'fuente', 'tipo_gasto', 'programa_capitulo')), 
	CONSTRAINT fk_resumen_presupuesto_corte_id_corte_presupuesto FOREIGN KEY(corte_id) REFERENCES corte_presupuesto (id)
);
INSERT INTO "resumen_presupuesto" VALUES(1,'total','codigo ñ',6,1,1,1,1,1,1,1,1);
CREATE TABLE riesgo_proyecto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	riesgo VARCHAR NOT NULL, 
	probabilidad INTEGER NOT NULL, 
	impacto INTEGER NOT NULL, 
	respuesta VARCHAR NOT NULL, 
	responsable VARCHAR NOT NULL, 
	cerrado BOOLEAN NOT NULL, 
	CONSTRAINT pk_riesgo_proyecto PRIMARY KEY (id), 
	CONSTRAINT ck_riesgo_proyecto_escala CHECK (probabilidad BETWEEN 1 AND 5 AND impacto BETWEEN 1 AND 5), 
	CONSTRAINT fk_riesgo_proyecto_encargo_id_proyecto_estrategico FOREIGN KEY(encargo_id) REFERENCES proyecto_estrategico (encargo_id), 
	CONSTRAINT uq_riesgo_proyecto_encargo_id_riesgo UNIQUE (encargo_id, riesgo)
);
INSERT INTO "riesgo_proyecto" VALUES(1,1,1,'riesgo ñ',1,1,'respuesta ñ','responsable ñ',1);
CREATE TABLE rol_usuario (
	id INTEGER NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	rol VARCHAR(30) NOT NULL, 
	ente_id INTEGER, 
	dependencia_id INTEGER, 
	CONSTRAINT pk_rol_usuario PRIMARY KEY (id), 
	CONSTRAINT fk_rol_usuario_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_rol_usuario_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_rol_usuario_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT uq_rol_usuario_usuario_id_rol_ente_id_dependencia_id UNIQUE (usuario_id, rol, ente_id, dependencia_id), 
	CONSTRAINT ck_rol_usuario_rol CHECK (rol IN ('administracion', 'planeacion', 'presidencia', 'tesoreria', 'enlace', 'copladem', 'contraloria'))
);
INSERT INTO "rol_usuario" VALUES(1,1,'administracion',NULL,NULL);
CREATE TABLE sector_politica (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	sector VARCHAR(30) NOT NULL, 
	efecto VARCHAR(30) NOT NULL, 
	explicacion VARCHAR NOT NULL, 
	CONSTRAINT pk_sector_politica PRIMARY KEY (id), 
	CONSTRAINT fk_sector_politica_encargo_id_politica FOREIGN KEY(encargo_id) REFERENCES politica (encargo_id), 
	CONSTRAINT uq_sector_politica_encargo_id_sector UNIQUE (encargo_id, sector), 
	CONSTRAINT ck_sector_politica_sector_poblacion CHECK (sector IN ('mujeres', 'ninez', 'juventud', 'mayores', 'indigenas', 'discapacidad', 'rural', 'migrantes', 'diversidad', 'general')), 
	CONSTRAINT ck_sector_politica_efecto CHECK (efecto IN ('beneficia', 'neutro', 'afecta'))
);
INSERT INTO "sector_politica" VALUES(1,1,1,'mujeres','beneficia','explicacion ñ');
CREATE TABLE segmento_clave (
	id INTEGER NOT NULL, 
	orden INTEGER NOT NULL, 
	codigo VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	longitud INTEGER, 
	obligatorio BOOLEAN NOT NULL, 
	CONSTRAINT pk_segmento_clave PRIMARY KEY (id), 
	CONSTRAINT uq_segmento_clave_codigo UNIQUE (codigo)
);
INSERT INTO "segmento_clave" VALUES(1,1,'codigo ñ','nombre ñ',1,1);
CREATE TABLE seguimiento_politica (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	fecha DATE NOT NULL, 
	avance INTEGER NOT NULL, 
	resultado VARCHAR NOT NULL, 
	CONSTRAINT pk_seguimiento_politica PRIMARY KEY (id), 
	CONSTRAINT ck_seguimiento_politica_avance CHECK (avance BETWEEN 0 AND 100), 
	CONSTRAINT fk_seguimiento_politica_encargo_id_politica FOREIGN KEY(encargo_id) REFERENCES politica (encargo_id), 
	CONSTRAINT uq_seguimiento_politica_encargo_id_fecha UNIQUE (encargo_id, fecha)
);
INSERT INTO "seguimiento_politica" VALUES(1,1,1,'2026-01-15',1,'resultado ñ');
CREATE TABLE sesion (
	id INTEGER NOT NULL, 
	sid VARCHAR NOT NULL, 
	testigo_hash VARCHAR NOT NULL, 
	usuario_id INTEGER NOT NULL, 
	creada_en DATETIME NOT NULL, 
	usada_en DATETIME NOT NULL, 
	vence_en DATETIME NOT NULL, 
	cerrada_en DATETIME, 
	ip VARCHAR NOT NULL, 
	agente VARCHAR NOT NULL, 
	CONSTRAINT pk_sesion PRIMARY KEY (id), 
	CONSTRAINT fk_sesion_usuario_id_usuario FOREIGN KEY(usuario_id) REFERENCES usuario (id), 
	CONSTRAINT uq_sesion_sid UNIQUE (sid), 
	CONSTRAINT uq_sesion_testigo_hash UNIQUE (testigo_hash)
);
INSERT INTO "sesion" VALUES(1,'sid ñ','testigo_hash ñ',1,'2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','ip ñ','agente ñ');
CREATE TABLE sesion_comite (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	comite_id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	prevista DATETIME NOT NULL, 
	lugar VARCHAR NOT NULL, 
	convocada_en DATETIME, 
	aviso_corto VARCHAR NOT NULL, 
	convocatoria INTEGER NOT NULL, 
	abierta_en DATETIME, 
	cerrada_en DATETIME, 
	codigo VARCHAR NOT NULL, 
	punto_id INTEGER, 
	reglas JSON NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_sesion_comite PRIMARY KEY (id), 
	CONSTRAINT ck_sesion_comite_convocatoria CHECK (convocatoria IN (1, 2)), 
	CONSTRAINT fk_sesion_comite_comite_id_comite FOREIGN KEY(comite_id) REFERENCES comite (id), 
	CONSTRAINT uq_sesion_comite_comite_id_anio_tipo_numero UNIQUE (comite_id, anio, tipo, numero), 
	CONSTRAINT ck_sesion_comite_tipo_sesion CHECK (tipo IN ('instalacion', 'ordinaria', 'extraordinaria')), 
	CONSTRAINT ck_sesion_comite_estado_sesion CHECK (estado IN ('programada', 'convocada', 'en_curso', 'cerrada', 'cancelada'))
);
INSERT INTO "sesion_comite" VALUES(1,1,1,2026,1,'instalacion','programada','2026-01-15 12:00:00.000000','lugar ñ','2026-01-15 12:00:00.000000','aviso_corto ñ',1,'2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000','codigo ñ',1,'{}','motivo ñ');
CREATE TABLE solicitud_imagen (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	aplicacion VARCHAR NOT NULL, 
	donde VARCHAR NOT NULL, 
	se_usa_en DATE, 
	dictamen VARCHAR NOT NULL, 
	CONSTRAINT pk_solicitud_imagen PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_solicitud_imagen_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id)
);
INSERT INTO "solicitud_imagen" VALUES(1,1,'aplicacion ñ','donde ñ','2026-01-15','dictamen ñ');
CREATE TABLE "solicitud_reconduccion" (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	tipo VARCHAR(30) NOT NULL, 
	ambito VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	mes_vigencia INTEGER NOT NULL, 
	justificacion VARCHAR NOT NULL, 
	justificacion_destino VARCHAR NOT NULL, 
	origen_recursos VARCHAR NOT NULL, 
	solicito VARCHAR NOT NULL, 
	solicitada_en DATETIME, 
	favorable BOOLEAN, 
	opinion VARCHAR NOT NULL, 
	opino VARCHAR NOT NULL, 
	opinada_en DATETIME, 
	resolucion VARCHAR NOT NULL, 
	resolvio VARCHAR NOT NULL, 
	resuelta_en DATETIME, 
	oficio VARCHAR NOT NULL, 
	reconduccion_id INTEGER, 
	acuerdo_id INTEGER, 
	CONSTRAINT pk_solicitud_reconduccion PRIMARY KEY (id), 
	CONSTRAINT fk_solicitud_reconduccion_reconduccion_id_reconduccion FOREIGN KEY(reconduccion_id) REFERENCES reconduccion (id), 
	CONSTRAINT ck_solicitud_reconduccion_estado_solicitud CHECK (estado IN ('borrador', 'solicitada', 'opinada', 'autorizada', 'rechazada')), 
	CONSTRAINT fk_solicitud_reconduccion_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT ck_solicitud_reconduccion_mes CHECK (mes_vigencia BETWEEN 1 AND 12), 
	CONSTRAINT fk_solicitud_reconduccion_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT ck_solicitud_reconduccion_ambito_reconduccion CHECK (ambito IN ('interna', 'externa')), 
	CONSTRAINT ck_solicitud_reconduccion_tipo_reconduccion CHECK (tipo IN ('programatica', 'presupuestal')), 
	CONSTRAINT fk_solicitud_reconduccion_acuerdo_id_acuerdo FOREIGN KEY(acuerdo_id) REFERENCES acuerdo (id)
);
INSERT INTO "solicitud_reconduccion" VALUES(1,1,2026,1,1,'programatica','interna','borrador',1,'justificacion ñ','justificacion_destino ñ','origen_recursos ñ','solicito ñ','2026-01-15 12:00:00.000000',1,'opinion ñ','opino ñ','2026-01-15 12:00:00.000000','resolucion ñ','resolvio ñ','2026-01-15 12:00:00.000000','oficio ñ',NULL,NULL);
CREATE TABLE techo_presupuesto (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	etapa_id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	capitulo VARCHAR NOT NULL, 
	importe BIGINT NOT NULL, 
	CONSTRAINT pk_techo_presupuesto PRIMARY KEY (id), 
	CONSTRAINT fk_techo_presupuesto_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT fk_techo_presupuesto_etapa_id_etapa_presupuesto FOREIGN KEY(etapa_id) REFERENCES etapa_presupuesto (id), 
	CONSTRAINT uq_techo_presupuesto_etapa_id_dependencia_id_capitulo UNIQUE (etapa_id, dependencia_id, capitulo)
);
INSERT INTO "techo_presupuesto" VALUES(1,1,1,1,'capitulo ñ',1);
CREATE TABLE tema (
	version INTEGER NOT NULL, 
	encargo_id INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	para_todas BOOLEAN NOT NULL, 
	pide_acuse BOOLEAN NOT NULL, 
	conclusion VARCHAR NOT NULL, 
	CONSTRAINT pk_tema PRIMARY KEY (encargo_id), 
	CONSTRAINT fk_tema_encargo_id_encargo FOREIGN KEY(encargo_id) REFERENCES encargo (id), 
	CONSTRAINT ck_tema_clase_tema CHECK (clase IN ('tema', 'circular', 'linea_trabajo'))
);
INSERT INTO "tema" VALUES(1,1,'tema',1,1,'conclusion ñ');
CREATE TABLE texto_busqueda (
	id INTEGER NOT NULL, 
	tabla VARCHAR NOT NULL, 
	fila VARCHAR NOT NULL, 
	asunto VARCHAR NOT NULL, 
	referencia VARCHAR NOT NULL, 
	principal BOOLEAN NOT NULL, 
	titulo VARCHAR NOT NULL, 
	anio INTEGER, 
	texto VARCHAR NOT NULL, 
	dependencia_id INTEGER, 
	CONSTRAINT pk_texto_busqueda PRIMARY KEY (id), 
	CONSTRAINT uq_texto_busqueda_tabla_fila UNIQUE (tabla, fila)
);
INSERT INTO "texto_busqueda" VALUES(1,'tabla ñ','fila ñ','asunto ñ','referencia ñ',1,'titulo ñ',2026,'texto ñ',1);
CREATE TABLE texto_documento (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	clase VARCHAR NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	alcance VARCHAR NOT NULL, 
	seccion VARCHAR NOT NULL, 
	texto VARCHAR NOT NULL, 
	autor VARCHAR NOT NULL, 
	guardado_en DATETIME NOT NULL, 
	CONSTRAINT pk_texto_documento PRIMARY KEY (id), 
	CONSTRAINT uq_texto_documento_clase_anio_mes_alcance_seccion UNIQUE (clase, anio, mes, alcance, seccion)
);
INSERT INTO "texto_documento" VALUES(1,1,'clase ñ',2026,6,'alcance ñ','seccion ñ','texto ñ','autor ñ','2026-01-15 12:00:00.000000');
CREATE TABLE texto_nodo (
	id INTEGER NOT NULL, 
	nodo_id INTEGER NOT NULL, 
	version_plan INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	padre_id INTEGER, 
	CONSTRAINT pk_texto_nodo PRIMARY KEY (id), 
	CONSTRAINT fk_texto_nodo_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id)
);
INSERT INTO "texto_nodo" VALUES(1,1,1,'clave ñ','nombre ñ',1);
CREATE TABLE titular (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	nombre VARCHAR NOT NULL, 
	cargo VARCHAR NOT NULL, 
	desde DATE NOT NULL, 
	hasta DATE, 
	CONSTRAINT pk_titular PRIMARY KEY (id), 
	CONSTRAINT fk_titular_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id)
);
INSERT INTO "titular" VALUES(1,1,1,'nombre ñ','cargo ñ','2026-01-15','2026-01-15');
CREATE TABLE tramite (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	clave VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	dependencia_id INTEGER NOT NULL, 
	pasos INTEGER NOT NULL, 
	requisitos INTEGER NOT NULL, 
	dias INTEGER NOT NULL, 
	costo BIGINT NOT NULL, 
	veces_al_anio INTEGER NOT NULL, 
	en_linea BOOLEAN NOT NULL, 
	activo BOOLEAN NOT NULL, 
	CONSTRAINT pk_tramite PRIMARY KEY (id), 
	CONSTRAINT ck_tramite_signo CHECK (pasos >= 0 AND requisitos >= 0 AND dias >= 0 AND costo >= 0 AND veces_al_anio >= 0), 
	CONSTRAINT fk_tramite_dependencia_id_dependencia FOREIGN KEY(dependencia_id) REFERENCES dependencia (id), 
	CONSTRAINT uq_tramite_clave UNIQUE (clave)
);
INSERT INTO "tramite" VALUES(1,1,'clave ñ','nombre ñ',1,1,1,1,1,1,1,1);
CREATE TABLE usuario (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	cuenta VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	correo VARCHAR NOT NULL, 
	clave_hash VARCHAR, 
	codigo_hash VARCHAR, 
	codigo_vence DATETIME, 
	activa BOOLEAN NOT NULL, 
	creada_en DATETIME NOT NULL, 
	CONSTRAINT pk_usuario PRIMARY KEY (id), 
	CONSTRAINT uq_usuario_cuenta UNIQUE (cuenta)
);
INSERT INTO "usuario" VALUES(1,1,'cuenta ñ','nombre ñ','correo ñ','clave_hash ñ','codigo_hash ñ','2026-01-15 12:00:00.000000',1,'2026-01-15 12:00:00.000000');
CREATE TABLE variable_indicador (
	id INTEGER NOT NULL, 
	indicador_id INTEGER NOT NULL, 
	letra VARCHAR NOT NULL, 
	nombre VARCHAR NOT NULL, 
	unidad VARCHAR NOT NULL, 
	operacion VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_variable_indicador PRIMARY KEY (id), 
	CONSTRAINT fk_variable_indicador_indicador_id_indicador FOREIGN KEY(indicador_id) REFERENCES indicador (id), 
	CONSTRAINT uq_variable_indicador_indicador_id_letra UNIQUE (indicador_id, letra), 
	CONSTRAINT ck_variable_indicador_operacion_meta CHECK (operacion IN ('suma', 'constante', 'valor_actual', 'promedio', 'maximo', 'minimo'))
);
INSERT INTO "variable_indicador" VALUES(1,1,'letra ñ','nombre ñ','unidad ñ','suma');
CREATE TABLE ventana (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	anio INTEGER NOT NULL, 
	mes INTEGER NOT NULL, 
	clase VARCHAR(30) NOT NULL, 
	abre DATETIME NOT NULL, 
	cierra DATETIME NOT NULL, recuerda DATETIME, 
	CONSTRAINT pk_ventana PRIMARY KEY (id), 
	CONSTRAINT ck_ventana_orden CHECK (cierra > abre), 
	CONSTRAINT fk_ventana_anio_ejercicio FOREIGN KEY(anio) REFERENCES ejercicio (anio), 
	CONSTRAINT uq_ventana_anio_mes_clase UNIQUE (anio, mes, clase), 
	CONSTRAINT ck_ventana_clase_captura CHECK (clase IN ('actividades', 'indicadores', 'presupuesto', 'narrativas'))
);
INSERT INTO "ventana" VALUES(1,1,2026,6,'actividades','2026-01-15 12:00:00.000000','2026-07-10 12:00:00.000000','2026-01-15 12:00:00.000000');
CREATE TABLE version_capitulo (
	id INTEGER NOT NULL, 
	capitulo_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	texto VARCHAR NOT NULL, 
	cifras JSON NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	autor VARCHAR NOT NULL, 
	guardada_en DATETIME NOT NULL, 
	CONSTRAINT pk_version_capitulo PRIMARY KEY (id), 
	CONSTRAINT fk_version_capitulo_capitulo_id_capitulo_informe FOREIGN KEY(capitulo_id) REFERENCES capitulo_informe (id), 
	CONSTRAINT uq_version_capitulo_capitulo_id_numero UNIQUE (capitulo_id, numero), 
	CONSTRAINT ck_version_capitulo_estado_capitulo CHECK (estado IN ('solicitado', 'en_redaccion', 'entregado', 'en_correccion', 'aprobado'))
);
INSERT INTO "version_capitulo" VALUES(1,1,1,'texto ñ','{}','solicitado','autor ñ','2026-01-15 12:00:00.000000');
CREATE TABLE version_plan (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	fecha DATE NOT NULL, 
	motivo VARCHAR NOT NULL, 
	CONSTRAINT pk_version_plan PRIMARY KEY (id), 
	CONSTRAINT fk_version_plan_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT uq_version_plan_plan_id_numero UNIQUE (plan_id, numero)
);
INSERT INTO "version_plan" VALUES(1,1,1,'2026-01-15','motivo ñ');
CREATE TABLE vinculo_plan (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	ente_id INTEGER NOT NULL, 
	proyecto_id INTEGER NOT NULL, 
	nodo_id INTEGER NOT NULL, 
	participacion BIGINT NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_vinculo_plan PRIMARY KEY (id), 
	CONSTRAINT fk_vinculo_plan_ente_id_ente FOREIGN KEY(ente_id) REFERENCES ente (id), 
	CONSTRAINT fk_vinculo_plan_nodo_id_nodo_plan FOREIGN KEY(nodo_id) REFERENCES nodo_plan (id), 
	CONSTRAINT fk_vinculo_plan_proyecto_id_proyecto FOREIGN KEY(proyecto_id) REFERENCES proyecto (id), 
	CONSTRAINT uq_vinculo_plan_ente_id_proyecto_id_nodo_id UNIQUE (ente_id, proyecto_id, nodo_id), 
	CONSTRAINT ck_vinculo_plan_estado_vinculo CHECK (estado IN ('propuesto', 'aceptado'))
);
INSERT INTO "vinculo_plan" VALUES(1,1,1,1,1,12500000,'propuesto');
CREATE TABLE votacion (
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	punto_id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	texto VARCHAR NOT NULL, 
	modo VARCHAR(30) NOT NULL, 
	estado VARCHAR(30) NOT NULL, 
	abierta_en DATETIME NOT NULL, 
	cerrada_en DATETIME, 
	con_voto INTEGER NOT NULL, 
	a_favor INTEGER NOT NULL, 
	en_contra INTEGER NOT NULL, 
	abstenciones INTEGER NOT NULL, 
	aprobada BOOLEAN, 
	de_calidad BOOLEAN NOT NULL, 
	CONSTRAINT pk_votacion PRIMARY KEY (id), 
	CONSTRAINT ck_votacion_signo CHECK (a_favor >= 0 AND en_contra >= 0 AND abstenciones >= 0), 
	CONSTRAINT fk_votacion_punto_id_punto_orden FOREIGN KEY(punto_id) REFERENCES punto_orden (id), 
	CONSTRAINT uq_votacion_punto_id_numero UNIQUE (punto_id, numero), 
	CONSTRAINT ck_votacion_modo_votacion CHECK (modo IN ('mano_alzada', 'nominal', 'telefono')), 
	CONSTRAINT ck_votacion_estado_votacion CHECK (estado IN ('abierta', 'cerrada', 'anulada'))
);
INSERT INTO "votacion" VALUES(1,1,1,1,'texto ñ','mano_alzada','abierta','2026-01-15 12:00:00.000000','2026-01-15 12:00:00.000000',1,1,1,1,1,1);
CREATE TABLE voto (
	id INTEGER NOT NULL, 
	votacion_id INTEGER NOT NULL, 
	asiento_id INTEGER NOT NULL, 
	integrante_id INTEGER NOT NULL, 
	sentido VARCHAR(30) NOT NULL, 
	medio VARCHAR(30) NOT NULL, 
	momento DATETIME NOT NULL, 
	CONSTRAINT pk_voto PRIMARY KEY (id), 
	CONSTRAINT fk_voto_asiento_id_asiento FOREIGN KEY(asiento_id) REFERENCES asiento (id), 
	CONSTRAINT fk_voto_integrante_id_integrante FOREIGN KEY(integrante_id) REFERENCES integrante (id), 
	CONSTRAINT fk_voto_votacion_id_votacion FOREIGN KEY(votacion_id) REFERENCES votacion (id), 
	CONSTRAINT uq_voto_votacion_id_asiento_id UNIQUE (votacion_id, asiento_id), 
	CONSTRAINT ck_voto_sentido_voto CHECK (sentido IN ('favor', 'contra', 'abstencion')), 
	CONSTRAINT ck_voto_medio CHECK (medio IN ('secretario', 'telefono'))
);
INSERT INTO "voto" VALUES(1,1,1,1,'favor','secretario','2026-01-15 12:00:00.000000');
CREATE INDEX ix_bitacora_entidad ON bitacora (entidad, entidad_id);
CREATE INDEX ix_intento_entrada_cuenta ON intento_entrada (cuenta, momento);
CREATE INDEX ix_intento_entrada_ip ON intento_entrada (ip, momento);
CREATE INDEX ix_programa_anio ON programa (anio);
CREATE INDEX ix_carga_sha256 ON carga (sha256);
CREATE INDEX ix_dependencia_ente_id ON dependencia (ente_id);
CREATE INDEX ix_dependencia_padre_id ON dependencia (padre_id);
CREATE UNIQUE INDEX uq_dependencia_general ON dependencia (ente_id, clave) WHERE padre_id IS NULL;
CREATE INDEX ix_ejercicio_administracion_id ON ejercicio (administracion_id);
CREATE INDEX ix_proyecto_anio ON proyecto (anio);
CREATE INDEX ix_proyecto_programa_id ON proyecto (programa_id);
CREATE INDEX ix_reconduccion_anio ON reconduccion (anio);
CREATE INDEX ix_sesion_usuario_id ON sesion (usuario_id);
CREATE INDEX ix_corte_presupuesto_carga_id ON corte_presupuesto (carga_id);
CREATE INDEX ix_corte_presupuesto_vigente ON corte_presupuesto (anio, ente_id, vigente);
CREATE INDEX ix_nodo_plan_padre_id ON nodo_plan (padre_id);
CREATE INDEX ix_nodo_plan_plan_id ON nodo_plan (plan_id);
CREATE INDEX ix_periodo_anio ON periodo (anio);
CREATE INDEX ix_proyecto_ejecutado_dependencia_id ON proyecto_ejecutado (dependencia_id);
CREATE INDEX ix_proyecto_ejecutado_ente_id ON proyecto_ejecutado (ente_id);
CREATE INDEX ix_proyecto_ejecutado_proyecto_id ON proyecto_ejecutado (proyecto_id);
CREATE INDEX ix_responsable_programa_dependencia_id ON responsable_programa (dependencia_id);
CREATE INDEX ix_responsable_programa_programa_id ON responsable_programa (programa_id);
CREATE INDEX ix_rol_usuario_usuario_id ON rol_usuario (usuario_id);
CREATE INDEX ix_titular_dependencia_id ON titular (dependencia_id);
CREATE INDEX ix_ventana_anio ON ventana (anio);
CREATE INDEX ix_version_plan_plan_id ON version_plan (plan_id);
CREATE INDEX ix_alineacion_entrada_id ON alineacion (entrada_id);
CREATE INDEX ix_alineacion_nodo_id ON alineacion (nodo_id);
CREATE INDEX ix_cita_linea_meta_id ON cita_linea (meta_id);
CREATE INDEX ix_cita_linea_nodo_id ON cita_linea (nodo_id);
CREATE INDEX ix_indicador_anio_ente ON indicador (anio, ente_id);
CREATE INDEX ix_indicador_dependencia_id ON indicador (dependencia_id);
CREATE INDEX ix_indicador_nodo_id ON indicador (nodo_id);
CREATE INDEX ix_indicador_proyecto_id ON indicador (proyecto_id);
CREATE INDEX ix_peso_juego_id ON peso (juego_id);
CREATE INDEX ix_peso_nodo_id ON peso (nodo_id);
CREATE INDEX ix_programacion_meta_meta_mes ON programacion_meta (meta_id, mes);
CREATE INDEX ix_programacion_meta_reconduccion_id ON programacion_meta (reconduccion_id);
CREATE INDEX ix_renglon_eaepe_corte_id ON renglon_eaepe (corte_id);
CREATE INDEX ix_texto_nodo_nodo_id ON texto_nodo (nodo_id);
CREATE INDEX ix_vinculo_plan_ente_id ON vinculo_plan (ente_id);
CREATE INDEX ix_vinculo_plan_nodo_id ON vinculo_plan (nodo_id);
CREATE INDEX ix_vinculo_plan_proyecto_id ON vinculo_plan (proyecto_id);
CREATE INDEX ix_banda_anio ON banda (anio);
CREATE INDEX ix_banda_indicador_id ON banda (indicador_id);
CREATE INDEX ix_variable_indicador_indicador_id ON variable_indicador (indicador_id);
CREATE INDEX ix_programacion_variable_reconduccion_id ON programacion_variable (reconduccion_id);
CREATE INDEX ix_programacion_variable_variable_id ON programacion_variable (variable_id);
CREATE TRIGGER bitacora_sin_editar BEFORE UPDATE ON bitacora BEGIN SELECT RAISE(ABORT, 'la bitácora no se edita'); END;
CREATE TRIGGER bitacora_sin_borrar BEFORE DELETE ON bitacora BEGIN SELECT RAISE(ABORT, 'la bitácora no se borra'); END;
CREATE INDEX ix_adecuacion_ente_id ON adecuacion (ente_id);
CREATE INDEX ix_elemento_guia_indicador_guia_id ON elemento_guia (indicador_guia_id);
CREATE INDEX ix_etapa_presupuesto_ente_id ON etapa_presupuesto (ente_id);
CREATE INDEX ix_fondo_ente_id ON fondo (ente_id);
CREATE INDEX ix_nodo_arbol_ente_id ON nodo_arbol (ente_id);
CREATE INDEX ix_nodo_arbol_padre_id ON nodo_arbol (padre_id);
CREATE INDEX ix_nodo_arbol_programa_id ON nodo_arbol (programa_id);
CREATE INDEX ix_renglon_mir_ente_id ON renglon_mir (ente_id);
CREATE INDEX ix_renglon_mir_padre_id ON renglon_mir (padre_id);
CREATE INDEX ix_renglon_mir_programa_id ON renglon_mir (programa_id);
CREATE INDEX ix_comprobacion_guia_anio ON comprobacion_guia (anio);
CREATE INDEX ix_comprobacion_guia_elemento_id ON comprobacion_guia (elemento_id);
CREATE INDEX ix_corte_ingreso_carga_id ON corte_ingreso (carga_id);
CREATE INDEX ix_corte_ingreso_vigente ON corte_ingreso (anio, ente_id, vigente);
CREATE INDEX ix_diagnostico_guia_anio ON diagnostico_guia (anio);
CREATE INDEX ix_diagnostico_guia_dependencia_id ON diagnostico_guia (dependencia_id);
CREATE INDEX ix_diagnostico_guia_indicador_guia_id ON diagnostico_guia (indicador_guia_id);
CREATE INDEX ix_firma_presupuesto_dependencia_id ON firma_presupuesto (dependencia_id);
CREATE INDEX ix_firma_presupuesto_etapa_id ON firma_presupuesto (etapa_id);
CREATE INDEX ix_ministracion_fondo_id ON ministracion (fondo_id);
CREATE INDEX ix_observacion_asunto ON observacion (anio, asunto, referencia);
CREATE INDEX ix_observacion_dependencia_id ON observacion (dependencia_id);
CREATE INDEX ix_observacion_ente_id ON observacion (ente_id);
CREATE INDEX ix_partida_propuesta_dependencia_id ON partida_propuesta (dependencia_id);
CREATE INDEX ix_partida_propuesta_etapa_id ON partida_propuesta (etapa_id);
CREATE INDEX ix_partida_propuesta_proyecto_id ON partida_propuesta (proyecto_id);
CREATE INDEX ix_renglon_adecuacion_adecuacion_id ON renglon_adecuacion (adecuacion_id);
CREATE INDEX ix_renglon_adecuacion_clave ON renglon_adecuacion (clave);
CREATE INDEX ix_techo_presupuesto_dependencia_id ON techo_presupuesto (dependencia_id);
CREATE INDEX ix_techo_presupuesto_etapa_id ON techo_presupuesto (etapa_id);
CREATE INDEX ix_renglon_ingreso_corte_id ON renglon_ingreso (corte_id);
CREATE INDEX ix_respuesta_observacion_observacion_id ON respuesta_observacion (observacion_id);
CREATE INDEX ix_alineacion_indicador_entrada_id ON alineacion_indicador (entrada_id);
CREATE INDEX ix_alineacion_indicador_indicador_id ON alineacion_indicador (indicador_id);
CREATE INDEX ix_indicador_mir_indicador_id ON indicador_mir (indicador_id);
CREATE INDEX ix_indicador_mir_renglon_id ON indicador_mir (renglon_id);
CREATE INDEX ix_referencia_indicador_indicador_id ON referencia_indicador (indicador_id);
CREATE INDEX ix_respuesta_cremaa_indicador_id ON respuesta_cremaa (indicador_id);
CREATE INDEX ix_clave_presupuestaria_proyecto ON clave_presupuestaria (anio, ente_id, proyecto, clave);
CREATE INDEX ix_clave_presupuestaria_programa ON clave_presupuestaria (anio, ente_id, programa, clave);
CREATE INDEX ix_paso_captura_item ON paso_captura (clase, item_id, mes);
CREATE INDEX ix_borrador_usuario_id ON borrador (usuario_id);
CREATE INDEX ix_entrega_aviso_aviso_id ON entrega_aviso (aviso_id);
CREATE INDEX ix_envio_dependencia_id ON envio (dependencia_id);
CREATE INDEX ix_envio_ente_id ON envio (ente_id);
CREATE INDEX ix_envio_periodo ON envio (anio, mes, dependencia_id);
CREATE INDEX ix_evidencia_dependencia_id ON evidencia (dependencia_id);
CREATE INDEX ix_evidencia_ente_id ON evidencia (ente_id);
CREATE INDEX ix_evidencia_sha256 ON evidencia (sha256);
CREATE INDEX ix_beneficiarios_meta_id ON beneficiarios (meta_id);
CREATE INDEX ix_cierre_periodo_id ON cierre (periodo_id);
CREATE INDEX ix_dinero_solicitud_solicitud_id ON dinero_solicitud (solicitud_id);
CREATE INDEX ix_prorroga_dependencia_id ON prorroga (dependencia_id);
CREATE INDEX ix_prorroga_ventana_id ON prorroga (ventana_id);
CREATE INDEX ix_prueba_de_evidencia_id ON prueba_de (evidencia_id);
CREATE INDEX ix_prueba_de_item ON prueba_de (clase, item_id, mes);
CREATE INDEX ix_renglon_solicitud_solicitud_id ON renglon_solicitud (solicitud_id);
CREATE INDEX ix_instantanea_asunto ON instantanea (cierre_id, asunto);
CREATE INDEX ix_meta_actividad_proyecto_id ON meta_actividad (proyecto_id);
CREATE INDEX ix_meta_actividad_anio_ente ON meta_actividad (anio, ente_id);
CREATE INDEX ix_meta_actividad_dependencia_id ON meta_actividad (dependencia_id);
CREATE TRIGGER cierre_sin_editar BEFORE UPDATE ON cierre BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER cierre_sin_borrar BEFORE DELETE ON cierre BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER instantanea_sin_editar BEFORE UPDATE ON instantanea BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER instantanea_sin_borrar BEFORE DELETE ON instantanea BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER envio_sin_editar BEFORE UPDATE ON envio BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER envio_sin_borrar BEFORE DELETE ON envio BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER paso_captura_sin_editar BEFORE UPDATE ON paso_captura BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER paso_captura_sin_borrar BEFORE DELETE ON paso_captura BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE INDEX ix_involucrado_ente_id ON involucrado (ente_id);
CREATE INDEX ix_involucrado_programa_id ON involucrado (programa_id);
CREATE INDEX ix_descripcion_programa_dependencia_id ON descripcion_programa (dependencia_id);
CREATE INDEX ix_descripcion_programa_programa_id ON descripcion_programa (programa_id);
CREATE INDEX ix_evaluacion_pae_anio ON evaluacion_pae (anio);
CREATE INDEX ix_evaluacion_pae_dependencia_id ON evaluacion_pae (dependencia_id);
CREATE INDEX ix_evaluacion_pae_programa_id ON evaluacion_pae (programa_id);
CREATE INDEX ix_adjunto_asunto ON adjunto (asunto, referencia);
CREATE INDEX ix_adjunto_evidencia_id ON adjunto (evidencia_id);
CREATE INDEX ix_capitulo_informe_dependencia_id ON capitulo_informe (dependencia_id);
CREATE INDEX ix_capitulo_informe_informe_id ON capitulo_informe (informe_id);
CREATE INDEX ix_capitulo_informe_nodo_id ON capitulo_informe (nodo_id);
CREATE INDEX ix_capitulo_informe_padre_id ON capitulo_informe (padre_id);
CREATE INDEX ix_asm_evaluacion_id ON asm (evaluacion_id);
CREATE INDEX ix_asm_indicador_id ON asm (indicador_id);
CREATE INDEX ix_comentario_capitulo_capitulo_id ON comentario_capitulo (capitulo_id);
CREATE INDEX ix_documento_emitido_cierre_id ON documento_emitido (cierre_id);
CREATE INDEX ix_documento_emitido_clase ON documento_emitido (clase, anio, mes);
CREATE INDEX ix_documento_emitido_dependencia_id ON documento_emitido (dependencia_id);
CREATE INDEX ix_documento_emitido_ente_id ON documento_emitido (ente_id);
CREATE INDEX ix_logro_informe_capitulo_id ON logro_informe (capitulo_id);
CREATE INDEX ix_logro_informe_proyecto_id ON logro_informe (proyecto_id);
CREATE INDEX ix_version_capitulo_capitulo_id ON version_capitulo (capitulo_id);
CREATE INDEX ix_accion_asm_asm_id ON accion_asm (asm_id);
CREATE INDEX ix_accion_asm_dependencia_id ON accion_asm (dependencia_id);
CREATE INDEX ix_avance_asm_accion_id ON avance_asm (accion_id);
CREATE TRIGGER documento_emitido_sin_editar BEFORE UPDATE ON documento_emitido BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER documento_emitido_sin_borrar BEFORE DELETE ON documento_emitido BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER version_capitulo_sin_editar BEFORE UPDATE ON version_capitulo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER version_capitulo_sin_borrar BEFORE DELETE ON version_capitulo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER avance_asm_sin_editar BEFORE UPDATE ON avance_asm BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER avance_asm_sin_borrar BEFORE DELETE ON avance_asm BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE INDEX ix_persona_dependencia_id ON persona (dependencia_id);
CREATE INDEX ix_persona_nombre ON persona (nombre);
CREATE INDEX ix_comite_dependencia_id ON comite (dependencia_id);
CREATE INDEX ix_comite_nodo_id ON comite (nodo_id);
CREATE INDEX ix_comite_padre_id ON comite (padre_id);
CREATE INDEX ix_asiento_comite_id ON asiento (comite_id);
CREATE INDEX ix_asiento_dependencia_id ON asiento (dependencia_id);
CREATE INDEX ix_criterio_obra_comite_id ON criterio_obra (comite_id);
CREATE INDEX ix_reglas_comite_comite_id ON reglas_comite (comite_id);
CREATE INDEX ix_sesion_comite_comite_id ON sesion_comite (comite_id);
CREATE INDEX ix_acta_evidencia_id ON acta (evidencia_id);
CREATE INDEX ix_integrante_asiento_id ON integrante (asiento_id);
CREATE INDEX ix_integrante_persona_id ON integrante (persona_id);
CREATE INDEX ix_propuesta_comite_id ON propuesta (comite_id);
CREATE INDEX ix_propuesta_dependencia_id ON propuesta (dependencia_id);
CREATE INDEX ix_propuesta_nodo_id ON propuesta (nodo_id);
CREATE INDEX ix_propuesta_sesion_id ON propuesta (sesion_id);
CREATE INDEX ix_punto_orden_sesion_id ON punto_orden (sesion_id);
CREATE INDEX ix_asistencia_asiento_id ON asistencia (asiento_id);
CREATE INDEX ix_asistencia_integrante_id ON asistencia (integrante_id);
CREATE INDEX ix_asistencia_sesion_id ON asistencia (sesion_id);
CREATE INDEX ix_cambio_acta_acta_id ON cambio_acta (acta_id);
CREATE INDEX ix_cambio_acta_momento ON cambio_acta (momento);
CREATE INDEX ix_convocado_integrante_id ON convocado (integrante_id);
CREATE INDEX ix_convocado_sesion_id ON convocado (sesion_id);
CREATE INDEX ix_intervencion_integrante_id ON intervencion (integrante_id);
CREATE INDEX ix_intervencion_punto_id ON intervencion (punto_id);
CREATE INDEX ix_material_punto_documento_id ON material_punto (documento_id);
CREATE INDEX ix_material_punto_evidencia_id ON material_punto (evidencia_id);
CREATE INDEX ix_material_punto_punto_id ON material_punto (punto_id);
CREATE INDEX ix_votacion_punto_id ON votacion (punto_id);
CREATE INDEX ix_acuerdo_comite_id ON acuerdo (comite_id);
CREATE INDEX ix_acuerdo_dependencia_id ON acuerdo (dependencia_id);
CREATE INDEX ix_acuerdo_estado ON acuerdo (estado, vence);
CREATE INDEX ix_acuerdo_persona_id ON acuerdo (persona_id);
CREATE INDEX ix_acuerdo_punto_id ON acuerdo (punto_id);
CREATE INDEX ix_acuerdo_sesion_id ON acuerdo (sesion_id);
CREATE INDEX ix_acuerdo_votacion_id ON acuerdo (votacion_id);
CREATE INDEX ix_obra_propuesta_comite_id ON obra_propuesta (comite_id);
CREATE INDEX ix_obra_propuesta_dependencia_id ON obra_propuesta (dependencia_id);
CREATE INDEX ix_obra_propuesta_nodo_id ON obra_propuesta (nodo_id);
CREATE INDEX ix_obra_propuesta_propuesta_id ON obra_propuesta (propuesta_id);
CREATE INDEX ix_obra_propuesta_votacion_id ON obra_propuesta (votacion_id);
CREATE INDEX ix_voto_asiento_id ON voto (asiento_id);
CREATE INDEX ix_voto_integrante_id ON voto (integrante_id);
CREATE INDEX ix_voto_votacion_id ON voto (votacion_id);
CREATE INDEX ix_avance_acuerdo_acuerdo_id ON avance_acuerdo (acuerdo_id);
CREATE INDEX ix_calificacion_obra_criterio_id ON calificacion_obra (criterio_id);
CREATE INDEX ix_calificacion_obra_obra_id ON calificacion_obra (obra_id);
CREATE INDEX ix_liga_acuerdo_acuerdo_id ON liga_acuerdo (acuerdo_id);
CREATE INDEX ix_liga_acuerdo_asunto ON liga_acuerdo (asunto, referencia);
CREATE INDEX ix_juego_pesos_plan_id ON juego_pesos (plan_id);
CREATE INDEX ix_juego_pesos_acuerdo_id ON juego_pesos (acuerdo_id);
CREATE INDEX ix_solicitud_reconduccion_dependencia_id ON solicitud_reconduccion (dependencia_id);
CREATE INDEX ix_solicitud_reconduccion_reconduccion_id ON solicitud_reconduccion (reconduccion_id);
CREATE INDEX ix_solicitud_reconduccion_ente_id ON solicitud_reconduccion (ente_id);
CREATE INDEX ix_solicitud_reconduccion_acuerdo_id ON solicitud_reconduccion (acuerdo_id);
CREATE INDEX ix_aviso_usuario ON aviso (usuario_id, leido_en);
CREATE TRIGGER intervencion_sin_editar BEFORE UPDATE ON intervencion BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER intervencion_sin_borrar BEFORE DELETE ON intervencion BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER voto_sin_editar BEFORE UPDATE ON voto BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER voto_sin_borrar BEFORE DELETE ON voto BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER cambio_acta_sin_editar BEFORE UPDATE ON cambio_acta BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER cambio_acta_sin_borrar BEFORE DELETE ON cambio_acta BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER avance_acuerdo_sin_editar BEFORE UPDATE ON avance_acuerdo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER avance_acuerdo_sin_borrar BEFORE DELETE ON avance_acuerdo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE INDEX ix_texto_busqueda_asunto ON texto_busqueda (asunto, referencia);
CREATE INDEX ix_tramite_dependencia_id ON tramite (dependencia_id);
CREATE INDEX ix_encargo_dependencia_id ON encargo (dependencia_id);
CREATE INDEX ix_encargo_persona_id ON encargo (persona_id);
CREATE INDEX ix_encargo_registro ON encargo (registro, etapa);
CREATE INDEX ix_puesto_dependencia_id ON puesto (dependencia_id);
CREATE INDEX ix_puesto_persona_id ON puesto (persona_id);
CREATE INDEX ix_puesto_reporta_a_id ON puesto (reporta_a_id);
CREATE INDEX ix_lectura_encargo_encargo_id ON lectura_encargo (encargo_id);
CREATE INDEX ix_lectura_encargo_usuario_id ON lectura_encargo (usuario_id);
CREATE INDEX ix_liga_encargo_asunto ON liga_encargo (asunto, referencia);
CREATE INDEX ix_liga_encargo_encargo_id ON liga_encargo (encargo_id);
CREATE INDEX ix_mejora_comite_id ON mejora (comite_id);
CREATE INDEX ix_mejora_tramite_id ON mejora (tramite_id);
CREATE INDEX ix_movimiento_encargo_encargo_id ON movimiento_encargo (encargo_id);
CREATE INDEX ix_participante_encargo_dependencia_id ON participante_encargo (dependencia_id);
CREATE INDEX ix_participante_encargo_encargo_id ON participante_encargo (encargo_id);
CREATE INDEX ix_participante_encargo_persona_id ON participante_encargo (persona_id);
CREATE INDEX ix_paso_encargo_encargo_id ON paso_encargo (encargo_id);
CREATE INDEX ix_avance_proyecto_encargo_id ON avance_proyecto (encargo_id);
CREATE INDEX ix_inscripcion_curso_encargo_id ON inscripcion_curso (encargo_id);
CREATE INDEX ix_inscripcion_curso_persona_id ON inscripcion_curso (persona_id);
CREATE INDEX ix_instrumento_politica_encargo_id ON instrumento_politica (encargo_id);
CREATE INDEX ix_necesidad_capacitacion_dependencia_id ON necesidad_capacitacion (dependencia_id);
CREATE INDEX ix_necesidad_capacitacion_encargo_id ON necesidad_capacitacion (encargo_id);
CREATE INDEX ix_paso_procedimiento_encargo_id ON paso_procedimiento (encargo_id);
CREATE INDEX ix_riesgo_proyecto_encargo_id ON riesgo_proyecto (encargo_id);
CREATE INDEX ix_sector_politica_encargo_id ON sector_politica (encargo_id);
CREATE INDEX ix_seguimiento_politica_encargo_id ON seguimiento_politica (encargo_id);
CREATE TRIGGER movimiento_encargo_sin_editar BEFORE UPDATE ON movimiento_encargo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
CREATE TRIGGER movimiento_encargo_sin_borrar BEFORE DELETE ON movimiento_encargo BEGIN SELECT RAISE(ABORT, 'lo congelado no se edita ni se borra'); END;
COMMIT;
