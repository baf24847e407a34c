"""What a test may ask of a browser, whichever engine is in it."""

from __future__ import annotations

from typing import Any, Protocol

SCRIPT_TIMEOUT_S = 300


class Engine(Protocol):
    """One window of a real browser with a profile of its own."""

    name: str

    def open(self, address: str) -> None:
        """Go to a page (`http:` or `file:`) and wait until it has loaded."""

    def back(self) -> None:
        """The back button."""

    def run(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function, `async (one, other) => …`, in the page; arguments and result are JSON.

        Raises RuntimeError with what the function threw.
        """

    def close(self) -> None:
        """End the browser, and remove what it wrote."""


# How a W3C driver is given a function: its last argument is told the result, or what was thrown.
CALL = """const told = arguments[arguments.length - 1]
const given = Array.prototype.slice.call(arguments, 0, -1)
Promise.resolve().then(() => (%s)(...given)).then((value) => told([value ?? null, null]), (error) => told([null, `${error}`]))"""


def unwrapped(answer: Any) -> Any:
    """The value of a pair that `CALL` told; raises RuntimeError where it is an error."""
    value, error = answer
    if error is not None:
        raise RuntimeError(error)
    return value
