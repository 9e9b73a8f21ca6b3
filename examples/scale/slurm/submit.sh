#!/bin/bash
# Submits the parts of a job and its merge:
#   sluice split --opportunities signals.csv --candles data --space space.json --parts 64 --out /shared/job
#   ./submit.sh /shared/job
set -euo pipefail
here=$(dirname "$0")
parts=$(sbatch --parsable --export="ALL,SLUICE_JOB=$1" "$here/part.sbatch")
sbatch --dependency="afterok:$parts" --export="ALL,SLUICE_JOB=$1" "$here/merge.sbatch"
