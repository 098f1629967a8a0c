"""Where one's own day and the teams are, and what is done there."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.team.permissions import OWN_DAY, TEAMS
from queue_server.web.team import acts, show_own_day, show_teams

PAGES: Final = (
    PageRoute("GET", "/my-day", OWN_DAY, show_own_day.show, leads_in=True),
    PageRoute("GET", "/my-day/page", OWN_DAY, show_own_day.show_part),
    PageRoute("POST", "/my-day/note", OWN_DAY, acts.write_note, leads_in=True),
    PageRoute("POST", "/my-day/read", OWN_DAY, acts.confirm_message),
    PageRoute("POST", "/my-day/break", OWN_DAY, acts.say_of_break),
    PageRoute("GET", "/team", TEAMS, show_teams.show, leads_in=True),
    PageRoute("GET", "/team/page", TEAMS, show_teams.show_part),
    PageRoute("POST", "/team/messages", TEAMS, acts.send_message, leads_in=True),
    PageRoute("POST", "/team/messages/take-back", TEAMS, acts.take_message_back, leads_in=True),
)
