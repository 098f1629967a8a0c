"""Frames on a line: how they are wrapped, and that none overtakes another, however a line takes them."""

import asyncio
from enum import Enum, auto

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.framework.broadcast import QUEUE_FRAMES, BrowserEvent, Packet, Subscriber


def packet(number: int, data: bytes = b"{}") -> Packet:
    return Packet(number, f"2026-12-01:{number}", BrowserEvent.CHANGE, data)


@pytest.mark.parametrize(
    ("length", "head"),
    [
        # The lengths of RFC 6455, section 5.7, and where one form of them ends; a server's frames have no mask.
        (5, "8105"),
        (125, "817d"),
        (126, "817e007e"),
        (256, "817e0100"),
        (65535, "817effff"),
        (65536, "817f0000000000010000"),
    ],
)
def test_a_frame_is_one_text_message(length: int, head: str) -> None:
    data = b"x" * length
    assert packet(1, data).websocket == bytes.fromhex(head) + data


def test_a_frame_is_one_event_in_one_chunk() -> None:
    one = packet(7, b'{"a":1}')
    event = b'id: 2026-12-01:7\nevent: change\ndata: {"a":1}\n\n'
    assert one.sse == event
    assert one.sse_chunk == b"2e\r\n" + event + b"\r\n"
    assert len(event) == 0x2E


def test_what_a_frame_is_wrapped_in_is_made_once() -> None:
    one = packet(1)
    assert one.websocket is one.websocket
    assert one.sse_chunk is one.sse_chunk


class Act(Enum):
    OFFER = auto()
    #: The line is full from now on, or takes frames again.
    TURN = auto()
    #: The one who sends what is queued gets its turn.
    TAKE = auto()


@given(st.lists(st.sampled_from(Act)))
def test_no_frame_overtakes_another_and_none_is_lost(acts: list[Act]) -> None:
    async def go() -> None:
        subscriber, line, free, offered = Subscriber("queue", None), list[int](), True, 0

        def write(one: Packet) -> bool:
            if free:
                line.append(one.seq)
            return free

        subscriber.write = write
        for act in acts:
            if act is Act.OFFER:
                offered += 1
                subscriber.offer(packet(offered))
            elif act is Act.TURN:
                free = not free
            elif not subscriber.queue.empty():
                line.append(subscriber.queue.get_nowait().seq)
        while not subscriber.queue.empty():
            line.append(subscriber.queue.get_nowait().seq)
        assert line == list(range(1, offered + 1))
        assert not subscriber.behind

    asyncio.run(go())


async def test_who_takes_nothing_has_a_bounded_queue() -> None:
    subscriber = Subscriber("queue", None)
    subscriber.write = lambda _: False
    for number in range(QUEUE_FRAMES + 1):
        assert not subscriber.behind
        subscriber.offer(packet(number))
    assert subscriber.behind
    assert subscriber.queue.qsize() == QUEUE_FRAMES
