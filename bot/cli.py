"""The command line: commands, options and exit codes."""

import argparse
import io
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread, main_thread
from typing import TypeAlias

from dotenv import dotenv_values

from bot import __version__, settings, words
from bot.answering import Answerer, indexed
from bot.answering.answers import shown
from bot.answering.conversation import Turn
from bot.answering.explanation import explanation
from bot.article import Shelf
from bot.errors import BotError
from bot.question import read_question
from bot.retrieval.languages import multilingual_model
from bot.retrieval.loading import ModelError, read_model
from bot.retrieval.model import Model
from bot.retrieval.qdrant import QdrantError

_LOGGER = logging.getLogger(__name__)
_Read: TypeAlias = Callable[..., None]
# So many seconds a person waits for the article and the sentence model at most.
_PATIENCE = 1.5
# A face is imported by the command that needs it: Telegram's takes a quarter of a second.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name, by default the process's, and return its exit code."""
    options = _parser().parse_args(arguments, argparse.Namespace(article=None))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        is_done = options.run(options, _environ())
        if sys.stdout:
            sys.stdout.flush()
    except BotError as error:
        print(error, file=sys.stderr)
        return 2 if options.run is _ask else error.exit_code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT  # as a shell expects of what Ctrl-C ended
    except OSError as error:
        # Without this Python complains once more, at exit, of output that can't be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            told = f"{error.filename or ''} {error.strerror}".strip()
            print(words.UNUSABLE.format(told), file=sys.stderr)
        return 1
    return 1 if is_done is False else 0


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--article",
        type=settings.article_source,
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="an article's file or address, or a folder of them (default: ARTICLE_PATH, seeds/)",
    )
    about = "Answers questions about an article: on Telegram (serve, the default) or here."
    parser = argparse.ArgumentParser("python -m bot", description=about, parents=[shared])
    parser.set_defaults(run=_serve)
    parser.add_argument("--version", action="version", version=f"article-bot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(run: Callable[..., object], told: str) -> Callable[..., argparse.Action]:
        added = commands.add_parser(run.__name__[1:], parents=[shared], help=told, description=told)
        added.set_defaults(run=run)
        return added.add_argument

    command(_serve, "answer on Telegram")
    command(_chat, "talk in the terminal")
    web = command(_web, "talk on a page in the browser")
    web("--port", type=int, default=8000, help="its port on 127.0.0.1 (default: 8000)")
    web("--no-browser", action="store_true", help="open no browser")
    told = "answer one question; ends with 1 where nothing answers it, with 2 on an error"
    ask = command(_ask, told)
    ask("question", nargs="+", help="what you want to know")
    ask("--json", action="store_true", help="print JSON, for programs")
    ask("--explain", action="store_true", help="tell why: words, passages' scores, how sure")
    told = "questions about the article, any in SQuAD's format, or a folder of articles with some"
    evaluate = command(_evaluate, "tell how well questions with known answers are answered")
    evaluate("paths", nargs="+", type=Path, metavar="PATH", help=told)
    evaluate("--json", action="store_true", help="print JSON, for programs")
    told = "list the questions that went wrong, and what came instead"
    evaluate("--misses", action="store_true", help=told)
    return parser


def _serve(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.logs import configure_logging

    # Until it serves there is nothing to finish.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    telegram = settings.read_telegram_settings(environ)
    configure_logging(telegram.log_level, telegram.secrets)
    prepare = _reader(environ, _LOGGER.warning)
    shelf = _shelf(options, environ, _LOGGER.warning)
    if hasattr(signal, "SIGHUP"):  # Windows has none
        signal.signal(signal.SIGHUP, lambda *_: shelf.ask())
    from bot.telegram import serve

    # Questions that come before the model has read the article are answered by their words.
    serve(indexed(shelf.read()), telegram, prepare, shelf)


def _chat(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.terminal.chat import chat

    chat(_answerer(options, environ, _reader(environ, _tell), is_lasting=True))


def _web(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.web.server import serve

    read_meaning = _reader(environ, _tell)
    answerer = _answerer(options, environ, read_meaning, is_lasting=True)
    serve(answerer, read_meaning, options.port, opens=not options.no_browser)


def _ask(options: argparse.Namespace, environ: Mapping[str, str]) -> bool:
    question = " ".join(options.question)
    if not question.strip():
        example = 'python -m bot ask "What is it about?"'
        raise BotError(f"The question is empty. Ask one, such as: {example}", 2)
    answerer = _answerer(options, environ, _reader(environ, _tell), is_lasting=False)
    is_told_why = options.json or options.explain
    if not is_told_why and answerer.turns_away(read_question(question)):
        print(words.foreign(answerer.language.name))
        return False
    answer = answerer.answer(question)
    why = explanation(answerer, question, Turn()) if options.explain else None
    if options.json:
        told = why.as_object() if why else answerer.as_json(question)
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        from bot.terminal.chat import print_answer, print_explanation

        print_answer(answer, answerer.article)
        if why:
            print_explanation(why)
    return bool(shown(answer))


def _evaluate(options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    from bot.evaluation import evaluate

    model = _model(settings.read_meaning_settings(environ), _tell)
    article = _shelf(options, environ, _tell).read()
    evaluate(options.paths, article, model, options.json, options.misses)


def _answerer(
    options: argparse.Namespace, environ: Mapping[str, str], read: _Read, is_lasting: bool
) -> Answerer:
    """Return what answers once the sentence model has read the article, which a person sees.

    A person who is to talk for longer need not wait for all of a long article.
    """
    from rich.console import Console
    from rich.progress import Progress

    deadline = time.monotonic() + _PATIENCE
    answerer = indexed(_shelf(options, environ, _tell).read())
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(words.READING, total=len(answerer.article.passages))

        def told(count: int) -> None:
            if not main_thread().is_alive():
                sys.exit()  # what was read is kept
            progress.update(bar, completed=count)

        reading = Thread(target=read, args=[answerer, told])
        reading.start()
        is_typed = sys.stdin is not None and sys.stdin.isatty()
        reading.join(max(deadline - time.monotonic(), 0) if is_lasting and is_typed else None)
    if reading.is_alive():
        _tell(f"{words.READING} {words.BY_WORDS_ALONE}")
    return answerer


def _reader(environ: Mapping[str, str], tell: Callable[[str], None]) -> _Read:
    """Return what has the sentence model read for an answerer, and what keeps it from that told."""
    meaning = settings.read_meaning_settings(environ)
    # It is loaded while the article is read.
    loading = ThreadPoolExecutor(1).submit(_model, meaning, tell)

    def read(answerer: Answerer, told: Callable[[int], None] = lambda _: None) -> None:
        try:
            if model := loading.result():
                answerer.read_meaning(model, told, meaning.qdrant)
        except QdrantError as error:
            tell(f"{words.BY_WORDS_ALONE} {error}")
        if languages := multilingual_model() if meaning.is_on else None:
            answerer.read_for_foreigners(languages, told)

    return read


def _model(meaning: settings.MeaningSettings, tell: Callable[[str], None]) -> Model | None:
    try:
        return read_model(meaning.model) if meaning.is_on else None
    except ModelError as error:
        tell(f"{words.BY_WORDS_ALONE} {error}")
        return None


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def _shelf(
    options: argparse.Namespace, environ: Mapping[str, str], tell: Callable[[str], None]
) -> Shelf:
    if options.article == Path("-"):
        raise BotError("--article - names no file. Save the article to a file and name that.", 2)
    return Shelf(options.article or settings.read_article_source(environ), tell)


def _environ() -> dict[str, str]:
    try:
        if Path(".env").is_dir():
            raise IsADirectoryError
        file = dotenv_values(".env")
    except (OSError, UnicodeDecodeError):
        raise BotError("The file .env can't be read. Save it as UTF-8 text.", 2) from None
    told = {key: value for key, value in file.items() if value is not None}
    hidden = [key for key, said in told.items() if said and not os.environ.get(key, said).strip()]
    if hidden:
        _tell(words.HIDDEN.format(", ".join(hidden)))
    return told | dict(os.environ)
