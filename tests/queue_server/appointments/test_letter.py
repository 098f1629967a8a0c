"""A letter about an appointment: what is needed, in each language and direction, and not what somebody comes for."""

from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from markupsafe import Markup

from queue_server.appointments.letter import (
    GONE,
    AppointmentLetterFacts,
    AppointmentLetterText,
    write_appointment_letter,
)
from queue_server.domain.appointments import RemoteChannel
from queue_server.framework.words import Languages
from queue_server.notices.plain_page import FSI, LRI, PDI, RLM
from queue_server.notices.values import OF_APPOINTMENTS, NotificationKind
from queue_server.requirements.bring import BringLine
from queue_server.web.site import site_of
from tests.queue_server.house import KNOWN

SITE = site_of(KNOWN.sites)
FACTS = AppointmentLetterFacts(
    kind=NotificationKind.APPOINTMENT_BOOKED,
    centre="Hafen & Söhne <Centre>",
    address="1 Harbour Street",
    day="Tuesday 3 November 2026",
    clock="10:30",
    zone="Eastern European Standard Time",
    party_size=3,
    code="HS4K 7KM2",
    from_clock="10:15",
    has_document=True,
    remote=None,
    link="https://centre.example/b/" + "a" * 43,
    no_reminders="https://centre.example/reminders/" + "b" * 43,
    picture="kiosk-code",
)


class Reader(HTMLParser):
    """Reads a page as a strict parser does: each tag that is opened is closed, in its order."""

    VOID = frozenset({"meta", "img", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found.setdefault(tag, given)
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def letter(language: str, **more: Any) -> AppointmentLetterText:
    found, words = Languages(SITE.words).choose(language)
    return write_appointment_letter(msgspec.structs.replace(FACTS, **more), words, found)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kind", sorted(OF_APPOINTMENTS))
def test_text_and_page_say_the_same(language: str, kind: NotificationKind) -> None:
    found = letter(language, kind=kind)
    page = Reader(found.html)
    shown = " ".join(page.text)
    for said in ("Hafen & Söhne <Centre>", "1 Harbour Street", "Tuesday 3 November 2026", "10:30", FACTS.zone):
        assert said in found.words.text
        assert said in shown
    is_gone = kind in GONE
    for text in (found.words.text, shown):
        assert ("HS4K 7KM2" in text) is not is_gone
        assert ("10:15" in text) is not is_gone
    assert ("cid:kiosk-code" in page.links) is not is_gone
    may_choose = kind is not NotificationKind.APPOINTMENT_CANCELLED
    for there in (found.words.text, found.words.short, " ".join(page.links)):
        assert (FACTS.link in there) is may_choose
    assert FACTS.no_reminders in found.words.text
    assert FACTS.no_reminders in page.links
    # Nothing is fetched when it is read.
    assert all(link.startswith(("https://centre.example/", "cid:")) for link in page.links)
    assert page.found["html"] == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert "\n" not in found.words.subject + found.words.short
    assert "&amp;" not in found.words.text + found.words.short


THINGS = (
    BringLine("Old passport <1>", Markup("the original"), Markup("for each of 3 people")),
    BringLine("صورتان", Markup(), Markup()),
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_they_bring_is_named_or_it_is_said_where_it_stands(language: str) -> None:
    named, there = letter(language, bring=THINGS), letter(language, bring_link=f"{FACTS.link}#bring")
    for text in (named.words.text, " ".join(Reader(named.html).text)):
        for said in ("Old passport <1>", "for each of 3 people", "the original", "صورتان"):
            assert said in text
    assert f"{FACTS.link}#bring" in there.words.text
    assert f"{FACTS.link}#bring" in Reader(there.html).links
    for other in (there, letter(language)):
        assert "Old passport" not in other.words.text + other.html
    assert "#bring" not in named.words.text + named.html + letter(language).html
    # A short message has room for the time alone.
    assert named.words.short == there.words.short == letter(language).words.short
    lines = [line for line in named.words.text.splitlines() if line]
    assert all(line.startswith(RLM) is (language == "ar") for line in lines)
    assert all(line.count(LRI) + line.count(FSI) == line.count(PDI) for line in lines)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_kinds_differ_in_each_language(language: str) -> None:
    made = [letter(language, kind=kind) for kind in OF_APPOINTMENTS]
    for said in (
        [one.words.subject for one in made],
        [one.words.text for one in made],
        [one.words.short for one in made],
    ):
        assert len(set(said)) == len(OF_APPOINTMENTS)


def test_whoever_is_called_need_not_come() -> None:
    for channel in RemoteChannel:
        found = letter("en", remote=channel, picture="")
        for text in (found.words.text, " ".join(Reader(found.html).text)):
            assert "need not come" in text
            assert "kiosk" not in text
            assert "Harbour Street" not in text


def test_from_right_to_left_every_line_begins_so_and_figures_stand_apart() -> None:
    found = letter("ar").words
    lines = [line for line in found.text.splitlines() if line]
    assert all(line.startswith(RLM) for line in (*lines, found.subject, found.short))
    assert f"{LRI}10:30{PDI}" in found.text
    assert f"{LRI}HS4K 7KM2{PDI}" in found.text
    for line in (*lines, found.subject, found.short):
        assert line.count(LRI) + line.count(FSI) == line.count(PDI)
    # A program that looks for addresses in plain text finds them whole: they end at a space.
    addresses = [word.partition(LRI)[2] for word in found.text.split() if "https://" in word]
    assert addresses == [FACTS.link, FACTS.no_reminders]
    assert found.short.endswith(f"{LRI}{FACTS.link} {PDI}")
    assert not set(letter("fr").words.text) & {RLM, LRI, FSI, PDI}
