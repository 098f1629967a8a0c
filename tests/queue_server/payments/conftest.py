from tests.queue_server.conftest import (  # noqa: F401 - fixtures
    data,
    here,
    shared,
    shared_template,
    shared_url,
    template,
    two,
)
