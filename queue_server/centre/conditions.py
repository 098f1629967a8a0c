"""What may be wrong with the record of a server, and with what stands for it elsewhere."""

from typing import Final

from queue_server.conditions import ConditionKind

CLOCK_BEHIND: Final = ConditionKind("clock-behind", "seconds by which the newest event is ahead of the clock")
DATABASE_REPLACED: Final = ConditionKind("database-replaced", "streams that an older copy of the database has lost")
WITNESS_SILENT: Final = ConditionKind("witness-silent", "seconds since the witness elsewhere was last as it should be")

CONDITIONS: Final = (CLOCK_BEHIND, DATABASE_REPLACED, WITNESS_SILENT)
