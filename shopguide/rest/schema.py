"""The OpenAPI schema, written from the declarations that the doors obey.

For the schema's address, the page of documentation and generated clients. What every operation can
answer (rates, sizes, problems) is said at each, with an example of every code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from shopguide.problems import TYPE, kind_of, problem
from shopguide.rest.examples import Composer
from shopguide.rest.operations import ANYBODY, PERSON, Operation

METHODS = ("get", "post", "put", "patch", "delete")
EVERY = ("invalid", "authentication_failed", "method_not_allowed", "not_acceptable", "throttled",
         "error", "busy")  # fmt: skip
WITH_BODY = ("parse_error", "bad_text", "too_deep", "too_large", "unsupported_media_type")
REPEATED = ("still_running", "key_reused")
SCHEMES = {
    "SessionToken": {
        "type": "apiKey", "in": "header", "name": "X-Session-Token",
        "description": "Of an app in which somebody signed in.",
    },
    "ShopperToken": {
        "type": "apiKey", "in": "header", "name": "Shopper-Token",
        "description": "Of an app without an account; the first answer that has one gives it.",
    },
    "ApiKey": {
        "type": "http", "scheme": "bearer",
        "description": "A key of a shop's own systems, with scopes.",
    },
}  # fmt: skip
HEADERS = {
    "Request-Id": ("string", "Names this request; send your own to find it again."),
    "RateLimit": ("string", "What is left: r requests, t seconds until one comes back."),
    "RateLimit-Policy": ("string", "So many requests (q) in any window of w seconds."),
    "ETag": ("string", "The tag of this answer, for If-None-Match and If-Match."),
    "Retry-After": ("integer", "Seconds to wait."),
    "Shopper-Token": ("string", "Whose cart this is; keep it and send it along."),
    "Idempotent-Replayed": ("string", "`true`: this is the answer of the first time."),
}
UUID = "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11"
KEY_NEEDED = {"type": "string", "format": "uuid", "example": UUID}
KEY = {"type": "string", "pattern": "^[!-~]{1,128}$", "example": UUID}
TAG = {"type": "string", "pattern": '^(\\*|"[!-~]{1,80}")$', "example": "*"}
PARTS = {
    "merchant": "cloudloom", "sku": "CL-HD-201", "number": "K7M2P-9QXRA", "pk": 412, "id": 412,
    "back": "R7M2P-9QXRA", "token": UUID, "picture": 9,
}  # fmt: skip


class ProblemOut(serializers.Serializer):
    """RFC 9457: what happened, why and what to do next."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    next_step = serializers.CharField()
    request_id = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]
    left = serializers.IntegerField(required=False)
    skus = serializers.ListField(child=serializers.CharField(), required=False)
    why = serializers.CharField(required=False)
    rule = serializers.CharField(required=False, allow_blank=True)
    state = serializers.CharField(required=False)

    example = {
        "type": "/api/v1/docs/#problem-not-enough", "title": "Not as many are left",
        "status": 409, "code": "not_enough", "detail": "Only 3 left.",
        "next_step": "Ask for at most what is left.", "request_id": "9f3c2a7be01d4c58",
        "errors": {"quantity": ["Ensure this value is less than or equal to 99."]},
        "left": 3, "skus": ["CL-HD-201-M"], "state": "shipped", "why": "window_over",
        "rule": "clothing",
    }  # fmt: skip


class Described(AutoSchema):
    """The schema of a door's operation, by its declaration."""

    @property
    def declared(self) -> Operation:
        """Return the declaration."""
        found: Operation = self.view.operations[self.method]  # type: ignore[attr-defined]
        return found

    def get_operation_id(self) -> str:
        """Return the operation's own name."""
        return self.declared.id

    def get_tags(self) -> list[str]:
        """Return what it is about."""
        return [self.declared.tag]

    def get_summary(self) -> str:
        """Return its first line."""
        return self.declared.summary

    def get_description(self) -> str:  # type: ignore[override]
        """Return all it says of itself."""
        return self.declared.text

    def get_request_serializer(self) -> Any:
        """Return the shape of its body."""
        shape = self.declared.body
        kind = "multipart/form-data" if self.declared.form else self.map_parsers()[0]
        return {kind: shape} if shape else None

    def get_response_serializers(self) -> Any:
        """Return the shapes of its answers: what was asked for, and each refusal."""
        return {
            **self.success(),
            **{
                (status, TYPE): OpenApiResponse(
                    ProblemOut,
                    description=str(kind_of(codes[0]).title),
                    examples=[
                        OpenApiExample(code, problem(status, code), media_type=TYPE)
                        for code in codes
                    ],
                )
                for status, codes in sorted(self.refusals().items())
            },
        }

    def success(self) -> dict[Any, Any]:
        """Return the answer when all is well."""
        if self.declared.media:
            return {(200, self.declared.media): OpenApiTypes.BINARY}
        if self.declared.answer is None:
            return {204: OpenApiResponse(description="Done.")}
        found: dict[Any, Any] = {self.declared.status: self.declared.answer}
        if self.method == "GET":
            found[304] = OpenApiResponse(description="Not changed since it was read.")
        return found

    def refusals(self) -> dict[int, list[str]]:
        """Return the codes it may answer with, by status."""
        one = self.declared
        codes = [*one.codes, *EVERY]
        codes += WITH_BODY if one.body else ()
        codes += REPEATED if self.method == "POST" else ()
        codes += ("stale",) if one.matches else ()
        codes += ("not_authenticated",) if one.who != ANYBODY else ()
        codes += ("permission_denied",) if one.who not in (ANYBODY, PERSON) else ()
        codes += ("not_found",) if "{" in self.path else ()
        if one.query and "cursor" in one.query().fields:
            codes.append("bad_cursor")
        by_status: dict[int, list[str]] = {}
        for code in dict.fromkeys(codes):
            by_status.setdefault(kind_of(code).status, []).append(code)
        return by_status

    def get_override_parameters(self) -> list[Any]:
        """Return its parameters and the headers that it heeds."""
        return [*([self.declared.query] if self.declared.query else []), *self.headers()]

    def _get_parameters(self) -> list[dict[str, Any]]:
        """Return its parameters, each with what the query's shape gives as an example."""
        found: list[dict[str, Any]] = super()._get_parameters()
        said = examples_of(self.declared.query) if self.declared.query else {}
        for parameter in found:
            name = parameter["name"]
            if name in said:
                parameter["example"] = said[name]
            elif parameter["in"] == "path" and name in PARTS:
                parameter["example"] = PARTS[name]
        return found

    def headers(self) -> Iterator[OpenApiParameter]:
        """Return the headers that it heeds."""
        one = self.declared
        if self.method == "POST":
            yield OpenApiParameter(
                "Idempotency-Key",
                KEY_NEEDED if one.key_needed else KEY,
                OpenApiParameter.HEADER,
                required=one.key_needed,
                description="A new one for each thing to do: sent again, it is done once.",
            )
        if one.matches:
            yield OpenApiParameter(
                "If-Match", TAG, OpenApiParameter.HEADER,
                description="The ETag that was read; 412 if it has changed since.",
            )  # fmt: skip

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Return who may do it."""
        if self.declared.who == ANYBODY:
            return [{"SessionToken": []}, {"ShopperToken": []}, {}]
        return [{"SessionToken": []}] if self.declared.who == PERSON else [{"ApiKey": []}]

    def is_deprecated(self) -> bool:
        """Tell whether it is going."""
        return self.declared.leaving is not None


def finish(result: dict[str, Any], generator: Any, **_rest: Any) -> dict[str, Any]:
    """Put into the schema what holds for all of it: headers, ways to sign in, examples."""
    components = result.setdefault("components", {})
    components["securitySchemes"] = SCHEMES
    components["headers"] = {
        name: {"description": text, "schema": {"type": kind}}
        for name, (kind, text) in HEADERS.items()
    }
    components["examples"] = {}
    bound_lists(components.get("schemas", {}), generator)
    plain_choices(components.get("schemas", {}))
    composer = Composer(components.get("schemas", {}), own_examples(generator))
    for _path, method, one in operations_of(result):
        one["responses"] = {
            status: with_headers(answer, status, method)
            for status, answer in one["responses"].items()
        }
        exemplify(one, composer)
        share(one, components["examples"])
    return result


def bound_lists(shapes: dict[str, Any], generator: Any) -> None:
    """Say how many items a list of objects may have: the library does so of plain values only."""
    for component in generator.registry._components.values():
        made = component.object
        if component.type != "schemas" or not isinstance(made, type):
            made = type(made)
        if component.name not in shapes or not issubclass(made, serializers.Serializer):
            continue
        for name, field in made().fields.items():
            member = shapes[component.name].get("properties", {}).get(name, {})
            for word, limit in (("minItems", "min_length"), ("maxItems", "max_length")):
                value = getattr(field, limit, None)
                if isinstance(field, serializers.ListSerializer) and value is not None:
                    member[word] = value


def plain_choices(shapes: dict[str, Any]) -> None:
    """Let no choice be called nothing: generators make a name of each, and Kotlin has none for "".

    Such a member is a text with a pattern; what is left out by default has no default of "".
    """
    for shape in shapes.values():
        for member in shape.get("properties", {}).values():
            values = member.get("enum", [])
            if "" in values:
                named = "|".join(
                    re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", one) for one in values if one
                )
                member.pop("enum")
                member.pop("x-spec-enum-id", None)
                member["pattern"] = f"^(?:{named})?$"
            elif values and member.get("default") == "":
                member.pop("default")


def examples_of(shape: type) -> dict[str, Any]:
    """Return what a serializer and those it is made from say of their members."""
    return {
        name: value
        for kind in reversed(shape.__mro__)
        for name, value in vars(kind).get("example", {}).items()
    }


def own_examples(generator: Any) -> dict[str, dict[str, Any]]:
    """Return what serializers say of their members, by component."""
    found = {}
    for component in generator.registry._components.values():
        if component.type == "schemas":
            kind = (
                component.object if isinstance(component.object, type) else type(component.object)
            )
            found[component.name] = examples_of(kind)
    return found


def operations_of(result: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return every operation with its address and method."""
    for path, item in result["paths"].items():
        for method, one in item.items():
            if method in METHODS:
                yield path, method, one


def with_headers(answer: dict[str, Any], status: str, method: str) -> dict[str, Any]:
    """Return an answer with the headers it may carry."""
    names = ["Request-Id", "RateLimit", "RateLimit-Policy"]
    if status.startswith("2"):
        names += ["Shopper-Token"] + (["ETag"] if method == "get" else [])
        names += ["Idempotent-Replayed"] if method == "post" else []
    if status in ("429", "503"):
        names.append("Retry-After")
    return {**answer, "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}


def share(one: dict[str, Any], shared: dict[str, Any]) -> None:
    """Let operations point to the example of a problem in place of repeating it."""
    for answer in one["responses"].values():
        for media in answer.get("content", {}).values():
            for code, example in media.get("examples", {}).items():
                name = f"problem-{code}"
                shared[name] = {"summary": example["value"]["title"], "value": example["value"]}
                media["examples"][code] = {"$ref": f"#/components/examples/{name}"}


def exemplify(one: dict[str, Any], composer: Composer) -> None:
    """Give an operation's body, answers and parameters an example where they have none."""
    for parameter in one.get("parameters", []):
        if "example" not in parameter and "examples" not in parameter:
            parameter["example"] = composer.of(parameter["schema"])
    bodies = [one["requestBody"]] if "requestBody" in one else []
    for holder in [*bodies, *one["responses"].values()]:
        for media in holder.get("content", {}).values():
            if "examples" not in media and "schema" in media:
                media["example"] = composer.of(media["schema"])
