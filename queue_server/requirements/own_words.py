"""The words of one line of a checklist: what it is called, in which form, for how many."""

from markupsafe import Markup

from queue_server.catalogue.checklists import RequirementDefinition
from queue_server.contract.base import Names
from queue_server.contract.requirements import RequirementView
from queue_server.domain.requirements import RequiredForm
from queue_server.framework.words import PageTranslations


def form(_: PageTranslations, value: RequiredForm) -> Markup:
    """Say which form of a document is wanted."""
    return {
        RequiredForm.ORIGINAL: _("the original"),
        RequiredForm.COPY: _("a copy is enough"),
        RequiredForm.EITHER: _("the original or a copy"),
    }[value]


def wanted(_: PageTranslations, line: RequirementView | RequirementDefinition, language: str) -> Markup:
    """Say what of a thing is wanted: which form, what more, and when at all."""
    parts = [] if line.form is None else [form(_, line.form)]
    if line.translated:
        parts.append(_("with a translation"))
    parts += [Markup.escape(text) for names in (line.note, line.only) if (text := name(names, language))]
    return _(", ").join(parts)


def for_people(_: PageTranslations, count: int) -> Markup:
    """Say for how many people of a party one thing each is wanted."""
    return _.ngettext("for %(count)s person", "for each of %(count)s people", count)


def name(names: Names, language: str) -> str:
    return names.get(language) or names.get("en") or ""
