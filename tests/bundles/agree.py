#!/usr/bin/env python3
"""Holds what a system would read of a grading to what is known of the submission.

agree.py SYSTEM EXPECTED NAME RESULT EXERCISE: EXPECTED is class-of's expected.json, NAME
one of its submissions, EXERCISE what was graded, or `course`. Timed checks are open there.
"""

import json
import sys

system, expected, name, result, exercise = sys.argv[1:]
known = json.load(open(expected, encoding="utf-8"))[name]
lines = open(result, encoding="utf-8").read()


def of_gradescope():
    results = json.loads(lines)
    tests = {test["name"].split(":")[0]: test for test in results["tests"]}
    lost = {check for check, test in tests.items() if test.get("status") == "failed"}
    assert abs(results["score"] - sum(test["score"] for test in tests.values())) < 1e-9
    return tests.keys(), lost, results["score"]


def of_prairielearn():
    results = json.loads(lines)
    assert results["gradable"] and 0 <= results["score"] <= 1
    tests = {test["name"]: test for test in results["tests"]}
    lost = {check for check, test in tests.items() if test["output"] in ("fail", "partial")}
    return tests.keys(), lost, results["score"]


def of_autolab():
    feedback, scores = map(json.loads, lines.splitlines()[-2:])
    tests = feedback[exercise]
    lost = {
        check
        for check, test in tests.items()
        if isinstance(test, dict) and not test["passed"]
    }
    return tests.keys(), lost, scores["scores"][exercise]


reader = {"gradescope": of_gradescope, "prairielearn": of_prairielearn, "autolab": of_autolab}
checks, lost, score = reader[system]()
wanted = 31 if exercise == "course" else 2
assert len({check.split("/")[0] for check in checks}) >= wanted, checks
if known is None:
    assert score == 0, score
else:
    loses = {check for check in known["loses"] if not check.endswith("/speed")}
    loses &= set(checks)
    assert loses <= lost <= set(known["loses"]) | set(known["sometimes"]), (loses, lost)
    assert score > 0
