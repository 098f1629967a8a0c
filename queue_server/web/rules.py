"""Settings of the pages."""

from typing import Annotated

import msgspec
from msgspec import Meta


class PageRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[pages]``. Times in milliseconds.

    ``load_first``: all templates are loaded before the server listens, so that nobody waits where a page is opened
    for the first time; that takes a tenth of a second of every start.
    ``silence_ms`` without a beat is "not connected": more than two beats of the feed. ``retry_ms`` lies between two
    tries. An action says "sending" after ``slow_ms`` and offers another try after ``unanswered_ms``.
    Keys that follow each other within ``scan_gap_ms`` come from a hand scanner. Assist is held for ``assist_hold_ms``.
    A help call that nobody has taken for ``help_late_s`` seconds is shown as late, and heard once more.

    A ticket on phones is drawn at most once in ``ticket_pause_ms``; a line without news carries a beat every
    ``ticket_heartbeat_ms``; a phone without scripts, or that gets no line, looks again every ``ticket_refresh_s``
    seconds. ``desk_port`` is where the program beside the browser listens on computers of staff (``peripherals
    serve``), 0 where there is none. One ticket has at most ``ticket_feeds`` lines, one address
    ``ticket_feeds_address``: a hall's phones may share one.
    """

    load_first: bool = True
    silence_ms: Annotated[int, Meta(ge=500, le=60_000)] = 3000
    retry_ms: Annotated[int, Meta(ge=100, le=60_000)] = 2000
    slow_ms: Annotated[int, Meta(ge=50, le=10_000)] = 400
    unanswered_ms: Annotated[int, Meta(ge=100, le=60_000)] = 5000
    assist_hold_ms: Annotated[int, Meta(ge=100, le=10_000)] = 1000
    scan_gap_ms: Annotated[int, Meta(ge=5, le=1000)] = 60
    desk_port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    help_late_s: Annotated[int, Meta(ge=10, le=3600)] = 120
    ticket_pause_ms: Annotated[int, Meta(ge=50, le=60_000)] = 1000
    ticket_heartbeat_ms: Annotated[int, Meta(ge=100, le=60_000)] = 5000
    ticket_refresh_s: Annotated[int, Meta(ge=5, le=600)] = 30
    ticket_feeds: Annotated[int, Meta(ge=1, le=1000)] = 20
    ticket_feeds_address: Annotated[int, Meta(ge=1, le=100_000)] = 1000
