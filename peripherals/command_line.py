"""A command line that takes all that is said, or refuses: an option that is said twice never keeps the last alone.

The parser under typer lets a later ``--role`` replace an earlier one without a word. Here an option of one value that
stands twice on a line is a mistake of usage (exit code 2); one that takes several (``list``) takes all of them.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class _Once:
    """What commands and groups share: looks at a line before it is parsed for good."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        parser = self.make_parser(ctx)  # type: ignore[attr-defined] # of the class beside it
        _, _, given = parser.parse_args(args=list(args))
        for option, times in Counter(given).items():
            if times > 1 and option.param_type_name == "option" and not (option.multiple or option.count):
                ctx.fail(f"{option.opts[0]} is said {times} times, and takes one value")
        return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return] # of the class beside it


class OnceCommand(_Once, TyperCommand):
    """A command that refuses an option said twice."""


class OnceGroup(_Once, TyperGroup):
    """The same for the options that stand before the name of a command."""


class CommandLine(typer.Typer):
    """``typer.Typer`` whose commands refuse what they would drop."""

    def __init__(self, **values: Any) -> None:
        super().__init__(cls=OnceGroup, **values)

    def command(self, name: str | None = None, **values: Any) -> Callable[..., Any]:
        return super().command(name, cls=OnceCommand, **values)
