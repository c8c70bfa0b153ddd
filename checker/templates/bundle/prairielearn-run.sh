#!/bin/sh
# PrairieLearn runs this for each submission: run.sh SELECTION...
set -eu
mkdir -p /grade/results
exec sh /course/grade.sh /grade/student prairielearn /grade/results/results.json "$@"
