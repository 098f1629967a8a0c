"""Run every measure, one after the other, and exit 1 where a ratio is below its floor."""

import argparse
import asyncio
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import structlog
import uvloop

from installer.benchmark.boards import measure_boards
from installer.benchmark.bookings import measure_bookings
from installer.benchmark.calls import measure_calls
from installer.benchmark.catching_up import CATCHING_UP, measure_catching_up
from installer.benchmark.centres import measure_centres
from installer.benchmark.chips import measure_chips, table
from installer.benchmark.engine import measure_engine
from installer.benchmark.feeds import measure_across, measure_fan_out
from installer.benchmark.first_pages import measure_first_pages
from installer.benchmark.kiosk import measure_kiosk
from installer.benchmark.lockers import measure_pulse
from installer.benchmark.many_sockets import main as measure_many_sockets
from installer.benchmark.measure import Measure, machine
from installer.benchmark.pages import measure_live_page
from installer.benchmark.scaling import main as measure_scaling
from installer.benchmark.servers import measure_servers
from installer.benchmark.sockets import measure_sockets
from installer.benchmark.staff_pages import measure_staff_pages
from installer.benchmark.start import measure_start
from installer.benchmark.tickets import measure_tickets
from installer.benchmark.verify import measure_verify
from installer.benchmark.waiting import measure_waiting
from installer.benchmark.what_if import measure_what_if
from installer.benchmark.writer import measure_writer
from installer.benchmark.year import FEW, YEAR, measure_year
from tests.postgres import Postgres


def measures(folder: Path, postgres: Postgres, days: int) -> Iterator[Measure]:
    """Measure, one subject after the other; nothing else of ours runs meanwhile. ``days`` are those of figures."""

    def database() -> str:
        return postgres.url(postgres.create_database()).render_as_string(hide_password=False)

    yield measure_engine()
    yield measure_what_if()
    yield from measure_chips()
    yield uvloop.run(measure_writer(folder / "writer"))
    yield uvloop.run(measure_calls(folder / "sqlite", "SQLite", None, None))
    yield uvloop.run(measure_calls(folder / "postgres", "PostgreSQL", database(), database()))
    yield from measure_servers(folder / "servers", postgres, database())
    yield uvloop.run(measure_waiting(folder / "waiting"))
    yield from measure_tickets(folder / "tickets", "SQLite", None)
    yield uvloop.run(measure_centres(folder / "centres", "SQLite", None))
    yield from measure_boards(folder / "with-boards")
    yield uvloop.run(measure_bookings(folder / "bookings-sqlite", "SQLite", None))
    yield uvloop.run(measure_bookings(folder / "bookings-postgres", "PostgreSQL", database()))
    yield from measure_fan_out(folder / "boards")
    yield uvloop.run(measure_sockets(folder / "sockets"))
    yield uvloop.run(measure_across(folder / "across", database()))
    yield uvloop.run(measure_live_page(folder / "pages"))
    yield from measure_staff_pages(folder / "staff-pages")
    yield uvloop.run(measure_first_pages(folder / "first-pages"))
    yield from uvloop.run(measure_catching_up(folder / "catching-up", CATCHING_UP))
    yield asyncio.run(measure_pulse(folder / "bank"))
    yield from measure_kiosk(folder / "kiosk")
    yield from measure_start(folder / "start", "SQLite")
    yield from measure_start(folder / "start", "PostgreSQL", database)
    yield measure_verify(folder / "verify", 2 * days)
    yield from measure_year(folder / "year", days)


def judge_arrivals(given: list[str]) -> int:
    """Print how right forecasts are on the last days of a file of arrivals, by what the days before teach."""
    options = argparse.ArgumentParser(prog="installer/bench")
    options.add_argument("--arrivals", required=True, help="arrivals and service times (CSV; docs/simulation.md)")
    options.add_argument("--catalogue", required=True, help="the centre's catalogue (TOML)")
    options.add_argument("--judged", default="10", help="how many days are judged (10)")
    asked = options.parse_args(given)
    files = ["--catalogue", asked.catalogue, "--arrivals", asked.arrivals, "--judged", asked.judged]
    command = [Path(sys.executable).with_name("queue-server"), "simulate", "waits", *files]
    return subprocess.run(command, check=False).returncode


def main() -> int:
    """Print each measure as soon as it is there."""
    if "--arrivals" in sys.argv:
        return judge_arrivals(sys.argv[1:])
    if sys.argv[1:2] == ["--scaling"]:
        return measure_scaling([int(number) for number in sys.argv[2:]])
    if sys.argv[1:2] == ["--sockets"]:
        return measure_many_sockets(*(int(number) for number in sys.argv[2:3]))
    options = argparse.ArgumentParser(prog="installer/bench", description=__doc__)
    options.add_argument("--year", action="store_true", help="figures of a whole year of a busy centre")
    options.add_argument("--arrivals", metavar="FILE", help="judge forecasts of waits on days of a file instead")
    options.add_argument("--scaling", metavar="NUMBER", nargs="*", help="what each of so many centres costs instead")
    options.add_argument("--sockets", metavar="NUMBER", nargs="?", help="what 60,000 boards cost instead")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = time.monotonic()
    print(machine(), flush=True)
    failed = []
    with tempfile.TemporaryDirectory() as folder, Postgres() as postgres:
        for measure in measures(Path(folder), postgres, YEAR if given.year else FEW):
            print(*measure.lines(), sep="\n", flush=True)
            if measure.failed:
                failed.append(measure.name)
    for line in table():
        print(line, flush=True)
    print(f"\n{time.monotonic() - began:.0f} s", "every ratio is above its floor" if not failed else "", flush=True)
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
