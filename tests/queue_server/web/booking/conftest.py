import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from queue_server.catalogue import store
from queue_server.database import open_database, parse_url
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.web.booking.letter_box import LetterBox
from tests.queue_server.web.booking.phone import PATIENCE_S, Phone
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent
#: Nothing here waits for long, and nobody is limited but where that is tried.
SETTINGS = """
[appointments]
waitlist_s = 0.2

[booking]
requests_address_s = 10000
requests_s = 100000
proof_rounds = 5
proof_iterations = 20
wait_s = 0.2
calm = 100000
calm_address = 10000

[http]
public_requests_address_s = 10000
public_requests_s = 100000

[notices]
poll_s = 0.2

[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "post@centre.example"
"""


@pytest.fixture(scope="session")
def letters() -> Iterator[LetterBox]:
    with LetterBox() as box:
        yield box


@pytest.fixture(scope="session")
def booking_servers(tmp_path_factory: pytest.TempPathFactory, letters: LetterBox) -> Iterator[Succession]:
    settings = SETTINGS.format(port=letters.port)
    with Succession(
        HERE, lambda: Server(tmp_path_factory.mktemp("booking") / "data", settings, CENTRES[:40])
    ) as servers:
        yield servers


@pytest.fixture
def server(booking_servers: Succession) -> Server:
    """Give the server of these tests: its public pages ask nobody to wait."""
    return booking_servers.current()


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, server.unused.popleft())


@pytest.fixture
def phone(centre: Centre) -> Phone:
    """Give a telephone without scripts that looks at this centre."""
    return Phone(centre.server.address, centre.id)


@pytest.fixture
def strict(phone: Phone, centre: Centre) -> Phone:
    """Give a telephone that looks at a centre which confirms with the document, two weeks ahead."""
    set_up(centre, "confirm_document = true", weeks=2)
    end = time.monotonic() + PATIENCE_S
    # The server looks at its set-ups by itself.
    while len(phone.times().days) > 15 and time.monotonic() < end:
        time.sleep(0.1)
    return phone


def set_up(centre: Centre, *rules: str, weeks: int = 4) -> None:
    """Change how a centre gives appointments, as its manager does."""

    def change(connection: Connection) -> None:
        exported = store.export_catalogue(connection, centre.id)
        assert exported is not None
        wanted = (f"weeks = {weeks}", *rules)
        for rule in wanted:
            exported = re.sub(rf"(?m)^{rule.partition(' ')[0]} = .+\n", "", exported)
        changed = re.sub(r"(?m)^\[appointments\]$", "\n".join(("[appointments]", *wanted)), exported)
        store.import_catalogue(connection, changed)

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database, SqlEventLog(database) as log:
            await log.write(change)

    run_aside(write())
