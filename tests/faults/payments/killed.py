"""A kiosk that is killed while somebody pays: the real program, a terminal and a server, each a process of its own.

The journal is held at one of its writes, so that the moment is the same in every run. After the next start there is one
of the four ends that are allowed, and the money is the same in the books of kiosk, terminal and server.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.faults.payments import judge
from tests.faults.payments.books import STANDINGS, at_the_kiosk, at_the_server
from tests.faults.payments.site import ENDLESS, FEE, a_site, a_terminal, tickets, to_fee, until
from tests.faults.server_process import Installation
from tests.peripherals.test_cli import tell


@dataclass(frozen=True)
class Moment:
    """``write``: what is held; ``seen``: the last step of the journal by then; ``charged``: at the terminal by then.

    ``prints``: the ticket is on paper by then.
    """

    kind: str
    told: tuple[str, ...]
    write: str
    seen: str
    charged: int
    ends: str
    prints: bool = False


STEP = "BEFORE INSERT ON payment_row WHEN NEW.step = '{}'"
#: The terminal has charged, and nothing is issued for it yet.
APPROVED = Moment("zvt", (), STEP.format("goods-issued"), "approved", FEE, "reversed")


async def kill_at(moment: Moment, folder: Path, place: Installation, url: str) -> None:
    """Pay at a kiosk of this server, kill it at this moment, start it again, and compare the three books."""
    async with a_terminal(moment.kind, folder) as terminal, a_site(folder, place, url, terminal.url) as site:
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
            if moment.prints:
                await until(lambda: list((folder / "paper").glob("*.png")))
            process.kill()
            await process.wait()
        await terminal.give_up()
        if terminal.waits:
            # Whoever asks it before it has given up waits for as long as the protocol says.
            await until(lambda: charged() == (FEE if moment.ends == "needs-staff" else 0))
        assert site.steps()[-1] == moment.seen
        site.write("DROP TRIGGER held")
        site.hold_as_in_use()
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
