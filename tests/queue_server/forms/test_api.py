"""Forms over HTTP: what is asked, what is saved, who opens it, and what a visit has of it."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from queue_server.accounts.model import Role
from queue_server.appointments.link import token_of
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.forms import read_form_code, shown_form_code
from queue_server.domain.values import new_id
from queue_server.eventlog.tables import events
from queue_server.forms.settings import FormRules
from queue_server.forms.tables import filled_forms, form_codes
from queue_server.vault.tables import people_reads, people_rows
from tests.queue_server.appointments.booked import booked, soon
from tests.queue_server.forms.filled import ANSWERS, FORM, FORMS, PIN, POLICE, SERVICE, filled, saved, visited
from tests.queue_server.house import Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")


def opened(code: str, pin: str = PIN) -> dict[str, str]:
    return {"code": code, "pin": pin}


async def kinds(here: House) -> list[str]:
    """List the events of forms, in their order."""
    return await here.server.log.run(
        lambda connection: list(
            connection.execute(
                select(events.c.type).where(events.c.stream.startswith("form/")).order_by(events.c.position)
            ).scalars()
        )
    )


async def rows(here: House) -> int:
    def count(connection: Connection) -> int:
        return connection.execute(
            select(func.count()).select_from(people_rows).where(people_rows.c.kind == "form-answers")
        ).scalar_one()

    return await here.server.log.run(count)


async def test_the_forms_of_a_service_are_told_as_they_are_asked(here: House) -> None:
    kiosk = await here.kiosk()
    (form,) = (await kiosk.get(f"/centres/demo/services/{SERVICE}/forms")).body["forms"]
    assert form["id"] == FORM
    assert [one["id"] for one in form["purposes"] if one["required"]] == ["travel"]
    fields = {one["id"]: one for one in form["fields"]}
    assert list(fields)[:2] == ["surname", "given-names"], "in their order"
    assert fields["surname"] | {"title": 0} == {
        "id": "surname",
        "kind": "text",
        "title": 0,
        "help": {},
        "purpose": "travel",
        "required": True,
        "max_length": 60,
        "lines": False,
        "signs": "any",
        "dates": "any",
        "choices": [],
        "minimum": None,
        "maximum": None,
        "from_chip": "surname",
    }
    assert fields["birth-date"]["kind"] == "date"
    assert fields["birth-date"]["dates"] == "past"
    assert [one["id"] for one in fields["lost"]["choices"]] == ["lost", "stolen", "damaged", "ended", "none"]
    assert fields["companions"]["maximum"] == 19
    assert fields["what-happened"]["lines"]
    assert not fields["police-report"]["required"]
    assert set(form["title"]) == {"en", "fr", "ar"}
    assert (await kiosk.get("/centres/demo/services/uto-biometrics/forms")).body["forms"] == []
    refused = await kiosk.get("/centres/demo/services/nothing/forms")
    assert (refused.status, refused.code) == (409, "service-unknown")


async def test_what_was_saved_is_opened_by_code_and_pin(here: House) -> None:
    kiosk = await here.kiosk()
    known = await saved(kiosk)
    typed = shown_form_code(read_form_code(known["code"]) or "").lower()  # type: ignore[arg-type] # it is one
    answer = await kiosk.post(f"{FORMS}/open", opened(typed, "٢٧١٨٢٨"))
    assert answer.status == 200, answer
    assert answer.body["answers"] == ANSWERS | POLICE
    assert answer.body["consents"] == ["travel", "police"]
    assert (answer.body["id"], answer.body["form"], answer.body["until"]) == (known["id"], FORM, known["until"])
    assert await kinds(here) == ["form-saved", "form-consent-given", "form-consent-given"]


async def test_nothing_of_it_lies_open(here: House) -> None:
    kiosk = await here.kiosk()
    known = await saved(kiosk)

    def everything(connection: Connection) -> str:
        said = [bytes(one) for one in connection.execute(select(events.c.payload)).scalars()]
        tables = (filled_forms, form_codes, people_rows)
        return str(said) + str([[list(row) for row in connection.execute(select(table))] for table in tables])

    text = await here.server.log.run(everything)
    for value in (*(one for one in (ANSWERS | POLICE).values() if isinstance(one, str)), PIN, known["code"]):
        assert value not in text, value
    assert "$argon2id$" in text


@ALONE
async def test_the_same_request_is_answered_alike(here: House) -> None:
    kiosk, key = await here.kiosk(), new_id()
    first, again = await kiosk.post(FORMS, filled(), key), await kiosk.post(FORMS, filled(), key)
    assert first.body == again.body
    assert await rows(here) == 1
    other = await kiosk.post(FORMS, filled(answers=ANSWERS), key)
    assert (other.status, other.code) == (422, "idempotency-key-reused")
    second = await saved(kiosk)
    assert second["code"] != first.body["code"]


#: What is changed of a form; status, code and placeholders of the refusal.
REFUSED: tuple[tuple[dict[str, Any], int, str, dict[str, str]], ...] = (
    ({"form": "nothing"}, 404, "form-unknown", {}),
    ({"consents": []}, 409, "form-consent-missing", {"purpose": "travel"}),
    ({"consents": ["travel", "police", "other"]}, 422, "form-consent-unknown", {"purpose": "other"}),
    ({"consents": ["travel"]}, 422, "form-answers", {"field": "stolen-number", "reason": "unknown"}),
    ({"answers": {}}, 422, "form-answers", {"field": "surname", "reason": "missing"}),
    ({"answers": ANSWERS | {"zz-secret": "x"}}, 422, "form-answers", {"field": "", "reason": "unknown"}),
    ({"answers": ANSWERS | {"alone": 1}}, 422, "form-answers", {"field": "alone", "reason": "kind"}),
    ({"pin": "12"}, 422, "form-pin", {"reason": "shape"}),
    ({"pin": "123456"}, 422, "form-pin", {"reason": "weak"}),
    ({"pin": None}, 422, "form-pin", {"reason": "missing"}),
    ({"visit": "01a21000-0000-7000-8000-0000000000c1"}, 404, "visit-unknown", {}),
    ({"appointment": "x"}, 404, "form-appointment-unknown", {}),
    ({"appointment": "A" * 43}, 404, "form-appointment-unknown", {}),
)


@ALONE
async def test_what_is_not_taken_is_refused_and_not_stored(here: House) -> None:
    kiosk, differences = await here.kiosk(), []
    for changed, *wanted in REFUSED:
        refused = await kiosk.post(FORMS, filled(**changed))
        found = [refused.status, refused.code, refused.body["placeholders"]]
        if found != wanted or await kinds(here) or await rows(here):
            differences.append((changed, found))
    assert not differences


@pytest.mark.parametrize(
    "answers",
    [
        {"surname": {"a": "b"}},
        {"surname": ["ERIKSSON"]},
        {"surname": 1.5},
        {"surname": None},
        {"": "x"},
        {f"field-{number}": "x" for number in range(61)},
        {"surname": "x" * 70_000},
    ],
)
async def test_what_has_another_shape_is_refused_at_once(here: House, answers: dict[str, object]) -> None:
    refused = await (await here.kiosk()).post(FORMS, filled(answers=answers))
    assert refused.status in {400, 413, 422}, refused
    assert refused.code in {"body-invalid", "body-too-large", "form-answers"}


@ALONE
async def test_a_body_as_deep_as_one_likes_is_refused(here: House) -> None:
    kiosk = await here.kiosk()
    deep = '{"form":"x","answers":' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "}"
    sent = kiosk.headers | {"Idempotency-Key": new_id(), "Content-Type": "application/json"}
    async with kiosk.http.post(f"{kiosk.address}/api/v1{FORMS}", data=deep, headers=sent) as answer:
        assert answer.status == 400
        assert (await answer.json(content_type=None))["code"] in {"body-invalid", "body-not-json"}


async def test_a_wrong_pin_a_wrong_code_and_none_are_one_answer(here: House) -> None:
    kiosk = await here.kiosk()
    known = await saved(kiosk)
    wrong = (
        opened(known["code"], "314159"),
        opened("2222222222"),
        opened("no code"),
        opened(known["code"], "no pin"),
        opened(known["id"]),
    )
    said = set()
    for body in wrong:
        refused = await kiosk.post(f"{FORMS}/open", body)
        assert refused.status == 409
        said.add(json.dumps({name: refused.body[name] for name in ("code", "title", "detail", "placeholders")}))
    assert len(said) == 1
    assert "form-not-opened" in said.pop()


async def test_a_code_of_one_centre_opens_nothing_at_another(here: House) -> None:
    known = await saved(await here.kiosk())
    other, _ = await here.device("kiosk", centre="harbour")
    refused = await other.post("/centres/harbour/forms/open", opened(known["code"]))
    assert (refused.status, refused.code) == (409, "form-not-opened")


async def test_wrong_pins_make_the_next_wait_and_a_right_one_forgives_none(here: House) -> None:
    kiosk = await here.kiosk()
    known, free = await saved(kiosk), here.server.settings[FormRules].code_tries
    for _ in range(free - 1):
        assert (await kiosk.post(f"{FORMS}/open", opened(known["code"], "314159"))).code == "form-not-opened"
    assert (await kiosk.post(f"{FORMS}/open", opened(known["code"]))).status == 200
    assert (await kiosk.post(f"{FORMS}/open", opened(known["code"], "314159"))).code == "form-not-opened"
    # Right or wrong, it is not even looked at.
    for path, body in (
        ("open", opened(known["code"])),
        ("change", opened(known["code"]) | {"answers": ANSWERS, "consents": ["travel"]}),
        ("withdraw", opened(known["code"]) | {"purposes": ["police"]}),
    ):
        refused = await kiosk.post(f"{FORMS}/{path}", body)
        assert (refused.status, refused.code) == (429, "too-many-tries"), path
        assert 1 <= int(refused.headers["Retry-After"]) <= 30
    # Of another code nothing was tried.
    other = await saved(kiosk)
    assert (await kiosk.post(f"{FORMS}/open", opened(other["code"]))).status == 200


async def test_a_code_that_there_is_not_waits_like_one_that_there_is(here: House) -> None:
    kiosk, free = await here.kiosk(), here.server.settings[FormRules].code_tries
    answers = [await kiosk.post(f"{FORMS}/open", opened("2222222222")) for _ in range(free + 1)]
    assert [one.code for one in answers] == ["form-not-opened"] * free + ["too-many-tries"]


async def test_a_hundred_at_once_are_a_hundred(here: House) -> None:
    kiosk = await here.kiosk()
    known, free = await saved(kiosk), here.server.settings[FormRules].code_tries
    answers = await asyncio.gather(
        *(kiosk.post(f"{FORMS}/open", opened(known["code"], "314159")) for _ in range(4 * free))
    )
    assert [one.code for one in answers].count("form-not-opened") == free
    assert {one.code for one in answers} == {"form-not-opened", "too-many-tries"}


@ALONE
async def test_answers_are_changed_and_those_before_are_gone(here: House) -> None:
    kiosk = await here.kiosk()
    known = await saved(kiosk)
    before = await here.server.log.run(lambda connection: connection.execute(select(people_rows.c.id)).scalars().all())
    body = opened(known["code"]) | {"answers": ANSWERS | {"surname": "SMITH"}, "consents": ["travel"]}
    key = new_id()
    for _ in range(2):
        changed = await kiosk.post(f"{FORMS}/change", body, key)
        assert changed.status == 200, changed
        assert changed.body["answers"]["surname"] == "SMITH"
        assert changed.body["consents"] == ["travel"]
    again = await kiosk.post(f"{FORMS}/open", opened(known["code"]))
    assert again.body["answers"] == ANSWERS | {"surname": "SMITH"}
    after = await here.server.log.run(lambda connection: connection.execute(select(people_rows.c.id)).scalars().all())
    assert set(after).isdisjoint(before)
    assert await rows(here) == 1
    assert (await kinds(here))[3:] == ["form-consent-withdrawn", "form-answers-replaced"]
    refused = await kiosk.post(f"{FORMS}/change", body | {"answers": {}})
    assert (refused.status, refused.code) == (422, "form-answers")


@ALONE
async def test_without_consent_the_answers_for_it_are_wiped(here: House) -> None:
    kiosk = await here.kiosk()
    known = await saved(kiosk)
    part = await kiosk.post(f"{FORMS}/withdraw", opened(known["code"]) | {"purposes": ["police"]})
    assert part.body == {"consents": ["travel"], "wiped": False}
    left = await kiosk.post(f"{FORMS}/open", opened(known["code"]))
    assert (left.body["answers"], left.body["consents"]) == (ANSWERS, ["travel"])
    all_ = await kiosk.post(f"{FORMS}/withdraw", opened(known["code"]) | {"purposes": ["travel"]})
    assert all_.body == {"consents": [], "wiped": True}
    gone = await kiosk.post(f"{FORMS}/open", opened(known["code"]))
    assert (gone.status, gone.code) == (409, "form-not-opened")
    assert await rows(here) == 0
    assert (await kinds(here))[-2:] == ["form-consent-withdrawn", "form-wiped"]


async def test_a_form_of_a_visit_needs_no_pin_and_staff_read_it(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await visited(kiosk)
    known = await saved(kiosk, visit=visit, pin=None)
    assert known["code"] is None
    reception, _ = await here.staff(Role.RECEPTION, None)
    path = f"/centres/demo/visits/{visit}/forms"
    (listed,) = (await reception.get(path)).body["forms"]
    assert (listed["id"], listed["form"], listed["consents"]) == (known["id"], FORM, ["travel", "police"])
    assert "ERIKSSON" not in json.dumps(listed)
    read = await reception.get(f"{path}/{known['id']}")
    assert read.body["answers"] == ANSWERS | POLICE
    looked = await here.server.log.run(
        lambda connection: connection.execute(select(people_reads.c.purpose, people_reads.c.visit)).all()
    )
    assert ("applying", visit) in [tuple(one) for one in looked]
    changed = await reception.post(
        f"{path}/{known['id']}", {"answers": ANSWERS | {"destination": "Port Aldova"}, "consents": ["travel"]}
    )
    assert changed.body["answers"]["destination"] == "Port Aldova"
    assert (await reception.get(f"{path}/{new_id()}")).code == "filled-form-unknown"


async def test_another_counter_and_machines_read_nothing(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await visited(kiosk)
    known = await saved(kiosk, visit=visit)
    path = f"/centres/demo/visits/{visit}/forms"
    counter, _ = await here.staff(Role.COUNTER, "3")
    for one in (path, f"{path}/{known['id']}"):
        refused = await counter.get(one)
        assert (refused.status, refused.code) == (403, "people-not-permitted"), one
        for client in (kiosk, await here.manager()):
            assert (await client.get(one)).status == 403


@ALONE
async def test_what_was_filled_in_at_home_is_laid_to_a_visit(here: House) -> None:
    kiosk = await here.kiosk()
    known, visit = await saved(kiosk), await visited(kiosk)
    reception, _ = await here.staff(Role.RECEPTION, None)
    path = f"/centres/demo/visits/{visit}/forms"
    assert (await reception.get(path)).body["forms"] == []
    laid = await reception.post(f"{FORMS}/open", opened(known["code"]) | {"visit": visit})
    assert laid.body["answers"] == ANSWERS | POLICE
    assert laid.body["until"] < known["until"], "it ends with the visit"
    (listed,) = (await reception.get(path)).body["forms"]
    assert listed["id"] == known["id"]
    assert await rows(here) == 1
    # Code and PIN still open it.
    assert (await kiosk.post(f"{FORMS}/open", opened(known["code"]))).status == 200


@ALONE
async def test_whoever_is_forgotten_is_forgotten_with_their_forms(here: House) -> None:
    kiosk = await here.kiosk()
    visit = await visited(kiosk)
    known = await saved(kiosk, visit=visit)
    manager, _ = await here.staff(Role.MANAGER, None)
    erased = await manager.post(f"/centres/demo/visits/{visit}/erase")
    assert erased.status == 200
    assert await rows(here) == 0
    assert (await kiosk.post(f"{FORMS}/open", opened(known["code"]))).code == "form-not-opened"
    assert (await manager.get(f"/centres/demo/visits/{visit}/forms/{known['id']}")).code == "filled-form-unknown"
    assert (await manager.get(f"/centres/demo/visits/{visit}/forms")).body["forms"] == []


async def link_of(here: House, client: Client) -> tuple[str, str]:
    """Book an appointment; gives its id and the token of its link."""
    one = await booked(client, soon(here, days=10), SERVICE)
    return one["id"], token_of(here.server, AppointmentId(one["id"]))


async def test_a_form_of_an_appointment_ends_with_its_day_and_moves_with_it(here: House) -> None:
    office = await here.manager()
    ident, token = await link_of(here, office)
    known = await saved(office, appointment=token)
    day = soon(here, days=10).date().isoformat()
    assert day < known["until"][:10]
    later = soon(here, days=17)
    moved = await office.post(f"/centres/demo/appointments/{ident}/move", {"at": later.isoformat()})
    assert moved.status == 200, moved
    after = await office.post(f"{FORMS}/open", opened(known["code"]))
    assert after.body["answers"] == ANSWERS | POLICE
    assert after.body["until"] > known["until"]
    assert later.date().isoformat() < after.body["until"][:10]


async def test_a_cancelled_appointment_takes_no_form(here: House) -> None:
    office = await here.manager()
    ident, token = await link_of(here, office)
    assert (await office.post(f"/centres/demo/appointments/{ident}/cancel")).status == 200
    refused = await office.post(FORMS, filled(appointment=token))
    assert (refused.status, refused.code) == (404, "form-appointment-unknown")
