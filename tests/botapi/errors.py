"""Refusals, worded the way Telegram words them."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]


class ApiError(Exception):
    """A call that Telegram refuses.

    Attributes:
        status: The HTTP status, repeated in the body as `error_code`.
        description: The complete text of the answer.
        parameters: What goes into the `parameters` of the answer.
    """

    def __init__(self, status: int, description: str, parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> JSON:
        """Returns the JSON body of the answer."""
        body: JSON = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str) -> ApiError:
    """Returns a 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Returns a 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Returns a 409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {text}")


def not_found() -> ApiError:
    """Returns the 404 for an unknown path or method."""
    return ApiError(404, "Not Found")
