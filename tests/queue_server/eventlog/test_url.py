from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.database import DatabaseClearError, DatabaseUrlError, parse_url

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
    url = parse_url("postgresql+asyncpg://u:p@db:5433/centres?ssl=verify-full", DATA)
    assert (url.host, url.port, url.database, url.query) == ("db", 5433, "centres", {"ssl": "verify-full"})


@pytest.fixture(autouse=True)
def _nothing_is_said_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
@pytest.mark.parametrize("key", ["ssl", "sslmode"])
def test_another_machine_is_spoken_to_by_tls_that_checks_who_answers(key: str, mode: str) -> None:
    """By whichever name people know it; the driver knows one (asyncpg: ``connect(ssl=...)``)."""
    assert parse_url(f"postgresql+asyncpg://u@db.example/d?{key}={mode}", DATA).query == {"ssl": mode}


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+asyncpg://u@db.example/d",
        "postgresql+asyncpg://u@192.0.2.1/d",
        "postgresql+asyncpg://u@[2001:db8::1]:5433/d",
        "postgresql+asyncpg://u@db.example/d?ssl=disable",
        "postgresql+asyncpg://u@db.example/d?ssl=prefer",
        "postgresql+asyncpg://u@db.example/d?sslmode=require",
        "postgresql+asyncpg://u@db.example/d?ssl=verify-full&ssl=disable",
        "postgresql+asyncpg://u@db.example/d?ssl=verify-full&sslmode=disable",
        "postgresql+asyncpg://u@/d?host=db.example",
        "postgresql+asyncpg://u@/d?host=db.example:5432",
        "postgresql+asyncpg://u@127.0.0.1/d?host=db.example",
        "postgresql+asyncpg://u@/d?host=/run/postgresql&host=db.example:5432",
        "postgresql+asyncpg://u@/d?host=127.0.0.1,db.example",
    ],
)
def test_another_machine_is_not_spoken_to_in_the_clear(text: str) -> None:
    with pytest.raises(DatabaseClearError):
        parse_url(text, DATA)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+asyncpg://u@localhost/d",
        "postgresql+asyncpg://u@127.0.0.1:5433/d",
        "postgresql+asyncpg://u@[::1]/d",
        "postgresql+asyncpg:///d",
        "postgresql+asyncpg://u@/d?host=/run/postgresql",
        "postgresql+asyncpg://u@/d?host=localhost:5432&host=127.0.0.1:5433&target_session_attrs=read-write",
        "postgresql+asyncpg://u@/d?host=localhost,::1&port=5432,5433",
    ],
)
def test_this_machine_needs_no_tls(text: str) -> None:
    assert parse_url(text, DATA).database == "d"


def test_what_the_environment_says_counts_as_it_does_for_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    with pytest.raises(DatabaseClearError):
        parse_url("postgresql+asyncpg:///d", DATA)
    assert parse_url("postgresql+asyncpg://127.0.0.1/d", DATA).host == "127.0.0.1"
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert parse_url("postgresql+asyncpg:///d", DATA).query == {}
    with pytest.raises(DatabaseClearError):
        parse_url("postgresql+asyncpg:///d?ssl=disable", DATA)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("postgresql://u@h/d", r"postgresql\+asyncpg"),
        ("postgres://u@h/d", r"postgresql\+asyncpg"),
        ("postgresql+psycopg://u@h/d", "only"),
        ("postgresql+asyncpg://u@h", "name of the database"),
        ("postgresql+asyncpg://u@/d?host=localhost:5432,127.0.0.1:5433", "host=A:5432&host=B:5432"),
        ("postgresql+asyncpg://u@/d?host=localhost&host=127.0.0.1", "host=A:5432&host=B:5432"),
        ("postgresql+asyncpg://u@/d?host=localhost:5432&host=[::1]:5433", "host=A:5432&host=B:5432"),
        ("postgresql+asyncpg://u@/d?host=localhost:5432&host=127.0.0.1:5433&port=5432", "host=A:5432&host=B:5432"),
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
    except (DatabaseUrlError, DatabaseClearError):
        return
    assert url.drivername in ("sqlite", "postgresql+asyncpg")
    assert url.database
    assert url.get_dialect()().create_connect_args(url)
