"""The catalogue of events is true to the code, and leaves no event and no field without words."""

from collections.abc import Iterator

import msgspec
import pytest

from queue_server.eventlog.payload import Payload
from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from tests.docs.events_page import PAGE, STREAMS, meaning, page, parts, writers
from tests.queue_server.framework.test_described import is_sentences


def kinds(base: type[Payload]) -> Iterator[type[Payload]]:
    """Give what is written: what several have in common is none of it."""
    for kind in base.__subclasses__():
        yield from kinds(kind) if kind.__subclasses__() else (kind,)


def test_the_page_is_as_the_code_makes_it() -> None:
    """Made anew by ``.venv/bin/python -m tests.docs.events_page``."""
    assert PAGE.read_text("utf-8") == page()


def test_every_event_of_the_server_is_in_the_catalogue() -> None:
    listed = {kind for stream in STREAMS for kind in stream.events.values()}
    known = {kind for kind in kinds(Payload) if kind.__module__.startswith("queue_server.")}
    assert known == listed


def test_every_kind_of_stream_is_in_the_catalogue_with_the_events_that_are_read_of_it() -> None:
    listed = {stream.name.partition("/")[0] + "/": set(stream.events.values()) for stream in STREAMS}
    brought = {
        prefix: {kind for codec in stream.codecs for kind in codec.kinds.values()}
        for prefix, stream in RoomCollection(ROOMS).streams.items()
    }
    assert brought == listed


def test_every_event_and_field_has_a_meaning(subtests: pytest.Subtests) -> None:
    for stream in STREAMS:
        with subtests.test(stream=stream):
            kinds = [*stream.events.values(), *parts(stream.events.values())]
            assert [kind for kind in kinds if not (kind.__doc__ or "").strip().endswith(".")] == []
            fields = [(kind, field.name) for kind in kinds for field in msgspec.structs.fields(kind)]
            assert [(kind, name) for kind, name in fields if not is_sentences(meaning(stream, kind, name))] == []
            assert set(stream.meanings) <= {name for _, name in fields}


def test_every_event_is_made_somewhere() -> None:
    assert [kind for stream in STREAMS for kind in stream.events.values() if not writers(kind)] == []
