"""Streams as earlier releases stored them lead to the same states for ever, whatever they are of.

Those of a service day, whose state is another, are in ``test_golden``.
"""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_server.accounts.account_events import ACCOUNTS
from queue_server.accounts.device_events import DEVICES
from queue_server.applications.store import APPLICATIONS
from queue_server.appointments.store import DAYS
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.catalogue.set_up_events import SET_UPS
from queue_server.collection.store import AUTHORITIES, KIOSKS, MADE_CODES
from queue_server.custody.store import BAGS, ITEMS, STOCKTAKINGS
from queue_server.early_warnings.assignment_events import ALARMS
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.forms.store import FORMS
from queue_server.lockers.store import BANKS, ORDERS
from queue_server.notices.store import NOTIFICATIONS
from queue_server.payments.reconciliation_store import RECONCILIATIONS
from queue_server.payments.store import PAYMENTS
from queue_server.requirements.store import CHECKLISTS
from tests.golden.stored import ROOT, event, lines
from tests.golden.test_golden import assert_holds

#: By the folder of their streams.
AGGREGATES: dict[str, tuple[Aggregate[Any], ...]] = {
    "accounts": (ACCOUNTS,),
    "alarms": (ALARMS,),
    "applications": (APPLICATIONS,),
    "appointments": (DAYS,),
    "devices": (DEVICES,),
    "forms": (FORMS,),
    "custody": (ITEMS, BAGS, STOCKTAKINGS),
    "lockers": (BANKS, ORDERS, AUTHORITIES, KIOSKS, MADE_CODES),
    "notifications": (NOTIFICATIONS,),
    "payments": (PAYMENTS, RECONCILIATIONS),
    "requirements": (CHECKLISTS,),
    "set-ups": (SET_UPS,),
    "waitlist": (WAITLIST,),
}
STREAMS = sorted(path.with_suffix("") for path in ROOT.glob("*/*.jsonl"))


def aggregate_of(stream: Path) -> Aggregate[Any]:
    """Find what a stream is of by its first event."""
    first = lines(stream)[0].type
    (found,) = [one for one in AGGREGATES[stream.parent.name] if first in one.codec.kinds]
    return found


def test_a_golden_stream_leads_to_its_state(subtests: pytest.Subtests) -> None:
    for stream in STREAMS:
        with subtests.test(stream=stream):
            kept = msgspec.json.decode(stream.with_suffix(".state.json").read_bytes())
            assert_holds(kept, msgspec.to_builtins(aggregate_of(stream).replay(map(event, lines(stream)))))


def test_every_version_of_every_event_has_a_golden_line(subtests: pytest.Subtests) -> None:
    for folder, aggregates in AGGREGATES.items():
        with subtests.test(folder=folder):
            kept = {(line.type, line.v) for one in STREAMS if one.parent.name == folder for line in lines(one)}
            known = [(name, body.v) for one in aggregates for name, body in one.codec.kinds.items()]
            assert kept == {(name, v) for name, newest in known for v in range(1, newest + 1)}


def test_every_folder_is_of_something() -> None:
    assert {one.parent.name for one in STREAMS} == AGGREGATES.keys()


def test_the_stored_bytes_of_current_versions_are_made_again(subtests: pytest.Subtests) -> None:
    for stream in STREAMS:
        with subtests.test(stream=stream):
            codec = aggregate_of(stream).codec
            for line in lines(stream):
                if line.v == codec.kinds[line.type].v:
                    assert encode(codec.decode(line.type, line.v, line.payload.encode())) == line.payload.encode()
