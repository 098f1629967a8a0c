"""Why a catalogue, or an act on one, is refused: in words, by the code of the refusal. Pure."""

from collections.abc import Mapping

from markupsafe import Markup

from queue_server.catalogue import errors
from queue_server.domain.values import ConsularError
from queue_server.framework.words import PageTranslations


def refusal(_: PageTranslations, error: ConsularError) -> Markup:
    """Say why something is refused."""
    found = _words(_).get(error.code)
    return Markup.escape(error.code) if found is None else found


def _words(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        errors.CatalogueSyntaxError.code: _("This is not written as the file has to be."),
        errors.CatalogueInvalidError.code: _("Something is missing here, is too long, or is not what may stand here."),
        errors.CatalogueReferenceError.code: _("This names something that is not set up."),
        errors.CatalogueDuplicateError.code: _("This stands twice. Each may stand once."),
        errors.CatalogueZoneError.code: _("There is no such time zone. Write it as Europe/Brussels."),
        errors.CatalogueHolidaysError.code: _("No public holidays are known for this country, or this part of it."),
        errors.CatalogueHoursError.code: _(
            "Hours end after they begin, and stand one after the other: 09:00-12:30, 13:30-17:00."
        ),
        errors.CatalogueJourneyError.code: _("A service stops at one step at most where fees are paid."),
        errors.CatalogueMoneyError.code: _(
            "Write a currency with three letters, and all digits of its amounts: 82.50."
        ),
        errors.CatalogueFeesError.code: _(
            "Two fees of one service count on the same day, or a fee ends before it begins."
        ),
        errors.CatalogueBandsError.code: _("One age has to begin at 0, and no two may begin alike."),
        errors.CatalogueAppointmentsError.code: _(
            "Who is on time would be too late: leave more time until it is void."
        ),
        errors.CatalogueStaffingError.code: _("A break lies within its hours, and nothing ends before it begins."),
        errors.CatalogueRemoteError.code: _(
            "A step by video needs the address of the video service, and no other has one."
        ),
        errors.CatalogueChecklistsError.code: _("What something costs stands under fees alone."),
        errors.CatalogueFormsError.code: _("This question cannot be asked like that."),
        errors.CatalogueLanguageError.code: _(
            "A name needs its English: it is shown where another language is missing."
        ),
        errors.CatalogueVersionUnknownError.code: _("This version is not there."),
        errors.CatalogueDayPastError.code: _("This day has begun, or is over. Choose a later one."),
        errors.CataloguePlanUnknownError.code: _("Nothing is planned for this day any more."),
        errors.CatalogueTextOnlyError.code: _("No form can change this, as it is written. Change the section as text."),
        errors.CatalogueDraftChangedError.code: _(
            "Somebody else has changed the draft since you opened this page. What you typed is still here: copy it, "
            "open the page again, and put it in."
        ),
        errors.CatalogueChangedError.code: _(
            "Somebody else has put another version in force since you opened this page. Look at what differs now."
        ),
    }
