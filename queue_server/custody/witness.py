"""The second member of staff: they say so in their own name, at the same desk, and are nobody but another one."""

from queue_server.accounts import staff_store
from queue_server.accounts.errors import TooManyTriesError
from queue_server.accounts.guard import Guard
from queue_server.accounts.model import AccountRules, Role, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.centre.submit import centre_of
from queue_server.contract.custody import WitnessRequest
from queue_server.custody.errors import WitnessUnprovenError
from queue_server.domain.values import StaffId
from queue_server.framework.request_context import RequestContext

#: Who may be the second one.
_MAY = frozenset({Role.COUNTER, Role.CUSTODY, Role.MANAGER})


async def witness_of(ask: RequestContext, wanted: WitnessRequest | None) -> StaffId | None:
    """Find out who the second member of staff is; tries are counted with those of the sign-in.

    Raises:
        WitnessUnprovenError: name or password is wrong, or they do not work with documents here.
        TooManyTriesError: this try comes too early after wrong ones.
    """
    if wanted is None:
        return None
    log, login, now = ask.server.log, wanted.login.strip().lower(), ask.server.clock()
    guard = Guard(ask.server.settings[AccountRules], login, ask.request.remote or "", None)
    wait = await log.write(lambda connection: guard.count(connection, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    found = None
    if is_login(login):
        found = await log.run(lambda connection: staff_store.staff_by_login(connection, login))
    right = await ask.server[Passwords].holds(None if found is None else found[1], wanted.password)
    if found is None or not right:
        raise WitnessUnprovenError
    await log.write(guard.passed)
    staff = found[0]
    if staff.disabled_at is not None or not staff.roles.get(centre_of(ask).id, frozenset()) & _MAY:
        raise WitnessUnprovenError
    return staff.id
