#!/usr/bin/env bash
# Sends events to two receivers that verify the signatures: one with the npm package of Standard Webhooks, one with the
# Python program of docs/consuming.md. Needs Python 3, Node 20 or newer with npm, and a JDK 21 or newer. Everything listens
# on 127.0.0.1 on free ports and is written to checks/target.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly WORK="$PWD/checks/target/webhooks"
source checks/processes.sh

rm -rf "$WORK"
mkdir -p "$WORK"
cp checks/package.json checks/target/
npm install --silent --no-audit --no-fund --ignore-scripts --prefix checks/target
python3 checks/clients/snippets.py "$WORK" docs/consuming.md
./offerflow --version >/dev/null # builds it
node_secret="whsec_$(head -c 32 /dev/urandom | base64 -w 0)"
python_secret="whsec_$(head -c 32 /dev/urandom | base64 -w 0)"
export WEBHOOK_SECRET_NODE="$node_secret" WEBHOOK_SECRET_PYTHON="$python_secret"
node_port="$(free_port)"
python_port="$(free_port)"
start "$WORK/node.log" node checks/webhooks/receiver.mjs "$node_port" "$node_secret"
start "$WORK/python.log" python3 checks/webhooks/receiver.py "$WORK" "$python_port" "$python_secret"
start "$WORK/up.log" ./offerflow up --broker-port 0 --registry-port 0 --http-port 0
await_line "$WORK/up.log" 'Running until'
at=(--bootstrap-servers "$(word_after broker "$WORK/up.log")" --registry-url "$(word_after registry "$WORK/up.log")")

# the Python receiver is in a rotation: the first of the two signatures is not for it
./offerflow subscriptions set node --url "http://127.0.0.1:$node_port/" --topic command-outcomes,offer-status \
  --secret env:NODE "${at[@]}"
./offerflow subscriptions set python --url "http://127.0.0.1:$python_port/" --topic command-outcomes,offer-status \
  --secret env:NODE --other-secret env:PYTHON "${at[@]}"
./offerflow subscriptions test node "${at[@]}"
./offerflow subscriptions test python "${at[@]}"
./offerflow offer create contoso/webhook-check --offer-type saas --alias "A check" --wait "${at[@]}"
for receiver in node python; do
  await_line "$WORK/$receiver.log" 'verified .* io.offerflow.test'
  await_line "$WORK/$receiver.log" 'verified .* io.offerflow.avro.CommandOutcome'
  await_line "$WORK/$receiver.log" 'verified .* io.offerflow.avro.OfferStatus'
  ! grep -q refused "$WORK/$receiver.log" || fail "$(grep refused "$WORK/$receiver.log")"
done
echo "Both receivers verified every event."
