"""How Alembic runs here: on the connection that it is handed, in its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData


def run() -> None:
    """Upgrade on the open connection; the caller commits or rolls back."""
    given = context.config.attributes
    context.configure(
        connection=given["connection"],
        target_metadata=MetaData(naming_convention=given["naming"]),
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()


run()
