"""Cards: one page for each reward that says how far it can be trusted, and on what it was not tried."""

from codepaint_env.study.cards.gather import Sources, gather
from codepaint_env.study.cards.page import SECTIONS, page

__all__ = ["SECTIONS", "Sources", "gather", "page"]
