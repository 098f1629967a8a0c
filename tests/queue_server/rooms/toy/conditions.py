"""A cupboard, which is a folder: it is full once there are more files in it than it has room for."""

from dataclasses import dataclass
from pathlib import Path

from queue_server.conditions import Condition, ConditionKind

CUPBOARD_FULL = ConditionKind("cupboard-full", "things in the cupboard")


@dataclass(frozen=True, slots=True)
class Cupboard:
    folder: Path

    def __call__(self) -> Condition | None:
        things = len(list(self.folder.iterdir())) if self.folder.exists() else 0
        return Condition(CUPBOARD_FULL, things, is_unready=False) if things else None
