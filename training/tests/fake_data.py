"""Writes small shards without a renderer: coloured dots on a sphere-like object, projected by a pinhole camera."""

import json
from pathlib import Path

import numpy as np

VIEWS = 8  # per object, the last one a twin of the first


def write_shard(
    folder: Path, objects: int, size_px: int = 64, cell_px: int = 8, seed: int = 0, set_name: str = "train-generated"
) -> None:
    """One finished shard in the renderer's layout. Every cell of the picture shows the surface point at its centre."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    grid = size_px // cell_px
    images, points, lines = [], [], []
    for item in range(objects):
        centres = rng.normal(size=(40, 3))
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        colours = rng.integers(0, 256, size=(40, 3))
        poses = []
        for view in range(VIEWS):
            twin_of = 0 if view == VIEWS - 1 else None
            pose = poses[0] if twin_of == 0 else (rng.uniform(-180, 180), rng.uniform(-5, 45), rng.uniform(2.6, 3.0))
            poses.append(pose)
            image, position = render(centres, colours, *pose, fov_y_deg=40.0, size_px=size_px, grid=grid)
            images.append(image if twin_of is None else (image * 0.9).astype(np.uint8))
            points.append(position)
            row = {"object": f"fake-{seed}-{item}", "objectIndex": item, "view": view}
            row |= dict(zip(("azimuthDeg", "elevationDeg", "distanceM"), pose, strict=True))
            lines.append(json.dumps(row | {"fovYDeg": 40.0, "lightRule": "world", "twinOf": twin_of}))
    np.stack(images).tofile(folder / "images.u8")
    np.stack(points).astype(np.float16).tofile(folder / "points.f16")
    (folder / "views.jsonl").write_text("\n".join(lines) + "\n")
    card = {"version": 1, "imageSizePx": size_px, "gridSize": grid, "views": len(images), "set": set_name}
    (folder / "shard.json").write_text(json.dumps(card))


def render(
    centres: np.ndarray,
    colours: np.ndarray,
    azimuth_deg: float,
    elevation_deg: float,
    distance_m: float,
    fov_y_deg: float,
    size_px: int,
    grid: int,
) -> tuple[np.ndarray, np.ndarray]:
    """A unit sphere whose surface has the colour of the nearest centre. uint8 (S, S, 3), float (G, G, 4)."""
    azimuth, elevation = np.deg2rad([azimuth_deg, elevation_deg])
    back = np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)])
    right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
    up = np.cross(back, right)
    eye = back * distance_m
    half = np.tan(np.deg2rad(fov_y_deg) / 2)

    def cast(count: int) -> tuple[np.ndarray, np.ndarray]:
        axis = (np.arange(count) + 0.5) / count * 2 - 1
        x, y = np.meshgrid(axis, -axis)
        ray = x[..., None] * half * right + y[..., None] * half * up - back
        ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
        along = -(ray @ eye)
        inside = along**2 - (distance_m**2 - 1)
        hit = inside > 0
        return eye + (along - np.sqrt(np.where(hit, inside, 0)))[..., None] * ray, hit

    surface, hit = cast(size_px)
    image = np.where(hit[..., None], colours[(surface @ centres.T).argmax(-1)], 128).astype(np.uint8)
    surface, hit = cast(grid)
    return image, np.concatenate([surface * hit[..., None], hit[..., None]], -1)


def write_pose_shard(folder: Path, objects: int, size_px: int = 64, seed: int = 0) -> None:
    """One finished shard with views for every family: two levels, a dolly, a zoom, a twin, a station on a ground."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    images, points, lines = [], [], []
    for item in range(objects):
        centres = rng.normal(size=(40, 3))
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        colours = rng.integers(0, 256, size=(40, 3))
        start, phi = rng.uniform(-180, 180), 7.0
        # azimuth, elevation, distance, field of view, turned, twin of, on a ground
        poses: list[tuple] = [
            (start, 5.0, 2.8, 40.0, 0.0, None, False),
            (start + 50, 5.0, 2.8, 40.0, 0.0, None, False),
            (start - 40, 18.0, 2.8, 40.0, 0.0, None, False),
            (start, 5.0, 3.6, 40.0, 0.0, None, False),
            (start, 5.0, 2.8, 32.0, 0.0, None, False),
            (start, 5.0, 2.8, 40.0, 0.0, 0, False),
            (start - phi, 15.0, 2.8, 40.0, -phi, None, True),
            (start + phi, 15.0, 2.8, 40.0, phi, None, True),
            (start - phi, 15.0, 2.8, 40.0, phi, None, True),
            (start - phi, 15.0, 2.8, 40.0, -phi, 6, True),
        ]
        for view, (azimuth, elevation, distance, fov, turned, twin_of, ground) in enumerate(poses):
            image, position = render(
                centres, colours, azimuth, elevation, distance, fov_y_deg=fov, size_px=size_px, grid=size_px // 8
            )
            images.append(image if twin_of is None else (image * 0.9).astype(np.uint8))
            points.append(position)
            row = {"object": f"posed-{seed}-{item}", "objectIndex": item, "view": view, "azimuthDeg": azimuth}
            row |= {"elevationDeg": elevation, "distanceM": distance, "fovYDeg": fov, "turnedDeg": turned}
            row |= {"lightRule": "world", "twinOf": twin_of, "scene": {"worldGround": {}} if ground else {}}
            lines.append(json.dumps(row))
    np.stack(images).tofile(folder / "images.u8")
    np.stack(points).astype(np.float16).tofile(folder / "points.f16")
    (folder / "views.jsonl").write_text("\n".join(lines) + "\n")
    card = {
        "version": 1,
        "imageSizePx": size_px,
        "gridSize": size_px // 8,
        "views": len(images),
        "set": folder.parent.name,
    }
    (folder / "shard.json").write_text(json.dumps(card))
