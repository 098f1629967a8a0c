"""Open what was filled in: by its code and PIN, or by staff for a visit."""

import asyncio
from time import monotonic

from sqlalchemy import Connection

from queue_server.accounts.errors import TooManyTriesError
from queue_server.domain.forms import FilledFormId, FormAnswersId, FormCode, read_form_code, read_pin
from queue_server.domain.values import VisitId
from queue_server.forms import decide, slowing, store
from queue_server.forms.answers import Answers
from queue_server.forms.codes import FormCodes
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.filling import Filler, OpenedForm, advance
from queue_server.forms.model import FilledForm
from queue_server.forms.settings import FormRules
from queue_server.forms.store import FORMS
from queue_server.vault.model import end_of


async def open_form(filler: Filler, code: str, pin: str, visit: VisitId | None = None) -> OpenedForm:
    """Open what somebody saved, and lay it to a visit where one is named.

    Whatever comes of it, the answer takes the same time, and what is wrong nobody is told.

    Raises:
        TooManyTriesError: so many were wrong with this code, or by whoever asks, that this one is not looked at.
        FormNotOpenedError: it opens nothing.
    """
    ident = await prove(filler, code, pin)
    return await _opened(filler, ident, visit)


async def prove(filler: Filler, code: str, pin: str) -> FilledFormId:
    """Say what a code and a PIN open; raises what ``open_form`` does."""
    rules, begun = filler.server.settings[FormRules], monotonic()
    try:
        return await _proved(filler, rules, code, pin)
    finally:
        await asyncio.sleep(max(0.0, rules.answer_ms / 1000 - (monotonic() - begun)))


async def _proved(filler: Filler, rules: FormRules, code: str, pin: str) -> FilledFormId:
    server, codes, now = filler.server, filler.server[FormCodes], filler.server.clock()
    read = read_form_code(code)
    # What can be no code is counted as one that is none.
    digests = codes.digests(filler.centre.id, read or FormCode(""))
    counted = slowing.delays_of(rules, digests[0], filler.asker)
    wait = await server.log.write(lambda connection: slowing.count(connection, counted, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    found = await server.log.run(lambda connection: FormCodes.find(connection, digests, now))
    if not await codes.holds(found, read_pin(pin) or "") or found is None:
        raise FormNotOpenedError
    await server.log.write(lambda connection: slowing.was_right(connection, counted))
    return found[0]


async def _opened(filler: Filler, ident: FilledFormId, visit: VisitId | None) -> OpenedForm:
    def work(connection: Connection) -> OpenedForm:
        filled = decide.kept(store.by_id(connection, filler.centre.id, ident), filler.server.clock())
        answers = filler.vault.get(connection, filled)
        if visit is not None and filled.visit != visit:
            filled = carry(filler, connection, filled, visit, answers)
        return OpenedForm(filled, answers)

    return await filler.server.log.write_in_turn(FORMS.stream(ident), work)


def carry(filler: Filler, connection: Connection, filled: FilledForm, visit: VisitId, answers: Answers) -> FilledForm:
    """Lay what was filled in to a visit of today: it ends with that."""
    now = filler.server.clock()
    rule, days = filler.centre.rule, filler.server.settings[FormRules].visit_days
    ends_at, fresh = end_of(rule, rule.day_at(now), days), FormAnswersId(filler.named(f"answers/{filled.id}"))
    return advance(filler, connection, filled, lambda one: decide.carry(one, fresh, visit, ends_at), answers)


async def read(filler: Filler, ident: FilledFormId) -> OpenedForm:
    """Read what somebody opened a while ago; who looked is recorded.

    Raises:
        FormNotOpenedError: it is wiped.
    """

    def work(connection: Connection) -> OpenedForm:
        filled = decide.kept(store.by_id(connection, filler.centre.id, ident), filler.server.clock())
        return OpenedForm(filled, filler.vault.get(connection, filled))

    return await filler.server.log.write(work)


async def read_for_visit(filler: Filler, visits: tuple[VisitId, ...], ident: str) -> OpenedForm:
    """Read what was filled in for one of these visits; who looked is recorded.

    Raises:
        FormNotOpenedError: there is no such thing, or it is wiped.
    """

    def work(connection: Connection) -> OpenedForm:
        filled = of_visits(filler, connection, visits, ident)
        return OpenedForm(filled, filler.vault.get(connection, filled))

    return await filler.server.log.write(work)


def of_visits(filler: Filler, connection: Connection, visits: tuple[VisitId, ...], ident: str) -> FilledForm:
    """Find what was filled in for one of these visits.

    Raises:
        FormNotOpenedError: there is no such thing, or it is wiped.
    """
    filled = decide.kept(store.by_id(connection, filler.centre.id, ident), filler.server.clock())
    if filled.visit not in visits:
        raise FormNotOpenedError
    return filled
