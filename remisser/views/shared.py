"""What the pages of an answer share: fetching it for a person, and the way back."""

from functools import partial

from django.http import Http404
from django.urls import reverse

from organisation.models import User
from papers.models import AgendaItem, DraftShare, PaperVersion
from papers.models.paper import OUT_STATES
from papers.views.room import Room
from remisser.domain.answers import copy_positions
from remisser.domain.lint import look_over
from remisser.exports.answer_document import answer_document, answer_save_document
from remisser.models import Answer, Remissinstans


def get_answer_for(user: User, slug: str, namnd_code: str) -> Answer:
    """The nämnd's answer to the remiss, if the person may read it whole. Raises Http404."""
    answer = _answers(user, slug, namnd_code).first()
    if answer is None:
        raise Http404
    return answer


def find_answer_for(user: User, slug: str, namnd_code: str) -> Answer | None:
    """The same, or None when there is none that the person may see."""
    return _answers(user, slug, namnd_code).first()


def get_version_for(user: User, slug: str, namnd_code: str, number: int) -> PaperVersion:
    """One version of an answer, if the person may read that one. Raises Http404.

    For who may not read the answer whole: a version that was sent to their nämnd for comment.
    """
    version = (
        PaperVersion.objects.visible_to(user)
        .filter(
            number=number,
            paper__namnd__code=namnd_code,
            paper__answer__instance__remiss__slug=slug,
        )
        .select_related(
            "paper__namnd",
            "paper__current",
            "paper__answer__instance__remiss",
            "paper__answer__instance__namnd",
        )
        .first()
    )
    if version is None:
        raise Http404
    return version


def find_out_for(user: User, slug: str, namnd_code: str) -> Answer | None:
    """The nämnd's answer when it has been sent to those it is for: then everyone reads it."""
    return (
        Answer.objects.visible_to(user)
        .filter(
            instance__remiss__slug=slug,
            paper__namnd__code=namnd_code,
            paper__state__in=OUT_STATES,
        )
        .select_related("instance__remiss", "instance__namnd", "paper__namnd", "paper__current")
        .first()
    )


def sent_out_to(user: User, slug: str, namnd_code: str) -> AgendaItem | None:
    """What a member of the nämnd was last sent of its answer."""
    return (
        AgendaItem.objects.visible_to(user)
        .filter(paper__namnd__code=namnd_code, paper__answer__instance__remiss__slug=slug)
        .order_by("-pk")
        .first()
    )


def get_share_for(user: User, answer: Answer, number: int) -> DraftShare:
    """One sending of the answer's drafts. Raises Http404."""
    share = (
        DraftShare.objects.visible_to(user)
        .filter(pk=number, version__paper=answer.paper_id)
        .select_related("version", "to_namnd")
        .first()
    )
    if share is None:
        raise Http404
    return share


def get_instance_for(user: User, slug: str, namnd_code: str) -> Remissinstans:
    """The instance of one of the person's own nämnder. Raises Http404."""
    instance = (
        Remissinstans.objects.visible_to(user)
        .filter(
            remiss__slug=slug,
            namnd__code=namnd_code,
            namnd_id__in=user.access.inside_ids(),
        )
        .select_related("remiss", "namnd", "answer__paper")
        .first()
    )
    if instance is None:
        raise Http404
    return instance


def room_of(answer: Answer) -> Room:
    """Where the answer's paper stands."""
    remiss = answer.instance.remiss
    return Room(
        paper=answer.paper,
        home=reverse("answer", args=[remiss.slug, answer.paper.namnd.code]),
        name=f"svar på {remiss.dnr}",
        it="svaret",
        attested="Svaret är attesterat.",
        trail=trail_to(answer),
        look=partial(look_over, answer),
        document=answer_document,
        document_of_save=answer_save_document,
        file_stem=f"svar-{remiss.slug}-{answer.paper.namnd.code}",
        copy_more=copy_positions,
        after_opinion="Svaren på att-satserna skrivs var för sig och följer efter den här texten.",
    )


def answer_room(user: User, slug: str, namnd_code: str) -> Room:
    """The room of an answer that the person may read whole. Raises Http404."""
    return room_of(get_answer_for(user, slug, namnd_code))


def trail_to(answer: Answer) -> list[dict[str, str]]:
    """The steps above a page of the answer."""
    remiss = answer.instance.remiss
    codes = [remiss.slug, answer.paper.namnd.code]
    return [
        {"url": reverse("remiss-list"), "label": "Remisser"},
        {"url": reverse("remiss", args=[remiss.slug]), "label": remiss.dnr},
        {
            "url": reverse("answer", args=codes),
            "label": f"{answer.paper.namnd.genitive} svar",
        },
    ]


def _answers(user: User, slug: str, namnd_code: str):
    return (
        Answer.objects.inside(user)
        .filter(instance__remiss__slug=slug, paper__namnd__code=namnd_code)
        .select_related("instance__remiss", "instance__namnd", "paper__namnd", "paper__current")
    )
