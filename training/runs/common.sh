# shellcheck shell=bash disable=SC2034
# Sourced by the recipes of the stages: what they share. Each stage writes a folder of its own in RUN and finds there what
# the stages before it wrote.
#
#   RUN     folder of the run; another one begins anew, the same one resumes
#   DATA    folder of the rendered sets
#   ID      model id: folder in public/models that the run begins from and ends in
#   PYTHON  interpreter with the packages of setup.sh
#   PROCESSES, DEVICE   see processes.sh

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
python="${PYTHON:-.venv/bin/python}"
data="${DATA:-data}"
run="${RUN:-runs/broad}"
id="${ID:-viewpoint-v0}"

three=(ego-translation object-translation ego-rotation)
broad=(vertical distance decoupled magnitude)
# Generated objects vary more in shape, packs look more like what people upload.
sets=(--mix 'train-broad-generated*:0.55' 'train-broad-cc0*:0.45' --val 'val-broad-generated*' 'val-broad-cc0*')
# Half-precision products where the processor has them: elsewhere they would cost time.
half=()
if grep -q avx512_bf16 /proc/cpuinfo 2>/dev/null; then half=(--bfloat16); fi

. training/runs/processes.sh
mkdir -p "$run"

# Items joined by commas.
joined() { local IFS=,; echo "$*"; }
# A stage that runs as one process, with its arguments: two threads.
alone() { OMP_NUM_THREADS=2 memory 10000 "$python" "$@" --device "${DEVICE:-auto}"; }

# Sets `lm` (folder of the language model) and `connector` (its arguments) to what SFT begins from: the newest of drilled
# and restored.
find_start() {
  lm="$run/restored"
  if [ -e "$run/drilled/config.json" ]; then lm="$run/drilled"; fi
  connector=()
  if [ -e "$run/restored/connector.pt" ]; then connector=(--connector "$run/restored/connector.pt"); fi
}
