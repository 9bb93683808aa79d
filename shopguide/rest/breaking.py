"""What an app that was written for one schema would trip over in another one.

For the gate before a release: it compares the committed schema with what the code says now. New
operations, optional parameters and further members of answers break nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
Schema = Mapping[str, Any]


def breaking(old: Schema, new: Schema) -> list[str]:
    """Return what would break, each as the place and what has happened to it."""
    found = []
    for path, method, before in operations(old):
        after = new["paths"].get(path, {}).get(method)
        place = f"{method.upper()} {path}"
        if after is None:
            found.append(f"{place}: gone")
            continue
        if before["operationId"] != after["operationId"]:
            found.append(f"{place}: called {after['operationId']}, was {before['operationId']}")
        told = [
            *parameters(before, after),
            *bodies(before, after, Pair(old, new)),
            *answers(before, after, Pair(old, new)),
        ]
        found += [f"{place}: {one}" for one in told]
    return list(dict.fromkeys(found))


def operations(schema: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Return every operation with its address and method."""
    for path, item in schema["paths"].items():
        for method, one in item.items():
            if method in METHODS:
                yield path, method, one


def parameters(before: Schema, after: Schema) -> Iterator[str]:
    """Tell which parameters are gone, are needed now, or take less than before."""
    old = {(one["in"], one["name"]): one for one in before.get("parameters", [])}
    new = {(one["in"], one["name"]): one for one in after.get("parameters", [])}
    for key, one in old.items():
        if key not in new:
            yield f"parameter {key[1]} is gone"
        else:
            yield from narrowed(f"parameter {key[1]}", one["schema"], new[key]["schema"])
    for key, one in new.items():
        if one.get("required") and not old.get(key, {}).get("required"):
            yield f"parameter {key[1]} is needed now"


def narrowed(place: str, old: Schema, new: Schema) -> Iterator[str]:
    """Tell what may no longer be sent: kinds, values, lengths and limits."""
    if old.get("type") != new.get("type"):
        yield f"{place} is {new.get('type')}, was {old.get('type')}"
    if gone := [one for one in old.get("enum", []) if one not in new.get("enum", [one])]:
        yield f"{place} no longer takes {', '.join(map(str, gone))}"
    if "enum" in new and "enum" not in old:
        yield f"{place} takes certain values only"
    for word in ("maximum", "maxLength", "maxItems"):
        if word in new and new[word] < old.get(word, float("inf")):
            yield f"{place} has a lower {word}"
    for word in ("minimum", "minLength", "minItems"):
        if word in new and new[word] > old.get(word, float("-inf")):
            yield f"{place} has a higher {word}"


class Pair:
    """Two schemas whose shapes are walked side by side."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self.old, self.new = old, new
        self.seen: set[tuple[str, str, bool]] = set()

    def resolved(self, schema: Schema, shape: Schema) -> Schema:
        """Return the shape that a reference names."""
        while ref := shape.get("$ref"):
            shape = schema["components"]["schemas"][ref.rpartition("/")[2]]
        return shape

    def walk(self, place: str, before: Schema, after: Schema, *, sent: bool) -> Iterator[str]:
        """Tell what has become narrower in what is sent, or is missing in what is answered."""
        key = (before.get("$ref", place), after.get("$ref", place), sent)
        if key in self.seen:
            return
        self.seen.add(key)
        old, new = self.resolved(self.old, before), self.resolved(self.new, after)
        if sent:
            yield from narrowed(place, old, new)
        elif kinds(old) != kinds(new):
            yield f"{place} is {kinds(new)}, was {kinds(old)}"
        yield from self.members(place, old, new, sent=sent)
        if "items" in old and "items" in new:
            yield from self.walk(f"{place}[]", old["items"], new["items"], sent=sent)

    def members(self, place: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[str]:
        """Walk the members of two objects."""
        was, now = old.get("properties", {}), new.get("properties", {})
        for name, one in was.items():
            if name in now:
                yield from self.walk(f"{place}.{name}", one, now[name], sent=sent)
            else:
                yield f"{place}.{name} is gone"
        before, after = set(old.get("required", [])), set(new.get("required", []))
        for name in sorted(after - before if sent else before - after):
            if name in now:
                yield f"{place}.{name} is needed now" if sent else f"{place}.{name} may be missing"


def kinds(shape: Schema) -> list[str]:
    """Return the types a value may have."""
    kind = shape.get("type", "")
    return sorted(kind) if isinstance(kind, list) else [str(kind)]


def bodies(before: Schema, after: Schema, pair: Pair) -> Iterator[str]:
    """Tell what of a body may no longer be sent, or must be now."""
    old = before.get("requestBody", {}).get("content", {})
    new = after.get("requestBody", {}).get("content", {})
    for kind, media in old.items():
        if kind not in new:
            yield f"takes no {kind}"
        else:
            yield from pair.walk("body", media["schema"], new[kind]["schema"], sent=True)
    if new and not old and after["requestBody"].get("required"):
        yield "needs a body now"


def answers(before: Schema, after: Schema, pair: Pair) -> Iterator[str]:
    """Tell which good answers are gone, and what is missing in those that are left."""
    for status, answer in before["responses"].items():
        if not status.startswith("2"):
            continue
        if status not in after["responses"]:
            yield f"no longer answers {status}"
            continue
        new = after["responses"][status].get("content", {})
        for kind, media in answer.get("content", {}).items():
            if kind not in new:
                yield f"{status} is no {kind}"
            else:
                yield from pair.walk(status, media["schema"], new[kind]["schema"], sent=False)
