"""Ids that are made here: UUIDs of version 7, never twice, whichever process makes them."""

import os
import time
from uuid import RFC_4122, UUID

from queue_server.domain.values import new_id

#: More than random bytes are drawn for at once.
MANY = 1_000


def test_they_are_written_as_the_standard_says() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_id() for _ in range(MANY)]
    after = time.time_ns() // 1_000_000
    for text in made:
        one = UUID(text)
        assert str(one) == text
        assert (one.version, one.variant) == (7, RFC_4122)
        assert before <= one.int >> 80 <= after
    assert len(set(made)) == MANY
    # All that is random in them takes both values: 74 bits beside version and variant.
    fixed = 0xF << 76 | 0x3 << 62
    seen, unset = 0, 0
    for text in made:
        seen, unset = seen | UUID(text).int, unset | ~UUID(text).int
    assert (seen & unset | fixed) & (1 << 80) - 1 == (1 << 80) - 1


def test_another_process_makes_others() -> None:
    new_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, new_id()[14:].encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        theirs = told.read().decode()
    os.waitpid(child, 0)
    assert len(theirs) == 22
    assert theirs != new_id()[14:]
