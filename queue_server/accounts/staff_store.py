"""Staff and their sessions in the database."""

from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, select, update

from queue_server.accounts import tables as t
from queue_server.accounts import tokens
from queue_server.accounts.agents import UNKNOWN, Browser, Machine, UserAgent
from queue_server.accounts.device_store import lock_centre
from queue_server.accounts.errors import CounterTakenError, CounterUnknownError, LoginTakenError
from queue_server.accounts.model import (
    SERVING,
    AccountRules,
    Role,
    Session,
    SessionId,
    SessionStanding,
    SignInProof,
    Staff,
)
from queue_server.accounts.session_standing import standing
from queue_server.catalogue.tables import centres, counters
from queue_server.domain.values import SECOND, Actor, CentreId, CounterId, DeviceId, Micros, StaffId, new_id

# Drivers take at most some 32,000 parameters in one statement.
_CHUNK = 1000


def add_staff(
    connection: Connection,
    *,
    login: str,
    name: str,
    password: str,
    roles: Mapping[CentreId, Iterable[Role]],
    now: Micros,
) -> StaffId:
    """Add a member of staff; ``password`` is its hash (``passwords.Passwords.hash``), ``name`` a display name.

    Raises:
        LoginTakenError: another has this login.
    """
    if staff_by_login(connection, login) is not None:
        raise LoginTakenError
    ident = StaffId(new_id())
    connection.execute(
        insert(t.staff).values(id=ident, login=login, name=name, password=password, created=now, disabled_at=None)
    )
    for centre, held in roles.items():
        _grant_roles(connection, ident, centre, held)
    return ident


def set_roles(connection: Connection, ident: StaffId, centre: CentreId, roles: Collection[Role]) -> None:
    """Put these in place of the roles that somebody has at a centre; those at other centres stay.

    Who is signed in there goes on with what is left: without any role they are signed out, without one that serves
    they leave their counter. Every server sees it with its next look at the session.
    """
    # Held to the end of the transaction: nobody signs in, or takes a counter, with the roles of before.
    connection.execute(select(t.staff.c.id).where(t.staff.c.id == ident).with_for_update())
    mine = (t.staff_roles.c.staff == ident) & (t.staff_roles.c.centre == centre)
    connection.execute(delete(t.staff_roles).where(mine))
    _grant_roles(connection, ident, centre, roles)
    here = (t.sessions.c.staff == ident) & (t.sessions.c.centre == centre)
    if not roles:
        connection.execute(delete(t.sessions).where(here))
    elif not SERVING.intersection(roles):
        connection.execute(update(t.sessions).where(here).values(counter=None))


def _grant_roles(connection: Connection, ident: StaffId, centre: CentreId, roles: Iterable[Role]) -> None:
    rows = [{"staff": ident, "centre": centre, "role": role.value} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(t.staff_roles), rows)


def roles_at(connection: Connection, ident: StaffId, centre: CentreId) -> frozenset[Role]:
    """Read the roles that somebody has at a centre."""
    held = select(t.staff_roles.c.role).where(t.staff_roles.c.staff == ident, t.staff_roles.c.centre == centre)
    return frozenset(Role(role) for role in connection.execute(held).scalars())


def staff_by_login(connection: Connection, login: str) -> tuple[Staff, str] | None:
    """Find a member of staff and the hash of their password."""
    row = connection.execute(select(t.staff).where(t.staff.c.login == login)).mappings().one_or_none()
    if row is None:
        return None
    roles: dict[CentreId, frozenset[Role]] = {}
    held = select(t.staff_roles.c.centre, t.staff_roles.c.role).where(t.staff_roles.c.staff == row["id"])
    for centre, role in connection.execute(held):
        roles[centre] = roles.get(centre, frozenset()) | {Role(role)}
    return Staff(row["id"], row["login"], row["name"], roles, row["disabled_at"]), row["password"]


def staff_of(connection: Connection, centre: CentreId) -> list[Staff]:
    """List all who have a role at a centre, closed accounts among them, by login."""
    held = select(t.staff_roles.c.staff).where(t.staff_roles.c.centre == centre)
    logins = connection.scalars(select(t.staff.c.login).where(t.staff.c.id.in_(held)).order_by(t.staff.c.login))
    found = (staff_by_login(connection, login) for login in logins.all())
    return [one for one, _ in filter(None, found)]


def names(connection: Connection, actors: Collection[Actor]) -> dict[Actor, str]:
    """Give the display names of those who are staff."""
    idents = {StaffId(actor.removeprefix("staff/")) for actor in actors if actor.startswith("staff/")}
    found = connection.execute(select(t.staff.c.id, t.staff.c.name).where(t.staff.c.id.in_(idents)))
    return {Actor(f"staff/{row.id}"): row.name for row in found}


def set_password(connection: Connection, ident: StaffId, password: str) -> None:
    """Store another hash; whoever is signed in with the old password is signed out."""
    connection.execute(update(t.staff).where(t.staff.c.id == ident).values(password=password))
    connection.execute(delete(t.sessions).where(t.sessions.c.staff == ident))


def disable_staff(connection: Connection, ident: StaffId, now: Micros) -> None:
    """End a member of staff's access, and their sessions with it."""
    connection.execute(update(t.staff).where(t.staff.c.id == ident).values(disabled_at=now))
    connection.execute(delete(t.sessions).where(t.sessions.c.staff == ident))


def enable_staff(connection: Connection, ident: StaffId) -> None:
    """Open a closed account again, with the password and the roles that it had."""
    connection.execute(update(t.staff).where(t.staff.c.id == ident).values(disabled_at=None))


def open_session(
    connection: Connection,
    staff: Staff,
    centre: CentreId,
    counter: CounterId | None,
    *,
    now: Micros,
    rules: AccountRules,
    since: Micros | None = None,
    agent: UserAgent = UNKNOWN,
    proof: SignInProof = SignInProof.PASSWORD,
    proved_at: Micros | None = None,
) -> tuple[Session, str]:
    """Sign a member of staff in; return the session and its cookie, which is told this once.

    Its roles are those of now. One counter is held by one person. Who signs in there again ends their own earlier
    session. ``since`` is when they proved who they are, now where it is left out: the session's longest time counts
    from it. ``proof`` is how they proved it, ``proved_at`` when last.

    Raises:
        CounterTakenError: somebody else is signed in at this counter.
        CounterUnknownError: it is not set up.
        CentreNotSetUpError: nor is the centre.
    """
    lock_centre(connection, centre)
    connection.execute(delete(t.sessions).where(t.sessions.c.created <= now - rules.session_s * SECOND))
    if counter is not None:
        set_up = select(counters.c.id).where(counters.c.centre == centre, counters.c.id == counter)
        if connection.execute(set_up).scalar_one_or_none() is None:
            raise CounterUnknownError(counter=counter)
        if counters_in_use(connection, centre, now, rules).get(counter, staff.id) != staff.id:
            raise CounterTakenError(counter=counter)
        # Nobody else is alive here: what is left at this counter is over or one's own.
        connection.execute(delete(t.sessions).where(t.sessions.c.centre == centre, t.sessions.c.counter == counter))
    cookie = tokens.new_token()
    session = Session(
        id=SessionId(tokens.token_digest(cookie)),
        staff=staff.id,
        name=staff.name,
        centre=centre,
        roles=roles_at(connection, staff.id, centre),
        counter=counter,
        csrf=tokens.new_token(),
        created=now if since is None else since,
        last_seen=now,
        login=staff.login,
        agent=agent,
        proof=proof,
        proved_at=now if proved_at is None else proved_at,
        lock_minutes=connection.execute(select(centres.c.lock_minutes).where(centres.c.id == centre)).scalar_one(),
    )
    connection.execute(
        insert(t.sessions).values(
            id=session.id,
            staff=session.staff,
            centre=centre,
            counter=counter,
            csrf=session.csrf,
            created=session.created,
            last_seen=now,
            browser=agent.browser,
            machine=agent.machine,
            proof=proof,
            proved_at=session.proved_at,
            active_at=now,
        )
    )
    return session, cookie


def move_session(
    connection: Connection, session: Session, counter: CounterId, *, now: Micros, rules: AccountRules
) -> tuple[Session, str] | None:
    """Put a new session at a counter in the place of one that lives; None where that is over, whoever believes in it.

    It is over too where its holder serves at counters no more. Raises what ``open_session`` does.
    """
    if not roles_at(connection, session.staff, session.centre) & SERVING:
        return None
    return _replace(connection, session, counter, session.proof, session.proved_at, now=now, rules=rules)


def prove_session(
    connection: Connection, session: Session, proof: SignInProof, *, now: Micros, rules: AccountRules
) -> tuple[Session, str] | None:
    """Put a new session, opened by a second factor, in the place of one that lives; None where that is over."""
    return _replace(connection, session, session.counter, proof, now, now=now, rules=rules)


def _replace(
    connection: Connection,
    session: Session,
    counter: CounterId | None,
    proof: SignInProof,
    proved_at: Micros,
    *,
    now: Micros,
    rules: AccountRules,
) -> tuple[Session, str] | None:
    password_of(connection, session.staff)
    if not _living(connection, t.sessions.c.id == session.id, now, rules):
        return None
    member = Staff(session.staff, session.login, session.name, {session.centre: session.roles})
    opened = open_session(
        connection,
        member,
        session.centre,
        counter,
        now=now,
        rules=rules,
        since=session.created,
        agent=session.agent,
        proof=proof,
        proved_at=proved_at,
    )
    end_session(connection, session.id)
    return opened


def password_of(connection: Connection, ident: StaffId) -> str | None:
    """Read the hash of a password, None for nobody, and hold it to the end of the transaction.

    Who is given another password, or disabled, at the same time loses what is opened here: that waits.
    """
    held = select(t.staff.c.password).where(t.staff.c.id == ident, t.staff.c.disabled_at.is_(None))
    return connection.execute(held.with_for_update(key_share=True)).scalar_one_or_none()


def session_by_cookie(connection: Connection, cookie: str, now: Micros, rules: AccountRules) -> Session | None:
    """Find the living session behind a cookie; None where there is none, or its holder has no role there any more."""
    found = _living(connection, t.sessions.c.id == tokens.token_digest(cookie), now, rules)
    return found[0] if found else None


def _living(connection: Connection, which: ColumnElement[bool], now: Micros, rules: AccountRules) -> list[Session]:
    """Read living sessions whose holders have a role, with what they open now."""
    s = t.sessions.c
    protected = select(t.second_factors.c.id).where(
        t.second_factors.c.staff == s.staff, t.second_factors.c.confirmed_at.is_not(None)
    )
    rows = (
        connection.execute(
            select(
                t.sessions,
                t.staff.c.name,
                t.staff.c.login,
                centres.c.manager_second_factor,
                centres.c.lock_minutes,
                exists(protected).label("protected"),
            )
            .join(t.staff, t.staff.c.id == s.staff)
            .join(centres, centres.c.id == s.centre)
            .where(which, alive(now, rules))
        )
        .mappings()
        .all()
    )
    held: dict[tuple[StaffId, CentreId], frozenset[Role]] = {}
    of_these = t.staff_roles.c.staff.in_({row["staff"] for row in rows})
    for row in connection.execute(select(t.staff_roles).where(of_these)) if rows else ():
        held[row.staff, row.centre] = held.get((row.staff, row.centre), frozenset()) | {Role(row.role)}
    found = ((row, held.get((row["staff"], row["centre"]))) for row in rows)
    return [_session(row, roles, now) for row, roles in found if roles]


def touch_session(connection: Connection, ident: SessionId, now: Micros) -> None:
    """Write down that a session is in use."""
    connection.execute(update(t.sessions).where(t.sessions.c.id == ident).values(last_seen=now))


def touch_sessions(connection: Connection, sessions: Collection[SessionId], now: Micros, rules: AccountRules) -> None:
    """Write down that these are in use, where they were not seen for a while; one that is over stays so."""
    stale = t.sessions.c.last_seen < now - rules.touch_after_s * SECOND
    over = now - rules.session_idle_s * SECOND
    for some in batched(sessions, _CHUNK, strict=False):
        held = t.sessions.c.id.in_(some)
        connection.execute(update(t.sessions).where(held, stale, t.sessions.c.last_seen > over).values(last_seen=now))


def is_silent(connection: Connection, centre: CentreId, counter: CounterId, now: Micros, rules: AccountRules) -> bool:
    """Tell whether nobody who is signed in at a counter was seen lately (``hand_back_after_s``)."""
    seen = (
        select(t.sessions.c.id)
        .join(t.staff, t.staff.c.id == t.sessions.c.staff)
        .where(
            t.sessions.c.centre == centre,
            t.sessions.c.counter == counter,
            t.sessions.c.last_seen > now - rules.hand_back_after_s * SECOND,
            alive(now, rules),
        )
    )
    return connection.execute(seen.limit(1)).first() is None


def end_session(connection: Connection, ident: SessionId) -> None:
    connection.execute(delete(t.sessions).where(t.sessions.c.id == ident))


def counters_in_use(
    connection: Connection, centre: CentreId, now: Micros, rules: AccountRules
) -> dict[CounterId, StaffId]:
    """List the counters at which somebody is signed in, and who."""
    found = connection.execute(
        select(t.sessions.c.counter, t.sessions.c.staff)
        .join(t.staff, t.staff.c.id == t.sessions.c.staff)
        .where(t.sessions.c.centre == centre, t.sessions.c.counter.is_not(None), alive(now, rules))
    )
    return {row.counter: row.staff for row in found}


def gone(
    connection: Connection,
    devices: Collection[DeviceId],
    sessions: Mapping[SessionId, Collection[frozenset[Role]]],
    now: Micros,
    rules: AccountRules,
) -> frozenset[DeviceId | SessionId]:
    """Of those who follow a feed, name the devices that are revoked, and the sessions that are not as they were.

    ``sessions`` have the roles with which each of their feeds began: over is one that ended, or whose roles changed.
    """
    over: set[DeviceId | SessionId] = set()
    for some in batched(devices, _CHUNK, strict=False):
        revoked = select(t.devices.c.id).where(t.devices.c.id.in_(some), t.devices.c.revoked_at.is_not(None))
        over.update(connection.execute(revoked).scalars())
    for many in batched(sessions, _CHUNK, strict=False):
        as_before = {
            one.id: one.roles
            for one in _living(connection, t.sessions.c.id.in_(many), now, rules)
            if one.standing is SessionStanding.OPEN
        }
        over.update(one for one in many if {as_before.get(one)} != {*sessions[one]})
    return frozenset(over)


def alive(now: Micros, rules: AccountRules) -> ColumnElement[bool]:
    """Select sessions whose times are not over and whose holder is not disabled (as ``Session.alive``)."""
    return and_(
        t.sessions.c.last_seen > now - rules.session_idle_s * SECOND,
        t.sessions.c.created > now - rules.session_s * SECOND,
        t.staff.c.disabled_at.is_(None),
    )


def _session(row: Mapping[Any, Any], roles: frozenset[Role], now: Micros) -> Session:
    return Session(
        id=row["id"],
        staff=row["staff"],
        name=row["name"],
        centre=row["centre"],
        roles=roles,
        counter=row["counter"],
        csrf=row["csrf"],
        created=row["created"],
        last_seen=row["last_seen"],
        login=row["login"],
        agent=agent_of(row),
        proof=SignInProof(row["proof"] or SignInProof.PASSWORD),
        proved_at=row["created"] if row["proved_at"] is None else row["proved_at"],
        standing=standing(row, roles, now),
        lock_minutes=row["lock_minutes"],
    )


def agent_of(row: Mapping[Any, Any]) -> UserAgent:
    """Read what a session was opened in; an older release, which may write beside this one, says nothing."""
    return UserAgent(Browser(row["browser"] or Browser.OTHER), Machine(row["machine"] or Machine.OTHER))
