"""The section of a catalogue about alarms: when nobody is told outside of the page, and who is told. Pure."""

from itertools import pairwise
from typing import Annotated

from msgspec import Meta

from queue_server.catalogue.errors import CatalogueHoursError
from queue_server.catalogue.fields import CatalogueSection, Spans, span_minutes

#: The address of a post, not of a person: who is on duty reads it.
MailAddress = Annotated[str, Meta(max_length=254, pattern=r"\A[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+\Z")]


class AlarmRules(CatalogueSection, frozen=True):
    """Who is told of alarms that look ahead outside of the page of managers.

    An alarm that nobody has taken for ``mail_after_min`` minutes is sent to ``mail``, once. In the ``quiet`` hours of
    each day, by the clock of the centre, nothing is sent; what crosses midnight is two entries.
    """

    mail: Annotated[tuple[MailAddress, ...], Meta(max_length=8)] = ()
    mail_after_min: Annotated[int, Meta(ge=0, le=120)] = 3
    quiet: Spans = ()

    def is_quiet(self, minute: int) -> bool:
        """Tell whether nothing is sent at a minute after midnight."""
        return any(begins <= minute < ends for begins, ends in map(span_minutes, self.quiet))


def check_alarms(rules: AlarmRules) -> None:
    """Check what the types of ``AlarmRules`` cannot say.

    Raises:
        CatalogueHoursError: quiet hours end before they begin, or overlap.
    """
    spans = [span_minutes(one) for one in rules.quiet]
    if any(begins >= ends for begins, ends in spans) or any(
        later[0] < earlier[1] for earlier, later in pairwise(spans)
    ):
        raise CatalogueHoursError(section="alarms", key="quiet")
