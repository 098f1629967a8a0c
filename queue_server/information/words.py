"""What people and managers read of information: what is filled into pages, alarms, and why a page is refused."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary
from queue_server.information.model import TopicKind


def kind(_: PageTranslations, value: TopicKind) -> Markup:
    return {
        TopicKind.EMERGENCY: _("Emergency contacts"),
        TopicKind.NEXT: _("What happens next"),
        TopicKind.HOURS: _("Opening hours"),
        TopicKind.FEES: _("Fees"),
        TopicKind.DIRECTIONS: _("How to get here"),
        TopicKind.OTHER: _("Other information"),
    }[value]


# --- filled into pages ------------------------------------------------------------------------------------------------


def from_day(_: PageTranslations, day: str, amounts: Markup) -> Markup:
    return _("from %(day)s: %(amount)s", day=day, amount=amounts)


def needed_by(_: PageTranslations, people: str) -> Markup:
    return _("for: %(people)s", people=people)


def once_for_all(_: PageTranslations) -> Markup:
    return _("once for all together")


def closed(_: PageTranslations) -> Markup:
    return _("closed")


def day_and_night(_: PageTranslations) -> Markup:
    return _("day and night")


def also_closed(_: PageTranslations) -> Markup:
    return _("Also closed on")


def ask_staff(_: PageTranslations) -> Markup:
    return _("please ask the staff")


# --- to managers ------------------------------------------------------------------------------------------------------


def unreviewed(_: PageTranslations, count: int) -> Markup:
    return _.ngettext(
        "%(count)s page of information was not reviewed for long",
        "%(count)s pages of information were not reviewed for long",
        count,
    )


def unreviewed_todo(_: PageTranslations, titles: Markup) -> Markup:
    return _("Have whoever owns them look whether all is still right, and store them anew: %(pages)s", pages=titles)


def over(_: PageTranslations, count: int) -> Markup:
    return _.ngettext("%(count)s page of information is over", "%(count)s pages of information are over", count)


def over_todo(_: PageTranslations, titles: Markup) -> Markup:
    return _("People are told so when they read it. Write it anew or take it out: %(pages)s", pages=titles)


def behind(_: PageTranslations, count: int) -> Markup:
    return _.ngettext(
        "%(count)s page of information is not up to date in every language",
        "%(count)s pages of information are not up to date in every language",
        count,
    )


def behind_todo(_: PageTranslations, titles: Markup) -> Markup:
    return _("Change the other languages too, or say that they still say the same: %(pages)s", pages=titles)


def broken(_: PageTranslations, count: int) -> Markup:
    return _.ngettext(
        "%(count)s page of information names what this centre does not have",
        "%(count)s pages of information name what this centre does not have",
        count,
    )


def broken_todo(_: PageTranslations, titles: Markup) -> Markup:
    return _("People read there that they should ask the staff. Put it right: %(pages)s", pages=titles)


def since(_: PageTranslations, day: Markup) -> Markup:
    return _("since %(time)s", time=day)


def refusals(_: PageTranslations) -> Mapping[str, Markup]:
    return {
        "information-invalid": _("Something is missing or too long. A title is one line, a text 20,000 characters."),
        "information-markdown": _(
            "Pages have paragraphs, headings, lists, bold text and links to https, tel and mailto. Take out the rest."
        ),
        "information-placeholder": _("One of the words in double braces says nothing here. Choose one of the list."),
        "information-telephone": _("That is no telephone number. Write it with the code of the country: +44 …"),
        "information-reference": _("There is no such government or service here."),
        "information-unknown": _("There is no such page any more."),
        "information-changed": _(
            "Somebody else has stored this page since you opened it. What you typed is still here: copy it, load the "
            "page again, and put it in."
        ),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals)
