"""Where nonces and ephemeral keys come from: the operating system, or the worked examples of the standards."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from peripherals.documents.curves import Domain


def _draw(domain: Domain) -> int:
    return domain.draw()


@dataclass(frozen=True, slots=True)
class Chance:
    """``octets`` gives that many random bytes, ``private`` a private key for domain parameters."""

    octets: Callable[[int], bytes] = secrets.token_bytes
    private: Callable[[Domain], int] = _draw


SYSTEM = Chance()
