"""What is set of collection. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class CollectionRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[collection]``.

    A one-time code holds for ``code_days`` days of 24 hours, an authority for ``authority_days`` service days at most.
    At a kiosk ``code_tries`` wrong codes are taken at once, and ``document_tries`` documents for which nothing is here;
    after them one each ``first_delay_s`` seconds, twice as long after each, ``longest_delay_s`` at most. All is
    forgotten ``window_s`` after the last. No proof is answered before ``answer_ms``, whatever comes of it. A person has
    ``stay_s`` from their proof, or from the last door, until they prove it anew.
    """

    code_days: Annotated[int, Meta(ge=1, le=90)] = 30
    authority_days: Annotated[int, Meta(ge=1, le=3_650)] = 365
    code_tries: Annotated[int, Meta(ge=1, le=100)] = 5
    document_tries: Annotated[int, Meta(ge=1, le=1_000)] = 20
    first_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 30
    longest_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 900
    window_s: Annotated[int, Meta(ge=60, le=604_800)] = 43_200
    answer_ms: Annotated[int, Meta(ge=0, le=10_000)] = 800
    stay_s: Annotated[int, Meta(ge=60, le=3_600)] = 600
