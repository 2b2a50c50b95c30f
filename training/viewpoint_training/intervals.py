"""95 % intervals of a share, as every report of the project prints them: Wilson's, and over clusters.

The same as src/core/wilson.ts; both agree with src/contract/golden/intervals.json.
"""

import math
from collections.abc import Iterable

Z95 = 1.959963984540054


def wilson(correct: int, n: int, trials: float | None = None) -> tuple[float, float]:
    """Low and high end, 0…1; (0, 1) without any trial. As wide as of `trials` independent trials, by default n. Raises
    ValueError unless 0 ≤ correct ≤ n."""
    if not 0 <= correct <= n:
        raise ValueError(f"{correct} of {n} is no share")
    if n == 0:
        return 0.0, 1.0
    trials = n if trials is None else trials
    share, squared = correct / n, Z95 * Z95
    centre = (share + squared / (2 * trials)) / (1 + squared / trials)
    half = Z95 * math.sqrt(share * (1 - share) / trials + squared / (4 * trials * trials)) / (1 + squared / trials)
    return max(0.0, centre - half), min(1.0, centre + half)


def clustered(clusters: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """Interval of a share over clusters (n, correct) of trials whose outcomes go together: items about one object."""
    asked = [cluster for cluster in clusters if cluster[0]]
    n, correct = sum(one[0] for one in asked), sum(one[1] for one in asked)
    return wilson(correct, n, effective_trials(asked, n, correct))


def effective_trials(clusters: list[tuple[int, int]], n: int, correct: int) -> float:
    """How many independent trials would vary as the clusters' shares do, at most n."""
    if len(clusters) == n:
        return n
    share = correct / n
    squares = sum((own_correct - share * own_n) ** 2 for own_n, own_correct in clusters)
    if len(clusters) == 1 or squares == 0:  # says nothing about how much clusters vary
        return n
    variance = len(clusters) / (len(clusters) - 1) * squares / n**2
    return min(n, share * (1 - share) / variance * (Z95 / student95(len(clusters) - 1)) ** 2)


def student95(freedom: int) -> float:
    """Two-sided 95 % quantile of Student's t (Abramowitz & Stegun 26.7.5): within 1 % from 3 degrees of freedom on."""
    z = Z95
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
