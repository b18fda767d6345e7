"""Going on after an error that nobody foresaw."""

import logging

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

from reader.errors import ReaderError
from reader.settings import log_path


class Steady(MessagePump):
    """A part of the screens that goes on after an error in one of its handlers.

    Textual ends the message loop in which an error was raised, and with it whatever had that loop. Here the
    error goes to the app, which tells and logs it, and the next message is handled as ever.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if isinstance(message, (events.Compose, events.Mount)):
                # Without its parts there is nothing to go on with: the app takes it away.
                raise
            self.app._handle_exception(error)


def told_of(error: Exception) -> str:
    """The line that tells of an error; what nobody foresaw is logged, and the line says where."""
    if isinstance(error, ReaderError):
        return str(error)
    from reader.logs import log_to

    path = log_path()
    log_to(path)
    logging.getLogger("reader").error("unexpected", exc_info=error)
    return f"Something unforeseen happened ({type(error).__name__}): {path} says where, please report it"
