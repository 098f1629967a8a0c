"""Which versions of a set-up were in force at a time that is past."""

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import versions
from queue_server.catalogue.version_tables import catalogue_versions
from queue_server.catalogue.versions import SYSTEM, CatalogueVersion
from queue_server.domain.values import CentreId, Micros

HERE, ELSEWHERE = CentreId("demo"), CentreId("harbour")
moments = st.integers(1, 40)


@given(st.lists(moments, unique=True).map(sorted), st.booleans(), moments, st.integers(0, 10))
def test_versions_of_a_time_are_those_that_had_begun_and_not_ended(
    begun: list[int], before: bool, since: int, length: int
) -> None:
    ends: list[int | None] = [*((None,) if before else ()), *begun]
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        catalogue_versions.create(connection)
        for number, at in enumerate(ends, start=1):
            moment = None if at is None else Micros(at)
            versions.record(connection, HERE, CatalogueVersion(number, moment, SYSTEM, f"text {number}"))
        versions.record(connection, ELSEWHERE, CatalogueVersion(1, Micros(1), SYSTEM, "another centre"))
        found = versions.in_force(connection, HERE, Micros(since), Micros(since + length))
    engine.dispose()
    times = [0 if at is None else at for at in ends]
    expected = [
        number
        for number, (start, end) in enumerate(zip(times, [*times[1:], 99], strict=False), start=1)
        if start <= since + length and end > since
    ]
    assert sorted(one.version for one in found) == expected
