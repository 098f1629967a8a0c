from tests.queue_server.web.filling.conftest import centre, filling_servers, phone, server

__all__ = ["centre", "filling_servers", "phone", "server"]
