"""Writes a golden stream of an account: ``python -m tests.golden.make_accounts NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from queue_server.accounts import events as e
from queue_server.accounts.evolve import Account, evolve
from queue_server.accounts.model import FactorKind
from queue_server.domain.values import Micros, StaffId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload

FOLDER = Path(__file__).parent / "accounts"
START = 1_795_600_000_000_000
OWN = StaffId("01a21000-0000-7000-8000-0000000000c1")
OTHER = StaffId("01a21000-0000-7000-8000-0000000000c2")


def deeds() -> Iterator[Payload]:
    yield e.PasswordChanged(OWN)
    yield e.SecondFactorAdded(OWN, FactorKind.CODE)
    yield e.RecoveryCodesMade(OWN)
    yield e.RecoveryCodeUsed(OWN)
    yield e.SecondFactorAdded(OWN, FactorKind.PASSKEY)
    yield e.SecondFactorRemoved(OWN, FactorKind.CODE)
    yield e.SignInAdmitted(OWN)
    yield e.SessionsEnded(OWN, 2)
    yield e.ClockConfirmed(OWN, OTHER)
    yield e.SecondFactorReset(OWN, 1)
    yield e.PasswordChanged(OWN)
    yield e.SecondFactorAdded(OWN, FactorKind.PASSKEY)


def write(name: str) -> None:
    found: Account | None = None
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.jsonl").open("xb") as file:
        for seq, body in enumerate(deeds(), start=1):
            found = evolve(found, body, seq, Micros(START + seq))
            line = {
                "seq": seq,
                "at": START + seq,
                "type": body.type,
                "v": body.v,
                "command": f"01a21000-0000-7000-8000-0000000001{seq:02}",
                "actor": f"staff/{OTHER if body.type in {'sign-in-admitted', 'second-factor-reset'} else OWN}",
                "payload": encode(body).decode(),
            }
            file.write(msgspec.json.encode(line) + b"\n")
    state = msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=1)
    (FOLDER / f"{name}.state.json").write_bytes(state + b"\n")


if __name__ == "__main__":
    write(sys.argv[1])
