"""What the address of a ZVT terminal says.

``zvt+tcp://HOST:20007?currency=EUR`` and ``zvt+serial:///dev/serial/by-id/...`` (9600 8N2). ``password_file`` names a
file with the six digits of the terminal's password, 000000 without one; ``receipts`` says who makes them; ``zone`` is
that of the terminal's clock, else this machine's; ``charset`` what its texts are written in where they do not say it.
"""

from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path
from typing import Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peripherals.device import DeviceUrl
from peripherals.errors import AmountInvalidError, UrlInvalidError
from peripherals.money import Amount
from peripherals.owner import Address
from peripherals.payment.zvt.commands import RECEIPTS
from peripherals.payment.zvt.dialogue import Times
from peripherals.payment.zvt.receipts import CHARSET, CHARSETS
from peripherals.transports import serial
from peripherals.transports.serial import SerialAddress
from peripherals.transports.tcp import TcpAddress

PORT: Final = 20007
_KNOWN: Final = ("currency", "password_file", "receipts", "zone", "title", "poll_s", "charset")
_TIMES: Final = ("t1_ms", "t2_ms", "t3_ms", "t4_s", "hold_ms")
_DIGITS: Final = 6
_LONGEST_TITLE: Final = 40


@dataclass(frozen=True, slots=True)
class Options:
    """``poll_s``: how often an idle terminal is asked how it is. ``t1_s``, ``t2_s``: of the serial link."""

    password: str = field(default="000000", repr=False)
    currency: str = "EUR"
    receipts: str = "lines"
    zone: tzinfo | None = None
    title: str = "Payment"
    charset: str = CHARSET
    poll_s: float = 30.0
    t1_s: float = 0.2
    t2_s: float = 5.0
    times: Times = Times()  # noqa: RUF009 - frozen itself

    @classmethod
    def from_url(cls, url: DeviceUrl) -> Self:
        """Read them.

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        url.only(*_KNOWN, *_TIMES, *(() if url.scheme == "zvt+tcp" else serial.OPTIONS))
        receipts = url.options.get("receipts", "lines")
        if receipts not in RECEIPTS:
            raise UrlInvalidError(part="receipts", value=receipts)
        currency = url.options.get("currency", "EUR")
        try:
            Amount(0, currency)
        except AmountInvalidError as error:
            raise UrlInvalidError(part="currency", value=currency) from error
        title = url.options.get("title", "Payment")
        if not (title.isprintable() and 0 < len(title) <= _LONGEST_TITLE):
            raise UrlInvalidError(part="title", value=title)
        charset = url.options.get("charset", CHARSET)
        if charset not in CHARSETS:
            raise UrlInvalidError(part="charset", value=charset)
        return cls(
            password=_password(url.options.get("password_file")),
            currency=currency,
            receipts=receipts,
            zone=_zone(url.options.get("zone")),
            title=title,
            charset=charset,
            poll_s=url.number("poll_s", 30, 1, 3600),
            t1_s=url.number("t1_ms", 200, 10, 5000) / 1000,
            t2_s=url.number("t2_ms", 5000, 10, 60_000) / 1000,
            times=Times(
                t3_s=url.number("t3_ms", 5000, 10, 60_000) / 1000,
                t4_s=url.number("t4_s", 180, 1, 3600),
                hold_s=url.number("hold_ms", 2500, 10, 60_000) / 1000,
            ),
        )


def address(url: DeviceUrl) -> Address:
    """Read where the terminal is.

    Raises:
        UrlInvalidError: names the part that cannot be used.
    """
    if url.scheme == "zvt+tcp":
        if not url.host or url.path not in {"", "/"}:
            raise UrlInvalidError(part="host", value=url.text)
        return TcpAddress(url.host, url.port or PORT)
    line = SerialAddress.from_url(url, baud=9600)
    return line if "stop" in url.options else replace(line, stop=2)


def _password(file: str | None) -> str:
    if file is None:
        return "000000"
    try:
        with Path(file).open(encoding="ascii") as held:
            text = held.read(100).strip()
    except (OSError, ValueError) as error:
        raise UrlInvalidError(part="password_file", value=file) from error
    if len(text) != _DIGITS or not text.isdecimal():
        raise UrlInvalidError(part="password_file", value=file)
    return text


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UrlInvalidError(part="zone", value=name) from error
