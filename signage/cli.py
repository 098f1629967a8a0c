"""``signage``: enrol a screen, and run it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.kit import engine, private_file
from kiosk.kit.running import Running
from peripherals.command_line import CommandLine
from queue_server.contract import program_log
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.client import ClientError
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.remote_settings import RemoteSettings
from signage import identity
from signage.app import BoardLoop
from signage.errors import NotEnrolledError, SignageError
from signage.page import Pages, ScreenPlace
from signage.settings import load
from signage.sizes import Sizes, sizes
from signage.words import announcement_words, emergency_words

app = CommandLine(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

Data = Annotated[Path, typer.Option(envvar="CONSULAR_DATA", help="Folder of this screen; made where it is missing.")]
Authority = Annotated[Path | None, typer.Option(help="Certificate of the centre's own authority (PEM).")]


def _fail(error: SignageError | ClientError | OSError) -> None:
    """Say a known error in one line and exit with 1."""
    rest = ", ".join(f"{name}: {value}" for name, value in getattr(error, "placeholders", {}).items())
    print(
        f"signage: {getattr(error, 'code', type(error).__name__)}{' (' + rest + ')' if rest else ''}", file=sys.stderr
    )
    raise typer.Exit(1) from error


@app.command()
def enrol(
    code: Annotated[str, typer.Option(help="Eight digits, from queue-server enrol-code.")],
    server: Annotated[str, typer.Option(help="Address of the queue server: scheme, host and port.")],
    data: Data,
    ca: Authority = None,
) -> None:
    """Make this machine a screen of a centre."""
    try:
        known = identity.enrol(EnrolmentMeans(server, code, ca), data)
    except (SignageError, ClientError, OSError) as error:
        _fail(error)
    else:
        print(f"{known.name} of {known.centre}")


def _identity(data: Path, means: EnrolmentMeans) -> identity.ScreenIdentity:
    """Read who this screen is; one that is nobody yet becomes one with a code. One that is somebody uses none up."""
    try:
        return identity.load(data)
    except NotEnrolledError:
        if not means:
            raise
        return identity.enrol(means, data)


@app.command()
def run(
    data: Data,
    settings: Annotated[Path | None, typer.Option(help="Settings, TOML; signage/settings.py describes them.")] = None,
    *,
    server: Annotated[str, typer.Option(help="Address of the queue server, where it is not enrolled yet.")] = "",
    code: Annotated[str, typer.Option(help="Eight digits to enrol with, where it is not enrolled yet.")] = "",
    ca: Authority = None,
    enrol_with: Annotated[
        str, typer.Option("--enrol", help="Text to enrol with, or its file, where it is not enrolled yet.")
    ] = "",
    fullscreen: Annotated[bool, typer.Option(help="Take the whole screen.")] = False,
    remote: Annotated[Path | None, typer.Option(help="Debugging only, off in use: socket that drives it.")] = None,
) -> None:
    """Show the lobby board, or what is to be seen over a counter, until it is told to end.

    With a code it is enrolled first, where it is not yet.
    """
    recent = program_log.configure()
    try:
        chosen = load(settings)
        known = _identity(data, EnrolmentMeans(server, code, ca, enrol_with))
        route = identity.route(known, data)
        settled = RemoteSettings(data, known.device, chosen, "screen", write=private_file.write)
        recent.folder = data
        commands = RemoteCommands(data, recent, write=private_file.write)
    except (SignageError, ClientError, OSError) as error:
        _fail(error)
    qt = engine.application(sys.argv[:1], "signage")
    hung = chosen.screen
    panel = qt.primaryScreen()
    pixels = panel.size() * panel.devicePixelRatio()
    across, down = (pixels.height(), pixels.width()) if hung.rotation % 180 else (pixels.width(), pixels.height())
    letters = sizes(hung.distance_m, hung.diagonal_in, across, down, hung.scale)
    # Over a counter the one code is as large as the panel allows, whatever its distance.
    place = ScreenPlace(hung.counter, hung.exit or "", Sizes() if hung.counter else letters)
    screen = engine.create(
        "signage.ui", "signage", scale=hung.scale, reduce_motion=hung.reduce_motion, rotation=hung.rotation
    )
    try:
        words = {**emergency_words(), **announcement_words()}
        pages = Pages(place, words, screen.translations.languages)
    except SignageError as error:
        _fail(error)
    board = BoardLoop(
        screen.bridge,
        settled,
        lambda: identity.connect(known, data, route),
        known.centre,
        pages=pages,
        data=data,
        commands=commands,
        log=recent,
    )
    try:
        raise typer.Exit(Running(qt, screen, board.run, remote=remote, fullscreen=fullscreen).run())
    finally:
        recent.store()
