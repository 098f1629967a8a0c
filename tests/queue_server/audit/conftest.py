from tests.queue_server.conftest import data, here, shared, template  # noqa: F401 - fixtures
