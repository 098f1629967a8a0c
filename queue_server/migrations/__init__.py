"""Migrations of the database by alembic: ``queue-server migrate`` runs them, ``serve`` only looks.

A revision is a file ``versions/rNNNN_room.py`` with ``revision = "NNNN_room"``, written by hand with explicit
operations, one after another without branches. Expand first; what is no longer used is dropped a release later.
"""

from queue_server.migrations.running import (
    MigrationBrokeReferencesError,
    SchemaState,
    migrate,
    revisions_of,
    schema_state,
    state_of,
)

__all__ = ["MigrationBrokeReferencesError", "SchemaState", "migrate", "revisions_of", "schema_state", "state_of"]
