from tests.queue_server.conftest import data, here, shared, shared_template, shared_url, template, two  # noqa: F401 - fixtures
