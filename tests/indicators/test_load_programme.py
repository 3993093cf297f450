"""Loading a programme from a file: what it gives, what it changes, and by which command."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.demo.organisation import load_namnder
from indicators.domain.errors import NotAllowed
from indicators.domain.loading.comparing import ChangeKind
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import PlanChanged, load_programme, plan_programme
from indicators.domain.loading.problems import BadFile
from indicators.enums import PeriodState
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Target,
)
from organisation.enums import NamndGroup, Role
from organisation.models import Namnd
from programme.domain.succession import carry_over
from programme.enums import ResponsibilityKind
from programme.models import Activity, Goal, Precondition, Programme, Responsibility
from tests.factories import (
    make_goal,
    make_namnd,
    make_period,
    make_programme,
    make_user,
)
from tests.indicators.programme_sheets import as_workbook, as_yaml, real_size, small
from trace.models import Event
from trace.uploads import WORKBOOK, YAML, open_upload

pytestmark = pytest.mark.django_db
SLUG = "prov-2026-2030"


@pytest.fixture(autouse=True)
def namnder() -> None:
    load_namnder()


def faults(document, form=as_yaml) -> list[str]:
    """What is wrong, with the places; nothing may have been changed."""
    before = (Programme.objects.count(), Goal.objects.count(), Indicator.objects.count())
    with pytest.raises(BadFile) as bad:
        load_programme(form(document))
    assert before == (Programme.objects.count(), Goal.objects.count(), Indicator.objects.count())
    return [str(problem) for problem in bad.value.problems]


def changed(plan) -> list[tuple[str, str, str]]:
    return [(c.table.title, c.kind.value, c.title) for c in plan.changes]


# What a file gives -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [as_yaml, as_workbook])
def test_a_file_becomes_a_programme_with_all_its_parts(form):
    loaded = load_programme(form(small()))
    programme = Programme.objects.get(slug=SLUG)
    assert loaded.programme == programme
    assert [str(tag) for tag in programme.violence_types.all()] == ["hot"]
    assert [str(tag) for tag in programme.perspectives.all()] == ["barnrätt"]
    assert [g.code for g in Goal.objects.filter(programme=programme).in_order()] == [
        "1",
        "1.1",
        "2",
    ]
    assert Goal.objects.get(programme=programme, number=2).text == "Ett andra mål.\nPå två rader."
    asked = Activity.objects.get(code="fraga")
    assert asked.goal.code == "1.1"
    assert asked.text_on(dt.date(2026, 12, 31)) == "Fråga alla."
    assert asked.text_on(dt.date(2027, 1, 1)) == "Fråga alla, alltid."
    group, one = asked.responsibilities.all()
    assert (group.group, group.kind) == (
        NamndGroup.STADSDELSNAMNDER,
        ResponsibilityKind.ANSVARIG,
    )
    assert one.namnd.code == "socialnamnden"
    assert (one.kind, one.valid_from, one.valid_to, one.decision) == (
        ResponsibilityKind.MEDVERKANDE,
        dt.date(2026, 1, 1),
        dt.date(2027, 12, 31),
        "§ 7",
    )
    indicator = Indicator.objects.get(code="antal-fragade")
    assert {goal.code for goal in indicator.goals.all()} == {"1", "2"}
    definition = indicator.versions.get()
    assert (definition.scale, definition.numerator_label, definition.counts_people) == (
        100,
        "Tillfrågade",
        True,
    )
    assert {(t.namnd and t.namnd.code, t.value) for t in Target.objects.all()} == {
        (None, Decimal("62.5")),
        ("sodermalm", Decimal("70")),
    }
    assert Precondition.objects.get().is_example


@pytest.mark.parametrize("form", [as_yaml, as_workbook])
def test_the_same_file_again_changes_nothing(form):
    load_programme(form(small()))
    events = Event.objects.count()
    again = load_programme(form(small()))
    assert again.plan.changes == ()
    assert Event.objects.count() == events


def test_excel_and_yaml_say_the_same():
    load_programme(as_yaml(small()))
    assert plan_programme(as_workbook(small())).changes == ()


@pytest.mark.parametrize(("write", "name", "kind"), [
    (programme_yaml, "p.yaml", YAML),
    (programme_xlsx, "p.xlsx", WORKBOOK),
])  # fmt: skip
def test_what_is_taken_out_loads_back_to_the_same_bytes(write, name, kind):
    load_programme(as_yaml(small()))
    first, as_text = write(read_existing(SLUG)), programme_yaml(read_existing(SLUG))
    assert load_programme(open_upload(name, first, [kind])).plan.changes == ()
    for model in (Target, IndicatorResponsibility, Responsibility):
        model.objects.all().delete()
    IndicatorVersion.objects.all().delete()
    Indicator.objects.all().delete()
    Activity.objects.all().delete()
    Goal.objects.filter(parent__isnull=False).delete()
    Programme.objects.all().delete()
    load_programme(open_upload(name, first, [kind]))
    assert write(read_existing(SLUG)) == first
    assert programme_yaml(read_existing(SLUG)) == as_text


def test_a_goal_whose_text_is_not_known_stays_without():
    document = small()
    document["Mål"].append({"Mål": "3"})
    load_programme(as_yaml(document))
    assert Goal.objects.get(number=3).text == ""
    for write, name in ((programme_yaml, "p.yaml"), (programme_xlsx, "p.xlsx")):
        file = open_upload(name, write(read_existing(SLUG)), [WORKBOOK, YAML])
        assert plan_programme(file).changes == ()


def test_texts_that_look_like_something_else_come_back_as_they_were():
    document = small()
    odd = ["=1+1", "nej", "null", "~", "1.0", "2025-01-01", "- a: b", "# c", "'d\"", "é😀", "12:30"]
    document["Aktiviteter"] += [
        {"Kod": f"udda-{n}", "Mål": "1", "Text": text, "Exempel": True}
        for n, text in enumerate(odd)
    ]
    load_programme(as_yaml(document))
    texts = Activity.objects.filter(code__startswith="udda").order_by("pk")
    assert [activity.text for activity in texts] == odd
    for write, name, kind in (
        (programme_yaml, "p.yaml", YAML),
        (programme_xlsx, "p.xlsx", WORKBOOK),
    ):
        file = open_upload(name, write(read_existing(SLUG)), [kind])
        assert plan_programme(file).changes == ()


def test_names_of_namnder_may_be_written_in_many_ways():
    document = small()
    document["Ansvar"] = [
        {"Aktivitet": "fraga", "Nämnd eller grupp": name}
        for name in ("Södermalms stadsdelsnämnds", "SDN Farsta", "bromma", "samtliga nämnder")
    ]
    load_programme(as_yaml(document))
    rows = Responsibility.objects.order_by("pk").values_list("namnd__code", "group")
    assert list(rows) == [("sodermalm", ""), ("farsta", ""), ("bromma", ""), (None, "namnder")]


def test_a_former_name_is_accepted():
    Namnd.objects.filter(code="idrottsnamnden").update(name="Fritidsnämnden", short_name="Fritid")
    document = small()
    document["Ansvar"] = [{"Aktivitet": "fraga", "Nämnd eller grupp": "Idrottsnämnden"}]
    load_programme(as_yaml(document))
    assert Responsibility.objects.get().namnd.code == "idrottsnamnden"


def old_programme() -> dict:
    """A programme that began before the merger of 2023 and names two of those who merged."""
    document = small(**{"Lydelser": [], "Definitioner": [], "Ansvar indikatorer": []})
    document |= {"Indikatorer": [], "Indikatorers mål": [], "Årsmål": []}
    document["Program"][0] |= {"Första år": 2021, "Sista år": 2025}
    document["Ansvar"] = [
        {"Aktivitet": "fraga", "Nämnd eller grupp": "Spånga-Tensta", "Ansvar": "medverkande"},
        {"Aktivitet": "fraga", "Nämnd eller grupp": "Rinkeby-Kista", "Enligt beslut": "§ 7"},
        {"Aktivitet": "skydda", "Nämnd eller grupp": "Rinkeby-Kista", "Gäller till": LAST_DAY},
    ]
    return document


LAST_DAY = dt.date(2023, 6, 30)


def laid() -> list[tuple]:
    return list(
        Responsibility.objects.order_by("activity__code", "valid_from", "namnd__code").values_list(
            "activity__code", "namnd__code", "kind", "valid_from", "valid_to", "decision"
        )
    )


def test_what_a_ceased_namnd_answers_for_goes_to_its_successor():
    loaded = load_programme(as_workbook(old_programme()))
    merger = dt.date(2023, 7, 1)
    handed = "Övertaget från Rinkeby-Kista stadsdelsnämnd (§ 7)"
    assert laid() == [
        ("fraga", "jarva", "ansvarig", merger, None, handed),
        ("fraga", "rinkeby-kista", "ansvarig", None, LAST_DAY, "§ 7"),
        ("fraga", "spanga-tensta", "medverkande", None, LAST_DAY, ""),
        ("skydda", "rinkeby-kista", "ansvarig", None, LAST_DAY, ""),
    ]
    assert [note for note in loaded.plan.notes if "Rinkeby" in note] == [
        "Ansvar, rad 3: Rinkeby-Kista stadsdelsnämnd har upphört. Ansvaret gäller till och med "
        "2023-06-30, och tas över av Järva stadsdelsnämnd från 2023-07-01."
    ]
    assert load_programme(as_yaml(old_programme())).plan.changes == ()
    assert carry_over(Responsibility) == 0
    taken_out = programme_yaml(read_existing(SLUG))
    again = load_programme(open_upload("p.yaml", taken_out, (YAML,)))
    assert again.plan.changes == ()


def test_what_the_merger_has_handed_on_is_as_the_file_would_have_it():
    load_programme(as_yaml(old_programme()))
    before = laid()
    Responsibility.objects.filter(namnd__code="jarva").delete()
    Responsibility.objects.filter(activity__code="fraga").update(valid_to=None, end_decision="")
    carry_over(Responsibility)
    assert laid() == before
    assert load_programme(as_yaml(old_programme())).plan.changes == ()


def test_what_the_file_says_of_the_successor_is_left_alone():
    document = old_programme()
    document["Ansvar"].append(
        {
            "Aktivitet": "fraga",
            "Nämnd eller grupp": "Järva",
            "Ansvar": "medverkande",
            "Gäller från": dt.date(2023, 7, 1),
        }
    )
    load_programme(as_yaml(document))
    assert [row[2] for row in laid() if row[1] == "jarva"] == ["medverkande"]


def test_a_ceased_namnd_without_a_successor_answers_to_its_last_day():
    make_namnd("gamla", name="Gamla nämnden", valid_to=dt.date(2024, 12, 31))
    document = old_programme()
    document["Ansvar"] = [{"Aktivitet": "fraga", "Nämnd eller grupp": "Gamla nämnden"}]
    loaded = load_programme(as_yaml(document))
    assert [row[4] for row in laid()] == [dt.date(2024, 12, 31)]
    assert any("har ingen efterträdare" in note for note in loaded.plan.notes)
    assert load_programme(as_yaml(document)).plan.changes == ()


def test_a_wording_is_not_dated_back_before_a_locked_period():
    load_programme(as_yaml(small()))
    make_period("2026-T1", state=PeriodState.LAST)
    make_period("2026-T2", state=PeriodState.STANGD)
    make_period("2025-VB", state=PeriodState.LAST)
    document = small()
    new = document["Lydelser"][0] | {"Gäller från": dt.date(2026, 4, 30), "Text": "Nytt."}
    document["Lydelser"].append(new)
    (said,) = faults(document)
    assert "Perioderna till och med 2026-04-30 är låsta" in said
    assert "tidigast från 2026-05-01" in said
    new["Gäller från"] = dt.date(2026, 5, 1)
    load_programme(as_yaml(document))
    make_period("2027-T1", state=PeriodState.LAST)
    document["Lydelser"][0]["Text"] = "En annan text."
    assert "är låsta" in faults(document)[0]
    del document["Lydelser"][0]
    assert "är låsta" in faults(document)[0]


def test_goals_of_two_programmes_are_tied_together_and_stay_so():
    other = make_programme("regional-2020-2026")
    make_goal(6, other)
    document = small()
    document["Motsvarande mål"] = [
        {"Mål": "2", "Program": "regional-2020-2026", "Målet där": "6", "Källa": "Test"}
    ]
    load_programme(as_yaml(document))
    link = Goal.objects.get(programme__slug=SLUG, number=2).links_from.get()
    assert link.to_goal.programme == other
    assert plan_programme(as_workbook(document)).changes == ()
    # From the other programme's side it is the same link.
    theirs = read_existing("regional-2020-2026").book["Motsvarande mål"]
    assert [key[:3] for key in theirs] == [("6", SLUG, "2")]


# What changes ------------------------------------------------------------------------------------


def test_the_plan_tells_every_row_that_is_added_changed_and_removed():
    load_programme(as_yaml(small()))
    document = small()
    document["Mål"][0]["Text"] = "Ett annat mål."
    document["Aktiviteter"][1]["Våldstyper"] = ["hot"]
    document["Aktiviteter"].append({"Kod": "ny", "Mål": "1", "Text": "Ny.", "Exempel": True})
    del document["Ansvar"][1], document["Årsmål"][1], document["Lydelser"][0]
    plan = plan_programme(as_workbook(document))
    assert changed(plan) == [
        ("Mål", "ändrad", "1"),
        ("Lydelser", "borttagen", "fraga, 2027-01-01"),
        ("Aktiviteter", "ändrad", "skydda"),
        ("Aktiviteter", "tillagd", "ny"),
        ("Ansvar", "borttagen", "fraga, Socialnämnden, 2026-01-01"),
        ("Årsmål", "borttagen", "antal-fragade, 2026, Södermalms stadsdelsnämnd"),
    ]
    (text,) = plan.changes[0].fields
    assert (text.label, text.before, text.after) == ("Text", "Ett första mål.", "Ett annat mål.")
    assert plan.sentence == "1 tillagd rad, 2 ändrade, 3 borttagna"
    assert "Lydelser" in plan.notes[0]
    load_programme(as_workbook(document))
    assert plan_programme(as_workbook(document)).changes == ()
    assert Goal.objects.get(programme__slug=SLUG, parent=None, number=1).revision == 1
    assert [str(tag) for tag in Activity.objects.get(code="skydda").violence_types.all()] == ["hot"]


def test_everything_may_go_and_come_back_while_nothing_rests_on_it():
    load_programme(as_yaml(small()))
    bare = small(
        **{title: [] for title in small() if title not in ("Program", "Våldstyper", "Perspektiv")}
    )
    plan = load_programme(as_yaml(bare)).plan
    assert {change.kind for change in plan.changes} == {ChangeKind.REMOVED}
    assert not Goal.objects.filter(programme__slug=SLUG).exists()
    assert not Indicator.objects.exists()
    load_programme(as_yaml(small()))
    assert plan_programme(as_workbook(small())).changes == ()


def test_an_activity_moves_to_another_goal_when_its_own_goes():
    load_programme(as_yaml(small()))
    document = small()
    del document["Mål"][1]
    document["Aktiviteter"][0]["Mål"] = "2"
    load_programme(as_yaml(document))
    assert Activity.objects.get(code="fraga").goal.number == 2


def test_every_row_has_a_history_that_names_the_file():
    user = make_user(Role.SAMORDNARE, Namnd.objects.get(code="socialnamnden"))
    load_programme(as_yaml(small()), actor=user)
    event = Event.objects.get(verb="program-inlast")
    assert event.actor == user
    assert "p.yaml" in event.summary
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT pgh_context->>'through' FROM programme_activitychange")
        assert cursor.fetchall() == [("import:p.yaml",)]


def test_only_the_coordinator_loads():
    with pytest.raises(NotAllowed):
        load_programme(as_yaml(small()), actor=make_user(Role.CHEF))
    assert not Programme.objects.exists()


def test_a_plan_that_is_not_the_one_that_was_seen_is_not_carried_out():
    seen = plan_programme(as_yaml(small()))
    document = small()
    document["Mål"][0]["Text"] = "Något annat."
    load_programme(as_yaml(document))
    with pytest.raises(PlanChanged):
        load_programme(as_yaml(small()), expected_digest=seen.digest)
    assert Goal.objects.get(number=1, parent=None).text == "Något annat."


# The command -------------------------------------------------------------------------------------


def test_the_command_loads_and_shows(tmp_path, capsys):
    path = tmp_path / "prov.yaml"
    path.write_bytes(as_yaml(small()).data)
    call_command("load_programme", str(path), "--dry-run")
    shown = capsys.readouterr().out
    assert "  + fraga: Fråga alla. (rad " in shown
    assert "Skulle läsa in Program på prov: 18 tillagda rader" in shown
    assert not Programme.objects.exists()
    call_command("load_programme", str(path))
    assert "Läste in Program på prov" in capsys.readouterr().out
    call_command("load_programme", str(path))
    assert "Inget ändrades" in capsys.readouterr().out


def test_the_command_lists_every_fault(tmp_path):
    document = small()
    document["Mål"][0]["Exempel"] = "kanske"
    document["Aktiviteter"][0]["Mål"] = "9"
    path = tmp_path / "prov.xlsx"
    path.write_bytes(as_workbook(document).data)
    with pytest.raises(CommandError) as refused:
        call_command("load_programme", str(path))
    lines = str(refused.value).splitlines()
    assert lines[0] == "prov.xlsx: 2 fel. Ingenting har ändrats."
    assert lines[1].startswith("- Mål, rad 2, kolumn D (Exempel): Skriv ja eller nej")
    assert lines[2].startswith("- Aktiviteter, rad 2, kolumn B (Mål): Mål 9 finns inte")


def test_a_whole_programme_takes_a_fixed_number_of_statements():
    def statements(goals: int) -> int:
        document = small()
        document["Mål"] = [{"Mål": str(n), "Text": "Text."} for n in range(1, goals + 1)]
        document["Lydelser"], document["Förutsättningar"] = [], []
        document["Aktiviteter"] = [
            {"Kod": f"{goals}-a-{n}", "Mål": "1", "Text": "Text.", "Exempel": True}
            for n in range(goals)
        ]
        document["Ansvar"] = [
            {"Aktivitet": f"{goals}-a-{n}", "Nämnd eller grupp": "Farsta"} for n in range(goals)
        ]
        for title in ("Indikatorer", "Definitioner", "Ansvar indikatorer", "Årsmål"):
            document[title] = []
        document["Program"][0]["Adress"] = f"prov-{goals}"
        file = as_yaml(document)
        with CaptureQueriesContext(connection) as asked:
            load_programme(file)
        return len(asked)

    statements(2)  # lays the tags in
    assert statements(3) == statements(30)


def test_a_programme_of_its_real_size_is_loaded_by_one_command(tmp_path, capsys):
    """Seven goals, 80 activities, 70 indicators, and each of 45 nämnder answers for some.

    The nämnder are a register of their own: they are there, and the command does the rest.
    """
    names = [make_namnd(f"namnd-{n}", name=f"Nämnd nummer {n}").name for n in range(45)]
    document = real_size(names)
    path = tmp_path / "stort.xlsx"
    path.write_bytes(as_workbook(document).data)
    call_command("load_programme", str(path))
    assert "4101 tillagda rader" in capsys.readouterr().out
    assert Goal.objects.count() == 7
    assert Activity.objects.count() == 80
    assert Responsibility.objects.count() == 720
    assert Responsibility.objects.order_by().values("namnd").distinct().count() == 45
    assert Indicator.objects.count() == 70
    assert IndicatorResponsibility.objects.count() == 3150
    assert plan_programme(as_workbook(document)).changes == ()
