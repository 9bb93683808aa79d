"""Property tests here may load a dictionary once: no deadline for single examples."""

from hypothesis import settings

settings.register_profile("language", deadline=None)
settings.load_profile("language")
