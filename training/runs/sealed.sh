#!/usr/bin/env bash
# Makes a sealed test set: 645 household objects of four sources, which nothing was trained, chosen or calibrated on.
# Furniture libraries of Sweet Home 3D, CC BY 3.0 (BlendSwap's contributors, Kator Legaz, Reallusion, Scopia), as Debian packages them;
# its fifth library is CC0 and left to training. Needs unzip, dpkg and assimp (Debian: assimp-utils).
#
#   bash training/runs/sealed.sh
#   npm run eval -- --model viewpoint-v0 --backend native --meshes data/sealed --seed NAME --answerable-only --items 345
#
#   OUT   folder to write: OUT/<library>/<object>.glb; what is there is kept
#   DEB   the package where apt-get can't fetch it
#
# Look at its figures once a release, not at its pictures: what is chosen by it is not tested by it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out="${OUT:-data/sealed}"
package="sweethome3d-furniture_1.8-1_all.deb"
sha256="3ccb90c63f9525e887a767b9cd5c8b6933b8b6b2973a615a5359ee68a2118668"
for program in unzip dpkg-deb assimp; do
  command -v "$program" >/dev/null || { echo "$program is missing: install unzip, dpkg and assimp-utils" >&2; exit 1; }
done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
deb="${DEB:-}"
if [ -z "$deb" ]; then
  (cd "$work" && apt-get download -qq sweethome3d-furniture=1.8-1)
  deb="$work/$package"
fi
if ! echo "$sha256  $deb" | sha256sum --check --status; then
  echo "$deb is not $package (sha256 $sha256): other objects, other figures" >&2
  exit 1
fi
dpkg-deb --extract "$deb" "$work"

failed=0
for library in BlendSwap-CC-BY KatorLegaz Reallusion Scopia; do
  unzip -q -o "$work/usr/share/sweethome3d/furniture/$library.sh3f" -d "$work/$library"
  mkdir -p "$out/$library"
  while read -r model; do
    glb="$out/$library/$(basename "$model" .obj).glb"
    if [ -e "$glb" ]; then continue; fi
    # With its textures inside. A file that breaks off must not look finished.
    if assimp export "$model" "$work/one.glb" -embtex >"$work/assimp.log" 2>&1 && [ -s "$work/one.glb" ]; then
      mv "$work/one.glb" "$glb"
    else
      failed=$((failed + 1))
      echo "$library/$(basename "$model"): $(tail -n 1 "$work/assimp.log")" >&2
    fi
  done < <(find "$work/$library" -name '*.obj' | sort)
  echo "$library: $(find "$out/$library" -name '*.glb' | wc -l) objects"
done
if [ "$failed" != 0 ]; then echo "$failed objects could not be converted" >&2; exit 1; fi
