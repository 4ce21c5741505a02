"""How everything here says no: a stable code, a sentence for the reader, and a next step."""


class Refusal(Exception):
    """Something was asked for that the rules do not allow, and here is why and what to do instead.

    As text it shows only its code, so that no clinical word can reach a log.
    """

    code = "refused"
    status = 422

    def __init__(self, sentence: str, *, next_step: str = "", code: str = "") -> None:
        self.sentence = sentence
        self.next_step = next_step
        if code:
            self.code = code
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.code
