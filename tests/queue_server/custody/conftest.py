from tests.queue_server.http.conftest import data, here, template  # noqa: F401 - fixtures
