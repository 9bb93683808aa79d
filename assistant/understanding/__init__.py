"""A message and the state before it in; intent, need, references and emotion out.

Rules and vocabulary decide by themselves where no trained head answers. Nothing here asks the
database, and nothing here acts.
"""

from assistant.understanding.interpreting import nobody, read
from assistant.understanding.reading import Emotion, Predictor, Reading

__all__ = ["Emotion", "Predictor", "Reading", "nobody", "read"]
