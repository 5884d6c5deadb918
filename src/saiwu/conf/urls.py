"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("saiwu.web.public.urls")),
    path("", include("saiwu.web.accounts.urls")),
    path("unit/", include("saiwu.web.unit.urls")),
    path("host/", include("saiwu.web.host.urls")),
    path("judge/", include("saiwu.web.judge.urls")),
    path("committee/", include("saiwu.web.committee.urls")),
    path("office/", include("saiwu.web.office.urls")),
]

handler400 = "saiwu.web.errors.views.bad_request"
handler403 = "saiwu.web.errors.views.forbidden"
handler404 = "saiwu.web.errors.views.not_found"
handler500 = "saiwu.web.errors.views.ours"
