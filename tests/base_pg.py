"""Una base de PostgreSQL por proceso de pruebas, que vuelve a quedar como recién migrada.

Crear una base por prueba copia mil archivos y tarda un segundo; vaciar la misma, centésimas. Si una prueba
cambió el esquema (quitó un candado, restauró un respaldo), la base se hace de nuevo.
"""

import uuid
from typing import Any

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

ESQUEMA = """
SELECT md5(string_agg(que, ';' ORDER BY que)) FROM (
    SELECT 'columna ' || table_name || '.' || column_name || ' ' || data_type AS que
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'restriccion ' || conrelid::regclass::text || '.' || conname
    FROM pg_constraint WHERE conrelid <> 0
    UNION ALL SELECT 'disparador ' || tgrelid::regclass::text || '.' || tgname || tgenabled::text
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'indice ' || indexname FROM pg_indexes WHERE schemaname = 'public'
) AS todo
"""
OTRAS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :base AND pid <> pg_backend_pid()"
)
AVANZADAS = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"


class BasePg:
    """Una base hecha de la plantilla; `limpia()` da su dirección ya vacía."""

    def __init__(self, servidor: str, plantilla: str) -> None:
        self.servidor, self.plantilla = servidor, plantilla
        self.nombre = f"siem_{uuid.uuid4().hex[:12]}"
        self._crear()
        with self._conexion() as conexion:
            self.esquema = conexion.execute(text(ESQUEMA)).scalar_one()
            self.iniciales = {t: self._filas(conexion, t) for t in self._llenas(conexion)}

    @property
    def url(self) -> str:
        return make_url(self.servidor).set(database=self.nombre).render_as_string(hide_password=False)

    def limpia(self) -> str:
        """La dirección de la base, como recién migrada."""
        with self._conexion() as conexion:
            conexion.execute(text(OTRAS), {"base": self.nombre})
            igual = conexion.execute(text(ESQUEMA)).scalar_one() == self.esquema
            if igual:
                self._vaciar(conexion)
        if not igual:
            self.borrar()
            self._crear()
        return self.url

    def borrar(self) -> None:
        self._administrar(f"DROP DATABASE {self.nombre} WITH (FORCE)")

    def _crear(self) -> None:
        self._administrar(f"CREATE DATABASE {self.nombre} TEMPLATE {self.plantilla} STRATEGY FILE_COPY")

    def _vaciar(self, conexion: Connection) -> None:
        """Sin disparadores ni llaves foráneas: ni lo que sólo se agrega impide vaciarla."""
        conexion.execute(text("SET session_replication_role = replica"))
        for nombre in self._llenas(conexion):
            conexion.execute(text(f"DELETE FROM {nombre}"))  # noqa: S608
        for nombre, filas in self.iniciales.items():
            columnas = ", ".join(filas[0])
            huecos = ", ".join(f":{c}" for c in filas[0])
            conexion.execute(text(f"INSERT INTO {nombre} ({columnas}) VALUES ({huecos})"), filas)  # noqa: S608
        for secuencia in conexion.execute(text(AVANZADAS)).scalars().all():
            conexion.execute(text(f"ALTER SEQUENCE {secuencia} RESTART"))

    @staticmethod
    def _llenas(conexion: Connection) -> list[str]:
        tablas = conexion.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
        partes = [f"SELECT '{t}' AS t WHERE EXISTS (SELECT 1 FROM {t})" for t in tablas]  # noqa: S608
        return list(conexion.execute(text(" UNION ALL ".join(partes))).scalars())

    @staticmethod
    def _filas(conexion: Connection, nombre: str) -> list[dict[str, Any]]:
        return [dict(f._mapping) for f in conexion.execute(text(f"SELECT * FROM {nombre}"))]  # noqa: S608

    def _conexion(self) -> Any:
        return create_engine(self.url, poolclass=NullPool).begin()

    def _administrar(self, sentencia: str) -> None:
        motor = create_engine(self.servidor, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with motor.connect() as conexion:
            conexion.exec_driver_sql(sentencia)
