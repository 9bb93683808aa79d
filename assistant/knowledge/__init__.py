"""What shops know: articles in versions, approved by people, found by words and sense, cited.

`articles` writes them, `indexing` and `encoding` make them findable, `retrieving` and `judging`
find and weigh, `answering` answers or says nothing, `gaps` keeps what could not be answered. An
answer is always a stretch of an approved text; nothing here makes up a word.
"""

from assistant.knowledge.answering import Answer, Passage, answer
from assistant.knowledge.articles import suggest
from assistant.knowledge.gaps import note_gap

__all__ = ["Answer", "Passage", "answer", "note_gap", "suggest"]
