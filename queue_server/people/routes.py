"""The routes of what is known of the people of a visit."""

from queue_server.contract.documents import (
    CompareRequest,
    CorrectionRequest,
    DeskReadingRequest,
    ReadingsAnswer,
    SealAnswer,
    SealRequest,
)
from queue_server.contract.people import (
    DocumentRequest,
    ErasedAnswer,
    FoundAnswer,
    NoteAnswer,
    NoteRequest,
    NotesAnswer,
)
from queue_server.framework.routing import Route, get, post
from queue_server.people import permissions as may
from queue_server.people.api import desk_readings, face_comparison, mrz_correction, people, readings, seals

ROUTES: tuple[Route, ...] = (
    post("add-note", "/visits/{visit}/notes", may.NOTES, people.add_note, NoteAnswer, "Write a note", NoteRequest),
    get("notes", "/visits/{visit}/notes", may.NOTES, people.notes, NotesAnswer, "Read the notes; it is recorded"),
    get(
        "reading",
        "/visits/{visit}/reading",
        may.READ_DOCUMENT,
        readings.reading,
        ReadingsAnswer,
        "What a kiosk read of the document of a visit; it is recorded",
    ),
    post(
        "read-at-desk",
        "/visits/{visit}/reading",
        may.READ_AT_DESK,
        desk_readings.accept,
        ReadingsAnswer,
        "Store what the reader at a desk of staff has read of a document; who did is recorded",
        DeskReadingRequest,
    ),
    post(
        "correct-document",
        "/visits/{visit}/reading/correct",
        may.CORRECT_DOCUMENT,
        mrz_correction.correct,
        ReadingsAnswer,
        "Put one wrong character of a document's number right; who did is recorded",
        CorrectionRequest,
    ),
    post(
        "compare-face",
        "/visits/{visit}/reading/compared",
        may.COMPARE_FACE,
        face_comparison.compare,
        ReadingsAnswer,
        "Say whether the person who is served is the one on their document; who did is recorded",
        CompareRequest,
    ),
    post(
        "verify-seal",
        "/visits/{visit}/seal",
        may.VERIFY_SEAL,
        seals.verify,
        SealAnswer,
        "Verify a seal that staff have scanned, and keep what it came to; who did is recorded",
        SealRequest,
    ),
    post(
        "find-document",
        "/documents/find",
        may.FIND_DOCUMENT,
        people.find_document,
        FoundAnswer,
        "Find the visits of today on a document; it is recorded",
        DocumentRequest,
    ),
    post(
        "erase",
        "/visits/{visit}/erase",
        may.ERASE,
        people.shred_visit,
        ErasedAnswer,
        "Shred whoever came with a visit",
    ),
)
