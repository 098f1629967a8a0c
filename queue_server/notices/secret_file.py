"""Secrets that stand in files, so that settings name no password; read anew for each line, so they can be replaced."""

import asyncio
import ssl
from pathlib import Path

from queue_server.notices.errors import ChannelCredentialsError, ChannelInsecureError
from queue_server.notices.values import NoticeChannel


async def read_secret(path: str, channel: NoticeChannel) -> str:
    """Read the first line of a file.

    Raises:
        ChannelCredentialsError: it cannot be read, or is empty.
    """
    try:
        found = (await asyncio.to_thread(Path(path).read_text, "utf-8")).partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ChannelCredentialsError(channel=channel.value) from error
    if not found:
        raise ChannelCredentialsError(channel=channel.value)
    return found


async def tls_context(ca_file: str, channel: NoticeChannel) -> ssl.SSLContext:
    """Make what checks certificates: against the authorities of the system, or against the one in ``ca_file``.

    Raises:
        ChannelInsecureError: that file cannot be used.
    """
    try:
        return await asyncio.to_thread(ssl.create_default_context, cafile=ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise ChannelInsecureError(channel=channel.value) from error
