"""The whole kiosk, killed while somebody pays: the real program, a terminal and a server, each a process of its own.

The journal is held at one of its writes, so that the moment is the same in every run. After the next start there is one
of the four ends that are allowed, and the money is the same in the books of kiosk, terminal and server.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.payments import judge
from tests.faults.payments.site import ENDLESS, FEE, a_server, a_site, a_terminal, tickets, to_fee, until
from tests.faults.payments.test_server import STANDINGS, at_the_kiosk, at_the_server
from tests.faults.server_process import Installation
from tests.peripherals.test_cli import tell


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    with a_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: whatever they try is another process."""


@dataclass(frozen=True)
class Moment:
    """``write``: what is held; ``seen``: the last step of the journal by then; ``charged``: at the terminal by then."""

    kind: str
    told: tuple[str, ...]
    write: str
    seen: str
    charged: int
    ends: str


STEP = "BEFORE INSERT ON payment_row WHEN NEW.step = '{}'"
MOMENTS = {
    # It waits for our answer to its approval, and gives back what nobody takes.
    "zvt-sent": Moment("zvt", (), STEP.format("approved"), "sent", FEE, "failed"),
    "zvt-approved": Moment("zvt", (), STEP.format("goods-issued"), "approved", FEE, "reversed"),
    "zvt-printing": Moment(
        "zvt", (), "BEFORE INSERT ON ticket_row WHEN NEW.step = 'printed'", "committed", FEE, "needs-staff"
    ),
    "zvt-reversal": Moment("zvt", ("signature on",), STEP.format("reversed"), "reversal-sent", 0, "reversed"),
    # It keeps what it charged.
    "nexo-sent": Moment("nexo", (), STEP.format("approved"), "sent", FEE, "refund-requested"),
    "nexo-reversal": Moment(
        "nexo", ("signature on",), STEP.format("refund-requested"), "reversal-sent", 0, "refund-requested"
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
async def test_a_kiosk_that_is_killed_loses_no_money(
    tmp_path: Path, server: tuple[Installation, str], name: str
) -> None:
    moment, (place, url) = MOMENTS[name], server
    async with a_terminal(moment.kind, tmp_path) as terminal, a_site(tmp_path, place, url, terminal.url) as site:
        await tell(terminal.control, *moment.told)

        def charged() -> int:
            return terminal.ledger().get(FEE, judge.Charge()).left

        def held() -> bool:
            steps = site.steps()
            return steps[-1:] == [moment.seen] and charged() == moment.charged

        async with site.kiosk() as (controls, process):
            await to_fee(controls)
            site.write(f"CREATE TRIGGER held {moment.write} BEGIN {ENDLESS}; END")
            await controls.ask(act=["pay", ""])
            await until(held)
            if name == "zvt-printing":
                await until(lambda: list((tmp_path / "paper").glob("*.png")))
            process.kill()
            await process.wait()
        await terminal.give_up()
        assert site.steps()[-1] == moment.seen
        site.write("DROP TRIGGER held")
        async with site.kiosk() as (controls, _):
            # Nobody is served before it is settled.
            await controls.shows("language")
            assert site.steps()[-1] == moment.ends
            assert judge.problems(site.file, terminal.ledger()) == []
            [(attempt, (minor, step))] = at_the_kiosk(site.file).items()
            assert (minor, step) == (FEE, moment.ends)
            await until(lambda: at_the_server(place.data).get(attempt) == (FEE, STANDINGS[step]))
            assert charged() == (FEE if moment.ends == "needs-staff" else 0)
            await until(lambda: tickets(site.file, "waiting") == 0)
        assert tickets(site.file, "sent") == (moment.ends == "needs-staff")
