"""The peer: a bot of a few lines that echoes, as python-telegram-bot's own examples do."""

import os
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        # Replies show which question they answer.
        await update.message.reply_text(update.message.text, do_quote=True)


def main() -> None:
    root = os.environ["TELEGRAM_API_BASE_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    if url := os.environ.get("WEBHOOK_URL"):
        application.run_webhook(
            listen="127.0.0.1",
            port=int(os.environ["WEBHOOK_PORT"]),
            url_path=urlsplit(url).path.strip("/"),
            webhook_url=url,
            secret_token=os.environ["WEBHOOK_SECRET"],
        )
    else:
        application.run_polling()


if __name__ == "__main__":
    main()
