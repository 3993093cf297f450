"""Addresses of remisser and of the nämnder's answers to them."""

from django.urls import path, register_converter

from papers.views.addresses import paper_addresses
from papers.views.versions import FileFormatConverter
from remisser.views import (
    agenda,
    answers,
    attest,
    correcting,
    deciding,
    dispatch,
    drafts,
    editing,
    links,
    plans,
    register,
    register_parts,
    remisser,
    worklist,
)
from remisser.views.shared import answer_room

register_converter(FileFormatConverter, "fileformat")

MEETING = "planering/<slug:namnd_code>/sammantrade/<int:pk>/"
ANSWER = "<slug:slug>/svar/<slug:namnd_code>/"

urlpatterns = [
    path("", remisser.remiss_list, name="remiss-list"),
    path("registrera/", register.register, name="remiss-register"),
    # Before the remisser themselves: none is called so.
    path("svar/", worklist.answer_list, name="answer-list"),
    path("svar/tavla/", worklist.answer_board, name="answer-board"),
    path("planering/<slug:namnd_code>/", plans.planning, name="planning"),
    path("planering/<slug:namnd_code>/nummer/", register_parts.series_new, name="series-new"),
    path(
        "planering/<slug:namnd_code>/nummer/<int:pk>/",
        register_parts.series_change,
        name="series-change",
    ),
    path("planering/<slug:namnd_code>/regler/", plans.planning_rules, name="planning-rules"),
    path("planering/<slug:namnd_code>/sammantrade/", plans.meeting_new, name="meeting-new"),
    path(
        "planering/<slug:namnd_code>/sammantrade/<int:pk>/",
        plans.meeting_change,
        name="meeting-change",
    ),
    path(f"{MEETING}dagordning/", agenda.agenda, name="agenda"),
    path(f"{MEETING}dagordning/utskick/", agenda.agenda_send, name="agenda-send"),
    path(f"{MEETING}dagordning/anmalan/", agenda.notice_add, name="notice-add"),
    path(
        f"{MEETING}dagordning/anmalan/<int:item>/ta-bort/",
        agenda.notice_remove,
        name="notice-remove",
    ),
    path(f"{MEETING}dagordning/handlingar/", agenda.agenda_papers, name="agenda-papers"),
    path(f"{MEETING}dagordning/<int:item>/", agenda.agenda_paper, name="agenda-paper"),
    path(
        f"{MEETING}dagordning/<int:item>/<fileformat:file_format>/",
        agenda.agenda_file,
        name="agenda-file",
    ),
    path("<slug:slug>/", remisser.remiss, name="remiss"),
    path("<slug:slug>/uppgifter/", register.amend, name="remiss-amend"),
    path("<slug:slug>/instanser/", register_parts.instances_add, name="remiss-instances-add"),
    path(
        "<slug:slug>/instanser/<int:pk>/",
        register_parts.instance_change,
        name="remiss-instance-change",
    ),
    path(
        "<slug:slug>/instanser/<int:pk>/ta-bort/",
        register_parts.instance_remove,
        name="remiss-instance-remove",
    ),
    path("<slug:slug>/att-satser/", register_parts.proposals_add, name="remiss-proposals-add"),
    path(
        "<slug:slug>/att-satser/<int:number>/",
        register_parts.proposal_change,
        name="remiss-proposal-change",
    ),
    path(
        "<slug:slug>/att-satser/<int:number>/ta-bort/",
        register_parts.proposal_remove,
        name="remiss-proposal-remove",
    ),
    path("<slug:slug>/handlingar/", register_parts.files_add, name="remiss-files-add"),
    path("<slug:slug>/handlingar/<int:pk>/", register_parts.file, name="remiss-file"),
    path(
        "<slug:slug>/handlingar/<int:pk>/ta-bort/",
        register_parts.file_remove,
        name="remiss-file-remove",
    ),
    path("<slug:slug>/diarienummer/<slug:namnd_code>/", register.own_part, name="remiss-own-part"),
    path("<slug:slug>/mal/", links.goal_link, name="remiss-goal-link"),
    path("<slug:slug>/mal/<int:pk>/ta-bort/", links.goal_unlink, name="remiss-goal-unlink"),
    path("<slug:slug>/uppdrag/", links.assignment_link, name="remiss-assignment-link"),
    path(
        "<slug:slug>/uppdrag/<int:pk>/ta-bort/",
        links.assignment_unlink,
        name="remiss-assignment-unlink",
    ),
    path(ANSWER, answers.answer, name="answer"),
    path(f"{ANSWER}plan/", plans.plan, name="answer-plan"),
    path(f"{ANSWER}plan/anstand/", plans.ask_extension, name="extension-ask"),
    path(f"{ANSWER}plan/anstand/<int:pk>/", plans.extension_answer, name="extension-answer"),
    path(f"{ANSWER}paborja/", answers.answer_start, name="answer-start"),
    path(f"{ANSWER}ny-version/", answers.answer_new_version, name="answer-new-version"),
    path(f"{ANSWER}<fileformat:file_format>/", answers.answer_export, name="answer-export"),
    path(f"{ANSWER}attest/", attest.attest, name="answer-attest"),
    path(f"{ANSWER}attest/skicka/", attest.attest_send, name="answer-attest-send"),
    path(f"{ANSWER}attest/godkann/", attest.attest_approve, name="answer-attest-approve"),
    path(f"{ANSWER}attest/aterlamna/", attest.attest_return, name="answer-attest-return"),
    path(f"{ANSWER}beslut/", deciding.decide, name="answer-decision"),
    path(f"{ANSWER}beslut/ratta/", correcting.correct, name="answer-decision-correct"),
    path(f"{ANSWER}expediering/", dispatch.dispatch, name="answer-dispatch"),
    path(f"{ANSWER}expediering/paket/", dispatch.package, name="answer-package"),
    path(f"{ANSWER}expediering/fil/<int:number>/", dispatch.file, name="answer-sent-file"),
    path(f"{ANSWER}utkast/", drafts.drafts, name="answer-drafts"),
    path(f"{ANSWER}utkast/<int:number>/", drafts.shared_draft, name="shared-draft"),
    path(
        f"{ANSWER}utkast/<int:number>/ta-tillbaka/<int:share>/",
        drafts.take_back,
        name="draft-take-back",
    ),
    path(f"{ANSWER}avsnitt/<int:order>/", editing.section, name="answer-section"),
    path(f"{ANSWER}att-sats/<int:number>/", editing.position, name="answer-position"),
    path(f"{ANSWER}samlat/", editing.collective, name="answer-collective"),
    path(f"{ANSWER}huvud/", editing.header, name="answer-header"),
    *paper_addresses(ANSWER, "answer", answer_room),
]
