#!/bin/bash
# Submits the parts of a job as an array, and its merge for when all have ended:
#   sluice split --opportunities signals.csv --candles data --space space.json --parts 64 --out /mnt/sluice/job
#   aws batch register-job-definition --cli-input-json file://part-definition.json
#   aws batch register-job-definition --cli-input-json file://merge-definition.json
#   ./submit.sh QUEUE /mnt/sluice/job 64
set -euo pipefail
array=$(aws batch submit-job --job-name sluice-parts --job-queue "$1" --job-definition sluice-part \
  --parameters "job=$2" --array-properties "size=$3" --query jobId --output text)
aws batch submit-job --job-name sluice-merge --job-queue "$1" --job-definition sluice-merge \
  --parameters "job=$2" --depends-on "jobId=$array"
