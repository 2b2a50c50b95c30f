"""Photos of a turntable become a scene whose cameras go round the object, in order, each photo whole."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from viewpoint_training.turntable import camera_to_world, padded, photos_in_order, write_scene


def save(folder: Path, name: str, size=(40, 20), colour=(200, 10, 10)) -> Path:
    Image.new("RGB", size, colour).save(folder / name)
    return folder / name


def test_photos_follow_their_numbers_not_their_names(tmp_path) -> None:
    for name in ("view-10.png", "view-9.png", "view-1.jpg"):
        save(tmp_path, name)
    (tmp_path / "readme.txt").write_text("not a photo")
    assert [path.name for path in photos_in_order(tmp_path)] == ["view-1.jpg", "view-9.png", "view-10.png"]


def test_folders_without_an_order_are_refused(tmp_path) -> None:
    save(tmp_path, "1.png")
    with pytest.raises(ValueError, match="holds 1 photos"):
        photos_in_order(tmp_path)
    save(tmp_path, "front.png")
    with pytest.raises(ValueError, match=r"front\.png has no number"):
        photos_in_order(tmp_path)


def test_a_photo_is_whole_in_the_middle_of_its_square(tmp_path) -> None:
    photo = Image.new("RGB", (40, 20), "white")
    photo.putpixel((5, 10), (0, 0, 0))
    square = np.asarray(padded(photo))
    assert square.shape == (40, 40, 3)
    assert (square[20, 5] == 0).all() and (square[0, 0] == 255).all()


def test_a_positive_step_takes_the_camera_to_its_right(tmp_path) -> None:
    photos = [save(tmp_path, f"{number}.png") for number in range(3)]
    scene = write_scene(photos, 30.0, 20.0, 30.0, tmp_path / "out")
    first, second, _ = (np.array(frame["transform_matrix"]) for frame in scene["frames"])
    moved = second[:3, 3] - first[:3, 3]
    assert moved @ first[:3, 0] > 0  # along the first camera's right axis
    for matrix in (first, second):
        assert np.linalg.det(matrix[:3, :3]) == pytest.approx(1)
        # It looks at the origin, along its own -z.
        assert np.allclose(matrix[:3, 3] / np.linalg.norm(matrix[:3, 3]), matrix[:3, 2])
    assert (tmp_path / "out" / scene["frames"][0]["file_path"]).exists()


def test_cameras_keep_their_height() -> None:
    assert camera_to_world(123.0, 30.0)[2, 3] == pytest.approx(2.0)


def test_a_photo_is_turned_as_its_camera_says(tmp_path) -> None:
    upright = Image.new("RGB", (20, 40), "white")
    upright.paste("black", (0, 0, 20, 10))  # dark on top
    tag = Image.Exif()
    tag[0x0112] = 6  # to be turned by 90° clockwise
    upright.rotate(90, expand=True).save(tmp_path / "a.png", exif=tag)
    write_scene([tmp_path / "a.png"], 10.0, 10.0, 40.0, tmp_path / "scene")
    with Image.open(tmp_path / "scene/images/0000.png") as square:
        assert square.size == (40, 40)
        assert square.getpixel((20, 2))[0] < 50 < 200 < square.getpixel((20, 37))[0]
