from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"
    # What `manage.py train` and `manage.py evaluate_text` find here.
    trainers = {
        "intent": "assistant.understanding.intents.commanding.train_intents",
        "reader": "assistant.knowledge.training.train_reader",
    }
    # What `manage.py simulate` lets its shoppers have done besides looking and buying.
    pasts = ("assistant.demonstrating.converse",)
    text_tasks = {
        "intent": "assistant.understanding.intents.commanding.evaluate_intents",
        "reader": "assistant.knowledge.training.evaluate_reader",
    }

    def ready(self) -> None:
        """Register what can be measured of conversations."""
        from assistant.measuring import register_conversations

        register_conversations()
