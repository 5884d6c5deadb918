"""What every page is given."""

from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:
    """Values of the installation."""
    return {}
