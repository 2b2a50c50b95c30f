# shellcheck shell=bash disable=SC2154
# Sourced by the recipes: how their stages run on two CPU cores. Wants $python.

for library in /usr/lib/*/libjemalloc.so.2; do [ -e "$library" ] && jemalloc="$library"; done

# Decay in ms, then a command. Why these settings of the allocator: training/LOG.md, "Page faults". With memory never given back (-1),
# SFT grows too large.
memory() {
  local decay="$1"; shift
  env LD_PRELOAD="${jemalloc:-}" OMP_WAIT_POLICY=PASSIVE \
    MALLOC_CONF="thp:always,metadata_thp:auto,dirty_decay_ms:$decay,muzzy_decay_ms:$decay,oversize_threshold:0" "$@"
}

# Decay in ms, then a stage with its arguments: two processes of one thread each.
train() {
  local decay="$1"; shift
  OMP_NUM_THREADS=1 memory "$decay" "$python" -m torch.distributed.run --nproc_per_node 2 "$@" --threads 1
}
