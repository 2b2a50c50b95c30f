"""The two-view encoder: what geometry is between two pictures of one object.

A convolutional stem (stride 8), the correlation of both views' cells, one stride-2 layer to tokens, blocks that
alternate attention across both views and within one view, and heads for dense 3D points and the relative pose. The
correlation is taught directly (contrastive matching); with pose labels alone the encoder stays at chance. In between
the views are matched again, now by tokens that have seen both pictures: what looks alike locally (a chair's legs)
is told apart by where it belongs, as in LoFTR (arXiv 2104.00680), and every token reads its whole row of matches, so
that two rivals do not blur into the point between them. Measured in training/LOG.md.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .backbone import CELL_CHANNELS, TOKEN_CHANNELS, Backbone, pretrained_weights

IMAGE_MEAN = (0.5, 0.5, 0.5)
IMAGE_STD = (0.5, 0.5, 0.5)
# What the camera head counts in: degrees of elevation, logarithms of the distance in metres and of the focal length in
# halves of the picture's height. Typical deviations of the sets, so that none outweighs another.
CAMERA_UNITS = (15.0, 0.25, 0.2)


def normalized_pixels(images: torch.Tensor) -> torch.Tensor:
    """Pictures uint8 (B, S, S, 3) RGB -> what the encoder takes: float (B, 3, S, S), (byte / 255 − mean) / std."""
    mean, std = torch.tensor(IMAGE_MEAN), torch.tensor(IMAGE_STD)
    return (images.float() / (255 * std) - mean / std).permute(0, 3, 1, 2)


@dataclass(frozen=True)
class EncoderConfig:
    """Sizes of the encoder and the bins of its pose heads."""

    image_size_px: int = 160
    cell_px: int = 8  # pixels a side of a correlation cell; a token covers 2 × 2 cells
    stem_width: int = 32
    cell_width: int = 64
    width: int = 128
    heads: int = 4
    depth: int = 2  # pairs of blocks: across the views, then within each view
    refine_every: int = 0  # pairs of blocks between one matching and the next; 0: there is only the first
    azimuth_bin_deg: float = 15.0  # bins over ±180°, centres at odd halves
    elevation_bins: int = 15  # centred on 0
    elevation_bin_deg: float = 5.0
    distance_bins: int = 9  # centred on 0
    distance_bin_log: float = 0.06  # natural logarithm of distance B / distance A
    turn_bins: int = 0  # centred on 0; 0: no head for cameras that look past the object
    turn_bin_deg: float = 3.0
    camera_head: bool = False  # what each camera is by itself, learned beside what is between the two
    backbone: bool = False  # features learned on photographs (backbone.py) beside the stem's

    @property
    def grid(self) -> int:
        """Correlation cells a side."""
        return self.image_size_px // self.cell_px

    @property
    def tokens_side(self) -> int:
        return self.grid // 2

    @property
    def refinements(self) -> int:
        """Matchings after the first. None follows the last blocks: nothing would read it."""
        return (self.depth - 1) // self.refine_every if self.refine_every else 0

    def azimuth_centres_deg(self) -> list[float]:
        count = round(360 / self.azimuth_bin_deg)
        return [(i + 0.5) * self.azimuth_bin_deg - 180 for i in range(count)]

    def elevation_centres_deg(self) -> list[float]:
        return [(i - self.elevation_bins // 2) * self.elevation_bin_deg for i in range(self.elevation_bins)]

    def distance_centres_log(self) -> list[float]:
        return [(i - self.distance_bins // 2) * self.distance_bin_log for i in range(self.distance_bins)]

    def turn_centres_deg(self) -> list[float]:
        return [(i - self.turn_bins // 2) * self.turn_bin_deg for i in range(self.turn_bins)]

    def to_json(self) -> dict:
        return asdict(self)


@dataclass
class EncoderOutput:
    """Everything the losses and the connector read. B pairs, G cells a side, N tokens a view, D token width."""

    class_tokens: torch.Tensor  # (B, 2, D), view A then B
    patches: torch.Tensor  # (B, 2, N, D), rows top first
    azimuth: torch.Tensor  # (B, bins) logits of azimuth B − azimuth A
    elevation: torch.Tensor  # (B, bins) logits of elevation B − elevation A
    distance: torch.Tensor  # (B, bins) logits of log(distance B / distance A)
    moved: torch.Tensor  # (B,) logit that the cameras' positions differ
    turn: torch.Tensor | None  # (B, bins) logits of how much farther right of the object B looks than A
    cameras: torch.Tensor | None  # (B, 2, 3) PairBatch.cameras in CAMERA_UNITS; None: no such head
    matches: torch.Tensor  # (2, B, G·G, G·G) log-probabilities: where A's cells lie in B, then where B's lie in A
    refined: tuple[torch.Tensor, ...]  # the same of every later matching, in order
    points: torch.Tensor | None  # (B, 2, G·G, 4): x, y, z in camera A's azimuth frame (metres), mask logit


class ResidualConv(nn.Module):
    """Two 3 × 3 convolutions around a group norm, added to the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.GroupNorm(4, channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(F.relu(self.first(F.relu(self.norm(x)))))


class Block(nn.Module):
    """Pre-norm attention and MLP."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_mlp = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 3 * width), nn.GELU(), nn.Linear(3 * width, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = (
            self.qkv(self.norm_attention(x))
            .view(batch, length, 3, self.heads, width // self.heads)
            .permute(2, 0, 3, 1, 4)
        )  # each (B, heads, L, D / heads)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, length, width)
        x = x + self.out(mixed)
        return x + self.mlp(self.norm_mlp(x))


class Refinement(nn.Module):
    """What a later matching of the views needs: its descriptors, and how tokens read it."""

    def __init__(self, config: EncoderConfig, features: int) -> None:
        super().__init__()
        self.descriptor = nn.Linear(config.width, 4 * config.cell_width)
        self.log_temperature = nn.Parameter(torch.tensor(2.5))
        self.read = nn.Linear(config.tokens_side**2 + 4 * features, config.width, bias=False)


class BackboneReader(nn.Module):
    """How cells and tokens read the backbone: (2B, 3, S, S) -> what is added to the cells' features (2B, cell, G, G)
    and to the tokens (2B, N, D). The backbone stays as it is: the projections alone learn."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.network = Backbone().requires_grad_(False)
        self.to_cells = nn.Conv2d(CELL_CHANNELS, config.cell_width, 1)
        self.tokens_to_cells = nn.Conv2d(TOKEN_CHANNELS, config.cell_width, 1)
        self.to_tokens = nn.Conv2d(TOKEN_CHANNELS, config.width, 1)

    def forward(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.no_grad():
            # The stages end without a nonlinearity, at scales of their own. The norm has no parameters: with some, its
            # backward pass over channels-last features crashes torch 2.13.
            cells, tokens = (F.group_norm(features, 4) for features in self.network(pictures))
        wide = F.interpolate(self.tokens_to_cells(tokens), scale_factor=2.0, mode="nearest")
        return self.to_cells(cells) + wide, self.to_tokens(tokens).flatten(2).transpose(1, 2)


class Encoder(nn.Module):
    """Pictures of views A and B (`normalized_pixels`) -> EncoderOutput."""

    CORRELATION_FEATURES = 8  # expected position 2, offset 2, offset × peak 2, peak 1, entropy 1

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        stem, cell, width = config.stem_width, config.cell_width, config.width
        self.stem = nn.Sequential(
            nn.Conv2d(3, stem, 4, stride=config.cell_px // 2),
            nn.ReLU(),
            ResidualConv(stem),
            nn.Conv2d(stem, cell, 3, stride=2, padding=1),
            ResidualConv(cell),
            ResidualConv(cell),
        )
        self.descriptor = nn.Conv2d(cell, cell, 1)
        self.log_temperature = nn.Parameter(torch.tensor(2.5))
        self.down = nn.Sequential(
            nn.Conv2d(cell + self.CORRELATION_FEATURES, width, 3, stride=2, padding=1), ResidualConv(width)
        )
        tokens = config.tokens_side**2
        self.position = nn.Parameter(torch.randn(1, tokens, width) * 0.02)
        self.view = nn.Parameter(torch.randn(2, 1, width) * 0.02)
        self.class_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        if config.refinements:
            self.read_rows = nn.Linear(tokens, width, bias=False)
        self.refinements = nn.ModuleList(
            Refinement(config, self.CORRELATION_FEATURES) for _ in range(config.refinements)
        )
        self.across = nn.ModuleList(Block(width, config.heads) for _ in range(config.depth))
        self.within = nn.ModuleList(Block(width, config.heads) for _ in range(config.depth))
        self.norm = nn.LayerNorm(width)
        self.azimuth_head = nn.Linear(2 * width, len(config.azimuth_centres_deg()))
        self.elevation_head = nn.Linear(2 * width, config.elevation_bins)
        self.distance_head = nn.Linear(2 * width, config.distance_bins)
        self.moved_head = nn.Linear(2 * width, 1)
        self.turn_head = nn.Linear(2 * width, config.turn_bins) if config.turn_bins else None
        self.camera_head = nn.Linear(width, len(CAMERA_UNITS)) if config.camera_head else None
        self.backbone = BackboneReader(config) if config.backbone else None
        self.points_head = nn.Linear(width, 2 * 2 * 4)
        axis = torch.linspace(-1, 1, config.grid)
        rows, columns = torch.meshgrid(axis, axis, indexing="ij")
        self.register_buffer("cell_xy", torch.stack([columns, rows], -1).view(-1, 2), persistent=False)
        cell = torch.arange(config.grid**2)
        token = cell // config.grid // 2 * config.tokens_side + cell % config.grid // 2
        self.register_buffer("cells_of_token", F.one_hot(token).float(), persistent=False)  # (G·G, N)

    @property
    def device(self) -> torch.device:
        return self.position.device

    def forward(self, a: torch.Tensor, b: torch.Tensor, with_points: bool = True) -> EncoderOutput:
        """Pictures of views A and B, float (B, 3, S, S) each, top row first, S = config.image_size_px; other sizes fail
        at the positions (RuntimeError). Without `with_points` the dense points are None and cost nothing."""
        batch, grid = a.shape[0], self.config.grid
        pictures = torch.cat([a, b])
        features = self.stem(pictures)  # (2B, cell, G, G)
        if self.backbone:
            photographic, photographic_tokens = self.backbone(pictures)
            features = features + photographic
        descriptors = F.normalize(self.descriptor(features).flatten(2).transpose(1, 2), dim=-1)  # (2B, G·G, cell)
        matches = self._match(descriptors, self.log_temperature)
        cells, rows = self._read(matches)
        cells = cells.transpose(1, 2).reshape(2 * batch, self.CORRELATION_FEATURES, grid, grid)
        x = self.down(torch.cat([features, cells], 1)).flatten(2).transpose(1, 2) + self.position  # (2B, N, D)
        if self.config.refinements:
            x = x + self.read_rows(rows)
        if self.backbone:
            x = x + photographic_tokens
        x = torch.cat([self.class_token.expand(2 * batch, -1, -1), x], 1)
        x = torch.cat([x[:batch] + self.view[0], x[batch:] + self.view[1]])
        length, refined = x.shape[1], []
        for done, (across, within) in enumerate(zip(self.across, self.within, strict=True), start=1):
            both = across(torch.cat([x[:batch], x[batch:]], 1))  # (B, 2L, D)
            x = within(torch.cat([both[:, :length], both[:, length:]]))
            if len(refined) < self.config.refinements and done % self.config.refine_every == 0:
                refinement = self.refinements[len(refined)]
                descriptors = F.normalize(self._cells_of(refinement.descriptor(x[:, 1:])), dim=-1)
                refined.append(self._match(descriptors, refinement.log_temperature))
                cells, rows = self._read(refined[-1])
                read = refinement.read(torch.cat([rows, self._tokens_of(cells)], -1))
                x = torch.cat([x[:, :1], x[:, 1:] + read], 1)
        x = self.norm(x)
        x = torch.stack([x[:batch], x[batch:]], 1)  # (B, 2, L, D)
        pair = torch.cat([x[:, 0, 0], x[:, 1, 0]], 1)
        return EncoderOutput(
            class_tokens=x[:, :, 0],
            patches=x[:, :, 1:],
            azimuth=self.azimuth_head(pair),
            elevation=self.elevation_head(pair),
            distance=self.distance_head(pair),
            moved=self.moved_head(pair)[:, 0],
            turn=self.turn_head(pair) if self.turn_head else None,
            cameras=self.camera_head(x[:, :, 0]) if self.camera_head else None,
            matches=matches,
            refined=tuple(refined),
            points=self._points(x[:, :, 1:]) if with_points else None,
        )

    def _match(self, descriptors: torch.Tensor, log_temperature: torch.Tensor) -> torch.Tensor:
        """Unit descriptors of A's cells, then B's, (2B, C, F) -> log-probabilities of their matches (2, B, C, C)."""
        a, b = descriptors.chunk(2)
        logits = a @ b.transpose(1, 2) * log_temperature.exp()
        return torch.stack([logits, logits.transpose(1, 2)]).log_softmax(-1)

    def _read(self, matches: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """What cells and tokens learn from their rows of a matching: (2, B, C, C) -> (2B, C, 8) and (2B, N, N).

        A token's row says where its cells find their matches, by the other view's tokens. Sums over a token's cells are
        products with a matrix of zeros and ones: five times faster than reshaping and summing.
        """
        log_probability = matches.flatten(0, 1)
        probability = log_probability.exp()
        expected, columns = (probability @ torch.cat([self.cell_xy, self.cells_of_token], 1)).split(
            [2, self.cells_of_token.shape[1]], -1
        )
        offset = expected - self.cell_xy
        peak = probability.amax(-1, keepdim=True)
        entropy = (probability * log_probability).sum(-1, keepdim=True)
        cells = torch.cat([expected, offset, offset * peak, peak, entropy], -1)
        return cells, self.cells_of_token.T / 4 @ columns

    def _cells_of(self, tokens: torch.Tensor) -> torch.Tensor:
        """Each token's 2 × 2 cells as cells of their own: (B, N, 4·F) -> (B, G·G, F)."""
        side = self.config.tokens_side
        cells = tokens.reshape(-1, side, side, 2, 2, tokens.shape[-1] // 4).permute(0, 1, 3, 2, 4, 5)
        return cells.reshape(-1, self.config.grid**2, tokens.shape[-1] // 4)

    def _tokens_of(self, cells: torch.Tensor) -> torch.Tensor:
        """The features of a token's 2 × 2 cells side by side: (B, G·G, F) -> (B, N, 4·F)."""
        side, features = self.config.tokens_side, cells.shape[-1]
        tokens = cells.reshape(-1, side, 2, side, 2, features).permute(0, 1, 3, 2, 4, 5)
        return tokens.reshape(-1, side * side, 4 * features)

    def _points(self, patches: torch.Tensor) -> torch.Tensor:
        """Each token's 2 × 2 cells: (B, 2, N, D) -> (B, 2, G·G, 4)."""
        batch, side, grid = patches.shape[0], self.config.tokens_side, self.config.grid
        cells = self.points_head(patches).view(batch, 2, side, side, 2, 2, 4).permute(0, 1, 2, 4, 3, 5, 6)
        return cells.reshape(batch, 2, grid * grid, 4)


# Parts that an encoder can be grown by and that are only added to what was there, or are heads of their own.
START_AT_ZERO = ("read_rows.", "turn_head.", "camera_head.", "backbone.to_", "backbone.tokens_to_")


def grown(source: dict, changes: dict) -> tuple[EncoderConfig, dict[str, torch.Tensor]]:
    """A trained encoder's config with `changes` (more `depth`, `refine_every`, heads) and weights for it.

    What is new begins as the identity (its last layers are zero), so the grown encoder answers as the trained one. A
    further matching begins with the descriptors of the one before.
    source: {"config", "model"} of a checkpoint. ValueError when the changes would drop weights or move a matching.
    """
    config = EncoderConfig(**{**source["config"], **changes})
    trained = EncoderConfig(**source["config"])
    if trained.refinements and config.refine_every != trained.refine_every:
        raise ValueError(
            f"the checkpoint matches after every {trained.refine_every} pairs of blocks; {changes} moves that"
        )
    weights = Encoder(config).state_dict()
    if config.backbone and not trained.backbone:
        weights |= {f"backbone.network.{name}": value for name, value in pretrained_weights().items()}
    dropped = [name for name, value in source["model"].items() if weights.get(name, value[None]).shape != value.shape]
    if dropped:
        raise ValueError(f"the checkpoint's {dropped[0]} has no place in an encoder with {changes}")
    for name, value in weights.items():
        if name in source["model"]:
            weights[name] = source["model"][name]
        elif name.startswith(START_AT_ZERO) or name.endswith(".read.weight"):
            weights[name] = torch.zeros_like(value)
        elif ".out." in name or ".mlp.2." in name:
            weights[name] = torch.zeros_like(value)
    for index in range(max(1, trained.refinements), config.refinements):
        for name in ("descriptor.weight", "descriptor.bias", "log_temperature"):
            weights[f"refinements.{index}.{name}"] = weights[f"refinements.{index - 1}.{name}"].clone()
    return config, weights


def expected_azimuth_deg(logits: torch.Tensor, centres_deg: torch.Tensor) -> torch.Tensor:
    """Circular mean of the azimuth bins, degrees in −180…180. (B, bins) -> (B,)"""
    probability, centres_rad = logits.softmax(-1), torch.deg2rad(centres_deg)
    sin, cos = (probability * centres_rad.sin()).sum(-1), (probability * centres_rad.cos()).sum(-1)
    return torch.rad2deg(torch.atan2(sin, cos))


@dataclass
class DecodedPose:
    """What the pose heads say about B pairs, (B,) each."""

    azimuth_deg: torch.Tensor  # azimuth B − azimuth A, −180…180, positive to the right
    elevation_deg: torch.Tensor  # positive up
    distance_log: torch.Tensor  # log(distance B / distance A)
    moved: torch.Tensor  # bool
    turn_deg: torch.Tensor | None  # how much farther right of the object B looks than A; None: no such head


def decode_pose(out: EncoderOutput, config: EncoderConfig) -> DecodedPose:
    """Means of the pose heads over their bins (circular for the azimuth), and the likelier of moved and still."""
    device = out.azimuth.device
    azimuth_centres_deg = torch.tensor(config.azimuth_centres_deg(), device=device)
    elevation_centres_deg = torch.tensor(config.elevation_centres_deg(), device=device)
    distance_centres_log = torch.tensor(config.distance_centres_log(), device=device)
    turn_centres_deg = torch.tensor(config.turn_centres_deg(), device=device)
    return DecodedPose(
        azimuth_deg=expected_azimuth_deg(out.azimuth, azimuth_centres_deg),
        elevation_deg=(out.elevation.softmax(-1) * elevation_centres_deg).sum(-1),
        distance_log=(out.distance.softmax(-1) * distance_centres_log).sum(-1),
        moved=out.moved > 0,
        turn_deg=None if out.turn is None else (out.turn.softmax(-1) * turn_centres_deg).sum(-1),
    )
