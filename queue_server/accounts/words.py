"""What staff and auditors read of accounts and devices."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "session-locked": _("This page is locked. The password goes on."),
        "device-command-not-taken": _("The program of this device cannot do that from here."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done to an account, or with a device from afar."""
    return {
        "password-changed": _("Password changed"),
        "sessions-ended": _("Signed out elsewhere"),
        "sign-in-admitted": _("Let in to sign in again"),
        "second-factor-added": _("Second factor set up"),
        "second-factor-removed": _("Second factor taken off"),
        "second-factor-reset": _("All second factors taken off"),
        "recovery-codes-made": _("Recovery codes made"),
        "recovery-code-used": _("Signed in with a recovery code"),
        "clock-confirmed": _("Said that the server's clock is right"),
        "device-commanded": _("Asked a device to restart or to send its log"),
        "device-command-ended": _("A device answered what was asked of it"),
        "device-log-read": _("Read the log of a device"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
