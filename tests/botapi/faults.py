"""Refusals in Telegram's words, and the faults that tests order."""

from dataclasses import dataclass
from http.client import responses
from typing import Any

JSON = dict[str, Any]


class ApiError(Exception):
    """A call that Telegram refuses, with the status and the JSON body of the answer."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.body: JSON = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def refusal(text: str, status: int = 400, **parameters: int) -> ApiError:
    """Returns a refusal that begins with the name of its status, as Telegram's do."""
    return ApiError(status, f"{responses[status]}: {text}", **parameters)


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next calls of a method."""

    method: str
    status: int = 502  # 200 without a body lets the call through (for a delay alone)
    body: str | None = None  # a raw one, such as the HTML page of a proxy
    description: str | None = None  # of a JSON answer
    times: int = 1  # how many calls are left to fail
    retry_after: int | None = None  # makes it a 429 of flood control
    drop_connection: bool = False  # without an answer
    takes_effect: bool = False  # although the answer says or shows otherwise
    delay: float = 0.0  # seconds before the answer
    chat_id: int | None = None  # only for calls about this chat

    @property
    def refuses(self) -> bool:
        """Whether the answer is something else than the method's own."""
        is_other = self.retry_after is not None or self.body is not None or self.status != 200
        return is_other or self.drop_connection

    def fits(self, method: str, values: JSON) -> bool:
        """Returns whether it concerns a call."""
        is_about = self.chat_id is None or str(self.chat_id) == str(values.get("chat_id"))
        return is_about and self.method == method and self.times > 0

    def error(self) -> ApiError:
        """Returns the refusal that it stands for."""
        if self.drop_connection:
            return ApiError(0, "connection dropped")
        if self.retry_after is not None:
            said = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, said, retry_after=self.retry_after)
        return ApiError(self.status, self.description or responses.get(self.status, "Error"))
