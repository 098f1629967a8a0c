"""``queue-server custody verify`` holds what a carrier said against what custody has, whichever of them is wrong."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from queue_server.accounts.model import Role
from queue_server.custody.carriers.folder import FolderCarrier
from queue_server.custody.settings import CustodyRules
from queue_server.custody.verification import verify_custody
from tests.queue_server.custody.custody_desk import CustodyDesk
from tests.queue_server.custody.test_carriers import bring, sent, until
from tests.queue_server.custody.test_custody import CUSTODY, does
from tests.queue_server.house import QUICK, House, house


async def breaks(here: House, root: Path) -> list[tuple[int | None, int, str, str]]:
    """Verify within the server; what is named, but for the stream."""
    said = await asyncio.to_thread(lambda: tuple(FolderCarrier(root).taken()))
    report = await here.server.log.run(lambda connection: verify_custody(connection, said))
    return [(one.label, one.seq, one.code, one.says) for one in report.breaks]


async def breaks_at_command_line(data: Path) -> list[tuple[int, int, str, str]]:
    """Verify, as an auditor does; what is named, but for the stream."""
    command = str(Path(sys.executable).parent / "queue-server")
    ran = await asyncio.create_subprocess_exec(
        command, "custody", "verify", "--data", str(data), "--json", stdout=asyncio.subprocess.PIPE
    )
    said = json.loads((await ran.communicate())[0])
    assert ran.returncode == (0 if said["ok"] else 1)
    return [(one["label"], one["seq"], one["code"], one["says"]) for one in said["breaks"]]


async def test_what_a_carrier_says_otherwise_is_named_until_it_says_so(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "carrier"
    folder = root / "demo"
    await asyncio.to_thread((data / "settings.toml").write_text, f'[custody]\ncarrier_folder = "{root}"\n')
    rules = CustodyRules(carrier_folder=str(root), carrier_s=0.02)
    async with house(data, QUICK.but(rules)) as here:
        clerk, _ = await here.staff(Role.CUSTODY, None)
        items = [await sent(clerk, f"RR10000{number}") for number in range(3)]
        await until((folder / "in").exists)
        assert await breaks_at_command_line(data) == []
        said = ("delivered", "refused", "lost")
        lines = [f"{item['barcode']}-3,{what}" for item, what in zip(items, said, strict=True)]
        await bring(folder, "a-monday.csv", *lines, "D99999H-3,lost", "nonsense,lost")
        assert await breaks(here, root) == []
        # What it calls lost is found here, and laid into a drawer: one of the two is wrong.
        lost = items[2]
        await does(clerk, lost["id"], "take")
        await does(clerk, lost["id"], "shelve", {"place": "2-D-15"})
        ((label, seq, code, says),) = await breaks_at_command_line(data)
        assert await breaks(here, root) == [(label, seq, code, says)]
        assert (label, seq, code) == (number_of(lost), 3, "carrier")
        assert says == "a-monday.csv line 4 says lost, custody: shelf 2-D-15"
        # It corrects itself in a later file: it did bring it back.
        await bring(folder, "b-tuesday.csv", f"{lost['barcode']}-3,refused")
        assert await breaks(here, root) == []
        # And says otherwise than before of the others.
        others = [f"{items[0]['barcode']}-3,lost", f"{items[1]['barcode']}-3,delivered"]
        await bring(folder, "c-friday.csv", *others)
        found = {label: says for label, _, _, says in await breaks(here, root)}
        assert found == {
            number_of(items[0]): "c-friday.csv line 2 says lost, custody: person",
            number_of(items[1]): "c-friday.csv line 3 says delivered, custody: desk",
        }
        # What staff were told by telephone needs no file.
        await bring(folder, "d-monday.csv", *lines[:2])
        again = await does(clerk, items[1]["id"], "ready")
        await does(clerk, again["id"], "send", {"tracking": "RR200000"})
        await does(clerk, again["id"], "delivered")
        assert await breaks(here, root) == []
        chain = (await clerk.get(f"{CUSTODY}/items/{lost['id']}/chain")).body["events"]
        assert [one["type"] for one in chain][-3:] == ["item-taken", "item-shelved", "item-refused"]


def number_of(item: dict[str, Any]) -> int:
    return int(str(item["barcode"])[1:-1])


async def test_what_was_lost_on_the_way_and_is_found_here_can_be_sent_again(data: Path) -> None:
    async with house(data) as here:
        clerk, _ = await here.staff(Role.CUSTODY, None)
        for found in ("take", "shelve"):
            item = await sent(clerk, "RR300000")
            await does(clerk, item["id"], "miss")
            await does(clerk, item["id"], found, {"place": "2-D-17"} if found == "shelve" else None)
            assert "It is here again" in await CustodyDesk(clerk).page(f"?view=item&item={item['id']}")
            back = await does(clerk, item["id"], "refused")
            assert (back["state"], back["holder"]) == ("back", "desk")
            await does(clerk, item["id"], "ready")
            await does(clerk, item["id"], "send", {"tracking": "RR300001"})
        assert (await here.server.log.run(verify_custody)).ok
