#!/usr/bin/env bash
# Everything that CI checks of the training code: lint, unit tests, and the smoke recipe of all stages.
set -euo pipefail
cd "$(dirname "$0")/../.."

python="${PYTHON:-python3}"
if [ ! -x .venv/bin/python ]; then "$python" -m venv .venv; fi
if ! .venv/bin/python -c 'import torch, transformers, onnx, onnxruntime, onnxscript, jsonschema, pytest, safetensors, cv2, matplotlib' 2>/dev/null; then
  # The exact release first: an open range may pull a GPU build of several gigabytes.
  .venv/bin/python -m pip install -q torch==2.13.0
  .venv/bin/python -m pip install -q -e 'training[dev,export,classical,curves]'
fi
.venv/bin/python -m ruff check training
.venv/bin/python -m pytest -q training/tests
PYTHON="$PWD/.venv/bin/python" bash training/runs/smoke.sh
# What needs both sides: the toy model on WASM and WebGPU, and items alike in browser and native evaluation (by itself the
# test takes 201 of them, some five minutes).
if [ -x node_modules/.bin/vitest ]; then
  VIEWPOINT_BACKEND_ITEMS=10 node node_modules/vitest/vitest.mjs run -c tools/browser-tests/vitest.config.ts engine backends
fi
