"""All rooms are packages of this one Django app."""

from django.apps import AppConfig


class SaiwuConfig(AppConfig):
    """The app `saiwu`."""

    name = "saiwu"
    label = "saiwu"
    verbose_name = "赛务"
