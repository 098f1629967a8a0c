"""The picture of a chip at a whole kiosk: handed over where it is what was signed, and never longer than asked for."""

import asyncio
from pathlib import Path

import pytest

from queue_server.contract.documents import VerdictView
from queue_server.contract.faces import is_plain
from tests.kiosk.app.centre import until
from tests.kiosk.app.chip_bench import bench, delivered, specimen
from tests.kiosk.app.test_process import files_with

#: Documents whose picture is handed over, and such whose is not, though it was read.
SHOWN = {
    "ordinary": True,
    "typical": True,
    "document-expired": True,
    "authority-unknown": True,
    "dg2-changed": False,
    "dg1-changed": False,
    "clone-chip": False,
    "self-made-signer": True,
    "signer-revoked": False,
    "truncated": False,
}


@pytest.mark.parametrize("name", SHOWN)
async def test_a_picture_goes_along_where_it_is_what_was_signed(folder: Path, name: str) -> None:
    document = specimen(name)
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        await here.ended()
        papers = here.kiosk.on.equipment.papers
        held = dict(papers._faces)
        assert bool(held) is SHOWN[name]
        memory = [face._jpeg for face in held.values()]
        pictures = [bytes(one) for one in memory]
        reading = await here.ticket()
        assert reading is not None
        assert [(one.person, one.jpeg) for one in here.centre.faces(0)] == [(0, one) for one in pictures]
        assert all(is_plain(one) for one in pictures)
        # It is overwritten once it is sealed, and what was delivered is not kept.
        await until(lambda: papers._faces == {})
        assert not any(map(any, memory))
        assert (await delivered(folder)).request.faces == ()
        for one in pictures:
            assert one[300:324] not in b"".join(here.centre.bodies)
            assert await asyncio.to_thread(files_with, folder, one[300:324]) == []


async def test_a_face_that_cannot_be_decoded_is_noted_and_holds_nothing_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = specimen("ordinary")

    # Decoders of the time to come may refuse what states sign today.
    monkeypatch.setattr("peripherals.documents.lds.portrait._PROGRAM", "peripherals.documents.lds.face")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"
        assert [one for one in reading.verdicts if one.check == "face"] == [
            VerdictView("face", "noted", "face-not-shown")
        ]
        assert here.centre.faces(0) == ()


async def test_who_leaves_takes_the_picture_along(folder: Path) -> None:
    document = specimen("ordinary")
    async with bench(folder, document) as here:
        await here.to_identify()
        await here.lay(document)
        await here.ended()
        (face,) = here.kiosk.on.equipment.papers._faces.values()
        here.kiosk.start_over()
        await here.kiosk.shows("language", can_restart=False)
        assert face.copy() is None
        await here.to_identify()
        here.kiosk.act("no-document")
        assert await here.ticket() is None
        assert here.centre.faces(0) == ()
