"""The next version of a rulebook, where an approved change sets keys of one event: comments and order are kept."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq


def amended(
    files: Mapping[str, str],
    event_id: str,
    changes: Mapping[str, str],
    *,
    what: str,
    on: date,
    clause: str | None = None,
    assumed: str | None = None,
) -> dict[str, str]:
    """The files with `changes` (whole key -> its new text) set in the event's file, version + 1 and a line of history.

    Each changed value rests on `clause`, or is `assumed`; the version that was published stays as it is.
    """
    path = f"events/{event_id}.yaml"
    notice, event = _read(files["notice.yaml"]), _read(files[path])
    for key, text in changes.items():
        *parents, last = key.split(".")
        place = event
        for part in parents:
            if not isinstance(place.get(part), CommentedMap):
                place[part] = CommentedMap()
            place = place[part]
        for other in _INSTEAD.get(last, ()):
            if other in place and f"{'.'.join(parents)}.{other}".lstrip(".") not in changes:
                _forget(place, other)
        place[last] = text
        _rest_on(place, last, "clause" if clause else "assumed", clause or assumed or what)
    version = int(str(notice["version"])) + 1
    notice["version"] = str(version)
    history = notice.get("history")
    if not isinstance(history, CommentedSeq):
        history = notice["history"] = CommentedSeq()
    history.append(CommentedMap({"version": str(version), "on": on.isoformat(), "what": what}))
    return {**files, "notice.yaml": _written(notice), path: _written(event)}


_INSTEAD = {"on": ("from", "to"), "from": ("on",), "to": ("on",)}
"""A day is `on`, or `from` and `to`: who writes the one takes the other away."""


def _forget(place: CommentedMap, key: str) -> None:
    """Take a key away, and what its own source said of it."""
    del place[key]
    for kind in ("clause", "assumed"):
        own = place.get(kind)
        if isinstance(own, CommentedMap) and key in own:
            del own[key]
            if not own:
                del place[kind]


def _rest_on(place: CommentedMap, key: str, kind: str, text: str) -> None:
    """Give one key its own source; what held for the whole mapping goes on to hold for the rest of it."""
    for other in ("clause", "assumed"):
        own = place.get(other)
        if other == kind:
            if isinstance(own, CommentedMap):
                own[key] = text
            elif own is None:
                place[kind] = CommentedMap({key: text})
            else:
                rest = [one for one in place if one not in ("clause", "assumed", "note", key)]
                # A copy each: one list under two keys would be written as an anchor and an alias.
                place[kind] = CommentedMap({**{one: deepcopy(own) for one in rest}, key: text})
        elif isinstance(own, CommentedMap):
            own.pop(key, None)
            if not own:
                del place[other]


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(text: str) -> Any:
    return _yaml().load(text)


def _written(tree: Any) -> str:
    out = StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()
