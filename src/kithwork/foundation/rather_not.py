"""“Rather not say” is an answer: it is kept as a choice, without a word in it, and it can be taken back."""

from __future__ import annotations


class RatherNot(str):
    """The text of a field whose question was refused. It reads as a sentence, and nothing of it is stored as words.

    It travels where any text travels, from the form through a room's action to ``passages.write``, so that no room
    needs a second way for it. Unless the client says that others may know, a refusal is hers alone, whoever the
    words beside it are for: nobody learns even that there was something to refuse.
    """

    __slots__ = ("told",)
    told: bool

    def __new__(cls, *, told: bool = False, own: bool = True) -> RatherNot:
        """``told``: others may know of it. ``own``: it is read by the one who refused."""
        made = super().__new__(cls, "You chose not to say" if own else "Chose not to say")
        made.told = told
        return made

    def strip(self, _chars: str | None = None, /) -> RatherNot:
        """Whoever looks for something said finds it, and passes it on as it is."""
        return self
