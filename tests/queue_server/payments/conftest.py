from tests.queue_server.http.conftest import data, here, shared, template, two  # noqa: F401 - fixtures
