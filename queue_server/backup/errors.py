"""What can be wrong with a backup.

``ConsularError``
    ``RecoveryKeyError``     what was given is no recovery key
    ``BackupRunningError``   another backup of this folder is being made, or restored into it
    ``BackupKeyError``       it was sealed to another recovery key
    ``BackupDamagedError``   it is cut off, was changed, or is none
    ``BackupVersionError``   another release made it
    ``BackupKindError``      it holds the other kind of database
    ``BackupToolError``      ``pg_dump`` or ``pg_restore`` failed
    ``RestoreNotEmptyError`` there is something already where it shall go
    ``RestoreUnsoundError``  what it holds is not as it was written
    ``CopyOlderError``       the copy of the database that shall take its place has less
"""

from queue_server.domain.values import ConsularError


class RecoveryKeyError(ConsularError):
    """What was given is no recovery key: backups take the public part (age1...), restoring the file that was made."""

    code = "recovery-key"


class BackupRunningError(ConsularError):
    """Another backup is being made from, or restored into, this folder."""

    code = "backup-running"


class BackupKeyError(ConsularError):
    """The backup was sealed to another recovery key, or its beginning was changed. Nothing was restored."""

    code = "backup-key-wrong"


class BackupDamagedError(ConsularError):
    """The file is cut off, was changed, or is no backup; ``reason`` says what was found. Nothing was restored."""

    code = "backup-damaged"


class BackupVersionError(ConsularError):
    """A release made this backup whose files this one does not know: restore it with that one. Nothing was restored."""

    code = "backup-version"


class BackupKindError(ConsularError):
    """The backup is of another kind of database (``found``) than the one that was named. Nothing was restored."""

    code = "backup-kind"


class BackupToolError(ConsularError):
    """``program`` of PostgreSQL is not there, or failed; ``reason`` is the last that it said."""

    code = "backup-tool"


class RestoreNotEmptyError(ConsularError):
    """There is something already in ``place``: a backup is restored into an empty place alone. Nothing was changed."""

    code = "restore-not-empty"


class RestoreUnsoundError(ConsularError):
    """What the backup holds is not as it was written: ``stream`` and ``seq`` say where. Nothing was restored."""

    code = "restore-unsound"


class CopyOlderError(ConsularError):
    """The newer copy lacks the ends of ``amount`` streams that the backup has. Nothing was restored."""

    code = "copy-older"
