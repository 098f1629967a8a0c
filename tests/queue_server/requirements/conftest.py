from tests.queue_server.conftest import data, here, template  # noqa: F401 - fixtures
