"""The kinds of violence are one list that programmes point at, not a list in each programme."""

from django.db import migrations
from django.utils.text import slugify

WITHOUT_DOTS = str.maketrans("åäöéü", "aaoeu")


def share(apps, schema_editor):  # noqa: ARG001 - as the framework calls it
    """One row for each name; the programmes that had it point at that row."""
    ViolenceType = apps.get_model("programme", "ViolenceType")
    first = {}
    taken = set()
    for kind in ViolenceType.objects.select_related("programme").order_by("pk"):
        kept = first.setdefault(kind.name, kind)
        kind.programme.violence_types.add(kept)
        if kept is not kind:
            kind.delete()
            continue
        code = stem = slugify(kind.name.lower().translate(WITHOUT_DOTS))[:45].strip("-") or "typ"
        number = 1
        while code in taken:
            number += 1
            code = f"{stem}-{number}"
        taken.add(code)
        ViolenceType.objects.filter(pk=kind.pk).update(
            code=code, source=kind.programme.source
        )


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_structure")]
    operations = [migrations.RunPython(share, migrations.RunPython.noop)]
