from tests.queue_server.http.conftest import data, here, shared, template  # noqa: F401 - fixtures
