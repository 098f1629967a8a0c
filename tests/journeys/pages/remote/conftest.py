from tests.queue_server.conftest import data, template

__all__ = ["data", "template"]
