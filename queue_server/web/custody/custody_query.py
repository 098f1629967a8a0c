"""What the address of the custody desk asks for. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.applications.model import read_reference
from queue_server.custody.values import Holder, ItemState
from queue_server.domain.values import ApplicationState
from queue_server.web.paging import read_skip

PATH: Final = "/custody"
_IDENT: Final = re.compile(r"[0-9a-f-]{36}", re.ASCII)
_GOVERNMENT: Final = re.compile(r"[A-Za-z0-9-]{2,64}", re.ASCII)
_SERVICE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
#: Letters of a reference that are read.
_MAX_REFERENCE: Final = 80
_DRAWER: Final = re.compile(r"[A-Z0-9]{1,8}-[A-Z0-9]{1,8}", re.ASCII)


class CustodyView(StrEnum):
    """What is looked at. Each but the single ones has a tab."""

    ITEMS = "items"
    RECEIVE = "receive"
    ITEM = "item"
    BAGS = "bags"
    BAG = "bag"
    COUNT = "count"
    CASES = "cases"
    LOCKERS = "lockers"
    RECALL = "recall"


class CustodyAge(StrEnum):
    """For how many days something has been as it is."""

    TODAY = "today"
    DAYS_3 = "3"
    DAYS_7 = "7"
    DAYS_14 = "14"
    OLDER = "older"


class ReachState(StrEnum):
    """How far it has come that somebody is told of what is ready for them."""

    #: No way that they gave leads to them.
    UNREACHED = "unreached"
    #: They gave none.
    NO_WAY = "no-way"
    UNDER_WAY = "under-way"
    #: By a message, or by staff.
    TOLD = "told"


#: The state of the list that is none: nobody knows where these are.
UNKNOWN_PLACE: Final = "unknown"


class CustodyQuery(msgspec.Struct, frozen=True):
    """What is looked at, and what a list is narrowed by; "" asks for nothing.

    ``item``, ``bag``, ``count``, ``locker`` and ``order`` are ids, ``case`` is a reference.
    """

    view: CustodyView = CustodyView.ITEMS
    item: str = ""
    bag: str = ""
    drawer: str = ""
    count: str = ""
    state: str = ""
    age: str = ""
    holder: str = ""
    government: str = ""
    skip: int = 0
    case: str = ""
    stage: str = ""
    service: str = ""
    locker: str = ""
    order: str = ""
    reach: str = ""

    def address(self, path: str = PATH) -> str:
        """Write it into an address; what says nothing is left out."""
        said = {name: str(getattr(self, name)) for name in self.__struct_fields__ if getattr(self, name)}
        return f"{path}?{urlencode(said)}"

    def but(self, **changed: str | int) -> "CustodyQuery":
        return msgspec.structs.replace(self, **changed)


def read(query: Mapping[str, str]) -> CustodyQuery:
    """Read what an address says; what no link of ours says stands for nothing."""

    def one_of(name: str, *known: str) -> str:
        value = query.get(name, "")
        return value if value in known else ""

    def like(name: str, pattern: re.Pattern[str]) -> str:
        value = query.get(name, "")
        return value if pattern.fullmatch(value) else ""

    return CustodyQuery(
        view=CustodyView(one_of("view", *CustodyView) or CustodyView.ITEMS),
        item=like("item", _IDENT),
        bag=like("bag", _IDENT),
        drawer=like("drawer", _DRAWER),
        count=like("count", _IDENT),
        state=one_of("state", *ItemState, UNKNOWN_PLACE),
        age=one_of("age", *CustodyAge),
        holder=one_of("holder", *Holder),
        government=like("government", _GOVERNMENT),
        case=read_reference(query.get("case", "")[:_MAX_REFERENCE]) or "",
        stage=one_of("stage", *ApplicationState),
        service=like("service", _SERVICE),
        locker=like("locker", _IDENT),
        order=like("order", _IDENT),
        reach=one_of("reach", *ReachState),
        skip=read_skip(query),
    )
