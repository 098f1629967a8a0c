"""One-time codes: told once, kept as hashes, good once; on both databases."""

import asyncio

from sqlalchemy import Connection, select

from queue_server.collection.codes import OneTimeCodes
from queue_server.collection.settings import CollectionRules
from queue_server.collection.tables import collection_codes
from queue_server.custody.values import ItemId
from queue_server.domain.collection_codes import is_whole
from queue_server.domain.values import HOUR, CentreId, Micros
from tests.queue_server.house import DEMO, House

ITEM, OTHER, HARBOUR = ItemId("item"), ItemId("other"), CentreId("harbour")


async def new(here: House, item: ItemId = ITEM, *, alone: bool = False) -> str:
    codes, now = here.server[OneTimeCodes], here.server.clock()
    return await here.server.log.write(lambda connection: codes.new_code(connection, item, DEMO, at=now, alone=alone))


async def found(here: House, code: str, centre: CentreId = DEMO, later: int = 0) -> ItemId | None:
    codes, now = here.server[OneTimeCodes], Micros(here.server.clock() + later)
    return await here.server.log.run(lambda connection: codes.find(connection, centre, code, at=now))


async def used(here: House, code: str) -> bool:
    codes, now = here.server[OneTimeCodes], here.server.clock()
    return await here.server.log.write(lambda connection: codes.use(connection, codes.digest(DEMO, code), at=now))


async def test_a_code_is_for_one_item_at_one_centre_and_ends(here: House) -> None:
    code = await new(here)
    assert is_whole(code)
    assert await found(here, code) == ITEM
    assert await found(here, code, HARBOUR) is None
    days = here.server.settings[CollectionRules].code_days
    assert await found(here, code, later=days * 24 * HOUR - HOUR) == ITEM
    assert await found(here, code, later=days * 24 * HOUR) is None


async def test_no_code_lies_in_the_database(here: House) -> None:
    code = await new(here)

    def all_rows(connection: Connection) -> str:
        return repr(connection.execute(select(collection_codes)).mappings().all())

    rows = await here.server.log.run(all_rows)
    assert "item" in rows
    assert code not in rows
    assert "OneTimeCodes(...)" in repr(here.server[OneTimeCodes])


async def test_earlier_codes_stay_good_until_one_is_to_be_alone(here: House) -> None:
    first, second, other = await new(here), await new(here), await new(here, OTHER)
    assert [await found(here, code) for code in (first, second)] == [ITEM, ITEM]
    third = await new(here, alone=True)
    assert [await found(here, code) for code in (first, second, third, other)] == [None, None, ITEM, OTHER]


async def test_at_once_one_uses_it(here: House) -> None:
    code = await new(here)
    assert sum(await asyncio.gather(*(used(here, code) for _ in range(8)))) == 1
    assert await found(here, code) is None


async def test_at_once_one_uses_it_on_two_servers(two: tuple[House, House]) -> None:
    code = await new(two[0])
    assert await found(two[1], code) == ITEM
    assert sum(await asyncio.gather(*(used(here, code) for here in two * 4))) == 1
    assert [await found(here, code) for here in two] == [None, None]
