"""Doors of the API: the view of an address, with the house rules around its operations.

A door validates, calls the operation once, and presents. The rules are here and nowhere else: an
operation cannot forget them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from rest_framework.exceptions import (
    MethodNotAllowed,
    NotAuthenticated,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.fields import BooleanField, CharField, ChoiceField, IntegerField, ListField
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer, Serializer
from rest_framework.views import APIView

from shopguide.accounts.api import ApiKeyAuthentication
from shopguide.accounts.models import ApiKey, Merchant
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.rest.authenticating import SessionTokenAuthentication
from shopguide.rest.choosing import chosen
from shopguide.rest.limiting import take
from shopguide.rest.operations import PERSON, Asked, Operation
from shopguide.rest.reading import BoundedFormParser, BoundedJSONParser, check_address
from shopguide.rest.repeating import HEADER as KEY_HEADER
from shopguide.rest.repeating import Owner, key_of, once
from shopguide.rest.schema import Described
from shopguide.rest.tagging import check_match, conditional

SAFE = ("GET", "HEAD")
VARY = ("Accept", "Accept-Language", "Shopper-Token", "X-Session-Token")


class Door(APIView):
    """The view of one address."""

    operations: ClassVar[Mapping[str, Operation]] = {}
    schema = Described()
    authentication_classes = [SessionTokenAuthentication]
    permission_classes = []
    parser_classes = [BoundedJSONParser]

    @property
    def allowed_methods(self) -> list[str]:
        """Return the methods for the Allow header."""
        return [*self.operations, *(["HEAD"] if "GET" in self.operations else []), "OPTIONS"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request: who, how often, what, then the operation, then how it is told."""
        self.args, self.kwargs, self.headers = args, kwargs, self.default_response_headers
        self.request = asked = self.initialize_request(request)
        response: HttpResponse
        try:
            self.initial(asked, *args, **kwargs)
            response = self.answer(asked, **kwargs)
        except Exception as error:
            response = self.handle_exception(error)
        response = self.finalize_response(asked, response, *args, **kwargs)  # type: ignore[arg-type]
        return self.told(request, response)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        """Return the request as operations read it."""
        return Asked(
            request,
            parsers=self.parsers_of(str(request.method)),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context={"view": self, "kwargs": self.kwargs},
        )

    def parsers_of(self, method: str) -> list[Any]:
        """Return what reads the body of a method's operation: JSON, or a form with a file."""
        one = self.operations.get(method)
        return [BoundedFormParser()] if one is not None and one.form else self.get_parsers()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Choose how the answer is written; an operation that answers with a file has one way."""
        one = self.operations.get(str(request.method))
        return super().perform_content_negotiation(request, force or bool(one and one.media))

    def answer(self, request: Asked, **parts: Any) -> HttpResponse:
        """Carry the operation out."""
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in self.operations:
            raise MethodNotAllowed(method)
        operation = request.operation = self.operations[method]
        self.admit(request, operation)
        check_address(request._request)
        request.asked = asked(operation.query, request._request.GET) if operation.query else {}
        if method in SAFE:
            value = operation.handler(request, **parts)
            return self.ready(operation, chosen(request, value) if operation.sparse else value)
        return self.changed(request, operation, **parts)

    def changed(self, request: Asked, operation: Operation, **parts: Any) -> HttpResponse:
        """Carry out what changes something: all of it or nothing, and once for each key."""

        shopper = shopper_of(request._request)

        def effect() -> HttpResponse:
            try:
                return self.ready(operation, operation.handler(request, **parts))
            except BaseException:  # a shopper that was made in it is undone with it
                request._request._shopper = shopper  # type: ignore[attr-defined]
                raise

        if operation.matches:
            check_match(request)
        key = key_of(request) if request.method == "POST" else ""
        if operation.key_needed and not key:
            raise ValidationError({KEY_HEADER: ["Send one."]})
        if key:  # the body's bytes are kept for the comparison before a parser reads them
            _bytes = request._request.body
        request.sent = checked(operation.body, request.data) if operation.body else {}
        if key:
            owner = self.owner(request)
            shopper = shopper_of(request._request)
            return once(request, owner, key, effect)
        with transaction.atomic():
            return effect()

    def admit(self, request: Asked, operation: Operation) -> None:
        """Let in whoever may do this, and not more often than is allowed."""
        wait_s = take(request._request, self.buckets(request, operation))
        if wait_s is not None:
            raise Throttled(wait_s)
        if operation.who == PERSON and not request.user.is_authenticated:
            raise NotAuthenticated()

    def buckets(self, request: Asked, operation: Operation) -> list[tuple[str, str]]:
        """Return the policies that count this request, and whose they are."""
        whose = self.whose(request)
        found = [("person", whose)] if whose else []
        if request.method not in SAFE:
            found.append(("write", whose or str(request.META.get("REMOTE_ADDR", ""))))
        return found

    def whose(self, request: Asked) -> str:
        """Return who is counted: a person, a shopper, nobody yet."""
        if request.user.is_authenticated:
            return f"user:{request.user.pk}"
        shopper = shopper_of(request._request)
        return f"shopper:{shopper.pk}" if shopper else ""

    def owner(self, request: Asked) -> Owner:
        """Return whose keys are looked at."""
        return shopper_for(request._request)

    def ready(self, operation: Operation, value: Any) -> HttpResponse:
        """Return an operation's value as an answer, rendered."""
        if isinstance(value, HttpResponseBase):
            return value  # type: ignore[return-value]
        response = Response(value, status=204 if value is None else operation.status)
        return self.finalize_response(self.request, response).render()

    def told(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the answer with what every answer says in its headers."""
        if isinstance(response, Response) and not response.is_rendered:
            response.render()
        patch_vary_headers(response, VARY)
        patch_cache_control(response, private=True, no_cache=True)
        operation = getattr(self.request, "operation", None)
        if operation and operation.leaving:
            leaving = operation.leaving
            response["Deprecation"] = f"@{int(leaving.since.timestamp())}"
            response["Sunset"] = http_date(leaving.sunset.timestamp())
            if leaving.instead:
                response["Link"] = f'<{leaving.instead}>; rel="successor-version"'
        whole = response.status_code == 200 and not response.streaming
        if request.method in SAFE and whole:
            return conditional(request, response)
        return response


class KeyDoor(Door):
    """A door for a shop's own systems, which come with an API key."""

    authentication_classes = [ApiKeyAuthentication]

    def admit(self, request: Asked, operation: Operation) -> None:
        """Let in keys that have the operation's scope."""
        if not isinstance(request.auth, ApiKey):
            raise NotAuthenticated()
        super().admit(request, operation)
        if not request.auth.may(operation.who):
            raise PermissionDenied()

    def buckets(self, request: Asked, operation: Operation) -> list[tuple[str, str]]:
        """Return the policy of keys."""
        return [("key", f"key:{request.auth.pk}")]

    def owner(self, request: Asked) -> Owner:
        """Return the shop: its systems share their keys' answers."""
        shop: Merchant = request.auth.merchant  # type: ignore[union-attr]
        return shop


def asked(shape: Any, values: QueryDict) -> dict[str, Any]:
    """Return an address's parameters as their shape wants them; an empty one is no value."""
    blank = [
        name
        for name, one in shape().fields.items()
        if values.get(name) == "" and not getattr(one, "allow_blank", isinstance(one, ListField))
    ]
    if blank:
        raise ValidationError({name: ["Leave it out, or give it a value."] for name in blank})
    return checked(shape, values)


def checked(shape: Any, values: Any) -> dict[str, Any]:
    """Return values as their shape wants them; 400 names what is wrong."""
    found = shape(data=values)
    if wrong := of_other_kinds(found, values):
        raise ValidationError(wrong)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def of_other_kinds(shape: Any, values: Any) -> dict[str, Any]:
    """Return what is wrong where a value is of another kind than the schema's.

    The library would take it: a number for a text, 0 or "off" for false, "3" for a number. What
    comes in an address or a form is text by nature and is left to the library.
    """
    if not isinstance(values, Mapping) or isinstance(values, QueryDict):
        return {}
    wrong: dict[str, Any] = {}
    for name, field in shape.fields.items():
        value = values.get(name)
        if value is not None and of_another_kind(field, value):
            said = field.error_messages
            wrong[name] = [said.get("invalid") or said["invalid_choice"].format(input=value)]
        elif isinstance(field, ListSerializer) and isinstance(value, list):
            each = {str(at): of_other_kinds(field.child, one) for at, one in enumerate(value)}
            if inner := {at: one for at, one in each.items() if one}:
                wrong[name] = inner
        elif isinstance(field, Serializer) and (inner := of_other_kinds(field, value)):
            wrong[name] = inner
    return wrong


def of_another_kind(field: Any, value: Any) -> bool:
    """Tell whether a value of a JSON body is of another kind than its field."""
    if isinstance(field, BooleanField):
        return not isinstance(value, bool)
    if isinstance(field, IntegerField):
        return isinstance(value, str | bool)
    if isinstance(field, ChoiceField) and value != "":
        return not any(isinstance(one, type(value)) for one in field.choices)
    return isinstance(field, CharField) and isinstance(value, int | float)


def door(*, base: type[Door] = Door, **operations: Operation) -> Callable[..., HttpResponse]:
    """Return the view of an address: ``door(get=cart, post=cart_add)``."""
    by_method = {method.upper(): one for method, one in operations.items()}
    first = next(iter(by_method.values()))
    kind: Any = type(
        f"{first.handler.__name__.title().replace('_', '')}Door",
        (base,),
        {
            "operations": by_method,
            "__doc__": first.handler.__doc__,
            "__module__": first.handler.__module__,
            **dict.fromkeys(operations, _unused),
        },
    )
    view: Callable[..., HttpResponse] = kind.as_view()
    return view


def _unused(self: Door, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """Stand for a method, so that Django and the schema know of it; ``dispatch`` answers."""
    raise NotImplementedError
