"""Fixed figures as open data: the catalogue, and each version's CSV."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.domain.open_data import Dataset, datasets, fixed_figures
from indicators.exports.followup_csv import followup_csv
from indicators.exports.open_data import CONTENT_TYPE, catalogue
from indicators.models import Period
from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest


@require_safe
def open_data_catalogue(request: SignedInRequest) -> HttpResponse:
    """What there is, in DCAT-AP-SE."""

    def address(one: Dataset) -> str:
        path = reverse("open-data-csv", args=[one.period_code, one.version])
        return request.build_absolute_uri(path)

    home = request.build_absolute_uri(reverse("open-data-catalogue"))
    content = catalogue(datasets(request.user), home=home, address=address)
    return HttpResponse(content, content_type=CONTENT_TYPE)


@require_safe
def open_data_csv(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The figures of one fixed version: the same bytes every time."""
    followup = fixed_figures(request.user, code, number)
    if followup is None:
        raise Http404
    log_export(
        Period.objects.get(code=code),
        reader=request.user,
        what=f"öppna data för {code}, version {number}",
    )
    response = HttpResponse(followup_csv(followup), content_type="text/csv; charset=utf-8")
    name = f"uppfoljning-{code}-version-{number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
