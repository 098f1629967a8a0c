"""Tables of forms. Instants are microseconds since the epoch.

No person is named, and nothing that they answered is here; a PIN is kept as a hash that is slow to try.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from queue_server.tables import id_text, metadata

#: The projection of ``form/<id>``.
filled_forms = Table(
    "filled_forms",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("form", id_text(), nullable=False),
    Column("answers", id_text()),
    Column("consents", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("visit", id_text()),
    Column("appointment", id_text()),
    Column("ends_at", BigInteger, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, filled_forms.c.visit)
Index(None, filled_forms.c.appointment)
Index(None, filled_forms.c.centre, filled_forms.c.changed_at)

#: By what a form is opened: ``digest`` is the HMAC of its code, ``pin`` argon2id over an HMAC of the PIN.
form_codes = Table(
    "form_codes",
    metadata,
    Column("filled", id_text(), nullable=False),
    Column("digest", id_text(), nullable=False),
    Column("pin", String, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("filled"),
    UniqueConstraint("digest"),
    Index(None, "ends_at"),
)

#: Attempts to open one, counted by code and by whoever asks (``accounts.delays``).
form_tries = Table(
    "form_tries",
    metadata,
    Column("purpose", String, nullable=False),
    Column("subject", id_text(), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("made", Integer, nullable=False),
    PrimaryKeyConstraint("purpose", "subject"),
)
