"""What is refused of banks of lockers.

::

    ConsularError
    └── LockersError                   lockers
        ├── BankUnknownError           bank-unknown
        ├── OrderUnknownError          bank-order-unknown
        ├── OrderUnderWayError         bank-order-under-way
        ├── NoSuchCompartmentError     compartment-unknown
        ├── CompartmentUnusableError   compartment-unusable
        ├── CompartmentTakenError      compartment-taken
        ├── CompartmentEmptyError      compartment-empty
        ├── BankBusyError              bank-busy
        ├── BankSilentError            bank-silent
        ├── BankCopiedError            bank-copied
        └── JournalUnknownError        bank-journal-unknown
"""

from queue_server.domain.values import ConsularError


class LockersError(ConsularError):
    code = "lockers"


class BankUnknownError(LockersError):
    """This centre has no such bank, or it has not said yet what it is."""

    code = "bank-unknown"


class OrderUnknownError(LockersError):
    """There is no such order to this bank."""

    code = "bank-order-unknown"


class OrderUnderWayError(LockersError):
    """The bank is heard, and will say what became of the order."""

    code = "bank-order-under-way"


class NoSuchCompartmentError(LockersError):
    """The bank has no ``compartment`` of this name."""

    code = "compartment-unknown"


class CompartmentUnusableError(LockersError):
    """Staff have to look at the ``compartment`` first."""

    code = "compartment-unusable"


class CompartmentTakenError(LockersError):
    """Something lies in the ``compartment``."""

    code = "compartment-taken"


class CompartmentEmptyError(LockersError):
    """Nothing lies in the ``compartment``."""

    code = "compartment-empty"


class BankBusyError(LockersError):
    """A door of this bank is open, or about to open: one at a time."""

    code = "bank-busy"


class BankSilentError(LockersError):
    """Nothing is heard of this bank: it gets no orders."""

    code = "bank-silent"


class BankCopiedError(LockersError):
    """Two machines are this bank: nothing is taken from either before a manager has said which of them stays."""

    code = "bank-copied"


class JournalUnknownError(LockersError):
    """The bank tells of a journal that it has not described: it does so first."""

    code = "bank-journal-unknown"
