"""What somebody said of a planned break: the last word counts, for them alone, until their day is over."""

from sqlalchemy import URL, create_engine

from queue_server.domain.values import CentreId, Micros, StaffId
from queue_server.team.store import Owner, said_of_breaks, say_of_break

HERE, THERE = CentreId("demo"), CentreId("harbour")
INES, SAMIR = StaffId("ines"), StaffId("samir")
FIRST, SECOND = Micros(1_000), Micros(2_000)
END = Micros(9_000)


def test_the_last_word_about_a_break_counts(sqlite_url: URL) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        ines = Owner(HERE, INES, Micros(10), END)
        owners = (ines, Owner(HERE, SAMIR, Micros(10), END), Owner(THERE, INES, Micros(10), END))
        for owner in owners:
            for starts_at in (FIRST, SECOND):
                say_of_break(connection, owner, starts_at, is_taken=True)
        for is_taken in (True, False):
            say_of_break(connection, ines, FIRST, is_taken=is_taken)

        def said(centre: CentreId, staff: StaffId, now: int = 20) -> dict[Micros, bool]:
            return said_of_breaks(connection, centre, staff, Micros(now))

        assert said(HERE, INES) == {FIRST: False, SECOND: True}
        assert said(HERE, SAMIR) == said(THERE, INES) == {FIRST: True, SECOND: True}
        assert len(said(HERE, INES, END - 1)) == 2
        assert said(HERE, INES, END) == {}
    engine.dispose()
