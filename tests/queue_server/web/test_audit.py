"""The page of auditors, pure: every event has words, every bad event too, and an address is read as it was written."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Micros
from queue_server.eventlog import verify
from queue_server.vault.model import ReadPurpose
from queue_server.web.audit import audit_query, deeds, presenter
from queue_server.web.site import LANGUAGES
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView
from tests.queue_server.house import KNOWN
from tests.queue_server.known import site
from tests.queue_server.web.days import Centre

SITE = site()
#: As the module's own table has them.
BAD = ("gap", "hash", "missing", "link", "closing", "signature", "not-closed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_deed_purpose_and_fault_has_words(language: str) -> None:
    words = SITE.words[language]
    kinds = {kind for stream in KNOWN.streams.values() for codec in stream.codecs for kind in codec.kinds}
    named = KNOWN.deeds(words)
    assert kinds == named.keys(), kinds ^ named.keys()
    assert all(deeds.purpose(words, one) for one in ReadPurpose)
    assert all(f"``{code}``" in (verify.__doc__ or "") for code in BAD)
    codes = {*BAD, *verify.RowFault}
    assert not {str(deeds.bad(words, code)) for code in codes} & codes


def test_what_has_no_words_is_shown_as_it_is_stored() -> None:
    words = SITE.words["en"]
    reader = PageReader(words, Clockface("Europe/Brussels", "en"), "en", rtl=False, brought=KNOWN)
    day = Centre()
    look = StaffView(day.state, day.facts, day.settings, reader=reader, now=Micros(0))
    assert str(presenter.done(look, "visit-called")) == "Called"
    assert str(presenter.done(look, "not-known-yet")) == "not-known-yet"
    assert "<b>" not in presenter.done(look, "<b>")


ASKED = st.builds(
    audit_query.AuditQuery,
    view=st.sampled_from(["money", "looked", "acted"]),
    subject=st.just("") | st.uuids().map(str),
    skip=st.integers(0, 999_999),
    actor=st.sampled_from(["", audit_query.STAFF]) | st.uuids().map(lambda one: f"{audit_query.STAFF}{one}"),
    day=st.just("") | st.dates(min_value=date(2000, 1, 1), max_value=date(2999, 12, 31)).map(str),
)


@given(ASKED)
def test_an_address_says_what_was_asked_for(wanted: audit_query.AuditQuery) -> None:
    path, _, query = wanted.address("/audit").partition("?")
    assert path == "/audit"
    assert audit_query.read(dict(parse_qsl(query, keep_blank_values=True)), ("money",)) == wanted


@given(st.dictionaries(st.sampled_from(["view", "subject", "skip", "actor", "day"]), st.text()))
def test_whatever_an_address_says_is_read_as_something(query: dict[str, str]) -> None:
    found = audit_query.read(query, ("money",))
    written = dict(parse_qsl(found.address("/audit").partition("?")[2], keep_blank_values=True))
    assert audit_query.read(written, ("money",)) == found
