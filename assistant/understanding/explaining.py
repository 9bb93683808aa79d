"""Hear that a reason is asked for: why something was shown, picked or put first.

For planning. What makes one of two dearer is another question (`rehearing.WHY_DEARER`).
"""

from __future__ import annotations

import re

from catalog.text import fold

_PICKED = (
    r"(?:pick|recommend|suggest|cho+se|select|show|list|offer|propos|rank)\w*|put|given?|gave|bring"
)
_WHY_SHOWN = re.compile(
    rf"\bwhat made you (?:{_PICKED})\b"
    rf"|\b(?:why|how come|for what reason)\b(?: (?:did|do|would|have|were|are))?"
    rf"(?: you(?:'ve|'re|'d)?)(?: \w+)? (?:{_PICKED})\b"
    rf"|\bwhy (?:is|was|were|are)\b.{{1,60}}\b(?:recommended|picked|suggested|chosen|shown|listed"
    r"|on top|at the top|(?:come|coming|listed|ranked|your|the) first|first(?= ?\?*$))"
    rf"|\b(?:reasons?|grounds) (?:for|why|behind|that you) .{{0,30}}(?:{_PICKED}|choice)\b"
    r"|^(?:so |and |but |ok |hm+ )*why (?:this|that|these|those)(?: (?:one|ones|two|three))?\W*$"
    r"|^(?:so |and |but |ok |hm+ )*why the (?:first|second|third|last)(?: one)?\W*$"
    r"|为(?:什么|啥|何).{0,4}(?:推荐|选|挑|推给|给我(?:推|看|选|挑)|列出|排(?:在)?第?[一前]|排在|放在)"
    r"|(?:推荐|选|挑).{0,10}(?:的)?(?:理由|原因|依据|根据)|(?:理由|依据|根据)(?:是|呢|在哪)"
    r"|(?:怎么|凭什么|凭啥)(?:就|会|给我|偏偏)*(?:推荐|选|挑)(?:了|的|到|中)?(?:是)?(?:这|它|第|那)"
    r"|^(?:那|所以)?为(?:什么|啥)是(?:这|它|第|那).{0,4}\W*$"
)


_WHY_THE = re.compile(r"^(?:so |and |but |ok |hm+ )*why (?:the|a|an) (?:[\w'-]+ ){0,3}[\w'-]+\W*$")


def asks_why_shown(text: str, *, named: bool = False) -> bool:
    """Tell whether it is asked why something was shown or picked.

    ``named``: one of what was shown is called by its name: "why the tea set?"
    """
    folded = fold(text).strip()
    return bool(_WHY_SHOWN.search(folded) or (named and _WHY_THE.search(folded)))
