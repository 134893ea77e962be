"""Checks the documented predicates in Python against predicates.json."""
import json
import sys

sys.path.insert(0, sys.argv[1])
from audience import may_buy
from entitlement import version

cases = json.load(open(sys.argv[2], encoding="utf-8"))
results = [(case, version(case["entitlement"], case["plan"], 7)) for case in cases["entitlement"]]
results += [(case, may_buy(case["plan"], case["member"])) for case in cases["audience"]]
for case, actual in results:
    assert actual == case["expected"], f"{case['says']}: expected {case['expected']}, got {actual}"
