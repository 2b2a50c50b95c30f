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
