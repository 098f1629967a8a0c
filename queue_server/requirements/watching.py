"""What pages watch of checklists: by this they hear that another desk ticked something, and fetch it anew.

Nobody follows it by a route, and nothing is on it at first: a checklist is on from its first change on.
"""

from typing import Any, Final

from queue_server.contract.checklists import ChecklistFrame, ChecklistMark
from queue_server.framework.entity_feeds import EntityFeed
from queue_server.requirements.permissions import CHECKLIST
from queue_server.requirements.store import CHECKLISTS

#: As what frames of a centre say that a checklist changed.
MENTION: Final = "checklists"

WATCHED: Final[EntityFeed[Any]] = EntityFeed(
    name="checklists",
    summary="What was ticked on checklists",
    permission=CHECKLIST,
    aggregate=CHECKLISTS,
    frame=ChecklistFrame,
    centre=lambda checklist: checklist.centre,
    view=lambda checklist: ChecklistMark(checklist.seq),
    load=lambda *_: (),
)
