"""What is walked past where documents are kept: documents, cases, bags, drawers and lockers."""

from collections.abc import Iterator

from tests.queue_server.web.custodian import (
    LockerBank,
    document,
    does,
    fill_bag,
    hand_in,
    miss,
    open_case,
    ready,
    send,
)
from tests.queue_server.web.walks.walk import HELP, State, Walker, opener


def at_custody(desk: Walker) -> Iterator[State]:
    """Look at what was handed in: nothing, a list, one document, one that is not here, cases."""
    yield State("nothing yet", (HELP,))
    desk.begin()
    items = hand_in(desk, 12)
    miss(desk, items[0])
    yield State("documents", query="view=items&state=kept", is_main=True)
    ready(desk, items[1])
    yield State("a document", opener("hand-over", "more"), query=document(items[1]))
    yield State("a document that is kept", opener("condition", "give-back", "call-back"), query=document(items[2]))
    yield State("a missing document", query=document(items[0]))
    yield State("no document", query="view=item&item=x")
    yield State("handing in", query=f"view=receive&item={items[2]['id']}")
    case = open_case(desk)
    hand_in(desk, 2, application=case, government=None)
    yield State("a case", opener("correct"), query=f"view=cases&case={case}", away=True)


def at_bags(desk: Walker) -> Iterator[State]:
    """Look at bags and at drawers."""
    desk.begin()
    items = hand_in(desk, 12)
    filled = fill_bag(desk, items[2:10:2])
    came = send(desk, "bags", {"government": "XAL", "direction": "back", "seal": "UT-9001", "is_whole": False})["bag"]
    yield State("bags", opener("open-bag", "bag-came"), query="view=bags", is_main=True)
    yield State("a bag", opener("seal", "remove"), query=f"view=bag&bag={filled['id']}")
    yield State("a bag that came", opener("finish", "unpack"), query=f"view=bag&bag={came['id']}")
    does(desk, items[3], "shelve", {"place": "2-D-15"})
    yield State("drawers", query="view=count")
    yield State("a drawer", opener("give-up-count"), query="view=count&drawer=2-D")
    count = send(desk, "stocktaking", {"drawer": "2-D", "seen": [items[5]["barcode"]]})["id"]
    yield State("a drawer that was counted", query=f"view=count&drawer=2-D&count={count}")


def at_lockers(desk: Walker) -> Iterator[State]:
    """Load a bank of lockers, as managers may too."""
    desk.begin()
    (item,) = hand_in(desk, 1)
    ready(desk, item)
    yield State("no lockers", query="view=lockers")
    bank = LockerBank(desk)
    yield State("lockers", opener("inspect", "settle"), query=f"view=lockers&locker={bank.id}", is_main=True)
    yield State("loading", query=f"view=lockers&locker={bank.id}&item={item['id']}")
    order = bank.order("load", {"item": item["barcode"], "compartment": "A2"})["order"]["id"]
    bank.tell({"kind": "accepted", "order": order}, {"kind": "opened", "compartment": "A2"})
    yield State("a door that is open", query=f"view=lockers&locker={bank.id}&order={order}")
    bank.tell({"kind": "blocked", "compartment": "A2", "reason": "left-open"})
    yield State("a door that is blocked", query=f"view=lockers&locker={bank.id}&order={order}")
    yield State("documents", query="view=items")
