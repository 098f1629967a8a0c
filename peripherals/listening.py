"""A server that is taken away from one moment to the next leaves no connection open."""

import asyncio


async def cut_off(server: asyncio.Server) -> None:
    """Listen no more, and end all connections at once, those in the middle of their TLS handshake too.

    asyncio accepts a connection first, and tells the server of it one turn of the loop later. Of one that falls between
    the two a server that is closed would never hear, and it would stay open. So nothing is accepted for a turn.
    """
    loop = asyncio.get_running_loop()
    for one in server.sockets:
        loop.remove_reader(one.fileno())
    try:
        await asyncio.sleep(0)
    finally:
        server.close()
        server.abort_clients()
