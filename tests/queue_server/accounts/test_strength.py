"""Passwords that are guessed first cannot be had, whoever makes them."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.model import MAX_PASSWORD
from queue_server.accounts.strength import LEAST, Weakness, weakness

LOGIN = "ines.moreau"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short one 1", Weakness.SHORT),
        ("x" * (MAX_PASSWORD + 1), Weakness.LONG),
        ("ines.moreau1", Weakness.NAMED),
        ("Moreau-Ines-99", Weakness.NAMED),
        ("aaaaaaaaaaaaaaaa", Weakness.SIMPLE),
        ("123456789012", Weakness.SIMPLE),
        ("Password1234", Weakness.SIMPLE),
        ("qwertyuiop12", Weakness.SIMPLE),
        ("MotDePasse2026", Weakness.SIMPLE),
        ("correct horse battery", None),
        ("ines keeps four blue herons", None),
        ("four blue herons walk under the old bridge at half past seven in the morning", None),
        ("كلمات لا رابط بينها", None),
    ],
)
def test_what_is_wrong_with_a_password_is_said(password: str, fault: Weakness | None) -> None:
    assert weakness(password, LOGIN) is fault


@given(st.text(), st.from_regex(r"[a-z0-9][a-z0-9._-]{0,63}", fullmatch=True))
def test_nothing_short_or_endless_is_ever_good(password: str, login: str) -> None:
    assert weakness(password, login) is not None or LEAST <= len(password) <= MAX_PASSWORD


def test_what_the_command_line_draws_is_good_but_for_an_accident() -> None:
    assert sum(weakness(secrets.token_urlsafe(9), LOGIN) is not None for _ in range(1000)) < 10
