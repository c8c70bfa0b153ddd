#!/usr/bin/env bash
#SBATCH --job-name=class
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
# One part of a class for each task of the array. Arguments: the kit, the class, the
# folder for the gradebooks, the salt, and what is graded.
set -euo pipefail
kit=$1 class=$2 books=$3 salt=$4
shift 4
cd "$kit"
exec target/debug/checker class "$class" "$@" --no-speed --jobs 1 --salt "$salt" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --gradebook "$books/part-$SLURM_ARRAY_TASK_ID.db"
