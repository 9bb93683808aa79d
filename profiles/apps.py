from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
    # What `manage.py train` finds here.
    trainers = {
        "encoder": "profiles.encoder.commanding.train_encoder",
        "sequence": "profiles.sequence.commanding.train_sequence",
        "shoppers": "profiles.portraits.commanding.train_shoppers",
    }
