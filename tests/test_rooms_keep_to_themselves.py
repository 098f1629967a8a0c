"""What keeps the rooms apart, counted: who imports payments or speaks of them elsewhere, and how long files are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: The rooms of payments: the server's, its pages with their templates and style, the kiosk's with the step at which
#: people pay, what they see and what it leaves on paper, and the drivers. All know the contract.
OWN = (
    *("queue_server/payments/", "queue_server/web/payments/", "queue_server/web/templates/payments/"),
    *(
        "queue_server/web/css/payments.css",
        "kiosk/payment/",
        "kiosk/journey/steps/pay.py",
        "kiosk/journey/steps/fee.py",
    ),
    *(
        "kiosk/journey/fees.py",
        "kiosk/journey/events/paying.py",
        "kiosk/journey/checkout.py",
        "kiosk/kit/slips.py",
        "kiosk/devices/terminal.py",
    ),
    *("kiosk/ui/PayPage.qml", "kiosk/ui/PayLonger.qml", "kiosk/ui/PayWords.qml", "peripherals/payment/"),
    "installer/demonstration/cash.py",
)
#: Where they may be spoken of: what crosses the border, and the schema as it once was.
BESIDE = ("queue_server/contract/", "queue_server/migrations/versions/")
#: What is written by hand for programs. Catalogues of translations and the demo's set-up are for people.
KINDS = (".py", ".html", ".js", ".css", ".qml", ".sh")
PAYMENTS = re.compile(r"(queue_server|queue_server\.web|kiosk|peripherals)\.payments?\b")
#: Of the server and of the devices: it may become less, and never more.
IMPORT_AT_MOST = {"queue_server": 1, "kiosk": 4, "signage": 0, "peripherals": 1, "installer": 0}
NAME_AT_MOST = {"queue_server": 6, "kiosk": 5, "signage": 0, "peripherals": 3, "installer": 1}
#: Lines of a file of the product.
LONGEST = 400


def files(*packages: str, kinds: tuple[str, ...] = (".py",)) -> Iterator[tuple[str, str]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in kinds and path.is_file() and "vendor" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{one.name}" for one in names)
            case ast.Import(names=names):
                yield from (one.name for one in names)


def test_few_import_payments_beside_their_own_rooms() -> None:
    for package, most in IMPORT_AT_MOST.items():
        knowing = [
            name
            for name, text in files(package)
            # Most files need not be parsed.
            if not name.startswith(OWN)
            and "payment" in text
            and any(PAYMENTS.match(module) for module in imported(text))
        ]
        assert len(knowing) <= most, (package, len(knowing), knowing)
        assert knowing or not most, "nothing was looked at"


def test_few_even_speak_of_them() -> None:
    for package, most in NAME_AT_MOST.items():
        naming = [
            name
            for name, text in files(package, kinds=KINDS)
            if not name.startswith((*OWN, *BESIDE)) and "payment" in text.lower()
        ]
        assert len(naming) <= most, (package, len(naming), naming)
        assert naming or not most, "nothing was looked at"


def test_the_framework_and_the_centre_do_not_even_name_them() -> None:
    """Of words too: the contract's view of a visit names its payments, and that is all."""
    words = {
        name: text.lower().count("payment") for name, text in files("queue_server/framework", "queue_server/centre")
    }
    assert {name: count for name, count in words.items() if count} == {"queue_server/centre/views.py": 1}


def test_no_file_of_the_product_is_long() -> None:
    for package in NAME_AT_MOST:
        lengths = {name: len(text.splitlines()) for name, text in files(package)}
        assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
        assert sum(lines <= LONGEST // 2 for lines in lengths.values()) > 0.8 * len(lengths), package
