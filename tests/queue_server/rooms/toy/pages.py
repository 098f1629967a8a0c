from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from queue_server.framework.parts import Part, RoomAlarm, Shown
from tests.queue_server.rooms.toy import store
from tests.queue_server.rooms.toy.permissions import FOUND
from tests.queue_server.rooms.toy.settings import FoundRules


async def _at_counter(shown: Shown) -> Mapping[str, Any] | None:
    count = await shown.server.log.run(lambda connection: store.lying(connection, shown.centre))
    return {"count": count} if count else None


async def alarms(shown: Shown) -> tuple[RoomAlarm, ...]:
    _, most = shown.words, shown.server.settings[FoundRules].most
    count = await shown.server.log.run(lambda connection: store.lying(connection, shown.centre))
    if count <= most:
        return ()
    head = _.ngettext("%(count)s found thing lies here", "%(count)s found things lie here", count)
    return (RoomAlarm("found", "doc", head, Markup(), _("Take them to the house's office.")),)


PARTS = (Part("counter", "found/counter.html", FOUND, _at_counter),)
