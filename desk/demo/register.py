"""What Hässelby-Vällingby has registered of the demo's made-up remiss: its number, and a paper."""

import uuid
from hashlib import sha256

from django.utils import timezone

from organisation.models import Namnd, User
from remisser.domain.dnr import dnr_key
from remisser.models import DnrSeries, Registration, Remiss, RemissFile, Remissinstans

SECRETARY = "sekreterare.hasselby"
# Plainly nobody's real diary.
PATTERN = "EX-{nr}/{år}"
FIRST = 411
PAPER = "exempel-motion.txt"
TEXT = """\
Exempel: den här motionen är påhittad.

Många barn som har upplevt våld hemma får vänta länge på att någon pratar med dem själva. Vi vill
att varje barn får ett eget samtal snart, att skolan vet hur den ska fråga och att stödet kommer
hem till familjen när familjen är hemma.
"""


def load_registered(remiss_slug: str, namnd_code: str) -> None:
    """Lay in the nämnd's series, its number of the remiss and the remiss' paper, once."""
    namnd = Namnd.objects.get(code=namnd_code)
    secretary = User.objects.filter(username=SECRETARY).first()
    if secretary is None:
        return
    remiss = Remiss.objects.get(slug=remiss_slug)
    if remiss.registered_by_namnd_id is None:
        Remiss.objects.filter(pk=remiss.pk).update(registered_by_namnd=namnd)
    series, _ = DnrSeries.objects.get_or_create(
        namnd=namnd,
        pattern=PATTERN,
        defaults={"year": timezone.localdate().year, "last_number": FIRST},
    )
    instance = Remissinstans.objects.get(remiss=remiss, namnd=namnd)
    if not Registration.objects.filter(instance=instance).exists():
        dnr = series.number(FIRST, series.year)
        Registration.objects.create(
            instance=instance,
            namnd=namnd,
            dnr=dnr,
            dnr_key=dnr_key(dnr),
            series=series,
            year=series.year,
            number=FIRST,
            by=secretary,
        )
    content = TEXT.encode()
    digest = sha256(content).hexdigest()
    if not RemissFile.objects.filter(remiss=remiss, namnd=namnd, sha256=digest).exists():
        RemissFile.objects.create(
            remiss=remiss,
            form_key=uuid.uuid5(uuid.NAMESPACE_URL, remiss.slug),
            namnd=namnd,
            name=PAPER,
            content_type="text/plain",
            content=content,
            size=len(content),
            sha256=digest,
            is_open=True,
            by=secretary,
        )
