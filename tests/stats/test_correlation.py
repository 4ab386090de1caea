"""The correlation of two columns."""

import numpy as np
import pytest

from transfer_cli.stats import correlation


@pytest.mark.parametrize(
    ("x", "y", "pearson", "spearman"),
    [
        ([1, 2], [1, 2], None, None),
        ([1, 2, 3], [1, 2, 3], 1, 1),
        ([1, 2, 3], [3, 2, 1], -1, -1),
        ([1, 1, 1], [1, 2, 3], None, None),
        ([1, 2, 3], [1, 1, 1], None, None),
        ([1, 2, 2, 9], [1, 2, 3, 4], 0.8381, 0.9487),
        # As large as they are, no square overflows; as small, none vanishes.
        ([1e200, 2e200, 4e200], [1, 2, 4], 1, 1),
        ([1e-200, 2e-200, 4e-200], [1, 2, 4], 1, 1),
    ],
)
def test_correlations_of_the_textbook(x, y, pearson, spearman):
    one, other = np.array(x, dtype=float), np.array(y, dtype=float)
    for function, expected in ((correlation.pearson, pearson), (correlation.spearman, spearman)):
        found = function(one, other)
        assert found == (None if expected is None else pytest.approx(expected, abs=1e-4))


def test_a_correlation_has_twelve_digits(cli, write):
    name = write("a,b\n1,2\n2,3\n3,7\n4,5\n")
    done = cli("describe", name, "--what", "correlation")
    digits = done.csv[0]["pearson"].removeprefix("0.")
    assert len(digits) == 12, done.stderr
