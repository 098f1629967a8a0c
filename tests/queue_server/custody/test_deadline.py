"""Within how many days an authority should be done is said once: for the case, and for what was sent to it."""

from pathlib import Path

from queue_server.custody.settings import CustodyRules
from tests.queue_server.custody.custody_desk import CustodyDesk
from tests.queue_server.custody.test_custody import CUSTODY, with_application
from tests.queue_server.house import Client
from tests.queue_server.notices.told import Calendar, centre, clerk_of, handed_in


async def manager_page(client: Client) -> str:
    async with client.http.get(f"{client.address}/manager/page", headers=client.headers) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_a_case_and_a_document_are_late_by_the_same_days(data: Path) -> None:
    clock = Calendar()
    async with centre(data, CustodyRules(poll_s=0.03, deadline_days=4), clock=clock) as here:
        clerk = await clerk_of(here)
        _, case = await with_application(await here.manager())
        item = await handed_in(clerk, application=case["reference"])
        bag = (await clerk.post(f"{CUSTODY}/bags", {"government": "UTO"})).body["bag"]["id"]
        for path, body in (("add", {"item": item["label"]}), ("seal", {"seal": "S1000"}), ("dispatch", None)):
            assert (await clerk.post(f"{CUSTODY}/bags/{bag}/{path}", body)).status == 200
        late = "late at an authority"
        assert "4 days left" in await CustodyDesk(clerk).page("?view=cases")
        assert late not in await manager_page(clerk)
        # Whole days: two hours more are another day late in the evening.
        clock.pass_days(4)
        clerk = await clerk_of(here)
        assert "ends today" in await CustodyDesk(clerk).page("?view=cases")
        shown = await manager_page(clerk)
        assert late in shown
        assert "no longer than 4 days" in shown
