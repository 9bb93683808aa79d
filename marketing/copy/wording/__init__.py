"""What copy may not say: rules of wording by law, each with its reason and a lawful alternative.

The rules are data (``rules/*.toml``); `breaches` finds them in Chinese and English text, whatever
width, script or spacing it is written in, and leaves lawful uses of the same words alone.
"""

from marketing.copy.wording.finding import Breach, breaches
from marketing.copy.wording.rules import RULES, Rule, rule

__all__ = ["RULES", "Breach", "Rule", "breaches", "rule"]
