"""The command line: commands, options and exit codes."""

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dotenv import dotenv_values

from bot import words
from bot.answering import Answerer
from bot.article import read_article
from bot.errors import BotError
from bot.settings import read_settings, read_telegram_settings

# Faces are imported by the command that needs one: python-telegram-bot alone takes a quarter of
# a second that the others needn't wait.


# What a shell expects of a program that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name and return the process's exit code.

    Args:
        arguments: The words behind the program's name; the process's own by default.
    """
    options = _parser().parse_args(arguments, argparse.Namespace(article=None))
    _forgive_encoding_errors()
    try:
        options.run(options, _environ())
        if sys.stdout:
            sys.stdout.flush()
    except BotError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # Without this Python complains once more, at exit, of output that can't be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(words.unwritable(error.strerror), file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--article", type=Path, metavar="PATH", default=argparse.SUPPRESS, help=words.ARTICLE_HELP
    )
    parser = argparse.ArgumentParser("python -m bot", description=words.BOT_HELP, parents=[shared])
    parser.set_defaults(run=_serve)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    serve = commands.add_parser("serve", help=words.SERVE_HELP, parents=[shared])
    serve.set_defaults(run=_serve)
    chat = commands.add_parser("chat", help=words.CHAT_HELP, parents=[shared])
    chat.set_defaults(run=_chat)
    ask = commands.add_parser("ask", help=words.ASK_HELP, parents=[shared])
    ask.set_defaults(run=_ask)
    ask.add_argument("question", nargs="+", help=words.QUESTION_HELP)
    ask.add_argument("--json", action="store_true", help=words.JSON_HELP)
    evaluate = commands.add_parser("evaluate", help=words.EVALUATE_HELP, parents=[shared])
    evaluate.set_defaults(run=_evaluate)
    evaluate.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=words.FILE_HELP)
    evaluate.add_argument("--json", action="store_true", help=words.JSON_HELP)
    evaluate.add_argument("--misses", action="store_true", help=words.MISSES_HELP)
    return parser


def _serve(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.logs import configure_logging

    # Until it serves there is nothing to finish.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    telegram = read_telegram_settings(environ)
    settings = read_settings(environ, options.article)
    configure_logging(settings.log_level, telegram.secrets)
    answerer = Answerer(read_article(settings.article_path))
    from bot.telegram import serve

    serve(answerer, telegram)


def _chat(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.terminal.chat import chat

    chat(_answerer(options, environ))


def _ask(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    question = " ".join(options.question)
    if not question.strip():
        raise BotError(words.EMPTY_QUESTION, 2)
    answerer = _answerer(options, environ)
    if options.json:
        print(json.dumps(answerer.as_json(question), ensure_ascii=False, indent=2))
        return
    from bot.terminal.chat import print_answer

    print_answer(answerer.answer(question), answerer.article)


def _evaluate(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.evaluation import evaluate

    article = read_article(read_settings(environ, options.article).article_path)
    evaluate(options.paths, article, options.json, options.misses)


def _answerer(options: argparse.Namespace, environ: Mapping[str, str]) -> Answerer:
    return Answerer(read_article(read_settings(environ, options.article).article_path))


def _environ() -> dict[str, str]:
    try:
        if Path(".env").is_dir():
            raise IsADirectoryError
        file = dotenv_values(".env")
    except (OSError, UnicodeDecodeError):
        raise BotError("The file .env can't be read. Save it as UTF-8 text.", 2) from None
    return {key: value for key, value in file.items() if value is not None} | dict(os.environ)


def _forgive_encoding_errors() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
