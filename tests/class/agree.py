#!/usr/bin/env python3
"""Holds every row of a gradebook to what is known of the submission.

agree.py CHECKER WORK: WORK has class-of's expected.json and the gradebook whole.db.
"""

import json
import subprocess
import sys

checker, work = sys.argv[1:]
expected = json.load(open(work + "/expected.json", encoding="utf-8"))
book = work + "/whole.db"


def report(*options):
    command = [checker, "report", book, "--format", "json", *options]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


rows = {row["id"]: row for row in report()}
assert rows.keys() == expected.keys(), rows.keys() ^ expected.keys()
wrong = []
for name, known in expected.items():
    record = report("--student", name, "--reader", "instructor")
    questions = [q for exercise in record["exercises"] for q in exercise["questions"]]
    checks = [check for question in questions for check in question["checks"]]
    lost = {check["id"] for check in checks if check["verdict"] in ("fail", "partial")}
    errors = {check["id"] for check in checks if check["verdict"] == "error"}
    if known is None:
        agrees = record["score"] == 0
    else:
        loses = {check for check in known["loses"] if not check.endswith("/speed")}
        agrees = loses <= lost <= set(known["loses"]) | set(known["sometimes"])
    if errors or not agrees:
        wrong.append((name, sorted(lost), sorted(errors)))
for name, lost, errors in wrong:
    print(f"WRONG: {name}: lost {lost}, errors {errors}", file=sys.stderr)
assert not wrong
print(f"{len(rows)} rows: each has lost what is known of it, and nothing else")
