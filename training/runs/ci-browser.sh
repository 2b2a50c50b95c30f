#!/usr/bin/env bash
# What CI checks of both sides together, in a browser, with models that Python makes: the toy model on WASM and WebGPU, faults on purpose,
# and items alike in browser and native evaluation (by itself the test takes 201 of them, some five minutes). `npm test` runs more of
# these where .venv is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
VIEWPOINT_BACKEND_ITEMS=4 node node_modules/vitest/vitest.mjs run -c tools/browser-tests/vitest.config.ts \
  engine runtime-faults runtime-devices backends -t 'toy model|faults|backends of the evaluation'
