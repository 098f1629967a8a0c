"""E-mail to a real mail server: what is told, to whom, once; and whatever the server does, nothing is lost."""

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from queue_server.accounts.model import Role
from queue_server.collection.codes import OneTimeCodes
from queue_server.notices.settings import MailSettings, NoticeRules
from queue_server.tls import authority, init_tls, server_context
from queue_server.vault.tables import people_rows
from tests.queue_server.house import DEMO, House
from tests.queue_server.notices.mail_server import CUT, mail_server
from tests.queue_server.notices.told import (
    ADDRESS,
    CONTACT,
    CUSTODY,
    NOTIFICATIONS,
    centre,
    clerk_of,
    does,
    handed_in,
    made_ready,
    mail_settings,
    told,
    until,
    until_so,
    until_told,
)

READY = ("item-ready", "sent")


async def secrets_kept(here: House) -> int:
    """Count the codes that can still be read in the vault."""

    def work(connection: Connection) -> int:
        kept = select(func.count()).select_from(people_rows).where(people_rows.c.kind == "notice-code")
        return connection.execute(kept).scalar_one()

    return await here.server.log.run(work)


async def test_whoever_waits_is_told_once_what_they_need_and_no_more(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        item = await handed_in(clerk, document="P1234567")
        await asyncio.sleep(0)
        assert await told(clerk, item) == []
        await does(clerk, item, "ready")
        await until_told(clerk, item, READY)
        (letter,) = mail.letters
        assert letter.recipient == ADDRESS
        assert letter.mail["To"] == ADDRESS
        assert letter.mail["From"].addresses[0].addr_spec == "centre@demo.example"
        assert letter.mail["Auto-Submitted"] == "auto-generated"
        assert letter.mail["Content-Language"] == "en"
        assert letter.mail.get_content_type() == "text/plain"
        assert letter.mail.get_content_charset() == "utf-8"
        assert item["label"] in letter.mail["Subject"]
        assert item["label"] in letter.text
        (code,) = re.findall(r"[0-9]{4} [0-9]{4} [0-9]{4}", letter.text)
        codes, typed, now = here.server[OneTimeCodes], code.replace(" ", ""), here.server.clock()
        found = await here.server.log.run(lambda connection: codes.find(connection, DEMO, typed, at=now))
        assert found == item["id"]
        assert await secrets_kept(here) == 0
        for secret in ("passport", "UTO", "Utopia", "P1234567", "http", "<"):
            assert secret.lower() not in letter.text.lower(), secret
            assert secret.lower() not in str(letter.mail["Subject"]).lower(), secret
        # Nothing more happens, however often it is looked.
        again = await does(clerk, item, "ready")
        assert again["state"] == "ready"
        other = await made_ready(clerk)
        await until_told(clerk, other, READY)
        assert len(mail.letters) == 2
        assert len(set(mail.ids)) == 2


async def test_whoever_gave_no_address_is_not_told(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        silent = await made_ready(clerk, contact=None)
        unwilling = await made_ready(clerk, contact={"language": "en"})
        known = await made_ready(clerk)
        await until_told(clerk, known, READY)
        assert [await told(clerk, one) for one in (silent, unwilling)] == [[], []]
        assert len(mail.letters) == 1


async def test_a_contact_that_is_none_is_refused_and_nothing_is_handed_in(data: Path) -> None:
    async with centre(data) as here:
        clerk = await clerk_of(here)
        for wrong in (
            {"language": "en", "email": "amina@example.org\r\nBcc: other@example.org"},
            {"language": "en", "telephone": "0612345678"},
        ):
            body = {"kind": "passport", "government": "UTO", "contact": wrong}
            answer = await clerk.post(f"{CUSTODY}/items", body)
            assert (answer.status, answer.code) == (422, "contact-invalid")
            assert "Bcc" not in str(answer.body)
        assert (await clerk.get(f"{CUSTODY}/items")).body["items"] == []


async def test_in_their_language_and_from_right_to_left(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        clerk = await clerk_of(here)
        texts = {}
        for language in ("fr", "ar", "xx"):
            item = await made_ready(clerk, contact=CONTACT | {"language": language})
            await until_told(clerk, item, READY)
            letter = mail.letters[-1]
            texts[language] = letter.text
            assert item["label"] in letter.text
            assert b"\n." not in letter.content
            assert max(map(len, letter.content.split(b"\r\n"))) <= 998
            assert letter.content.isascii()
        assert "prêt" in texts["fr"]
        assert "جاهز" in texts["ar"]
        assert all(line.startswith("\u200f") for line in texts["ar"].splitlines() if line)
        assert texts["ar"].count("\u2066") + texts["ar"].count("\u2068") == texts["ar"].count("\u2069") > 0
        assert "is ready" in texts["xx"]


async def test_a_mail_server_that_is_away_loses_nothing(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        await mail.stop()
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        (task,) = [one for one in here.server.tasks if one.name == "notices-email"]
        await until(lambda: task.stalled_s)
        assert await told(clerk, item) == [("item-ready", "waiting")]
        await mail.start()
        await until_told(clerk, item, READY)
        assert len(mail.letters) == 1


@pytest.mark.parametrize("answers", [("mails", "451 later"), ("rcpts", "450 4.2.1 greylisted"), ("datas", "452 full")])
async def test_what_is_put_off_is_tried_again(data: Path, answers: tuple[str, str]) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        getattr(mail, answers[0]).extend([answers[1]] * 3)
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        assert len(mail.letters) == 1


async def test_an_address_at_which_nobody_is_known_reaches_a_manager_and_a_better_one_is_told(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        item, other = await made_ready(clerk), await made_ready(clerk, contact=CONTACT | {"email": "b@example.org"})
        await until_told(clerk, item, ("item-ready", "undeliverable"))
        await until_told(clerk, other, READY)
        assert mail.tried[ADDRESS] == 1
        manager, _ = await here.staff(Role.MANAGER, None)
        answer = await manager.post(f"{NOTIFICATIONS}/retry")
        assert answer.body == {"count": 1}
        await until(lambda: mail.tried[ADDRESS] == 2)
        await until_told(clerk, item, ("item-ready", "undeliverable"))
        mended = await clerk.post(f"{CUSTODY}/items/{item['id']}/contact", CONTACT | {"email": "c@example.org"})
        assert mended.status == 200
        # Under another name: it is another message.
        await until_told(clerk, item, ("item-ready", "dropped"), READY)
        assert [one.recipient for one in mail.letters] == ["b@example.org", "c@example.org"]


async def test_a_manager_says_that_they_told_somebody_themselves(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.datas.append("554 5.6.0 not taken")
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, ("item-ready", "undeliverable"))
        assert (await (await here.staff(Role.COUNTER, "3"))[0].post(f"{NOTIFICATIONS}/settle")).status == 403
        manager, _ = await here.staff(Role.MANAGER, None)
        assert (await manager.post(f"{NOTIFICATIONS}/settle")).body == {"count": 1}
        assert await told(clerk, item) == [("item-ready", "dropped")]
        assert (await manager.post(f"{NOTIFICATIONS}/settle")).body == {"count": 0}


async def test_a_line_cut_while_the_answer_is_awaited_says_it_again_under_the_same_name(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        cuts = iter((True, True, False, False))

        async def cut() -> None:
            if next(cuts):
                mail.cut()

        mail.accepted = cut
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        assert len(mail.letters) == 3
        assert await secrets_kept(here) == 0
        assert len(set(mail.ids)) == 1
        assert len({one.content for one in mail.letters}) == 1


async def test_a_line_cut_before_the_end_is_tried_again(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        mail.mails.append(CUT)
        mail.rcpts.append(CUT)
        mail.datas.append(CUT)
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, READY)
        assert len(mail.letters) == 1


async def test_what_is_no_longer_true_is_not_said(data: Path) -> None:
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        await mail.stop()
        clerk = await clerk_of(here)
        item, back = await made_ready(clerk), await made_ready(clerk)
        await does(clerk, item, "hand-over", {"proof": "document"})
        await does(clerk, back, "call-back", {"reason": "authority"})
        await mail.start()
        await until_told(clerk, item, ("item-ready", "dropped"))
        await until_told(clerk, back, ("item-ready", "dropped"))
        assert mail.letters == []


def encrypted(data: Path, port: int, security: str, tmp_path: Path, password: str = "correct horse") -> MailSettings:
    """Name a server that is signed in to, with the password in a file."""
    found = authority(data)
    assert found is not None
    file = tmp_path / "password"
    file.write_text(f"{password}\n")
    return mail_settings(port, security=security, ca_file=str(found[0]), user="centre", password_file=str(file))


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_encrypted_and_signed_in(data: Path, tmp_path: Path, security: str) -> None:
    await asyncio.to_thread(init_tls, tmp_path, ("127.0.0.1",))
    context = await asyncio.to_thread(server_context, tmp_path)
    async with mail_server() as mail:
        await mail.stop()
        mail.password = "centre", "correct horse"
        mail.tls, mail.implicit = (context, None) if security == "starttls" else (None, context)
        await mail.start()
        settings = await asyncio.to_thread(encrypted, tmp_path, mail.port, security, tmp_path)
        async with centre(data, settings) as here:
            clerk = await clerk_of(here)
            item = await made_ready(clerk)
            await until_told(clerk, item, READY)
            (letter,) = mail.letters
            assert (letter.encrypted, letter.user) == (True, "centre")


async def test_a_server_that_does_not_encrypt_hears_neither_password_nor_address(data: Path, tmp_path: Path) -> None:
    await asyncio.to_thread(init_tls, tmp_path)
    async with mail_server() as mail:
        settings = await asyncio.to_thread(encrypted, tmp_path, mail.port, "starttls", tmp_path)
        async with centre(data, settings) as here:
            clerk = await clerk_of(here)
            item = await made_ready(clerk)
            (task,) = [one for one in here.server.tasks if one.name == "notices-email"]
            await until(lambda: task.stalled_s)
            await until(lambda: mail.sessions > 1)
            assert await told(clerk, item) == [("item-ready", "waiting")]
            assert not mail.tried


async def test_a_wrong_password_keeps_everything_until_it_is_right(data: Path, tmp_path: Path) -> None:
    await asyncio.to_thread(init_tls, tmp_path)
    async with mail_server() as mail:
        mail.tls = await asyncio.to_thread(server_context, tmp_path)
        mail.password = "centre", "another horse"
        settings = await asyncio.to_thread(encrypted, tmp_path, mail.port, "starttls", tmp_path)
        async with centre(data, settings) as here:
            clerk = await clerk_of(here)
            item = await made_ready(clerk)
            await until(lambda: mail.sessions > 1)
            assert await told(clerk, item) == [("item-ready", "waiting")]
            await asyncio.to_thread((tmp_path / "password").write_text, "another horse\n")
            await until_told(clerk, item, READY)


async def test_a_disk_that_is_full_once_it_was_taken_has_nothing_said_twice(data: Path) -> None:
    """The write that notes what was sent fails: it is noted before anything else is sent."""
    async with mail_server() as mail, centre(data, mail_settings(mail.port)) as here:
        database = here.server.database

        def full(connection: Connection) -> None:
            """Have each event take more than is left: what fits into pages that are there would still be written."""
            connection.exec_driver_sql("CREATE TABLE filler (x BLOB)")
            connection.exec_driver_sql(
                "CREATE TRIGGER takes_much BEFORE INSERT ON events "
                "BEGIN INSERT INTO filler VALUES (zeroblob(1000000)); END"
            )
            used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={used + 10}")

        def roomy(connection: Connection) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
            connection.exec_driver_sql("DROP TRIGGER takes_much")

        clerk = await clerk_of(here)
        (task,) = [one for one in here.server.tasks if one.name == "notices-email"]
        mail.accepted = lambda: database.write(full)
        item = await made_ready(clerk)
        await until(lambda: mail.letters and task.stalled_s)
        mail.accepted = None
        assert await told(clerk, item) == [("item-ready", "waiting")]
        await database.write(roomy)
        await until_told(clerk, item, READY)
        assert len(mail.letters) == 1


async def test_managers_see_what_reaches_nobody_and_what_waits(data: Path) -> None:
    rules = NoticeRules(poll_s=0.03, late_s=0.01)
    async with mail_server() as mail, centre(data, mail_settings(mail.port), rules) as here:
        mail.of_address[ADDRESS] = "550 5.1.1 nobody here"
        clerk = await clerk_of(here)
        item = await made_ready(clerk)
        await until_told(clerk, item, ("item-ready", "undeliverable"))
        await mail.stop()
        await made_ready(clerk)

        async def page(language: str) -> str:
            headers = clerk.headers | {"Accept-Language": language}
            async with here.http.get(f"{here.address}/manager", headers=headers) as answer:
                return await answer.text()

        async def is_late() -> bool:
            return "1 message waits to be sent" in await page("en")

        await until_so(is_late)
        english, arabic = await page("en"), await page("ar")
        assert "1 message could not be delivered" in english
        assert item["label"] in english
        assert f"{NOTIFICATIONS}/retry" in english
        assert "رسالة واحدة لم تصل" in arabic
