"""Documents without a chip, and such as the reader cannot read."""

from tests.journeys.booth import chips, documents, lines, person, printed
from tests.journeys.booth.row import Row

ROWS = (
    Row(
        "Internal passport without a chip, with digits for letters",
        "Russia",
        documents.paper("zone-russian-internal"),
        None,
        lines.PRINTED,
        None,
        (chips.NO_CHIP, printed.DIGITS),
    ),
    Row(
        "Passport whose chip does not answer",
        "Iraq",
        documents.paper("ordinary"),
        None,
        lines.PRINTED,
        None,
        (chips.NO_CHIP,),
    ),
    Row(
        "Passport without a chip that has expired",
        "Romania",
        documents.paper("document-expired"),
        None,
        lines.PRINTED_EXPIRED,
        None,
        (printed.LAST_DAY_OVER, chips.NO_CHIP),
    ),
    Row(
        "Identity card without a chip (TD2)",
        "France",
        documents.paper("identity-card-td2"),
        None,
        lines.PRINTED,
        None,
        (chips.NO_CHIP,),
    ),
    Row("Visa of the large format (MRV-A)", "Italy", documents.visa(44), None, lines.PRINTED, None, (chips.NO_CHIP,)),
    Row(
        "Visa of the small format (MRV-B)",
        "United States",
        documents.visa(36),
        None,
        lines.PRINTED,
        None,
        (chips.NO_CHIP,),
    ),
    Row(
        "Passport with its lines torn off in the middle", "France", documents.torn(), person.AGAIN, lines.NOTHING, None
    ),
    Row(
        "Passport with worn letters, read differently each time",
        "Kenya",
        documents.worn(),
        person.AGAIN,
        lines.NOTHING,
        None,
    ),
    Row(
        "Passport with a character that the reader takes for another each time",
        "Sweden",
        documents.misread(),
        person.NOT_READ,
        lines.DOUBTFUL,
        None,
        (printed.CHARACTER, chips.CHIP_UNREAD),
    ),
)
