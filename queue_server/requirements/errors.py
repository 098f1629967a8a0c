"""What is refused of checklists.

::

    ConsularError
    └── ChecklistError                 checklist
        ├── RequirementUnknownError    requirement-unknown
        ├── RequirementMarkGoneError   requirement-mark-gone
        ├── ChecklistChangedError      checklist-changed
        ├── ChecklistIncompleteError   checklist-incomplete
"""

from queue_server.domain.values import ConsularError


class ChecklistError(ConsularError):
    code = "checklist"


class RequirementUnknownError(ChecklistError):
    """Nothing of the kind is asked of this party."""

    code = "requirement-unknown"


class RequirementMarkGoneError(ChecklistError):
    """Something else was said of the item since, or that was taken back already."""

    code = "requirement-mark-gone"


class ChecklistChangedError(ChecklistError):
    """Something else is missing than what was shown."""

    code = "checklist-changed"


class ChecklistIncompleteError(ChecklistError):
    """The ``step`` to which a visit would go needs a complete list, and ``missing`` items are not there."""

    code = "checklist-incomplete"
