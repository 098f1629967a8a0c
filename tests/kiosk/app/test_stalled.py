"""Work that goes on beside journeys and fails: the kiosk serves on, and managers hear of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk import tasks
from kiosk.kit import fonts
from peripherals.documents.trust.store import TrustStore
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import SETTINGS, stand
from tests.kiosk.app.test_app import enrol

QUICK = replace(
    SETTINGS,
    link=replace(SETTINGS.link, status_s=0.05),
    documents=replace(SETTINGS.documents, trust_poll_s=0.01),
)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_the_centre_hears_of_work_that_fails_and_that_it_goes_well_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_STALLED_S", 0)
    is_broken, marks = True, 0

    def trust() -> TrustStore:
        if is_broken:
            # Nobody has foreseen this one.
            raise LookupError
        return TrustStore(())

    def mark() -> int:
        nonlocal marks
        marks += 1
        return marks

    async with Centre() as centre, stand(tmp_path, centre.url, settings=QUICK, trust=trust, trust_mark=mark) as kiosk:
        await enrol(kiosk)

        def parts() -> list[tuple[str, str]]:
            return [] if centre.status is None else [(one.name, one.code) for one in centre.status.parts]

        await until(lambda: ("program", "work-stalled") in parts())
        await kiosk.shows("language")
        is_broken = False
        await until(lambda: ("program", "work-stalled") not in parts())
