"""Errors in how a command is called, in the language of whoever called it."""

from __future__ import annotations

import re
from typing import IO, Any

import click

from cqsim.cli.speaking.language import language
from cqsim.errors import Fault, nearest
from cqsim.messages import say


class Told(click.UsageError):
    """An error of usage whose message stands in the language of the command."""

    def show(self, file: IO[Any] | None = None) -> None:
        """The usage, where help is to be had, and the error."""
        lines = []
        if self.ctx is not None:
            path = self.ctx.command_path
            lines += [self.ctx.get_usage(), say("cli.try", language(), command=f"{path} --help"), ""]
        click.echo("\n".join([*lines, say("cli.error", language(), said=self.message)]), file=file, err=True)


def refused(key: str, **values: object) -> Told:
    """An error of usage, to be raised."""
    return Told(Fault(key, **values).text(language()))


def refused_for(fault: Fault) -> Told:
    """A fault as an error of usage."""
    return Told(fault.text(language()))


def refuse_both(first: object, second: object, *names: str) -> None:
    """Refuse two options that exclude each other."""
    if first is not None and second is not None:
        raise refused("cli.not_together", options=names)


_QUOTED = re.compile(r"'(.*)'|^(\S+) is not in|\((.*)\)", re.DOTALL)


def told(error: click.UsageError) -> click.UsageError:
    """An error of click's in our words."""
    if isinstance(error, Told | click.exceptions.NoArgsIsHelpError):
        return error
    return Told(_reason(error).text(language()), error.ctx)


def _reason(error: click.UsageError) -> Fault:
    said = error.message
    quoted = _QUOTED.search(said)
    value = next(filter(None, quoted.groups()), "") if quoted else ""
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name.strip("-"), [name.strip("-") for name in error.possibilities or ()])
        return Fault("cli.no_option", "near" if near else None, option=error.option_name, near=f"--{near}")
    if isinstance(error, click.BadOptionUsage):
        takes_none = "does not take" in said
        return Fault("cli.option_alone" if takes_none else "cli.option_value", option=error.option_name)
    if isinstance(error, click.MissingParameter):
        return Fault("cli.missing", name=_named(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error, value)
    if "No such command" in said:
        group = error.ctx.command if error.ctx else None
        names = list(group.commands) if isinstance(group, click.Group) else []
        near = nearest(value, names)
        return Fault("cli.no_command", "near" if near else None, command=value, near=near, allowed=names)
    if "unexpected extra argument" in said:
        return Fault("cli.extra", value=value)
    return Fault("cli.missing_command") if "Missing command" in said else Fault("reason.other", reason=said)


def _named(error: click.BadParameter) -> str:
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
    return hint.replace("'", "") if isinstance(hint, str) else " / ".join(hint)


def _bad_value(error: click.BadParameter, value: str) -> Fault:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        shown = error.message.split("'")[1] if "'" in error.message else value
        return Fault("cli.choice", name=_named(error), value=shown, allowed=list(kind.choices))
    if isinstance(kind, click.IntRange):
        return Fault("cli.whole", name=_named(error), value=value, limits=_limits(kind))
    return Fault("reason.other", reason=error.message)


def _limits(kind: click.IntRange) -> str:
    return f"{kind.min}-{kind.max}" if kind.max is not None else f"≥ {kind.min}"
