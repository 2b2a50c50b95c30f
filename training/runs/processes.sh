# shellcheck shell=bash disable=SC2154
# Sourced by the recipes: how their stages run on two CPU cores. Wants $python.
#
#   PROCESSES   that share a stage's batch (encoder, SFT); with GPUs as many as there are, 1 where there is one
#   DEVICE      auto (the GPUs where torch sees any), cuda, cpu

# Without jemalloc (Debian: libjemalloc2) all runs as well, the encoder at little more than half of the speed.
for library in /usr/lib/*/libjemalloc.so.2; do [ -e "$library" ] && jemalloc="$library"; done

# Decay in ms, then a command. Why these settings of the allocator: training/LOG.md, "Page faults". With memory never given back (-1),
# SFT grows too large.
memory() {
  local decay="$1"; shift
  env LD_PRELOAD="${jemalloc:-}" OMP_WAIT_POLICY=PASSIVE \
    MALLOC_CONF="thp:always,metadata_thp:auto,dirty_decay_ms:$decay,muzzy_decay_ms:$decay,oversize_threshold:0" "$@"
}

# Decay in ms, then a stage with its arguments: two processes of one thread each; a single one takes both threads.
train() {
  local decay="$1" processes="${PROCESSES:-2}"; shift
  if [ "$processes" = 1 ]; then
    OMP_NUM_THREADS=2 memory "$decay" "$python" "$@" --device "${DEVICE:-auto}" --threads 2
  else
    OMP_NUM_THREADS=1 memory "$decay" "$python" -m torch.distributed.run --nproc_per_node "$processes" "$@" \
      --device "${DEVICE:-auto}" --threads 1
  fi
}
