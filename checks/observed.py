"""Queries a running Prometheus for every expression of the dashboard and the state of every alert.

    observed.py URL DASHBOARD.json               expects that no alert fires
    observed.py URL DASHBOARD.json ALERT ...     expects that these fire

Fails with a list if an expression is invalid or has no data, a rule has errors, or an alert is not as expected.
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

base, dashboard, *expected = sys.argv[1:]
wrong = []


def ask(path, **parameters):
    url = f"{base}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as refused:
        wrong.append(f"{parameters}: {json.load(refused).get('error')}")
        return {}


with open(dashboard, encoding="utf-8") as file:
    board = json.load(file)
asked = 0
for panel in board["panels"]:
    for target in panel.get("targets", []):
        # as Grafana does for all instances
        expression = target["expr"].replace("$instance", ".*")
        found = ask("query", query=expression).get("result", [])
        asked += 1
        if not any(row["value"][1] != "NaN" for row in found):
            wrong.append(f"{panel['title']}: only {found} for {expression}")
for variable in board["templating"]["list"]:
    if variable["type"] == "query":
        metric, label = variable["query"].removeprefix("label_values(").rstrip(")").split(",")
        if not ask(f"label/{label.strip()}/values", **{"match[]": metric.strip()}):
            wrong.append(f"{variable['name']}: nothing for {variable['query']}")

rules = [rule for group in ask("rules").get("groups", []) for rule in group["rules"]]
wrong += [f"rule {rule['name']}: {rule.get('lastError', rule['health'])}" for rule in rules if rule["health"] != "ok"]
firing = sorted(rule["name"] for rule in rules if rule["state"] == "firing")
if not set(firing).issuperset(expected) or firing and not expected:
    wrong.append(f"expected {expected or 'no alert'} to fire, but got {firing}")
if not rules:
    wrong.append("Prometheus has no rules")

if wrong:
    sys.exit("\n".join(wrong))
print(f"Prometheus has data for each of the {asked} expressions of the dashboard, evaluates {len(rules)} rules,"
      f" and {', '.join(firing) or 'no alert'} fires.")
