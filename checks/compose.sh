#!/usr/bin/env bash
# Runs the cluster of docker-compose.yml: the first offer goes live; then, while commands arrive, the script kills an
# instance of the service and a broker. At the end every command has exactly one outcome and one journal entry.
# Prometheus has data for each panel of the dashboard, no alert without a cause, and one for an undecodable record.
# A republish of all outputs sends no mail.
#
#   checks/compose.sh [COMMANDS]      by default 3000; stops the cluster at the end, KEEP=1 leaves it running
#
# Needs a Docker engine with the images (docker-compose.yml says how to build ours, deploy/stand-ins.sh builds stand-ins
# for the others), Python 3, kcat, and the ports 8080-8082, 8090, 9090, 19092, 29092 and 39092 on 127.0.0.1.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly COUNT="${1:-3000}"
readonly WORK="$PWD/checks/target/compose"
readonly FILES=(docker-compose.yml)
source checks/cluster.sh

sent() { ./offerflow send --ignore-after "$1" >/dev/null 2>"$WORK/send.err"; }
lines_of() { ./offerflow tail "$1" --from-beginning --exit-at-end -o jsonl 2>"$WORK/tail.err"; }
notified() { lines_of notifications | grep -q "$1"; }
status_is() { curl -s "http://localhost:8082/offers/contoso/shift-planner" | grep -q "\"status\" *: *\"$1\""; }
observed() {
  python3 checks/observed.py http://localhost:9090 deploy/grafana/offerflow.json "$@" >"$WORK/observed" 2>&1
}
# Rates over a minute are not numbers without inputs, so a command without effect goes before each try.
await_observed() { # seconds, alerts ...
  local end=$((SECONDS + $1))
  shift
  until observed "$@"; do
    ((SECONDS < end)) || { cat "$WORK/observed"; fail "Prometheus does not have the expected data"; }
    curl -s -o "$WORK/dry-run" -X POST \
      'http://localhost:8090/offers/contoso/over-http/commands/SubmitOffer?dryRun=true' || true
    sleep 2
  done
  cat "$WORK/observed"
}

./offerflow --version >/dev/null
start prometheus
./offerflow recipients set contoso --to ann@contoso.example
first_offer ./offerflow
over_http
await "a mail is about the offer" 60 mailed 'contoso/shift-planner'
say "the notifier has sent a mail"
await_observed 240

readonly PUBLISHER="load-$(date +%s)"
python3 - "$COUNT" "$PUBLISHER" >"$WORK/load.jsonl" <<'PYTHON'
import json, sys, uuid
for number in range(int(sys.argv[1])):
    offer, step = divmod(number, 3)
    payload = [{"CreateOffer": {"offerType": "SAAS", "alias": f"Load {offer}"}},
               {"SaveSection": {"section": "PREVIEW", "content": {"PreviewAudience": {}}}},
               {"SubmitOffer": {}}][step]
    print(json.dumps({"topic": "offer-commands", "value": {
        "commandId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{sys.argv[2]}/{number}")), "publisherId": sys.argv[2],
        "offerId": f"offer-{offer}", "actor": "checks", "payload": payload}}))
PYTHON
split -n l/12 -d "$WORK/load.jsonl" "$WORK/part-"
say "sending $COUNT commands in 12 parts while killing an instance and a broker"
for part in "$WORK"/part-*; do
  case "$part" in
    *-03) docker kill -s KILL "$(container service-1)" >/dev/null && say "killed an instance" ;;
    *-05) docker kill -s KILL "$(container kafka-2)" >/dev/null && say "killed a broker" ;;
    *-08) docker start "$(container kafka-2)" >/dev/null && say "started the broker again" ;;
    *-10) docker start "$(container service-1)" >/dev/null && say "started the instance again" ;;
  esac
  # send again after a failure, as every sender should: a command that had arrived gives a duplicate
  await "sending $part" 240 sent "$part"
done
rm -f "$WORK"/part-*

answered() {
  lines_of command-outcomes >"$WORK/outcomes.jsonl"
  (($(grep -c "\"key\":\"$PUBLISHER/" "$WORK/outcomes.jsonl") >= COUNT))
}
await "an outcome of every command" 180 answered
lines_of offer-journal >"$WORK/journal.jsonl"
lines_of quarantine >"$WORK/quarantine.jsonl"
python3 - "$WORK" "$PUBLISHER" <<'PYTHON'
import collections, json, sys
work, publisher = sys.argv[1:]
rows = lambda name: [json.loads(line) for line in open(f"{work}/{name}.jsonl", encoding="utf-8")]
sent = [line["value"]["commandId"] for line in rows("load")]
outcomes = [row["value"] for row in rows("outcomes") if row["key"].startswith(publisher + "/")]
answers = collections.Counter(outcome["commandId"] for outcome in outcomes if outcome["result"] != "DUPLICATE")
assert answers.keys() == set(sent) and set(answers.values()) == {1}, "a command has no outcome, or two"
inputs = collections.Counter(json.dumps(row["value"]["input"]["source"], sort_keys=True) for row in rows("journal")
    if (row["key"] or "").startswith(publisher + "/") and row["value"].get("input"))
assert len(inputs) == len(outcomes) and set(inputs.values()) == {1}, f"the journal has {len(inputs)} inputs"
assert not rows("quarantine"), "something was quarantined"
print("each of", len(sent), "commands has one outcome and one journal entry:",
      dict(collections.Counter(outcome["result"] for outcome in outcomes)))
PYTHON
say "nothing lost, nothing processed twice"

# A record that cannot be decoded raises an alert.
printf 'not Avro' | kcat -b "$OFFERFLOW_BOOTSTRAP_SERVERS" -P -t offer-commands -k contoso/shift-planner \
  -X partitioner=murmur2_random
await_observed 90 OfferflowQuarantine
say "the alert fires"

# A replay writes all notifications and rows again: nothing is sent again.
mails() { docker exec "$(container notifier)" find /data/mails -name '*.eml' | wc -l; }
before="$(mails)"
docker stop "$(container service-1)" "$(container service-2)" >/dev/null
./offerflow replay republish --topics notifications,command-outcomes,offer-status,plan-status,step-requests,storefront \
  --execute >"$WORK/republish" 2>&1 || { cat "$WORK/republish"; fail "republish"; }
docker start "$(container service-1)" "$(container service-2)" >/dev/null
await "both instances again" 120 healthy service-2
await "a request for removal" 120 curl -sf -o "$WORK/removal" -H 'Content-Type: application/json' -H 'Prefer: wait=20' \
  -H 'Idempotency-Key: removal' http://localhost:8090/offers/contoso/shift-planner/commands/RequestRemoval \
  -d '{"problemType": "SAAS", "category": "REMOVE_A_PUBLISHED_OFFER"}'
await "the mail after the replay" 60 mailed 'Subject: Request 1 to remove'
(($(mails) == before + 1)) || fail "the notifier sent $(($(mails) - before - 1)) mails of a replay"
grep -q '[0-9]' "$WORK/republish" && say "republished everything; of $before mails none was sent again"
