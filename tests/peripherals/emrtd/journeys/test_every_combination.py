"""Every protocol with every cipher and every group reads a document and proves its chip."""

from tests.peripherals.emrtd.test_session import (
    CHIP_AUTHENTICATION,
    PACE,
    named,
    refused_of_chip_authentication,
    refused_of_pace,
)


def test_every_kind_of_pace_opens_the_chip() -> None:
    assert refused_of_pace(named(*PACE)) == []


def test_every_kind_of_chip_authentication_proves_the_chip() -> None:
    assert refused_of_chip_authentication(named(*CHIP_AUTHENTICATION)) == []
