"""What terminals say that they can do, held against what they are."""

import importlib

import pytest

from peripherals.device import DRIVERS
from peripherals.payment.port import PaymentTerminal


def terminals() -> dict[str, type[PaymentTerminal]]:
    found = {}
    for scheme, target in DRIVERS.items():
        module, _, name = target.partition(":")
        kind = getattr(importlib.import_module(module), name)
        if issubclass(kind, PaymentTerminal):
            found[scheme] = kind
    return found


TERMINALS = terminals()


def test_there_are_terminals() -> None:
    assert {"manual", "nexo+https", "zvt+tcp"} <= set(TERMINALS)


@pytest.mark.parametrize("scheme", sorted(TERMINALS))
def test_who_has_people_move_the_money_has_a_desk_for_their_words(scheme: str) -> None:
    kind = TERMINALS[scheme]
    assert kind.capabilities.attended is (kind.desk is not PaymentTerminal.desk)


@pytest.mark.parametrize("scheme", sorted(TERMINALS))
def test_people_count_what_they_move_themselves(scheme: str) -> None:
    can = TERMINALS[scheme].capabilities
    assert can.closes_day is not can.attended
