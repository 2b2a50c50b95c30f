"""Scenes of `npm run eval -- --photos` from photos of an object on a turntable: seen from it, the camera goes round.

Needs Pillow (the extra `photos`). The file is nerfstudio's transforms.json.
"""

import json
import math
import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
DISTANCE = 4.0  # in the file's own unit, on which nothing depends


def photos_in_order(folder: Path) -> list[Path]:
    """By the last number in their names; ValueError without one, or with fewer than two photos."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES]
    if len(found) < 2:
        raise ValueError(
            f"{folder} holds {len(found)} photos ({', '.join(sorted(SUFFIXES))}): a scene needs two or more"
        )
    unnumbered = [path.name for path in found if not re.search(r"\d", path.stem)]
    if unnumbered:
        raise ValueError(f"{folder}/{unnumbered[0]} has no number in its name: which photo follows which?")
    return sorted(found, key=lambda path: int(re.findall(r"\d+", path.stem)[-1]))


def padded(photo: Image.Image) -> Image.Image:
    """The photo in the middle of a square, on the mean colour of its corners."""
    rgba = photo.convert("RGBA")
    photo = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
    corners = [photo.getpixel((x, y)) for x in (0, photo.width - 1) for y in (0, photo.height - 1)]
    side = max(photo.size)
    square = Image.new("RGB", (side, side), tuple(round(channel) for channel in np.mean(corners, axis=0)))
    square.paste(photo, ((side - photo.width) // 2, (side - photo.height) // 2))
    return square


def camera_to_world(azimuth_deg: float, elevation_deg: float) -> np.ndarray:
    """(4, 4), nerfstudio's frame: world z up, camera x right, y up, z back; looks at the origin from DISTANCE away."""
    azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
    back = np.array(
        [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    )
    right = np.array([-math.sin(azimuth), math.cos(azimuth), 0.0])
    matrix = np.eye(4)
    matrix[:3, :4] = np.stack([right, np.cross(back, right), back, DISTANCE * back], axis=1)
    return matrix


def write_scene(photos: list[Path], step_deg: float, elevation_deg: float, fov_deg: float, out: Path) -> dict:
    """Padded photos and transforms.json into `out`; returns what the file says."""
    (out / "images").mkdir(parents=True, exist_ok=True)
    frames = []
    for number, path in enumerate(photos):
        # A phone stores a picture as its sensor lay, and beside it how to turn it.
        square = padded(ImageOps.exif_transpose(Image.open(path)))
        name = f"images/{number:04d}.png"
        square.save(out / name)
        focal_px = square.width / 2 / math.tan(math.radians(fov_deg) / 2)
        frames.append(
            {
                "file_path": name,
                "w": square.width,
                "h": square.height,
                "fl_x": focal_px,
                "fl_y": focal_px,
                "transform_matrix": camera_to_world(number * step_deg, elevation_deg).tolist(),
            }
        )
    scene = {"camera_model": "OPENCV", "frames": frames}
    (out / "transforms.json").write_text(json.dumps(scene, indent=1), encoding="utf-8")
    return scene
