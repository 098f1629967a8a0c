"""A chip of a worked example: it takes just the commands that the standard prints, in their order."""

from collections.abc import Iterable, Iterator

from peripherals.documents.curves import Domain
from peripherals.documents.emrtd.chance import Chance


class Replay:
    """Pairs of command and answer, in hexadecimal with any spaces."""

    def __init__(self, *exchanges: tuple[str, str]) -> None:
        self._exchanges = iter(exchanges)
        self.left = len(exchanges)

    def __call__(self, command: bytes) -> bytes:
        expected, answer = next(self._exchanges)
        assert command.hex() == bytes.fromhex(expected).hex()
        self.left -= 1
        return bytes.fromhex(answer)


def drawn(*, octets: Iterable[str] = (), private: Iterable[str] = ()) -> Chance:
    """Give the nonces and keys that an example draws, in their order."""
    nonces: Iterator[bytes] = map(bytes.fromhex, octets)
    keys = (int.from_bytes(bytes.fromhex(key)) for key in private)

    def next_octets(size: int) -> bytes:
        nonce = next(nonces)
        assert len(nonce) == size
        return nonce

    def next_private(_domain: Domain) -> int:
        return next(keys)

    return Chance(next_octets, next_private)
