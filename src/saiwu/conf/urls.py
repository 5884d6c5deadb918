"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("saiwu.web.public.urls")),
]

handler400 = "saiwu.web.errors.views.bad_request"
handler403 = "saiwu.web.errors.views.forbidden"
handler404 = "saiwu.web.errors.views.not_found"
handler500 = "saiwu.web.errors.views.ours"
