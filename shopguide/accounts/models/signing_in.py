"""allauth's tables of how people sign in, as operators see them: named, and never their secrets."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _


class SecondStep(Authenticator):
    """A code app, passkey or set of recovery codes; removed where somebody has lost it."""

    class Meta:
        proxy = True
        verbose_name = _("second step of sign-in")
        verbose_name_plural = _("second steps of sign-in")


class Device(UserSession):
    """A device on which somebody is signed in."""

    class Meta:
        proxy = True
        verbose_name = _("device signed in")
        verbose_name_plural = _("devices signed in")
