"""A centre that was open on the same weekday of some weeks, of which today is one more."""

import random
from datetime import date, timedelta

from queue_server.database import open_database, parse_url
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, Day, now_micros
from tests.queue_server.web.figures import planted
from tests.queue_server.web.server import Centre, run_aside

RULE = DayRule("Europe/Brussels")


def plant_weekdays(centre: Centre, weeks: int) -> None:
    """Open the centre on the same weekday of so many weeks."""
    day, chance = date.fromisoformat(RULE.day_at(now_micros())), random.Random(7)
    rows = [planted.day_rows(centre.id, day - timedelta(weeks=number + 1), RULE, chance) for number in range(weeks)]

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(lambda connection: planted.plant(connection, *rows))

    run_aside(write())


def hour_of_day() -> int:
    """Say which hour of the service day it is: these tests are right at any."""
    return (now_micros() - RULE.starts_at(Day(RULE.day_at(now_micros())))) // HOUR
