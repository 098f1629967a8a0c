from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.database import DatabaseUrlError, parse_url

DATA = Path("/data/centre")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (None, "/data/centre/queue.sqlite"),
        ("sqlite:////var/lib/q.db", "/var/lib/q.db"),
        ("sqlite:///q.db", "/data/centre/q.db"),
    ],
)
def test_sqlite_is_a_file_in_the_data_folder_unless_it_says_otherwise(text: str | None, path: str) -> None:
    assert parse_url(text, DATA).database == path


def test_postgresql_names_its_driver() -> None:
    url = parse_url("postgresql+asyncpg://u:p@db:5433/centres?ssl=require", DATA)
    assert (url.host, url.port, url.database, url.query) == ("db", 5433, "centres", {"ssl": "require"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("postgresql://u@h/d", r"postgresql\+asyncpg"),
        ("postgres://u@h/d", r"postgresql\+asyncpg"),
        ("postgresql+psycopg://u@h/d", "only"),
        ("postgresql+asyncpg://u@h", "name of the database"),
        ("mysql://u@h/d", "only"),
        ("sqlite://", "to a file"),
        ("sqlite:///:memory:", "to a file"),
        ("sqlite:///q.db?mode=memory", "to a file"),
        ("sqlite+aiosqlite:///q.db", "only"),
        ("queue.sqlite", "not a URL"),
        ("", "not a URL"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(text: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=reason):
        parse_url(text, DATA)


@given(st.text() | st.text().map(lambda rest: f"postgresql+asyncpg://{rest}") | st.text().map("sqlite:///{}".format))
def test_no_text_is_answered_with_another_error(text: str) -> None:
    try:
        url = parse_url(text, DATA)
    except DatabaseUrlError:
        return
    assert url.drivername in ("sqlite", "postgresql+asyncpg")
    assert url.database
