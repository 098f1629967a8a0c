"""Who may see and write what is kept of people. Pure.

For staff alone: no device has a name to record.
"""

from queue_server.framework.permissions import Permission, PrincipalKind

_WITH_PEOPLE = frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.MANAGER})

#: Write and read notes; reading is recorded.
NOTES = Permission("notes", _WITH_PEOPLE)
#: Read what a kiosk read of a visit's document; recorded.
READ_DOCUMENT = Permission("read-document", _WITH_PEOPLE)
#: Store what a reader at a desk of staff has read; who and when is known.
READ_AT_DESK = Permission("read-at-desk", _WITH_PEOPLE)
#: Put one wrong character of its number right.
CORRECT_DOCUMENT = Permission("correct-document", _WITH_PEOPLE)
#: Say whether the person is the one on their document; who and when is known.
COMPARE_FACE = Permission("compare-face", _WITH_PEOPLE)
#: Verify a seal that staff scan, and keep what it came to; who and when is known.
VERIFY_SEAL = Permission("verify-seal", _WITH_PEOPLE)
#: Find visits by a document's number; recorded.
FIND_DOCUMENT = Permission("find-document", frozenset({PrincipalKind.RECEPTION, PrincipalKind.MANAGER}))
#: Shred whoever came with a visit.
ERASE = Permission("erase", frozenset({PrincipalKind.MANAGER}))

PERMISSIONS = (NOTES, READ_DOCUMENT, READ_AT_DESK, CORRECT_DOCUMENT, COMPARE_FACE, VERIFY_SEAL, FIND_DOCUMENT, ERASE)
