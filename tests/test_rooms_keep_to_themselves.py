"""What keeps the rooms apart, counted: who knows payments beside its own rooms, and how long a file is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: The rooms of payments: the server's, its pages, the kiosk's, and the drivers. All know the contract.
OWN = ("queue_server/payments/", "queue_server/web/payments/", "kiosk/payment/", "peripherals/payment/")
PAYMENTS = re.compile(r"(queue_server|queue_server\.web|kiosk|peripherals)\.payments?\b")
#: Of the server and of the devices: it may become less, and never more.
AT_MOST = {"queue_server": 10, "kiosk": 11, "signage": 0, "peripherals": 1}
#: All that is installed somewhere.
PRODUCT = ("queue_server", "kiosk", "signage", "peripherals", "installer")
#: Lines of a file of it.
LONGEST = 400


def files(*packages: str) -> Iterator[tuple[str, str]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{one.name}" for one in names)
            case ast.Import(names=names):
                yield from (one.name for one in names)


def test_few_know_payments_beside_their_own_rooms() -> None:
    for package, most in AT_MOST.items():
        knowing = [
            name
            for name, text in files(package)
            if not name.startswith(OWN) and any(PAYMENTS.match(module) for module in imported(text))
        ]
        assert len(knowing) <= most, knowing
        assert knowing or not most, "nothing was looked at"


def test_the_framework_and_the_centre_do_not_even_name_them() -> None:
    """Of words too: a visit names its payments (``payments=visit.payments``), and that is all."""
    words = {
        name: text.lower().count("payment") for name, text in files("queue_server/framework", "queue_server/centre")
    }
    assert {name: count for name, count in words.items() if count} == {"queue_server/centre/views.py": 2}


def test_no_file_of_the_product_is_long() -> None:
    for package in PRODUCT:
        lengths = {name: len(text.splitlines()) for name, text in files(package)}
        assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
        assert sum(lines <= LONGEST // 2 for lines in lengths.values()) > 0.8 * len(lengths), package
