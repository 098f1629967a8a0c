"""The one ``MetaData`` in which every room declares its tables, so that migrations can be compared with all of them."""

from sqlalchemy import MetaData, String
from sqlalchemy.types import TypeEngine

#: Every constraint has a name that is the same on every database: a migration can drop only what it can name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_text() -> TypeEngine[str]:
    """Type of a column of ids: compared byte by byte on every database, so that order and prefixes mean the same."""
    return String().with_variant(String(collation="C"), "postgresql")
