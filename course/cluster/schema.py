"""The JSON Schema of the cluster file, by which editors complete and explain its keys.

`python -m course.cluster PATH` writes it.
"""

from __future__ import annotations

from typing import Any

from course.cluster.model import Cluster
from course.cluster.values import Word


def schema() -> dict[str, Any]:
    """The JSON Schema of `cluster.yaml`, with Russian titles and descriptions."""
    made = Cluster.model_json_schema()
    for name, definition in made.get("$defs", {}).items():
        _translate(name, definition)
    _translate("Cluster", made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _translate(name: str, definition: dict[str, Any]) -> None:
    """Put Russian words where pydantic puts class names and docstrings."""
    definition.pop("description", None)
    kind = _words().get(name)
    if kind is None:
        definition.pop("title", None)
        return
    definition.pop("title", None)
    definition["description"] = "; ".join(f"{word.value} — {word.words}" for word in kind)


def _words() -> dict[str, type[Word]]:
    return {kind.__name__: kind for kind in Word.__subclasses__()}
