"""Tests of the log that kill their PostgreSQL, or change its settings."""

from tests.own_postgres import empty_postgres, postgres, postgres_url  # noqa: F401 - fixtures
