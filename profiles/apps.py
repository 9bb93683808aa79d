from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ProfilesConfig(AppConfig):
    name = "profiles"
    verbose_name = gettext_lazy("Learning from shoppers")
    # What `manage.py train` finds here.
    trainers = {
        "encoder": "profiles.encoder.commanding.train_encoder",
        "sequence": "profiles.sequence.commanding.train_sequence",
        "shoppers": "profiles.portraits.commanding.train_shoppers",
    }
