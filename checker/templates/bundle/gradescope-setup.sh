#!/bin/sh
# Gradescope runs this once, while it makes the image.
set -eu
exec sh /autograder/source/course/setup.sh
