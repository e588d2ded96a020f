"""A file that is refused whole: the directory stays as it was."""


class Refused(Exception):
    """Raised with the sentence for people: what happened, what was kept, what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
