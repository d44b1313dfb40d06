"""Faults that tests order."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TypedDict

from .errors import ApiError
from .parameters import Parameters


class FaultDetails(TypedDict, total=False):
    """What `Fault` takes besides a method and a status."""

    body: str | None
    description: str | None
    times: int
    retry_after: int | None
    drop_connection: bool
    takes_effect: bool
    delay: float
    chat_id: int | None


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next calls of a method.

    Attributes:
        method: The method in lower case, or "*" for every one.
        status: The HTTP status; 200 without a body lets the call through (for a delay alone).
        body: A raw body, such as the HTML page of a proxy.
        description: The description of a JSON answer.
        times: How many calls are left to fail.
        retry_after: Makes it a 429 of flood control.
        drop_connection: Closes the connection without an answer.
        takes_effect: Carries the call out although the answer says or shows otherwise.
        delay: Seconds before the answer.
        chat_id: Only for calls about this chat.
    """

    method: str
    status: int = 502
    body: str | None = None
    description: str | None = None
    times: int = 1
    retry_after: int | None = None
    drop_connection: bool = False
    takes_effect: bool = False
    delay: float = 0.0
    chat_id: int | None = None

    @property
    def refuses(self) -> bool:
        """Whether the answer is something else than the method's own."""
        is_other = self.retry_after is not None or self.body is not None or self.status != 200
        return is_other or self.drop_connection

    def fits(self, method: str, parameters: Parameters) -> bool:
        """Returns whether it concerns a call."""
        if self.times < 1 or self.method not in ("*", method):
            return False
        return self.chat_id is None or parameters.values.get("chat_id") in (
            self.chat_id,
            str(self.chat_id),
        )

    def error(self) -> ApiError:
        """Returns the refusal that it stands for."""
        if self.retry_after is not None:
            text = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, text, {"retry_after": self.retry_after})
        text = self.description or http.client.responses.get(self.status, "Error")
        return ApiError(self.status, text)


def pick_fault(faults: list[Fault], method: str, parameters: Parameters) -> Fault | None:
    """Returns the fault for a call, using it up, or None."""
    for fault in faults:
        if fault.fits(method, parameters):
            fault.times -= 1
            if fault.times < 1:
                faults.remove(fault)
            return fault
    return None
