"""What a document proves, and where somebody gets what is theirs, for every combination."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.collection import proof
from queue_server.collection.values import WhereNow
from queue_server.contract.documents import DocumentReading, VerdictView
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, ClaimId, Holder, ItemId, ItemKind, ItemState
from queue_server.domain.values import CentreId, GovernmentId, Micros

SIGNED = ("signature", "issuer", "validity", "issuing-state", "content")
CHECKS = (*SIGNED, "active-authentication", "chip-authentication", "expiry", "revocation", "printed", "zone")
OUTCOMES = ("passed", "noted", "failed", "unsupported", "not-checked")
READING = DocumentReading(kind="P", issuer="UTO", number="L898902C3", expires=None, standing="genuine", verdicts=())

verdicts = st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(OUTCOMES)).map(
    lambda found: tuple(VerdictView(check, outcome) for check, outcome in found.items())
)


def read(**outcomes: str) -> DocumentReading:
    whole = dict.fromkeys(SIGNED, "passed") | {"chip-authentication": "passed"}
    named = whole | {name.replace("_", "-"): outcome for name, outcome in outcomes.items()}
    return msgspec.structs.replace(READING, verdicts=tuple(VerdictView(*one) for one in named.items()))


def test_a_chip_that_proves_itself_opens_also_where_the_document_has_expired() -> None:
    assert proof.of_reading(read()).opens
    old = proof.of_reading(read(expiry="failed"))
    assert (old.opens, old.is_refused) == (True, False)
    assert proof.of_reading(read(active_authentication="passed", chip_authentication="unsupported")).opens


def test_what_the_kiosk_sums_it_up_to_is_not_believed() -> None:
    assert not proof.of_reading(READING).opens


def test_without_number_or_issuer_or_from_a_seal_nothing_is_proved() -> None:
    for less in ({"number": ""}, {"issuer": ""}, {"seal": "visa"}):
        shown = proof.of_reading(msgspec.structs.replace(read(), **less))
        assert (shown.opens, shown.is_refused) == (False, True)


@given(verdicts)
def test_a_door_opens_only_for_what_is_signed_unchanged_and_no_copy(found: tuple[VerdictView, ...]) -> None:
    outcomes = {one.check: one.outcome for one in found}
    shown = proof.of_reading(msgspec.structs.replace(READING, verdicts=found))
    if shown.opens:
        assert all(outcomes.get(check) in {"passed", "noted"} for check in SIGNED)
        assert {outcomes.get("active-authentication"), outcomes.get("chip-authentication")} & {"passed", "noted"}
        assert not shown.is_refused
    assert shown.is_refused == any(one.outcome == "failed" and one.check != "expiry" for one in found)


items = st.builds(
    Item,
    id=st.just(ItemId("item")),
    label=st.just(10_001),
    centre=st.just(CentreId("demo")),
    government=st.just(GovernmentId("UTO")),
    kind=st.sampled_from(ItemKind),
    received_at=st.just(Micros(0)),
    changed_at=st.just(Micros(0)),
    seq=st.just(1),
    state=st.sampled_from(ItemState),
    holder=st.sampled_from(Holder),
    claim=st.none() | st.just(ClaimId("claim")),
)


@given(items, st.booleans())
def test_a_door_is_offered_for_what_lies_ready_behind_it_and_nobody_else_takes(item: Item, can_open: bool) -> None:
    found = proof.where_now(item, can_open=can_open)
    assert (found is None) == (item.state in ENDED)
    if found is WhereNow.HERE:
        assert (item.state, item.holder, item.claim) == (ItemState.READY, Holder.COMPARTMENT, None)
        assert can_open
    if found is WhereNow.LATER:
        assert item.state not in {ItemState.READY, ItemState.CALLED_BACK, ItemState.EXPIRED}
