"""Staff at an item that nobody comes for: a message is sent anew, or they note that they told somebody themselves."""

from pathlib import Path

from queue_server.domain.values import new_id
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.told import (
    ADDRESS,
    CUSTODY,
    NOTIFICATIONS,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    until_told,
)

SENT, DEAD, DROPPED = ("item-ready", "sent"), ("item-ready", "undeliverable"), ("item-ready", "dropped")


async def test_a_message_is_sent_anew_once_a_press_and_what_reached_nobody_is_let_go(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, DEAD)
        del mail.of_address[ADDRESS]
        path, key = f"{CUSTODY}/items/{item['id']}/contact/send", new_id()
        answer = await clerk.post(path, key=key)
        assert answer.status == 200, answer
        assert [one["reason"] for one in answer.body["notifications"]] == ["sent-anew", None]
        await until_told(clerk, item, DROPPED, SENT)
        # The answer was lost, and it is asked again: nobody is told twice.
        assert (await clerk.post(path, key=key)).status == 200
        await until_told(clerk, item, DROPPED, SENT)
        assert (await clerk.post(path)).status == 200
        await until_told(clerk, item, DROPPED, SENT, SENT)
        assert len(mail.letters) == len(set(mail.ids)) == 2
        assert (await clerk.post(f"{NOTIFICATIONS}/retry")).body == {"count": 0}


async def test_staff_note_that_they_told_somebody_whether_a_way_was_known_or_not(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        item, other = await made_ready(clerk), await made_ready(clerk, contact=None)
        await until_told(clerk, item, DEAD)
        for one, wanted in ((item, [DROPPED, DROPPED]), (other, [DROPPED])):
            key = new_id()
            for _ in range(2):
                answer = await clerk.post(f"{CUSTODY}/items/{one['id']}/contact/notified", key=key)
                assert answer.status == 200, answer
                assert {each["reason"] for each in answer.body["notifications"]} == {"by-staff"}
            await until_told(clerk, one, *wanted)
        assert (await clerk.post(f"{NOTIFICATIONS}/settle")).body == {"count": 0}
        assert mail.tried[ADDRESS] == 1


async def test_nobody_is_told_of_what_is_not_ready_or_where_no_way_is_known(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item, other = await handed_in(clerk), await made_ready(clerk, contact=None)
        for verb in ("send", "notified"):
            answer = await clerk.post(f"{CUSTODY}/items/{item['id']}/contact/{verb}")
            assert (answer.status, answer.code) == (409, "item-state")
            answer = await clerk.post(f"{CUSTODY}/items/D99999/contact/{verb}")
            assert (answer.status, answer.code) == (404, "item-unknown")
        answer = await clerk.post(f"{CUSTODY}/items/{other['id']}/contact/send")
        assert (answer.status, answer.code) == (409, "contact-unknown")
        await does(clerk, other, "hand-over", {"proof": "document"})
        answer = await clerk.post(f"{CUSTODY}/items/{other['id']}/contact/notified")
        assert (answer.status, answer.code) == (409, "item-state")
