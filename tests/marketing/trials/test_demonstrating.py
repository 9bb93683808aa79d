"""The demo's trials: real texts, simulated shoppers, a verdict; twice is once."""

import pytest

from marketing.models import Trial
from marketing.trials.demonstrating import demonstrate
from marketing.trials.minding import shown
from profiles.models import Exposure
from shopguide.accounts.tenancy import as_everyone
