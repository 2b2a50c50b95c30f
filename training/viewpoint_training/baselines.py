"""What an item set gives away without a language model: rows of the card to hold its figures against.

Chance, constant answers, a classical matcher (SIFT, ratio test, essential matrix with RANSAC, as structure from motion
does it), and the encoder's own pose heads. The last two answer by the same rules (`key_of_pose`) from a relative pose.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from .angles import wrap_deg
from .intervals import clustered, wilson
from .movement import DISTANCE_MIN_LOG, KEYS, RISE_MIN_DEG, SIDE_MIN_DEG, THREE_TYPES

# As printed in the paper (arXiv 2511.01618v1, appendix A.1), on Viewpoint-100K's own 1,000 test questions.
PAPER_ROWS = {
    "human (paper)": 0.9767,
    "Qwen2.5-VL-7B (paper)": 0.129,
    "Qwen2.5-VL-7B + SFT (paper)": 0.922,
    "Qwen2.5-VL-7B + SFT + GRPO (paper)": 0.814,
}
MIN_MATCHES = 12
STILL_PX_SHARE = 0.004  # median shift of matches, of the picture's side, below which nothing moved
RATIO = 0.8  # Lowe's test


@dataclass(frozen=True)
class PoseGuess:
    """A guess of how camera B stands to camera A. None: this guesser does not know it."""

    azimuth_deg: float  # positive to the right, around the object
    elevation_deg: float | None = None  # positive up
    distance_log: float | None = None  # log(distance B / distance A)
    moved: bool = True
    yaw_right_deg: float | None = None  # where the turn is known apart from the place; else that of an orbit
    decoupled_code: int | None = None  # moved, turned or neither, as movement.KEYS["decoupled"] numbers them


def key_of_pose(item: dict, guess: PoseGuess) -> str | None:
    """The option's key that a pose stands for; None for a question that the guess cannot answer."""
    question, keys = item["question"], [option["key"] for option in item["options"]]
    # A camera that orbits to the right turns left to keep the object in view.
    yaw_deg = -guess.azimuth_deg if guess.yaw_right_deg is None else guess.yaw_right_deg
    if question in THREE_TYPES:
        if not guess.moved:
            return "none"
        sided = {
            "ego-translation": guess.azimuth_deg,
            "object-translation": -guess.azimuth_deg,
            "ego-rotation": yaw_deg,
        }
        return "right" if sided[question] > 0 else "left"
    if question == "vertical" and guess.elevation_deg is not None:
        if abs(guess.elevation_deg) < RISE_MIN_DEG / 2:
            return "same"
        return "up" if guess.elevation_deg > 0 else "down"
    if question == "distance" and guess.distance_log is not None:
        if abs(guess.distance_log) < DISTANCE_MIN_LOG / 2:
            return "same"
        return "farther" if guess.distance_log > 0 else "closer"
    if question == "decoupled" and guess.decoupled_code is not None:
        return KEYS[question][guess.decoupled_code]
    if question == "magnitude":
        return min(keys, key=lambda key: abs(wrap_deg(angle_of_key(key) - yaw_deg)))
    return None


def angle_of_key(key: str) -> float:
    """Degrees of a magnitude option, positive rightward: right-45, left-45."""
    side, _, size = key.partition("-")
    return float(size) if side == "right" else -float(size)


@dataclass
class Score:
    """Right answers of one baseline to one family."""

    correct: int = 0
    n: int = 0
    unanswered: int = 0  # of n, where a guess among the options stood in
    by_object: dict[str, tuple[int, int]] = field(default_factory=dict)  # object -> items, right answers
    told: tuple[float, float] | None = None  # the interval that was read with the counts

    def add(self, object_id: str, is_correct: bool, is_unanswered: bool = False) -> None:
        self.n += 1
        self.correct += is_correct
        self.unanswered += is_unanswered
        n, correct = self.by_object.get(object_id, (0, 0))
        self.by_object[object_id] = (n + 1, correct + is_correct)

    @property
    def ci95(self) -> tuple[float, float]:
        """Items about one object are a cluster; Wilson's where no items stand behind the counts (chance)."""
        if self.told is not None:
            return self.told
        return clustered(self.by_object.values()) if self.by_object else wilson(self.correct, self.n)

    def to_json(self) -> dict:
        low, high = self.ci95
        share = self.correct / self.n if self.n else 0.0
        return {
            "n": self.n,
            "correct": self.correct,
            "accuracy": share,
            "ci95": [low, high],
            "unanswered": self.unanswered,
        }


@dataclass
class Row:
    """One baseline: its name, and a score a family."""

    name: str
    families: dict[str, Score] = field(default_factory=dict)

    @staticmethod
    def from_json(row: dict) -> "Row":
        """A row of baselines.json; KeyError for one that lacks a field."""
        scores = {
            name: Score(s["correct"], s["n"], s["unanswered"], told=tuple(s["ci95"]))
            for name, s in row["families"].items()
        }
        return Row(row["name"], scores)

    def add(self, item: dict, key: str, is_unanswered: bool = False) -> None:
        score = self.families.setdefault(item["family"], Score())
        score.add(item["objectId"], key == item["answerKey"], is_unanswered)


def chance_rows(items: Iterable[dict]) -> list[Row]:
    """Chance (1 / options, rounded to whole items), and always the same key or letter: the best of each kind."""
    by_family: dict[str, list[dict]] = {}
    for item in items:
        by_family.setdefault(item["family"], []).append(item)
    chance, key_row, letter_row = Row("chance"), Row("best constant answer"), Row("best constant letter")
    for family, members in by_family.items():
        expected = sum(1 / len(item["options"]) for item in members)
        chance.families[family] = Score(round(expected), len(members))
        key_row.families[family] = _best(members, lambda item: item["answerKey"])
        letter_row.families[family] = _best(members, _right_letter)
    return [chance, key_row, letter_row]


def _best(members: list[dict], of: Callable[[dict], str]) -> Score:
    best = Counter(map(of, members)).most_common(1)[0][0]
    score = Score()
    for item in members:
        score.add(item["objectId"], of(item) == best)
    return score


def _right_letter(item: dict) -> str:
    return next(option["letter"] for option in item["options"] if option["key"] == item["answerKey"])


def guessed_row(name: str, items: list[dict], guess: Callable[[int], PoseGuess | None], seed: int = 0) -> Row | None:
    """A row of pose guesses; a failed guess is replaced by a random option and counted.

    Families that the guesser cannot answer at all are left out; None when that is all of them.
    """
    row, rng = Row(name), random.Random(seed)
    for index, item in enumerate(items):
        pose = guess(index)
        key = key_of_pose(item, pose) if pose is not None else None
        failed = key is None
        if failed:
            key = rng.choice(item["options"])["key"]
        row.add(item, key, failed)
    row.families = {family: score for family, score in row.families.items() if score.unanswered < score.n}
    return row if row.families else None


def classical_pose(a: np.ndarray, b: np.ndarray, fov_y_deg: float) -> PoseGuess | None:
    """SIFT matches -> essential matrix -> pose. Pictures uint8 (S, S, 3); None when too few matches agree.

    The field of view is given to it, though the model has to do without. The translation has no length, so it cannot
    tell distances. Raises ModuleNotFoundError without OpenCV (`pip install -e 'training[classical]'`).
    """
    import cv2  # optional, and slow to load

    sift = cv2.SIFT_create()
    grey = [cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY) for picture in (a, b)]
    (points_a, described_a), (points_b, described_b) = (sift.detectAndCompute(picture, None) for picture in grey)
    if described_a is None or described_b is None or min(len(points_a), len(points_b)) < MIN_MATCHES:
        return None
    nearest = cv2.BFMatcher().knnMatch(described_a, described_b, k=2)
    good = [pair[0] for pair in nearest if len(pair) == 2 and pair[0].distance < RATIO * pair[1].distance]
    if len(good) < MIN_MATCHES:
        return None
    from_a = np.float64([points_a[m.queryIdx].pt for m in good])
    to_b = np.float64([points_b[m.trainIdx].pt for m in good])
    side = a.shape[0]
    if np.median(np.linalg.norm(to_b - from_a, axis=1)) < STILL_PX_SHARE * side:
        return PoseGuess(0.0, 0.0, None, moved=False)
    focal = side / 2 / math.tan(math.radians(fov_y_deg) / 2)
    centre = (side - 1) / 2
    intrinsics = np.array([[focal, 0, centre], [0, focal, centre], [0, 0, 1]])
    essential, inliers = cv2.findEssentialMat(from_a, to_b, intrinsics, cv2.RANSAC, 0.999, 1.0)
    if essential is None or essential.shape != (3, 3):
        return None
    count, rotation, translation, _ = cv2.recoverPose(essential, from_a, to_b, intrinsics, mask=inliers)
    if count < MIN_MATCHES // 2:
        return None
    return pose_from_recovered(rotation, translation)


def pose_from_recovered(rotation: np.ndarray, translation: np.ndarray) -> PoseGuess:
    """OpenCV's X2 = R X1 + t (axes right, down, forward) -> a guess for a camera that goes around the object.

    Camera B stands at −Rᵀ t in camera A's frame: that answers where it went; the turn R answers how it turned. The
    world's vertical is what both level horizons are perpendicular to, and tells how steeply each camera looks down.
    """
    right, _, _ = (-rotation.T @ translation).ravel()
    right_b, forward_b = rotation[0], rotation[2]  # camera B's axes in A's frame
    yaw_right_deg = math.degrees(math.atan2(forward_b[0], forward_b[2]))
    up = np.cross([1.0, 0.0, 0.0], right_b)
    length = float(np.linalg.norm(up))
    # Hardly any turn: the horizons are nearly parallel, and camera A's own up must do.
    up = np.array([0.0, -1.0, 0.0]) if length < math.sin(math.radians(SIDE_MIN_DEG)) else up / length
    up = -up if up[1] > 0 else up
    looks_down = [
        math.asin(max(-1.0, min(1.0, float(-forward @ up)))) for forward in (np.array([0.0, 0, 1]), forward_b)
    ]
    elevation_deg = math.degrees(looks_down[1] - looks_down[0])
    amount_deg = max(abs(yaw_right_deg), SIDE_MIN_DEG)
    return PoseGuess(math.copysign(amount_deg, right), elevation_deg, yaw_right_deg=yaw_right_deg)


def markdown(rows: list[Row], paper: bool = True) -> str:
    """A table, a line a baseline and a column a family; shares with their intervals in percent."""
    families = list(dict.fromkeys(family for row in rows for family in row.families))
    lines = [f"| baseline | {' | '.join(families)} |", "|" + "---|" * (len(families) + 1)]
    for row in rows:
        cells = []
        for family in families:
            score = row.families.get(family)
            if score is None:
                cells.append("–")
                continue
            low, high = score.ci95
            text = f"{100 * score.correct / score.n:.1f} % ({100 * low:.1f}–{100 * high:.1f})"
            cells.append(text + (f", {score.unanswered} of {score.n} guessed" if score.unanswered else ""))
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    if paper:
        lines.append("")
        told = ", ".join(f"{name} {100 * share:.1f} %" for name, share in PAPER_ROWS.items())
        lines.append(f"On the paper's own 1,000 test questions, all three types together: {told}.")
    return "\n".join(lines)
