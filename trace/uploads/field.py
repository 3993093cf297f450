"""A file in a form, and the limit on how much of one is received."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from trace.uploads.kinds import MEGABYTE, FileKind
from trace.uploads.opening import CheckedFile, UnsafeFile, open_upload

# Above the largest kind, so that the field can say what the limit of its own kind is.
MAX_RECEIVED = 8 * MEGABYTE


class LimitedUploads(FileUploadHandler):
    """Stops keeping a file once it is larger than anything that is taken.

    The first handler of every request (FILE_UPLOAD_HANDLERS). The rest of the file is read past;
    what is kept is still too large for any field, which says so.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        if self.received > MAX_RECEIVED:
            return None
        self.received += len(raw_data)
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        return None


class UploadField(forms.FileField):
    """A file of one of `kinds`. Cleans to a CheckedFile; whatever is unsafe is an error."""

    def __init__(self, kinds: Sequence[FileKind], **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        extensions = ",".join(end for kind in self.kinds for end in kind.extensions)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": extensions}))
        super().__init__(allow_empty_file=True, **kwargs)

    def to_python(self, data: UploadedFile | None) -> CheckedFile | None:  # type: ignore[override]
        if data is None:
            return None
        most = max(kind.max_bytes for kind in self.kinds)
        try:
            # One byte more than is taken is enough to be told so.
            return open_upload(str(data.name), data.read(most + 1), self.kinds)
        except UnsafeFile as why:
            raise forms.ValidationError(str(why), code="unsafe") from why


@dataclass(frozen=True)
class Received:
    """Several files in one go: those that may be kept, and what is wrong with the others."""

    good: tuple[CheckedFile, ...] = ()
    refused: tuple[str, ...] = ()


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files of `kinds`. Cleans to Received, whatever they are.

    One bad file does not lose the good ones: the form says what is wrong and keeps the others.
    """

    def __init__(self, kinds: Sequence[FileKind], *, most: int, **kwargs: Any) -> None:
        self.kinds, self.most = tuple(kinds), most
        extensions = ",".join(end for kind in self.kinds for end in kind.extensions)
        kwargs.setdefault("widget", ManyFiles(attrs={"accept": extensions}))
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, _initial: Any = None) -> Received:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > self.most:
            return Received(refused=(f"Välj högst {self.most} filer åt gången.",))
        good, refused = [], []
        size = max(kind.max_bytes for kind in self.kinds) + 1
        for one in given:
            try:
                good.append(open_upload(str(one.name), one.read(size), self.kinds))
            except UnsafeFile as why:
                refused.append(str(why))
        return Received(tuple(good), tuple(refused))
