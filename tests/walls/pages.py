"""Every page of a demonstration that somebody can read, with whoever of its sign-ins may: printed as JSON.

`python -m tests.walls.pages` with SAIWU_DATA as a built demonstration. A new page joins by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import django

MOST_TRIED = 24
"""So many ways to fill an address are tried for one that answers."""
COMPARED = 5
"""Of so many that answer the longest is taken: it shows most."""


def main() -> None:
    """Print `[{"name", "part", "url"}, …]`, and the addresses for which nothing answered with a page."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from saiwu.accounts.models import Account
    from saiwu.cli import demonstration
    from tests.walls.places import addresses, held_over, places
    from tests.web.sign_in import signed_in

    settings.ALLOWED_HOSTS = ["testserver"]
    every = places()
    people = [(None, None, Client(raise_request_exception=False))]
    for one in demonstration.sign_ins(settings.DATA):
        account = Account.objects.get(login=one["login"])
        people.append((one["part"], account, signed_in(Client(raise_request_exception=False), account)))
    found, silent = [], []
    for address in addresses():
        page = None
        for part, account, client in people if address.roles is not None else people[:1]:
            if address.roles is not None and account is None:
                continue
            over = [place for place in every if place.of == address.of]
            if address.roles:
                over = [place for place in over if held_over(account, place) & address.roles]
            answers = ((_length(client, url), url) for url in _urls(address, over))
            _, page = max(islice((one for one in answers if one[0]), COMPARED), default=(0, None))
            if page is not None:
                found.append({"name": address.name, "part": part, "url": page})
                break
        if page is None:
            silent.append(address.name)
    print(json.dumps({"pages": found, "silent": silent}))


def _urls(address: Any, over: list[Any]) -> Iterator[str]:
    from tests.walls.places import THINGS

    tried = 0
    for place in over:
        values = [THINGS[thing](place) if thing in THINGS else [] for thing in address.things]
        for chosen in product(*values):
            yield address.at(place, dict(zip(address.things, chosen, strict=True)))
            tried += 1
            if tried >= MOST_TRIED:
                return


def _length(client: Any, url: str) -> int:
    """How long the page is; 0 where it is none. Parts of pages that a script fetches have no way to skip to the text."""
    answer = client.get(url)
    page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return len(answer.content) if page and b"sw-skip" in answer.content else 0


if __name__ == "__main__":
    main()
