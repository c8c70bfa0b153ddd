"""Compares what readers of JUnit and CSV make of a grading with its record."""

import csv
import json
import sys

from junitparser import Error, Failure, JUnitXml, Skipped

base = sys.argv[1]
record = json.load(open(base + ".json", encoding="utf-8"))
checks = [
    check
    for exercise in record["exercises"]
    for question in exercise["questions"]
    for check in question["checks"]
]
lost = {check["id"] for check in checks if check["verdict"] in ("fail", "partial")}
open_ids = {
    check["id"]
    for check in checks
    if check["verdict"] in ("inconclusive", "not_measurable", "needs_review")
}

report = JUnitXml.fromfile(base + ".junit")
cases = {case.name: case for suite in report for case in suite}
for check in checks:
    found = [type(result) for result in cases[check["id"]].result]
    wanted = (
        [Failure] if check["id"] in lost
        else [Skipped] if check["id"] in open_ids
        else [Error] if check["verdict"] == "error"
        else []
    )
    assert found == wanted, (check["id"], found, wanted)
assert report.failures == sum(suite.failures for suite in report)

with open(base + ".csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
assert abs(sum(float(row["earned"]) for row in rows) - record["score"]) < 1e-9
assert abs(sum(float(row["points"]) for row in rows) - record["max_score"]) < 1e-9
print(f"{base}: {len(checks)} checks, {len(lost)} lost, read alike by all")
