"""What custody refuses.

::

    ConsularError
    └── CustodyError               custody
        ├── ItemUnknownError       item-unknown
        ├── ItemStateError         item-state
        ├── ItemPlaceError         item-place
        ├── PlaceTakenError        place-taken
        ├── PlaceUnknownError      place-unknown
        ├── ClaimError             item-claim
        ├── WitnessNeededError     witness-needed
        ├── WitnessSameError       witness-same
        ├── WitnessUnprovenError   witness-unproven
        ├── GovernmentMissingError item-government
        ├── ParcelUnknownError     parcel-unknown
        ├── CarrierFailedError     carrier-failed
        ├── BagUnknownError        bag-unknown
        ├── BagStateError          bag-state
        ├── BagEmptyError          bag-empty
        ├── BagGovernmentError     bag-government
        └── SealUsedError          seal-used
"""

from queue_server.domain.values import ConsularError


class CustodyError(ConsularError):
    code = "custody"


class ItemUnknownError(CustodyError):
    """This centre has no item with this id or label."""

    code = "item-unknown"


class ItemStateError(CustodyError):
    """Nothing of the kind happens to an item that is in ``state``."""

    code = "item-state"


class ItemPlaceError(CustodyError):
    """Nothing of the kind happens to an item that ``holder`` has."""

    code = "item-place"


class PlaceTakenError(CustodyError):
    """Another item lies in this place."""

    code = "place-taken"


class PlaceUnknownError(CustodyError):
    """This centre has no such place or drawer."""

    code = "place-unknown"


class ClaimError(CustodyError):
    """Somebody else is collecting the item, or nobody is who says so."""

    code = "item-claim"


class WitnessNeededError(CustodyError):
    """Two members of staff are needed for this."""

    code = "witness-needed"


class WitnessSameError(CustodyError):
    """The second member of staff is the first one."""

    code = "witness-same"


class WitnessUnprovenError(CustodyError):
    """Whoever is said to be the second member of staff has not proved it, or does not work with documents here."""

    code = "witness-unproven"


class GovernmentMissingError(CustodyError):
    """Nothing says for which government the item is, or this centre does not serve it."""

    code = "item-government"


class ParcelUnknownError(CustodyError):
    """The item was not given to a carrier with this, or it was given to one again since."""

    code = "parcel-unknown"


class CarrierFailedError(CustodyError):
    """A carrier was not told, or not heard, of all: ``failed`` names the centres, and the files."""

    code = "carrier-failed"


class BagUnknownError(CustodyError):
    """This centre has no bag with this id or seal number."""

    code = "bag-unknown"


class BagStateError(CustodyError):
    """Nothing of the kind happens to a bag that is ``state``."""

    code = "bag-state"


class BagEmptyError(CustodyError):
    """Nothing is in the bag."""

    code = "bag-empty"


class BagGovernmentError(CustodyError):
    """The item is for another government than the bag."""

    code = "bag-government"


class SealUsedError(CustodyError):
    """A bag with this number was used before."""

    code = "seal-used"
