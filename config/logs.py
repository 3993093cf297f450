"""Log lines: one for each happening, nothing that somebody typed, nothing that breaks a line."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from django.http import HttpRequest

LONGEST_MESSAGE = 1000
# Line ends of every kind, and what moves the cursor or turns the direction of the text.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class PlainRequest(logging.Filter):
    """Names the page of a request by its URL name, and gives the incident's number its place.

    An address may hold what somebody typed; what was sent with it is never logged at all.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.incident = getattr(request, "incident", "")
        status = getattr(record, "status_code", None)
        # The development server gives its records a socket by that name.
        if isinstance(request, HttpRequest) and status is not None:
            match = getattr(request, "resolver_match", None)
            record.msg = "%s %s %s"
            record.args = (status, request.method, match.view_name if match else "(no page)")
        return True


class LineFormatter(logging.Formatter):
    """Time, level, logger, the incident's number if there is one, and the message on one line.

    A traceback follows, indented, so that none of its lines can be taken for another entry.
    with_messages: also what the exceptions say, which may quote what somebody typed or what
    stands in a row: for a laptop. Without it they are named by their types, and a refusal of the
    database by its code and constraint.
    """

    def __init__(self, *, with_messages: bool = False) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")
        self.with_messages = with_messages

    def format(self, record: logging.LogRecord) -> str:
        # Another handler's words for the exception, kept on the record, are not ours.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        incident = getattr(record, "incident", "")
        message = record.message
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}… ({len(message)} signs)"
        record.message = one_line(f"[{incident}] {message}" if incident else message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        error = ei[1]
        if error is None:
            return ""
        return "\n".join(f"    {line}" for line in self._chain(error, seen=set()))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        return "\n".join(f"    {one_line(line)}" for line in stack_info.splitlines())

    def _chain(self, error: BaseException, seen: set[int]) -> list[str]:
        """The exception behind it first, as Python does it."""
        seen.add(id(error))
        behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        lines = self._chain(behind, seen) if behind is not None and id(behind) not in seen else []
        if lines:
            lines.append("which led to:")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}")
        return [*lines, self._name(error)]

    def _name(self, error: BaseException) -> str:
        kind = type(error)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if self.with_messages:
            return one_line(f"{name}: {error}")
        diagnosis = getattr(error, "diag", None)
        said = [
            f"{what}={value}"
            for what in ("sqlstate", "table_name", "constraint_name")
            if (value := getattr(diagnosis, what, None))
        ]
        return one_line(" ".join([name, *said]))


def one_line(text: str) -> str:
    r"""The text with line ends and control characters written out: "\n" as two signs."""
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)
