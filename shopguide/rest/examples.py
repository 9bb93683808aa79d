"""Examples of the schema: one for every body, answer and parameter, put together from its shapes.

A serializer says in ``example`` what its members look like; what it contains brings its own. So an
example can never lack a member, and a test holds each one against its schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
MOST_DEEP = 8
PLAIN: dict[str, Any] = {
    "boolean": True,
    "integer": 1,
    "number": 1.0,
    "string": "text",
    "object": {},
    "array": [],
}


class Composer:
    """Makes examples for the shapes of one schema.

    ``own``: by name of a component, what its serializer says of its members.
    """

    def __init__(
        self, components: Mapping[str, Schema], own: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.components, self.own = components, own

    def of(self, shape: Schema, depth: int = 0) -> Any:
        """Return an example of a shape."""
        if ref := shape.get("$ref"):
            return self.component(ref.rpartition("/")[2], depth)
        for word in ("example", "default", "const"):
            if word in shape:
                return shape[word]
        if shape.get("examples"):
            return shape["examples"][0]
        if enum := shape.get("enum"):
            return enum[0]
        for word in ("allOf", "oneOf", "anyOf"):
            if word in shape:
                return self.of(next(one for one in shape[word] if one != {"type": "null"}), depth)
        return self.plain(shape, depth)

    def plain(self, shape: Schema, depth: int) -> Any:
        """Return an example of a shape without a name."""
        kind = shape.get("type", "string")
        kind = kind[0] if isinstance(kind, list) else kind
        if depth > MOST_DEEP:
            return PLAIN[kind]
        if kind == "array":
            return [self.of(shape.get("items", {}), depth + 1)]
        if kind == "object":
            return {name: self.of(one, depth + 1) for name, one in self.members(shape).items()}
        return PLAIN[kind]

    def members(self, shape: Schema) -> Mapping[str, Schema]:
        """Return the members of an object."""
        found: Mapping[str, Schema] = shape.get("properties", {})
        return found

    def component(self, name: str, depth: int) -> Any:
        """Return an example of a named shape: what its serializer says, the rest by its shape."""
        shape, own = self.components.get(name, {}), self.own.get(name, {})
        if "properties" not in shape:
            return self.of(shape, depth + 1)
        return {
            member: own[member] if member in own else self.of(one, depth + 1)
            for member, one in self.members(shape).items()
        }

    def unsaid(self) -> list[str]:
        """Return the members of named shapes whose examples would say nothing."""
        return [
            f"{name}.{member}"
            for name, shape in self.components.items()
            for member, one in self.members(shape).items()
            if member not in self.own.get(name, {}) and not self.speaks(one)
        ]

    def speaks(self, shape: Schema) -> bool:
        """Tell whether a shape gives an example by itself."""
        if "$ref" in shape or any(
            word in shape for word in ("example", "examples", "default", "const", "enum")
        ):
            return True
        for word in ("allOf", "oneOf", "anyOf"):
            if word in shape:
                return any(self.speaks(one) for one in shape[word])
        if shape.get("type") == "array":
            return self.speaks(shape.get("items", {}))
        return shape.get("type") == "boolean"
