"""Addresses of remisser and of the nämnder's answers to them."""

from django.urls import path, register_converter

from remisser.views import answers, editing, remisser


class FileFormatConverter:
    """The last part of an export's address."""

    regex = "word|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileFormatConverter, "fileformat")

ANSWER = "<slug:slug>/svar/<slug:namnd_code>/"

urlpatterns = [
    path("", remisser.remiss_list, name="remiss-list"),
    path("<slug:slug>/", remisser.remiss, name="remiss"),
    path(ANSWER, answers.answer, name="answer"),
    path(f"{ANSWER}paborja/", answers.answer_start, name="answer-start"),
    path(f"{ANSWER}ny-version/", answers.answer_new_version, name="answer-new-version"),
    path(f"{ANSWER}<fileformat:file_format>/", answers.answer_export, name="answer-export"),
    path(f"{ANSWER}avsnitt/<int:order>/", editing.section, name="answer-section"),
    path(f"{ANSWER}att-sats/<int:number>/", editing.position, name="answer-position"),
    path(f"{ANSWER}samlat/", editing.collective, name="answer-collective"),
    path(f"{ANSWER}huvud/", editing.header, name="answer-header"),
]
