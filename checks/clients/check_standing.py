"""Holds the documented predicate in Python against standing.json."""
import json
import sys

sys.path.insert(0, sys.argv[1])
from standing import version

for case in json.load(open(sys.argv[2], encoding="utf-8")):
    met = version(case["entitlement"], case["plan"], 7)
    assert met == case["expected"], f"{case['says']}, expected {case['expected']}, met {met}"
