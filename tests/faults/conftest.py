"""Tests of faults kill their PostgreSQL, and draw a seed of their own."""

from tests.own_postgres import empty_postgres, postgres, postgres_url  # noqa: F401 - fixtures
from tests.seeds import drawn_seed  # noqa: F401 - a fixture
