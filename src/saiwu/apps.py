"""All rooms are packages of this one Django app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class SaiwuConfig(AppConfig):
    """The app `saiwu`."""

    name = "saiwu"
    label = "saiwu"
    verbose_name = "赛务"

    def ready(self) -> None:
        """Whoever signs in is written down by the verb itself, at the installation's hour; Django would write its own."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
