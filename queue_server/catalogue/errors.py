"""What can be wrong with a catalogue.

``ConsularError``
    ``CatalogueError``               root: ``section`` and ``key`` say where
        ``CatalogueSyntaxError``     it is not TOML
        ``CatalogueInvalidError``    unknown or missing key, wrong type, out of bounds
        ``CatalogueReferenceError``  something is named that is not set up
        ``CatalogueDuplicateError``  an id, or a plate over a counter, stands twice
        ``CatalogueZoneError``       no such time zone
        ``CatalogueHolidaysError``   no such country or subdivision
        ``CatalogueHoursError``      opening hours end before they begin, or overlap
        ``CatalogueJourneyError``    a service stops twice where fees are paid
        ``CatalogueMoneyError``      no such currency, or not an amount of it
        ``CatalogueFeesError``       a fee ends before it begins, or two of them hold on the same day
        ``CatalogueBandsError``      age bands leave somebody out, or a fee of a party names some
        ``CatalogueAppointmentsError``  rules of appointments that contradict each other
        ``CatalogueStaffingError``   staffing ends before it begins, or breaks outside of its hours
        ``CatalogueRemoteError``     a step by video without the address of it, or another step with one
        ``CatalogueChecklistsError`` a line of a checklist is a fee, which follows from the fees
        ``CatalogueFormsError``      a question of a form cannot be asked like that (``reason``)
        ``CatalogueLanguageError``   a name lacks the language that is shown where another is missing
        ``CatalogueVersionUnknownError``  that version is not kept, or never was
        ``CatalogueDayPastError``    it should count from a service day that has begun
        ``CataloguePlanUnknownError``  nothing was to count from that day
        ``CatalogueChangedError``    another version is in force than the one that was looked at
        ``CatalogueTextOnlyError``   a section is written in a way that no form can change
        ``CatalogueDraftChangedError``  somebody else has changed the draft since it was opened
    ``CentreNotSetUpError``          there is no such centre
    ``CatalogueUnreadableError``     its file cannot be read
"""

from queue_server.domain.values import ConsularError


class CatalogueError(ConsularError):
    code = "catalogue"


class CatalogueSyntaxError(CatalogueError):
    code = "catalogue-syntax"


class CatalogueInvalidError(CatalogueError):
    code = "catalogue-invalid"


class CatalogueReferenceError(CatalogueError):
    code = "catalogue-reference"


class CatalogueDuplicateError(CatalogueError):
    code = "catalogue-duplicate"


class CatalogueZoneError(CatalogueError):
    code = "catalogue-zone"


class CatalogueHolidaysError(CatalogueError):
    code = "catalogue-holidays"


class CatalogueHoursError(CatalogueError):
    code = "catalogue-hours"


class CatalogueJourneyError(CatalogueError):
    code = "catalogue-journey"


class CatalogueMoneyError(CatalogueError):
    code = "catalogue-money"


class CatalogueFeesError(CatalogueError):
    code = "catalogue-fees"


class CatalogueBandsError(CatalogueError):
    code = "catalogue-bands"


class CatalogueAppointmentsError(CatalogueError):
    code = "catalogue-appointments"


class CatalogueStaffingError(CatalogueError):
    code = "catalogue-staffing"


class CatalogueRemoteError(CatalogueError):
    code = "catalogue-remote"


class CatalogueChecklistsError(CatalogueError):
    code = "catalogue-checklists"


class CatalogueFormsError(CatalogueError):
    code = "catalogue-forms"


class CatalogueLanguageError(CatalogueError):
    code = "catalogue-language"


class CatalogueVersionUnknownError(CatalogueError):
    """``catalogue history`` lists the versions that are kept."""

    code = "catalogue-version-unknown"


class CatalogueDayPastError(CatalogueError):
    """It counts from a day after today on, or at once where no day is said."""

    code = "catalogue-day-past"


class CataloguePlanUnknownError(CatalogueError):
    """``catalogue history`` lists what is planned."""

    code = "catalogue-plan-unknown"


class CatalogueChangedError(CatalogueError):
    """Another version is in force than the one over which something should be put."""

    code = "catalogue-changed"


class CatalogueTextOnlyError(CatalogueError):
    """A section is written in a way that no form can change: it is changed as text."""

    code = "catalogue-text-only"


class CatalogueDraftChangedError(CatalogueError):
    """Somebody else has changed, begun or dropped the draft since it was opened."""

    code = "catalogue-draft-changed"


class CentreNotSetUpError(ConsularError):
    code = "centre-not-set-up"


class CentreExistsError(ConsularError):
    """A new centre was to be made with an id that one has."""

    code = "centre-exists"


class CatalogueUnreadableError(ConsularError):
    """The catalogue's file cannot be read."""

    code = "catalogue-unreadable"
