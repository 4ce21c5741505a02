"""How everything here says no: a stable code, a sentence for the reader, and a next step."""


class Refusal(Exception):
    """Something was asked for that the rules do not allow, and here is why and what to do instead.

    Sentence and next step are plain English with places for what varies: ``Refusal("Session {n} is over.", n=4)``.
    The pattern is what gets translated, by ``foundation.ui.said.said``, where a refusal is shown.
    As text it shows only its code, so that no clinical word can reach a log.
    """

    code = "refused"
    status = 422

    def __init__(self, sentence: str, *, next_step: str = "", code: str = "", **values: object) -> None:
        self.pattern = sentence
        self.next_pattern = next_step
        self.values = values
        if code:
            self.code = code
        super().__init__(self.code)

    @property
    def sentence(self) -> str:
        """Why not, in English."""
        return self.filled(self.pattern)

    @property
    def next_step(self) -> str:
        """What to do instead, in English."""
        return self.filled(self.next_pattern)

    def filled(self, pattern: str) -> str:
        """A sentence with this refusal's values in their places."""
        return pattern.format(**self.values) if self.values else pattern

    def __str__(self) -> str:
        return self.code
