#!/usr/bin/env bash
# Everything that CI checks of the training code: format, lint, unit tests, and the smoke recipe of all stages.
set -euo pipefail
cd "$(dirname "$0")/../.."

bash training/runs/setup.sh
.venv/bin/python -m ruff format --check training
.venv/bin/python -m ruff check training
# Two at a time, one thread each: their models are too small for more.
OMP_NUM_THREADS=1 .venv/bin/python -m pytest -q -n 2 training/tests
PYTHON="$PWD/.venv/bin/python" bash training/runs/smoke.sh
# What needs both sides: the toy model on WASM and WebGPU, faults on purpose, and items alike in browser and native evaluation (by itself the
# test takes 201 of them, some five minutes).
if [ -x node_modules/.bin/vitest ]; then
  VIEWPOINT_BACKEND_ITEMS=4 node node_modules/vitest/vitest.mjs run -c tools/browser-tests/vitest.config.ts engine runtime-faults backends \
    -t 'toy model|faults|backends of the evaluation'
fi
