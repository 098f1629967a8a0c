"""Secrets are long enough, and drawn at random (OWASP ASVS 5, 6.5.3, 6.5.4, 7.2.3 and 11.5.1)."""

import base64
import math

from sqlalchemy import create_engine

from queue_server.accounts import factors, tokens
from queue_server.accounts.tables import recovery_codes
from queue_server.domain.values import Micros, StaffId


def test_a_token_is_256_random_bits() -> None:
    drawn = [tokens.new_token() for _ in range(2_000)]
    raw = [base64.urlsafe_b64decode(token + "=") for token in drawn]
    assert {len(one) for one in raw} == {32}
    assert len(set(raw)) == len(raw)
    # Each bit is on in about half of them: six standard deviations.
    for bit in range(256):
        on = sum(one[bit // 8] >> (bit % 8) & 1 for one in raw)
        assert abs(on - len(raw) / 2) < 6 * math.sqrt(len(raw)) / 2


def test_a_recovery_code_has_far_more_than_20_bits() -> None:
    engine, made = create_engine("sqlite://"), list[str]()
    with engine.connect() as connection:
        recovery_codes.create(connection)
        for number in range(200):
            made += factors.make_recovery(connection, b"k" * 32, StaffId(f"s{number}"), Micros(0))
    engine.dispose()
    assert len(set(made)) == len(made)
    codes = [code.replace("-", "") for code in made]
    letters = set("".join(codes))
    (length,) = {len(code) for code in codes}
    assert math.log2(len(letters)) * length >= 45
    # Every letter stands at every place.
    assert all({code[place] for code in codes} == letters for place in range(length))
