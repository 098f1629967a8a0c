"""What can be refused to staff and devices.

``ConsularError``
    ``AccountsError``              root
        ``TooManyTriesError``      429: wait ``retry_after_s``
        ``EnrolmentCodeError``     wrong, used, or older than its 15 minutes: which of them is not told
        ``SeriesExhaustedError``   every series of tickets in this centre is taken
        ``SignInError``            login or password is wrong: which of them is not told
            ``AccountClosedError``  both are right, but the account was closed
            ``NoRoleHereError``     both are right, but there is no role at this centre
        ``PasswordWeakError``      a new password would be guessed: ``weakness`` says why
        ``SecondFactorError``      a code or passkey is wrong, or was used before
            ``PasskeyRefusedError``   a passkey answered something else than was asked, or is another's
        ``SecondFactorNeededError``  the centre asks for one: the last cannot be taken off
        ``CounterTakenError``      somebody else is signed in at that counter
        ``CounterUnknownError``    there is no such counter
        ``TokenUnknownError``      401: no device has this token
        ``TokenRevokedError``      401: the device was revoked
        ``PinShapeError``          a technician's PIN has six digits
        ``LoginTakenError``        another member of staff has this login
        ``LoginShapeError``        a login of other characters than it may have
        ``StaffUnknownError``      nobody has this login
    ``ApiError``
        ``SessionLockedError``     423: the session is locked
        ``StartSupersededError``         409: a later start of this device has taken over
        ``MachineUnknownError``    409: no such machine is to be chosen
        ``CommandNotTakenError``   409: the program of the device does not do that from afar
        ``CommandUnknownError``    404: that was not asked of this device, or is over
        ``DeviceLogUnknownError``  404: there is no such log, or not any more
"""

from queue_server.domain.values import ConsularError
from queue_server.framework.problems import ApiError


class AccountsError(ConsularError):
    code = "accounts"


class TooManyTriesError(AccountsError):
    code = "too-many-tries"


class EnrolmentCodeError(AccountsError):
    code = "enrolment-code-refused"


class SeriesExhaustedError(AccountsError):
    code = "series-unavailable"


class SignInError(AccountsError):
    code = "sign-in-refused"


class AccountClosedError(SignInError):
    """The password is right: whoever knows it may hear that the account was closed."""

    code = "account-closed"


class NoRoleHereError(SignInError):
    """The password is right; ``centres`` are the ids of those where this person has a role, with commas."""

    code = "no-role-here"


class PasswordWeakError(AccountsError):
    """The password would be guessed, or is the one before; ``weakness`` says why."""

    code = "password-weak"


class SecondFactorError(AccountsError):
    """The code is wrong, or was used before."""

    code = "second-factor-refused"


class PasskeyRefusedError(SecondFactorError):
    """The passkey answered something else than was asked here, or belongs to somebody else."""

    code = "passkey-refused"


class SecondFactorNeededError(AccountsError):
    """A centre asks managers for a second factor: the last one cannot be taken off."""

    code = "second-factor-needed"


class CounterTakenError(AccountsError):
    code = "counter-taken"


class CounterUnknownError(AccountsError):
    code = "counter-not-set-up"


class TokenUnknownError(AccountsError):
    code = "token-unknown"


class TokenRevokedError(AccountsError):
    code = "token-revoked"


class PinShapeError(AccountsError):
    """A technician's PIN has six digits."""

    code = "pin-shape"


class LoginTakenError(AccountsError):
    code = "login-taken"


class LoginShapeError(AccountsError):
    """A login is made of lower-case letters, digits, dots, hyphens and underscores, 64 at most."""

    code = "login-shape"


class StaffUnknownError(AccountsError):
    """Nobody has this login."""

    code = "staff-unknown"


class SessionLockedError(ApiError):
    status = 423
    code = "session-locked"
    title = "This session is locked until its owner types the password"


class StartSupersededError(ApiError):
    status = 409
    code = "device-start-superseded"
    title = "A later start of this device has taken over"


class DeviceCopiedError(ApiError):
    """Two machines are this device, or this is the one that does not stay: it gives out nothing new.

    403, so that a kiosk keeps the ticket and asks again.
    """

    status = 403
    code = "device-copied"
    title = "Another machine is the same device: it gives out no new tickets until managers have decided"


class DeviceUnknownError(ApiError):
    """The centre has no such device of this kind, or not any more. Placeholders: ``device``."""

    status = 404
    code = "device-unknown"
    title = "There is no such device of this kind"


class MachineUnknownError(ApiError):
    status = 409
    code = "device-machine-unknown"
    title = "This machine is not one of those among which is to be chosen"


class CommandNotTakenError(ApiError):
    status = 409
    code = "device-command-not-taken"
    title = "The program of this device does not do that from afar"


class CommandUnknownError(ApiError):
    status = 404
    code = "device-command-unknown"
    title = "That was not asked of this device, or it is over"


class DeviceLogUnknownError(ApiError):
    status = 404
    code = "device-log-unknown"
    title = "There is no such log, or not any more"
