"""What is sent to each route that takes a body."""

from tests.peripherals.seals.maker import make_idb, make_signer
from tests.queue_server.house import TICKET

VISIT = "01997000-0000-7000-8000-000000000001"
ROWS = [
    {"row": number, "state": state, "at": "2026-11-25T10:00:00Z"}
    for number, state in enumerate(("created", "preflight-ok", "sent", "needs-staff"), start=1)
]
REPORT: dict[str, object] = {
    "id": "01997000-0000-7000-8000-0000000000aa",
    "visit": VISIT,
    "services": ["uto-passport-renewal"],
    "amount": 8250,
    "currency": "EUR",
    "driver": "zvt+tcp",
    "terminal": "52500038",
    "rows": ROWS,
    "receipts": [{"number": 1, "kind": "customer", "lines": ["SPECIMEN", "EUR 82.50"]}],
}
RECONCILIATION: dict[str, object] = {
    "id": "01997000-0000-7000-8000-0000000000bb",
    "driver": "zvt+tcp",
    "terminal": "52500038",
    "at": "2026-11-25T18:00:00Z",
    "totals": [{"currency": "EUR", "amount": 8250, "count": 1}],
}
PHOTO = {"service": "uto-passport-renewal", "requirement": "photo", "band": "adult"}
BODIES: dict[str, object] = {
    "issue": TICKET,
    "reclassify": {"category": "priority"},
    "change": {"party_size": 2},
    "merge": {"into": VISIT},
    "add-note": {"text": "Comes back with the photo"},
    "read-at-desk": {"sealed": "c2VhbGVk"},
    "correct-document": {"document": VISIT, "number": "L898902C3"},
    "compare-face": {"document": VISIT, "same": True},
    "find-document": {"document": "L898902C3"},
    "verify-seal": {"text": make_idb(make_signer()).decode()},
    "open-application": {"service": "uto-passport-renewal"},
    "check-requirement": PHOTO | {"status": "missing"},
    "move-application": {"state": "received", "reason": "without-items"},
    "report-payment": REPORT,
    "waive": {"service": "uto-certified-copy", "reason": "hardship"},
    "record-manual-payment": {
        "services": ["uto-passport-renewal"],
        "amount": 8250,
        "currency": "EUR",
        "slip": "T-004712",
    },
    "confirm-payment": {"row": 3, "amount": 8250, "done": True, "slip": "T-004711"},
    "resolve-payment": {"standing": "charged"},
    "request-refund": {"reason": "wrong-fee", "amount": 1000},
    "settle-refund": {"done": True},
    "report-reconciliation": RECONCILIATION,
    "receive-item": {"kind": "passport", "government": "UTO"},
    "set-item-contact": {"language": "ar", "telephone": "+33 6 12 34 56 78"},
    "shelve-item": {"place": "2-D-15"},
    "give-item-back": {"reason": "not-needed"},
    "item-condition": {"condition": ["torn"]},
    "hand-item-over": {"proof": "document"},
    "call-item-back": {"reason": "court"},
    "send-item": {"tracking": "UT123456789"},
    "prove": {"id": VISIT, "code": "000000000000"},
    "record-authority": {
        "kind": "representative",
        "name": "Utopia Example",
        "issuer": "UTO",
        "number": "D23145890",
        "until": "2999-12-31",
        "application": "UTO-7K3M-9QXD",
    },
    "open-bag": {"government": "UTO"},
    "seal-bag": {"seal": "S209447"},
    "acknowledge-bag": {"is_whole": True},
    "finish-bag": {"expected": 1},
    "take-stock": {"drawer": "2-D", "seen": ["D99999"]},
    "describe-bank": {
        "journal": VISIT,
        "compartments": [{"name": "A1", "size": "medium", "column": 1, "row": 1}],
    },
    "save-information": {
        "version": 0,
        "kind": "other",
        "owner": "Front of house",
        "reviewed": "2026-11-02",
        "texts": {"en": {"title": "Toilets", "text": "Behind the stairs."}},
        "contacts": [{"name": {"en": "Night desk"}, "telephone": "+442079460958"}],
    },
    "remove-information": {"version": 1},
    "preview-information": {"language": "en", "text": "{{fees}}"},
    "settle-compartments": {"compartments": ["A1"]},
    "unload-compartment": {"compartment": "A1", "reason": "at-counter"},
    "inspect-compartment": {"compartment": "A1"},
    "call": {"visit": VISIT, "reason": "agreed"},
    "transfer": {"reason": "wrong-step", "step": "documents"},
    "park": {"reason": "photo", "minutes": 20},
    "pause": {"reason": "break"},
    "help": {"kind": "help"},
    "notices": {"kind": "announcement", "text": "delay"},
    "intake": {"intake": "full"},
    "start-device": {"start": "0123456789abcdef"},
    "resolve-device-copy": {"start": "0123456789abcdef"},
    "set-device-settings": {"kind": "kiosk", "text": "[journey]\nidle_s = 90\n"},
    "command-device": {"kind": "send-log"},
    "send-device-log": {"command": VISIT, "text": '{"event": "started"}\n'},
    "report-status": {
        "mode": "in-service",
        "parts": [{"name": "printer", "state": "online"}],
        "takes": ["send-log"],
    },
}
