"""The tables of marketing, a module for each noun."""

from marketing.models.question import Proposal, Question

__all__ = ["Proposal", "Question"]
