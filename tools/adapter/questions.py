"""What an adapter of questions alone learns from: texts, each as it stands and behind the prefix."""
import numpy as np

from bad_input import BadInput
from examples import pad

# Tokens that the texts of a batch are padded to, and the share of batches of each: what is asked is short, and what is
# longer must not be forgotten. A text longer than the last is cut.
LENGTHS = (16, 32, 128)
SHARES = (0.55, 0.3, 0.15)
TOKENS_PER_BATCH = 512


class Questions:
    """Sets of texts. Of texts of one length, each set has the same part in what is learned, whatever its size."""

    def __init__(self, tokenizer, prefix, sets):
        """`sets`: texts of each, none empty. `tokenizer`: from a text to token ids, those of the model at both ends."""
        self.prefix = tokenizer(prefix)[1:-1]
        tokens = [[cut(tokenizer(text)) for text in texts] for texts in sets]
        self.first = tokens[0][0]
        self.check(tokenizer, prefix, sets[0][0])
        self.by_length = [[kept for kept in ([text for text in texts if shorter < len(text) <= length]
                                             for texts in tokens) if kept]
                          for shorter, length in zip((0, *LENGTHS), LENGTHS)]

    def check(self, tokenizer, prefix, text):
        """That a text behind the prefix is the tokens of the prefix before its own, as they are put together here."""
        alone, together = tokenizer(text), tokenizer(prefix + text)
        if together != alone[:1] + self.prefix + alone[1:] or tokenizer('') != [alone[0], alone[-1]]:
            raise BadInput('wanted a tokenizer that puts a token before and one behind a text, and a prefix that ends '
                           'in a space or a mark; got others')

    @property
    def prefix_tokens(self):
        return len(self.prefix)

    def batch(self, random):
        shares = np.array([share if sets else 0 for share, sets in zip(SHARES, self.by_length)])
        kind = random.choice(len(LENGTHS), p=shares / shares.sum())
        length, sets = LENGTHS[kind], self.by_length[kind]
        texts = sets[random.integers(len(sets))]
        chosen = [texts[i] for i in random.integers(len(texts), size=TOKENS_PER_BATCH // length)]
        prefixed = [text[:1] + self.prefix + text[1:] for text in chosen]
        return dict(plain=pad(chosen, length), prefixed=pad(prefixed, length + len(self.prefix)))


def cut(text):
    return text if len(text) <= LENGTHS[-1] else text[:LENGTHS[-1] - 1] + text[-1:]
