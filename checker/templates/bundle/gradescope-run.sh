#!/bin/sh
# Gradescope runs this for each submission. Without a results file, nobody gets a grade.
set -eu
mkdir -p /autograder/results
exec sh /autograder/source/course/grade.sh /autograder/submission gradescope \
    /autograder/results/results.json @SELECTION@
