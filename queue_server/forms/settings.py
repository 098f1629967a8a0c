"""What is set of forms. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class FormRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[forms]``.

    Answers of a visit or an appointment are kept for ``visit_days`` service days, that of the visit among them; others
    as long as their form says. With one code ``code_tries`` wrong PINs are taken at once; after them one each
    ``first_delay_s`` seconds, twice as long after each, ``longest_delay_s`` at most, and all is forgotten ``window_s``
    after the last. Whoever asks, from one address, kiosk or desk, may be wrong ``asker_tries`` times at once, then once
    in ``asker_delay_s`` seconds at most. From one address ``saves`` forms are saved on the public pages at once, then
    likewise, and that is forgotten ``saves_window_s`` after the last. Nothing is answered before ``answer_ms``,
    whatever comes of it.
    """

    visit_days: Annotated[int, Meta(ge=1, le=30)] = 2
    code_tries: Annotated[int, Meta(ge=1, le=100)] = 5
    first_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 30
    longest_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 900
    window_s: Annotated[int, Meta(ge=60, le=604_800)] = 43_200
    asker_tries: Annotated[int, Meta(ge=1, le=10_000)] = 20
    asker_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 60
    saves: Annotated[int, Meta(ge=1, le=10_000)] = 40
    saves_window_s: Annotated[int, Meta(ge=60, le=604_800)] = 1_800
    answer_ms: Annotated[int, Meta(ge=0, le=10_000)] = 400
