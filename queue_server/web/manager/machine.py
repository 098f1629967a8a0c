"""What is wrong with the server's machine, in the words of the rooms: what is so, and whom to call."""

from markupsafe import Markup

from queue_server.web import wording
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import AlarmRow


def alarms(scene: ManagerView) -> tuple[AlarmRow, ...]:
    """List the conditions of this server as alarms; one without words is for readiness alone."""
    rows = []
    for one in scene.conditions:
        tell = scene.reader.brought.condition_words.get(one.code)
        if tell is not None:
            head, todo = tell(scene.words, one.amount)
            said = wording.plain(head)
            rows.append(
                AlarmRow(id=one.code, icon="alert", head=head, since=Markup(), todo=todo, announcement=said, bad=True)
            )
    return tuple(rows)
