"""A file that cannot be the ground of a territory."""


class GroundRefused(Exception):
    """`sentence`: what happened and what to do, in French, ready to be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
