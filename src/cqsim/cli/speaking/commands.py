"""Commands and options whose help is a key of the messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click

from cqsim.cli.speaking.language import language, listen
from cqsim.cli.speaking.lines import Formatter
from cqsim.cli.speaking.told import told
from cqsim.messages import say

F = TypeVar("F", bound=Callable[..., Any] | click.Command)


class Context(click.Context):
    """A context whose help is broken into lines by columns."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is a key of the messages."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it does."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        text = say(str(self.help), language())
        default = self.get_help_extra(ctx).get("default")
        if default is not None:
            text = say("help.with_default", language(), text=text, default=default)
        return record[0], say("help.required", language(), text=text) if self.required else text


class Command(click.Command):
    """A command whose help is a key of the messages, and whose errors speak the language of its reader."""

    context_class = Context

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        """See click; errors in the arguments are told in the language that they ask for."""
        if parent is None:
            listen(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise told(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """See click."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise told(error) from None

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return re.split(r"(?<=[.。])(?:\s|$)|(?<=。)|[:：]", say(str(self.help), language()))[0].rstrip(".。")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, with its text as a key."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.__class__, option.help = Option, "help.help"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is written."""
        words = {name: say(key, language()) for name, key in _PLACES.items()}
        pieces = [words.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write(f"{say('help.usage', language())}{' '.join([ctx.command_path, *pieces])}\n")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(str(self.help), language()))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options."""
        records = _records(self.get_params(ctx), ctx)
        with formatter.section(say("help.options", language())):
            formatter.write_dl(records)


_PLACES = {"[OPTIONS]": "help.options_place", "COMMAND [ARGS]...": "help.command_place"}


def _records(parameters: Iterable[click.Parameter], ctx: click.Context) -> Iterator[tuple[str, str]]:
    options = (parameter for parameter in parameters if isinstance(parameter, click.Option))
    return filter(None, (option.get_help_record(ctx) for option in options))


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options and its commands."""
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str()) for name, command in sorted(self.commands.items())]
        with formatter.section(say("help.commands", language())):
            formatter.write_dl(rows)


def command() -> Callable[[Callable[..., Any]], click.Command]:
    """The decorator of a command; its help is the message `help.NAME`."""
    return lambda function: click.command(cls=Command, help=f"help.{function.__name__}")(function)


def option(*names: str, about: str, **settings: Any) -> Callable[[F], F]:
    """The decorator of an option; `about` is the key of its help."""
    if isinstance(settings.get("type"), click.IntRange):
        settings.setdefault("metavar", "N")
    return click.option(*names, cls=Option, help=about, **settings)
