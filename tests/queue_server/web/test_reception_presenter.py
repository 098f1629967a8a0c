"""The reception page as a value: whom it shows, what it offers, how tickets are found, and what the paper says."""

import re
import sys
from typing import Final

import msgspec
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from PIL import Image, ImageDraw

from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import MINUTE, Category, ConsularError, Micros, ParkReason, ServiceId, VisitId
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.refusals import Refusal, RefusalCode
from queue_server.waiting.outlook import Outlook, Wait
from queue_server.web.reception import offer, search, show, words
from queue_server.web.reception.page import ReceptionPage
from queue_server.web.reception.paper import LENGTHS, paper
from queue_server.web.reception.presenter import ReceptionQuery, reception_page
from queue_server.web.site import LANGUAGES, choose_language, is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView, name_in
from tests.queue_server.known import site
from tests.queue_server.web.days import ME, Centre, at

SITE = site()
BIRTH: Final = ServiceId("uto-birth")
ADDRESS: Final = "https://centre.example/t/" + "A" * 43


def reader(language: str = "en") -> PageReader:
    chosen = choose_language((language,))
    return PageReader(SITE.words[chosen], Clockface("Europe/Brussels", chosen), chosen, is_rtl(chosen))


def look(centre: Centre, clock: str, language: str = "en") -> StaffView:
    return StaffView(centre.state, centre.facts, centre.settings, reader=reader(language), now=at(clock))


def page(centre: Centre, clock: str, asked: ReceptionQuery | None = None, language: str = "en") -> ReceptionPage:
    return reception_page(look(centre, clock, language), asked or ReceptionQuery(), reader)


def text(value: Markup) -> str:
    return value.striptags().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def centre() -> Centre:
    made = Centre()
    made.open("09:00")
    return made


# --- the ticket in the hand ----------------------------------------------------------------------------------------


def test_a_waiting_ticket_is_said_in_the_language_of_its_person(centre: Centre) -> None:
    centre.issue("10:00", "B041", "uto-birth")
    visit = centre.issue("10:02", "B042", "uto-birth", party=3, language="fr")
    shown = page(centre, "10:05", ReceptionQuery(visit)).shown
    assert shown is not None
    assert text(shown.head) == "waits for Check your papers"
    assert text(shown.say) == (
        "Votre numéro est B 042. Regardez les écrans : ils l\N{RIGHT SINGLE QUOTATION MARK}affichent. "
        "1 numéro avant vous."
    )
    assert shown.say_language == "fr"
    assert "B 042 and 10:02" in text(shown.write)
    assert msgspec.json.decode(shown.data) == {
        "id": visit,
        "code": "B042",
        "services": ["uto-birth"],
        "party_size": 3,
        "language": "fr",
        "category": "walk-in",
        "state": "waiting",
    }


def offered(centre: Centre, visit: VisitId, clock: str) -> list[str]:
    shown = page(centre, clock, ReceptionQuery(visit)).shown
    assert shown is not None
    return [act.act for act in shown.acts]


def test_what_can_be_done_follows_the_state(centre: Centre) -> None:
    visit = centre.issue("10:00", "B042", "uto-birth")
    assert offered(centre, visit, "10:01") == [
        "print",
        "change",
        "category",
        "merge",
        "seal",
        "forms",
        "notes",
        "cancel",
    ]
    centre.call_next("10:02")
    assert "hand-back" in offered(centre, visit, "10:02")
    centre.do("10:03", c.StartServing(ME))
    assert "cancel" not in offered(centre, visit, "10:03")
    centre.do("10:04", c.Park(ME, ParkReason.FORM))
    assert "resume" in offered(centre, visit, "10:04")
    centre.do("10:05", c.Cancel(visit))
    assert offered(centre, visit, "10:05") == ["print", "reinstate", "notes"]


def test_what_is_offered_is_taken_by_the_engine(centre: Centre) -> None:
    visit = centre.issue("10:00", "B042", "uto-birth")
    other = centre.issue("10:00", "B043", "uto-birth")
    steps: list[tuple[str, c.Command]] = [
        ("change", c.ChangeVisit(visit, party_size=2)),
        ("category", c.Reclassify(visit, Category.URGENT)),
        ("cancel", c.Cancel(visit)),
        ("reinstate", c.Reinstate(visit)),
        ("merge", c.Merge(visit, other)),
    ]
    for act, command in steps:
        assert act in offered(centre, visit, "10:01")
        assert not isinstance(decide(centre.state, command, centre.settings, centre.state.at), Refusal), act
        centre.do("10:01", command)
    # A joined ticket is a way to the other one and nothing more.
    shown = page(centre, "10:02", ReceptionQuery(visit)).shown
    assert shown is not None
    assert text(shown.head) == "goes on with B 043"
    assert offered(centre, visit, "10:02") == ["print", "notes"]


# --- around it -----------------------------------------------------------------------------------------------------


def test_wishes_for_priority_stand_on_top_until_they_are_answered(centre: Centre) -> None:
    visit = centre.issue("10:00", "B042", "uto-birth")
    wish = VisitId("01890000-0000-7000-8000-00000000f00d")
    base = c.IssueTicket(
        visit=wish,
        services=centre.state.visits[visit].services,
        category=Category.WALK_IN,
        party_size=1,
        language=centre.state.visits[visit].language,
        device=centre.state.visits[visit].device,
        series=Series("B", 1, 999),
        asks_priority=True,
    )
    centre.do("10:01", base)
    (shown,) = page(centre, "10:02").wishes
    assert [text(act.label) for act in shown.answers] == ["Priority", "Urgent", "No"]
    assert [msgspec.json.decode(act.body)["category"] for act in shown.answers] == ["priority", "urgent", "walk-in"]
    assert "asks for priority" in page(centre, "10:02").news
    centre.do("10:03", c.Reclassify(wish, Category.WALK_IN))
    assert page(centre, "10:03").wishes == ()


def test_how_long_is_what_the_last_one_called_has_waited(centre: Centre) -> None:
    centre.issue("10:00", "B041", "uto-birth")
    centre.issue("10:01", "B042", "uto-birth")
    before = {wait.name: wait for wait in page(centre, "10:05").waits}["Check your papers"]
    assert (before.waiting, text(before.last)) == (2, "nobody yet")
    centre.call_next("10:12")
    wait = {wait.name: wait for wait in page(centre, "10:50").waits}["Check your papers"]
    assert (wait.waiting, text(wait.last), text(wait.open), text(wait.late)) == (1, "12 min", "1", "1 late")


def codes(centre: Centre, typed: str, language: str = "en") -> list[str]:
    return [row.code for row in page(centre, "11:00", ReceptionQuery(typed=typed), language).listing.rows]


def test_tickets_are_found_by_what_people_remember(centre: Centre) -> None:
    centre.issue("10:00", "B041", "uto-birth")
    centre.issue("10:31", "B042", "xal-visa-visit", Category.APPOINTMENT, language="ar")
    centre.issue("10:32", "A007", "uto-passport-renewal")
    assert codes(centre, "") == ["A007", "B042", "B041"]
    assert codes(centre, "b 42") == codes(centre, "B042") == ["B042"]
    assert codes(centre, "10:3") == ["A007", "B042"]
    assert codes(centre, "birth") == ["B041"]
    assert codes(centre, "UTOPIA pass") == ["A007"]
    assert codes(centre, "arabic") == ["B042"]
    assert codes(centre, "يوتوبيا", "ar") == ["A007", "B041"]
    assert codes(centre, "nothing of this kind") == []
    assert [row.code for row in page(centre, "11:00", ReceptionQuery(only=(VisitId("none"),))).listing.rows] == []


@given(st.text(max_size=120))
def test_whatever_is_typed_finds_tickets_or_none(typed: str) -> None:
    assert all(word and not word.isspace() for word in search.words(typed))
    code = search.code(typed)
    assert code is None or re.fullmatch(r"[A-Z]\d{3,4}", code)


@given(st.sampled_from("ABCDEKLPRTX"), st.integers(1, 9999), st.sampled_from(["", " ", "-", "  "]))
def test_a_code_is_read_as_people_write_it(letter: str, number: int, gap: str) -> None:
    assert search.code(f" {letter.lower()}{gap}{number} ") == f"{letter}{number:03}"


def test_every_service_is_offered_once_and_found_by_its_own_words(centre: Centre) -> None:
    for language in LANGUAGES:
        made = offer.offer(look(centre, "10:00", language))
        services = [service for one in made for kind in one.kinds for service in kind.services]
        assert sorted(service.id for service in services) == sorted(one.id for one in centre.facts.catalogue.services)
        for service in services:
            assert search.fits([search.fold(word) for word in service.name.split()], service.words.split())


# --- the paper -----------------------------------------------------------------------------------------------------

#: What the page of a paper knows beside the paper.
AT_THE_DESK = {"desk_port": 0, "papers": "/api/v1/papers", "csrf": "token"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_says_code_stops_and_address(centre: Centre, language: str) -> None:
    visit = centre.issue("10:00", "B042", "uto-passport-renewal", language=language)
    made = paper(centre.state, centre.facts, centre.state.visits[visit], reader(language), ADDRESS)
    assert made.code == "B042"
    assert made.ahead == 0
    assert len(made.stops) == 5
    assert made.length in LENGTHS
    html = SITE.render("reception/paper.html", language, {"paper": made} | AT_THE_DESK)
    assert read_qr(html) == ADDRESS
    assert "style=" not in html
    address = name_in(centre.facts.catalogue.centre.address, language, "")
    assert address
    assert address in html


HARBOUR_WEEK = (
    *(("08:30-12:30", "13:00-16:30"),) * 2,
    ("08:30-12:30", "13:00-18:30"),
    ("08:30-12:30", "13:00-16:30"),
    ("08:30-13:00",),
    ("09:00-12:00",),
    (),
)


def test_the_paper_of_a_party_says_hours_and_how_many_people(centre: Centre) -> None:
    visit = centre.issue("10:00", "B042", "uto-passport-renewal", party=4)
    open_ = replace(centre.facts.catalogue.centre, week=HARBOUR_WEEK)
    facts = replace(centre.facts, catalogue=replace(centre.facts.catalogue, centre=open_))
    for language, said in (
        ("en", ("4 people, one number", "Mon\N{EN DASH}Tue", "08:30\N{EN DASH}13:00")),
        ("fr", ("4 personnes, un seul numéro", "lun.\N{EN DASH}mar.", "sam.")),
        ("ar", ("4 أشخاص، رقم واحد", "الاثنين\N{EN DASH}الثلاثاء", "السبت")),
    ):
        made = paper(centre.state, facts, centre.state.visits[visit], reader(language), ADDRESS)
        html = SITE.render("reception/paper.html", language, {"paper": made} | AT_THE_DESK)
        assert [one for one in said if one not in html] == []
        assert len(made.foot.hours) == 5
        alone = replace(centre.state.visits[visit], party_size=1)
        assert "one number" not in SITE.render(
            "reception/paper.html",
            "en",
            {"paper": paper(centre.state, facts, alone, reader("en"), ADDRESS)} | AT_THE_DESK,
        )


def read_qr(html: str) -> str:
    """Read the code from its drawing: segno writes rows of dark runs as a path of relative moves."""
    found = re.search(r'viewBox="0 0 (\d+) \d+" class="qr".*? d="([^"]+)"', html)
    assert found is not None
    side, scale = int(found[1]), 4
    image = Image.new("L", ((side + 8) * scale,) * 2, 255)
    pen = ImageDraw.Draw(image)
    x = y = 0.0
    for verb, numbers in re.findall(r"([Mmh])([^Mmh]*)", found[2]):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if verb == "h":
            left, top = (min(x, x + values[0]) + 4) * scale, (y - 0.5 + 4) * scale
            pen.rectangle((left, top, left + abs(values[0]) * scale - 1, top + scale - 1), fill=0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if verb == "M" else (x + values[0], y + values[1])
    (result,) = zxingcpp.read_barcodes(image)
    return result.text


def test_every_refusal_that_has_its_own_words_is_one() -> None:
    # The page's own module brings the rooms whose errors reach it.
    assert show.__name__ in sys.modules
    known = {str(code) for code in RefusalCode} | {code for code in codes_of(ConsularError) if code}
    for language in LANGUAGES:
        assert set(words.refusals(SITE.words[language])) <= known


def codes_of(root: type[ConsularError]) -> set[str]:
    return {root.code}.union(*(codes_of(kind) for kind in root.__subclasses__()))


# --- how long it takes ------------------------------------------------------------------------------------------------


def outlook_at(clock: str, visit: VisitId, wait: Wait) -> Outlook:
    now = at(clock)
    return Outlook(now, at("16:00"), ends=True, visits={visit: wait}, services={BIRTH: wait}, steps={}, calls={})


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        ((19, 34, 40), "about 15 to 35 minutes, by 10:45 at the latest."),
        ((19, 34, None), "about 15 to 35 minutes."),
        ((0, 4, 9), "up to 4 minutes, by 10:15 at the latest."),
        (HiddenWait.NOT_BEFORE_CLOSING, "we may not reach you before we close at 16:00."),
        (HiddenWait.TOO_WIDE, "nobody can say yet how long it takes."),
    ],
)
def test_who_asks_how_long_is_answered_for_a_service_or_for_a_ticket(
    centre: Centre, wait: tuple[int, int, int | None] | HiddenWait, said: str
) -> None:
    visit = centre.issue("10:02", "B042", "uto-birth")
    if isinstance(wait, tuple):
        low, high, latest = wait
        wait_then: Wait = WaitRange(
            Micros(low * MINUTE),
            Micros((low + high) * MINUTE // 2),
            Micros(high * MINUTE),
            None if latest is None else Micros(at("10:02") + latest * MINUTE),
        )
    else:
        wait_then = wait
    outlook = outlook_at("10:02", visit, wait_then)
    seen = look(centre, "10:02")
    chosen = reception_page(seen, ReceptionQuery(visit, service=BIRTH), reader, outlook).how_long
    assert text(chosen) == f"{seen.name(seen.services[BIRTH].name, BIRTH)}: {said}"
    ticket = reception_page(seen, ReceptionQuery(visit), reader, outlook).how_long
    assert text(ticket) == f"B 042: {said}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_forecast_nobody_guesses(centre: Centre, language: str) -> None:
    visit = centre.issue("10:02", "B042", "uto-birth")
    said = [
        page(centre, "10:02", asked, language).how_long
        for asked in (ReceptionQuery(), ReceptionQuery(visit), ReceptionQuery(service=ServiceId("made-up")))
    ]
    assert said[0] == said[2] != said[1]
    assert not re.search(r"[1-9] (min|m)", text(said[1]))
