from tests.queue_server.web.booking.conftest import booking_servers, centre, letters, phone, server, strict

__all__ = ["booking_servers", "centre", "letters", "phone", "server", "strict"]
