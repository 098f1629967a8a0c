"""With which codes each command can be refused, read from the code of ``decide``: nobody keeps a list of it."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Final

import msgspec

from queue_server.queue.decide import decide
from queue_server.queue.refusals import RefusalCode

_PACKAGE: Final = __name__.rpartition(".")[0]


@cache
def refusals(command: type[msgspec.Struct]) -> frozenset[RefusalCode]:
    """List with which codes a command can be refused.

    Raises:
        LookupError: nobody decides this command.
    """
    return frozenset(_of_match(decide, command.__name__))


def _of_match(function: Callable[..., object], command: str) -> set[RefusalCode]:
    """Follow a command through the cases of a function to the one that decides it."""
    scope, found = inspect.unwrap(function).__globals__, set[RefusalCode]()
    (match,) = [node for node in ast.walk(_tree(function)) if isinstance(node, ast.Match)]
    for case in match.cases:
        body = ast.Module(case.body, [])
        match case.pattern:
            case ast.MatchClass(cls=ast.Attribute(attr=name)):
                if name == command:
                    return found | _codes(body, scope)
            case _ if case.guard is not None:
                # Whoever comes as far may be refused here.
                found |= _codes(body, scope)
            case _:
                for called in _functions(body, scope):
                    return found | _of_match(called, command)
    raise LookupError(command)


def _codes(tree: ast.AST, scope: dict[str, Any], seen: set[FunctionType] | None = None) -> set[RefusalCode]:
    """Find the codes that are named in a part of the code, and in the functions of this package that it names."""
    seen = set() if seen is None else seen
    found = {
        RefusalCode[node.attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _named(node.value, scope) is RefusalCode
    }
    for function in _functions(tree, scope):
        if function not in seen:
            seen.add(function)
            found |= _codes(_tree(function), function.__globals__, seen)
    return found


def _functions(tree: ast.AST, scope: dict[str, Any]) -> Iterator[FunctionType]:
    for node in ast.walk(tree):
        named = _named(node, scope)
        if isinstance(named, FunctionType) and named.__module__.startswith(_PACKAGE):
            yield named


def _named(node: ast.AST, scope: dict[str, Any]) -> Any:
    match node:
        case ast.Name(id=name):
            return scope.get(name)
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if isinstance(scope.get(name), ModuleType):
            return getattr(scope[name], attribute, None)
    return None


@cache
def _tree(function: Callable[..., object]) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
