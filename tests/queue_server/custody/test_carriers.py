"""A carrier that is reached by files: told once of what it has, believed once, and never trusted."""

import asyncio
import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.model import Role
from queue_server.custody.carriers.port import ParcelOutcome, WrongLine
from queue_server.custody.carriers.results import MAX_BYTES, MAX_LINES, read_results
from queue_server.custody.courier import Courier
from queue_server.custody.settings import CustodyRules
from tests.queue_server.custody.test_custody import CUSTODY, does, handed_in
from tests.queue_server.house import QUICK, Client, house

HEADING = "reference,result"


def read(*lines: str) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    results, wrong = read_results("\r\n".join(lines).encode())
    return [(one.line, one.reference, str(one.outcome)) for one in results], [(one.line, one.code) for one in wrong]


def test_a_wrong_line_is_named_and_takes_no_other_with_it() -> None:
    results, wrong = read(
        HEADING,
        "D48213K-7,delivered",
        '"D48213K-7,delivered',
        "D48213K-7",
        "D48213K-7,delivered,twice",
        "",
        "=cmd(),delivered",
        "D48213K-7,eaten by a dog",
        " d48214r-12 , LOST ",
        '"D48215T-1","refused"',
    )
    assert results == [(2, "D48213K-7", "delivered"), (9, "D48214R-12", "lost"), (10, "D48215T-1", "refused")]
    assert wrong == [(3, "unreadable"), (4, "columns"), (5, "columns"), (7, "reference"), (8, "result")]


def test_other_columns_of_a_carrier_are_passed_over() -> None:
    assert read("\ufeffTracking,Result,Reference", "RR1,delivered,D48213K-7")[0] == [(2, "D48213K-7", "delivered")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "heading"),
        (b"reference;result\nD48213K-7;delivered", "heading"),
        (b"reference,result,result\n", "heading"),
        (b"reference,result\n\xff\xfe", "not-utf-8"),
        (b"x" * (MAX_BYTES + 1), "too-long"),
        (b"reference,result" + b"\n" * MAX_LINES, "too-long"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(content: bytes, code: str) -> None:
    assert read_results(content) == ((), (WrongLine(0, code),))


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEADING}\n{text}".encode("utf-8", "replace"))
)
def test_whatever_comes_is_read_or_named(content: bytes) -> None:
    results, wrong = read_results(content)
    lines = [*(one.line for one in results), *(one.line for one in wrong)]
    assert len(lines) == len(set(lines))
    assert all(one.outcome in ParcelOutcome for one in results)


async def until(seen: Callable[[], bool]) -> None:
    """Wait for a file, which tells nobody that it is there."""
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(seen):  # noqa: ASYNC110 - nothing says so
            await asyncio.sleep(0.01)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a file, or all files of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [row for file in files for row in csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""))]


async def rows(path: Path) -> list[dict[str, str]]:
    return await asyncio.to_thread(read_rows, path)


async def bring(folder: Path, name: str, *lines: str) -> None:
    """Bring results as a carrier should: whole, under another name, then renamed; wait until they were taken."""

    def write() -> None:
        (folder / "in" / ".part").write_text("\r\n".join((HEADING, *lines)))
        (folder / "in" / ".part").rename(folder / "in" / name)

    await asyncio.to_thread(write)
    await until((folder / "done" / name).exists)


async def sent(clerk: Client, number: str) -> dict[str, Any]:
    item = await handed_in(clerk)
    await does(clerk, item["id"], "ready")
    return await does(clerk, item["id"], "send", {"tracking": number})


async def test_a_carrier_is_told_once_and_believed_once(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "carrier" / "demo"
    rules = CustodyRules(carrier_folder=str(tmp_path / "carrier"), carrier_s=0.02)
    async with house(data, QUICK.but(rules)) as here:
        clerk, _ = await here.staff(Role.CUSTODY, None)
        items = [await sent(clerk, f"RR10000{number}") for number in range(3)]
        journal = folder / "announced.txt"
        await until(lambda: journal.exists() and len(journal.read_text().split()) == 3)
        told = await rows(folder / "out")
        assert [(row["reference"], row["tracking"]) for row in told] == [
            (f"{item['barcode']}-3", f"RR10000{number}") for number, item in enumerate(items)
        ]
        said = [
            f"{item['barcode']}-3,{what}" for item, what in zip(items, ("delivered", "refused", "lost"), strict=True)
        ]
        await asyncio.to_thread((folder / "in" / "link.csv").symlink_to, journal)
        await bring(folder, "monday.csv", *said, "D99999H-3,lost", f"{items[0]['barcode']}-2,lost", "nonsense,lost")
        assert [(row["line"], row["code"]) for row in await rows(folder / "done" / "monday.csv.report.csv")] == [
            ("5", "item-unknown"),
            ("6", "parcel-unknown"),
            ("7", "reference"),
        ]

        async def states() -> list[tuple[str, str]]:
            found = [(await clerk.get(f"{CUSTODY}/items/{one['id']}")).body["item"] for one in items]
            return [(one["state"], one["holder"]) for one in found]

        then = [("handed-over", "person"), ("back", "desk"), ("with-carrier", "unknown")]
        assert await states() == then
        # Said again, and otherwise than before.
        await bring(folder, "tuesday.csv", *said, f"{items[0]['barcode']}-3,lost", f"{items[1]['barcode']}-3,delivered")
        assert [row["line"] for row in await rows(folder / "done" / "tuesday.csv.report.csv")] == ["5", "6"]
        assert await states() == then
        # Sent once more it is another parcel, and what was said of the first one says nothing of it.
        await does(clerk, items[1]["id"], "send", {"tracking": "RR200000"})
        await bring(folder, "late.csv", f"{items[1]['barcode']}-3,delivered", f"{items[1]['barcode']}-5,delivered")
        assert [row["code"] for row in await rows(folder / "done" / "late.csv.report.csv")] == ["parcel-unknown"]
        assert (await states())[1] == ("handed-over", "person")
        assert await asyncio.to_thread((folder / "in" / "link.csv").is_symlink)


async def test_a_file_that_cannot_be_put_away_keeps_no_other_waiting(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "carrier" / "demo"
    await asyncio.to_thread((folder / "done" / "a.csv.report.csv").mkdir, parents=True)
    rules = CustodyRules(carrier_folder=str(tmp_path / "carrier"), carrier_s=0.02)
    async with house(data, QUICK.but(rules)) as here:
        await until((folder / "in").exists)
        await asyncio.to_thread((folder / "in" / "a.csv").write_text, HEADING)
        await bring(folder, "b.csv", "nonsense,lost")
        assert [row["code"] for row in await rows(folder / "done" / "b.csv.report.csv")] == ["reference"]
        assert await asyncio.to_thread((folder / "in" / "a.csv").exists)
        # That something could not be done is known to whoever watches.
        task = here.server[Courier].task
        await until(lambda: task.stalled_s > 0)
        await asyncio.to_thread((folder / "done" / "a.csv.report.csv").rmdir)
        await until((folder / "done" / "a.csv").exists)
        await until(lambda: task.stalled_s == 0)


@pytest.mark.parametrize(("broken", "whole"), [("demo", "harbour"), ("harbour", "demo")])
async def test_a_centre_whose_folder_cannot_be_read_keeps_no_other_waiting(
    broken: str, whole: str, data: Path, tmp_path: Path
) -> None:
    root = tmp_path / "carrier"
    await asyncio.to_thread((root / broken).mkdir, parents=True)
    await asyncio.to_thread((root / broken / "in").write_text, "no folder")
    rules = CustodyRules(carrier_folder=str(root), carrier_s=0.02)
    async with house(data, QUICK.but(rules)):
        await until((root / whole / "in").exists)
        await bring(root / whole, "b.csv", "nonsense,lost")
