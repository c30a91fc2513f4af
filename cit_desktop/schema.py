"""Which schema a file has, and how it gets the newest one."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

from cit_desktop.errors import FileProblem

APPLICATION_ID = 0x43495431  # "CIT1"
NEWEST = 1


def upgrade(connection: Any) -> None:
    """Bring the records on this connection to the newest schema, in its open transaction.

    Args:
        connection: A SQLAlchemy connection with foreign keys off and a transaction begun.
    """
    from alembic import command
    from alembic.config import Config

    from cit_desktop.tables import NAMING

    with as_file(files("migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        config.attributes["naming"] = NAMING
        command.upgrade(config, "head")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise FileProblem(
            f"After the upgrade {len(broken)} records pointed at missing ones: first {broken[0]}.",
            "Nothing was changed. Restore the newest backup, or send it to support.",
        )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {NEWEST}")
