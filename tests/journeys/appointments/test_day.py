"""A day with appointments and the same day without: a counter falls ill at ten, and promises are counted.

What is printed (``pytest -s --long``) is what docs/appointments.md says of it.
"""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.accounts.model import AccountRules
from tests.journeys.appointments.arrivals import Guest, guests
from tests.journeys.appointments.simulation import Clients, Outcome, SimulatedDay, book
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.house import QUICK, House, house

COMMAND = str(Path(sys.executable).parent / "queue-server")
TOWN = Path(__file__).parent / "town.toml"
#: A Tuesday; it is booked on the Friday before. Clocks of the centre are an hour ahead of UTC.
DAY = datetime(2026, 12, 1, tzinfo=UTC)
MIDNIGHT = DAY - timedelta(hours=1)
BEFORE = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
OPENS, ILL, CLOSES = (MIDNIGHT + timedelta(hours=hour) for hour in (8, 10, 17))
#: Of a hundred who book, so many do not come.
NO_SHOW = 0.12


@dataclass(frozen=True, slots=True)
class Size:
    """How many visits, and counters of each kind."""

    visits: int
    papers: int
    submission: int

    @property
    def counters(self) -> dict[str, str]:
        return {f"p{number}": "papers" for number in range(1, self.papers + 1)} | {
            f"s{number}": "submission" for number in range(1, self.submission + 1)
        }


SMALL, LARGE = Size(120, 3, 2), Size(800, 16, 7)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: what a centre is set up by is another process."""


def set_up(folder: Path, size: Size) -> Path:
    text = TOWN.read_text("utf-8").replace("PAPERS", str(size.papers)).replace("SUBMISSION", str(size.submission))
    for number, (counter, step) in enumerate(size.counters.items(), start=1):
        text += f'\n[[counters]]\nid = "{counter}"\nname = "{number}"\nsteps = ["{step}"]\n'
    file, data = folder / "town.toml", folder / "data"
    file.write_text(text, "utf-8")
    for words in (("init",), ("import", str(file))):
        subprocess.run([COMMAND, *words, "--data", str(data)], check=True, stdout=subprocess.DEVNULL)
    return data


async def clients_of(here: House) -> Clients:
    kiosk, _ = await here.device("kiosk", centre="town")
    counters, _ = await here.device("integration", "counter", centre="town")
    manager, _ = await here.device("integration", "manager", centre="town")
    return Clients(kiosk=kiosk, counters=counters, booking=manager, manager=manager)


async def one_day(folder: Path, size: Size, everybody: list[Guest], *, booking: bool) -> Outcome:
    clock = SetClock(BEFORE)
    settings = QUICK.but(AccountRules(session_idle_s=86_400))
    async with house(set_up(folder, size), settings, clock) as here:
        clients = await clients_of(here)
        day = SimulatedDay(here, clock, clients, size.counters)
        for guest in everybody:
            found = await book(clients, DAY, MIDNIGHT + guest.wish, guest) if booking and guest.books else None
            if guest.books and not guest.comes:
                # With a time of their own or without, they do not come.
                day.outcome.no_shows += 1
            elif found is None:
                day.comes(guest, MIDNIGHT + guest.wish)
            else:
                day.outcome.booked += 1
                time = datetime.fromisoformat(found["appointment"]["at"])
                day.comes(guest, max(time + guest.off, OPENS), found)
        clock.now = OPENS - timedelta(minutes=10)
        day.at(OPENS, day.open)

        async def fall_ill() -> None:
            await day.close("p1")
            if booking:
                await day.fewer_counters("papers", ILL, CLOSES)

        day.at(ILL, fall_ill)
        return await day.play()


def shown(title: str, outcome: Outcome) -> str:
    came = f"{outcome.booked} had booked, {outcome.no_shows} did not come"
    lost = f"{outcome.moved} lost their time and came at another, {outcome.another_day} on another day"
    lines = [f"{title}: {came}, {lost}; the last was served by {outcome.ended_at:%H:%M} UTC"]
    lines += [
        f"  {category:12} {count:5} calls   waits p50 {half:5.1f} min, p90 {most:5.1f} min   in time {kept:6.1%}"
        for category, count, half, most, kept in (outcome.row(one) for one in ("appointment", "walk-in", ""))
    ]
    return "\n".join(lines)


async def days(folder: Path, size: Size) -> tuple[Outcome, Outcome]:
    everybody = guests(size.visits, booking=0.6, no_show=NO_SHOW, seed=20261201)
    for name in ("with", "without"):
        (folder / name).mkdir()
    with_them = await one_day(folder / "with", size, everybody, booking=True)
    without = await one_day(folder / "without", size, everybody, booking=False)
    print(f"\n{size.visits} parties wish to come, {size.papers} + {size.submission} counters, one is ill from ten on")
    print(shown("With appointments", with_them))
    print(shown("Without", without))
    return with_them, without


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.long)], ids=["small", "large"])
async def test_who_has_booked_is_called_in_time_and_nobody_waits_longer_for_it(tmp_path: Path, size: Size) -> None:
    with_them, without = await days(tmp_path, size)
    assert with_them.booked > size.visits // 3
    assert with_them.row("appointment")[-1] > 0.95
    assert with_them.row("walk-in")[-1] >= without.row("walk-in")[-1]
    assert with_them.row("")[3] < without.row("")[3]
