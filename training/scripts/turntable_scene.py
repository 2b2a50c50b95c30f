"""Makes a scene for `npm run eval -- --photos` of photos of an object on a turntable, or of a "360° product view".

A turntable tells how far the object was turned from photo to photo; seen from the object the camera goes round it.
Photos are padded to squares with the colour of their corners: the evaluation looks at the middle square. Answers
depend on the step and its sign alone: --elevation-deg and --fov-deg may be rough.

  python scripts/turntable_scene.py --photos frames --step-deg 10 --out scenes/shoe
  npm run eval -- --photos scenes --backend native --items 200
"""

import argparse
from pathlib import Path

from viewpoint_training.turntable import photos_in_order, write_scene


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--photos", type=Path, required=True, help="folder of photos, in the order of the numbers in their names"
    )
    parser.add_argument(
        "--step-deg",
        type=float,
        required=True,
        help="from one photo to the next; positive when the camera goes to its right, counter-clockwise from above "
        "(what is near slides to the left in the picture)",
    )
    parser.add_argument("--elevation-deg", type=float, default=10.0, help="of the camera above the object's middle")
    parser.add_argument("--fov-deg", type=float, default=30.0, help="of the padded square")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the scene: transforms.json and padded photos"
    )
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    photos = photos_in_order(arguments.photos)
    write_scene(photos, arguments.step_deg, arguments.elevation_deg, arguments.fov_deg, arguments.out)
    print(
        f"{len(photos)} photos, {abs(arguments.step_deg) * len(photos):.0f}° in all -> {arguments.out}/transforms.json"
    )


if __name__ == "__main__":
    main()
