"""What is wrong with an input: which key, and how to mend it."""

from __future__ import annotations


class CaseError(ValueError):
    """The input is wrong. `field`: dotted path of the key ("" for the whole). `message`: Chinese, says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = _writable(field), _writable(message)
        super().__init__(f"{self.field}: {self.message}")

    def to_json(self) -> dict[str, dict[str, str]]:
        return {"error": {"field": self.field, "message": self.message}}


def _writable(text: str) -> str:
    """JSON may name half a character (`"\\ud800"`), which no UTF-8 can hold: it is told as a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
