"""``ask``: put a question to the assistant as a shopper would, in this process."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.answering import Minds, Thought, answer
from assistant.models import Conversation, Message
from assistant.presenting import as_json
from assistant.understanding.placing import Placed
from catalog.models import Product
from shopguide.accounts.models import Shopper, User
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.inference.errors import InferenceError

MOST_CHARACTERS = 2000


class Command(BaseCommand):
    """Answer in this process: models are loaded here, and without weights rules must do."""

    help = (
        "Ask the assistant a question in Chinese or English. A conversation goes on with "
        "--conversation; writes to orders or the cart are only ever offered for confirmation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the question, who asks and where."""
        parser.add_argument("question", metavar="QUESTION")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--locale", choices=codes, help="the page's language; else as written")
        parser.add_argument("--shopper", metavar="EMAIL", help="ask as this person")
        parser.add_argument("--conversation", metavar="ID", help="go on with this conversation")
        parser.add_argument("--product", metavar="SKU", help="ask on this product's page")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, answer and print."""
        question = options["question"].strip()
        if not question:
            raise CommandError("The question is empty. Write what a shopper would ask.")
        if len(question) > MOST_CHARACTERS:
            raise CommandError(f"The question is longer than {MOST_CHARACTERS} characters.")
        conversation = self._conversation(options, question)
        with as_shopper(conversation.shopper_id):
            made = conversation.ask(question, page=self._page(options["product"]))
        if made is None:
            raise CommandError("A person of the shop answers this conversation now.")
        with as_everyone():
            message = Message.objects.select_related("conversation__shopper__user").claim(made.pk)
        if message is None:
            raise CommandError("Another worker answers this message.")
        answer(message, Minds(think=self._thinker()))
        with as_shopper(conversation.shopper_id):
            message = Message.objects.select_related("conversation__merchant").get(pk=made.pk)
            told = as_json(message)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(told["answer"])
            self.stderr.write(f"conversation {told['conversation']} · {told['intent']}")

    def _conversation(self, options: dict[str, Any], question: str) -> Conversation:
        shopper = self._shopper(options["shopper"])
        if number := options["conversation"]:
            with as_everyone():
                rows = Conversation.objects.select_related("shopper__user")
                if options["shopper"]:
                    rows = rows.filter(shopper=shopper)
                known = as_uuid(number)
                found = rows.filter(pk=known).first() if known else None
            if found is None:
                told = "Take the id that an earlier answer gave, or leave it out."
                raise CommandError(f"There is no conversation “{number}”. {told}")
            return found
        locale = options["locale"] or written_in(question)
        shopper = shopper or Shopper.objects.create()
        with as_shopper(shopper):
            return Conversation.objects.create(
                shopper=shopper,
                language=locale,
                currency=settings.CURRENCY_OF_LANGUAGE[locale],
            )

    def _shopper(self, email: str | None) -> Shopper | None:
        if not email:
            return None
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"There is nobody with the email {email}.")
        return Shopper.objects.get_or_create(user=user)[0]

    def _page(self, sku: str | None) -> dict[str, Any] | None:
        if sku is None:
            return None
        found = Product.objects.live().filter(sku=sku).first()
        if found is None:
            raise CommandError(f"There is no product {sku}.")
        return {"product": found.pk, "merchant": found.merchant_id}

    def _thinker(self) -> Any:
        """Return who thinks in this process; without weights say so, and let rules do."""

        def think(texts: Sequence[str], where: Placed | None = None) -> Thought:
            from assistant.tasks import read_message, thought_of

            try:
                found = read_message.run(list(texts), where.as_json() if where else None)
            except InferenceError as error:
                self.stderr.write(f"Reading by rules only. {error}")
                return Thought()
            return thought_of(texts, found)

        return think


def as_uuid(text: str) -> uuid.UUID | None:
    """Return a conversation's number, None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def written_in(text: str) -> str:
    """Return the language of a question as locales are named."""
    from catalog.text.languages import language_of

    return "zh-hans" if language_of(text).language.startswith("zh") else "en"
