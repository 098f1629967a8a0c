"""Settings of the public pages of appointments."""

from typing import Annotated

import msgspec
from msgspec import Meta


class BookingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[booking]``: what keeps the public pages of appointments fair.

    In a second one address may ask ``requests_address_s`` times, all together ``requests_s`` times. Before a time is
    held, a browser computes for each person: ``proof_rounds`` derivations on average of ``proof_iterations`` PBKDF2
    iterations each, within ``proof_s`` seconds. One without scripts waits ``wait_s`` seconds a person instead, and an
    address has its waits one after another. Both grow with what was tried lately: by their own length for each ``calm``
    people for whom all held times, and for each ``calm_address`` people of the same address, at most ``max_factor``
    times; after ``memory_s`` seconds half of it is forgotten.
    """

    requests_address_s: Annotated[int, Meta(ge=1, le=10_000)] = 10
    requests_s: Annotated[int, Meta(ge=1, le=100_000)] = 200
    proof_rounds: Annotated[int, Meta(ge=1, le=100_000)] = 200
    proof_iterations: Annotated[int, Meta(ge=1, le=100_000)] = 1_000
    proof_s: Annotated[int, Meta(ge=60, le=86_400)] = 1_800
    wait_s: Annotated[float, Meta(ge=0.1, le=600)] = 15
    calm: Annotated[int, Meta(ge=1, le=100_000)] = 300
    calm_address: Annotated[int, Meta(ge=1, le=10_000)] = 5
    max_factor: Annotated[float, Meta(ge=1, le=1_000)] = 20
    memory_s: Annotated[int, Meta(ge=1, le=86_400)] = 600
