"""Tables of staff and devices. Instants are microseconds since the epoch; secrets are stored as hashes alone."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

from queue_server.tables import id_text, metadata

#: ``name`` is a display name; ``password`` an argon2id hash in its own notation.
staff = Table(
    "staff",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("login", id_text(), nullable=False),
    Column("name", String, nullable=False),
    Column("password", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    PrimaryKeyConstraint("id"),
    Unique("login"),
)
staff_roles = Table(
    "staff_roles",
    metadata,
    Column("staff", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("role", String, nullable=False),
    PrimaryKeyConstraint("staff", "centre", "role"),
    ForeignKeyConstraint(["staff"], ["staff.id"]),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: ``letter``, ``first``, ``last``: the series of tickets of a device that issues them.
devices = Table(
    "devices",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("role", String),
    Column("name", String, nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("letter", String),
    Column("first", Integer),
    Column("last", Integer),
    Column("token", id_text(), nullable=False),
    Column("public_key", String),
    Column("created", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    PrimaryKeyConstraint("id"),
    Unique("token"),
    Index(None, "centre"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("role", String),
    Column("name", String, nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("expires", BigInteger, nullable=False),
    PrimaryKeyConstraint("code"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: The series of tickets that staff issue without a device; one a centre.
reception_series = Table(
    "reception_series",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("device", id_text(), nullable=False),
    Column("letter", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: How a device said it is, at last: ``body`` is the message as JSON.
device_status = Table(
    "device_status",
    metadata,
    Column("device", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("device"),
    ForeignKeyConstraint(["device"], ["devices.id"]),
)
#: Settings that devices take, every version of them; ``device`` is "" for all of a kind. ``text`` is TOML. ``pin`` is
#: the argon2id hash of the technician's PIN, in the newest row of what it is for alone; ``pin_version``: since when.
device_settings = Table(
    "device_settings",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("device", id_text(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("pin", String),
    Column("pin_version", Integer, nullable=False),
    PrimaryKeyConstraint("centre", "version"),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: What managers asked of devices, and what became of it; ``log`` is what a device sent, the newest of each alone.
device_commands = Table(
    "device_commands",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("device", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("ended_at", BigInteger),
    Column("outcome", String),
    Column("code", String),
    Column("log", Text),
    PrimaryKeyConstraint("id"),
    Index(None, "device"),
    ForeignKeyConstraint(["device"], ["devices.id"]),
)
#: Which start of a device took over last, and what is known of further machines (``accounts.starts``).
device_starts = Table(
    "device_starts",
    metadata,
    Column("device", id_text(), nullable=False),
    Column("held", String, nullable=False),
    Column("before", JSON, nullable=False),
    Column("others", JSON, nullable=False),
    Column("barred", JSON, nullable=False),
    Column("copied_at", BigInteger),
    Column("settled_at", BigInteger),
    PrimaryKeyConstraint("device"),
    ForeignKeyConstraint(["device"], ["devices.id"]),
)
#: ``id`` is the SHA-256 of the cookie.
sessions = Table(
    "sessions",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("staff", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("counter", id_text()),
    Column("csrf", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    # An older release, which does not know them, may write beside this one.
    Column("browser", String),
    Column("machine", String),
    # How somebody proved who they are, and when last; ``challenge`` waits for the answer of a passkey.
    Column("proof", String),
    Column("proved_at", BigInteger),
    Column("challenge", String),
    Column("challenged_at", BigInteger),
    # When it was locked, and when somebody was last seen at its keys.
    Column("locked_at", BigInteger),
    Column("active_at", BigInteger),
    PrimaryKeyConstraint("id"),
    Index(None, "staff"),
    Index(None, "centre"),
    ForeignKeyConstraint(["staff"], ["staff.id"]),
    ForeignKeyConstraint(["centre"], ["centres.id"]),
)
#: Second factors. ``confirmed_at`` is None while one is set up; ``step`` is that of the last code that was taken,
#: ``credential`` and ``counter`` what a passkey is known by.
second_factors = Table(
    "second_factors",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("staff", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger),
    Column("used_at", BigInteger),
    Column("step", BigInteger),
    Column("credential", LargeBinary),
    Column("counter", BigInteger),
    PrimaryKeyConstraint("id"),
    Index(None, "staff"),
    ForeignKeyConstraint(["staff"], ["staff.id"]),
)
#: ``digest`` is an HMAC of a recovery code that was not used yet.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("staff", id_text(), nullable=False),
    Column("digest", id_text(), nullable=False),
    Column("created", BigInteger, nullable=False),
    PrimaryKeyConstraint("staff", "digest"),
    ForeignKeyConstraint(["staff"], ["staff.id"]),
)
#: What somebody is asked about (``accounts.sign_in_news``); ``staff`` is "" for names that nobody has.
sign_in_news = Table(
    "sign_in_news",
    metadata,
    Column("staff", id_text(), nullable=False),
    Column("what", String, nullable=False),
    Column("browser", String, nullable=False),
    Column("machine", String, nullable=False),
    Column("times", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("staff", "what", "browser", "machine"),
)
#: Tries in the window that began at ``since``; ``subject`` is a hash, since people type passwords into the wrong field.
tries = Table(
    "tries",
    metadata,
    Column("purpose", String, nullable=False),
    Column("subject", id_text(), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("made", Integer, nullable=False),
    PrimaryKeyConstraint("purpose", "subject"),
    Index(None, "since"),
)
