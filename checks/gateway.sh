#!/usr/bin/env bash
# Runs the commands of docs/gateway.md as printed, against `./offerflow up`, and compares the first line of each response;
# then clients in Python and Node. Needs curl, python3, Node 20 or newer and a JDK 21 or newer. Everything listens on 127.0.0.1 on free ports.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly WORK="$PWD/checks/target/gateway"
up=''

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
end() { [[ -z "$up" ]] || { kill "$up" 2>/dev/null || true; wait "$up" 2>/dev/null || true; }; }
trap end EXIT

for needed in curl python3 node; do command -v "$needed" >/dev/null || fail "there is no $needed"; done
rm -rf "$WORK" && mkdir -p "$WORK"
./offerflow --version >/dev/null # builds it
: >"$WORK/up.log"
./offerflow up --broker-port 0 --registry-port 0 --http-port 0 --gateway-port 0 >"$WORK/up.log" 2>&1 </dev/null &
up=$!
for ((i = 0; i < 600; i++)); do
  grep -q 'Running until' "$WORK/up.log" && break
  kill -0 "$up" 2>/dev/null || { cat "$WORK/up.log" >&2; fail 'up has ended'; }
  sleep 0.2
done
address="$(sed -n 's|^ *gateway  *\(http://[^ ]*\).*|\1|p' "$WORK/up.log" | head -n 1)"
[[ -n "$address" ]] || fail 'up names no gateway'

# A command begins with "$ " and may go on in further lines; the line after it is the first one of its output.
run=0 command='' wanted=''
compare() {
  [[ -n "$command" ]] || return 0
  local found
  found="$(bash -c "${command//http:\/\/localhost:8090/$address}" 2>/dev/null | tr -d '\r' | grep '^HTTP' | tail -n 1)"
  [[ "$found" == "$wanted" ]] || fail "expected \"$wanted\", but met \"$found\" after: $command"
  run=$((run + 1)) command='' wanted=''
}
while IFS= read -r line; do
  case "$line" in
    '$ '*) compare; command="${line#\$ }" ;;
    '    '*) [[ -z "$command" || -n "$wanted" ]] || command+=$'\n'"$line" ;;
    'HTTP/1.1 '*) wanted="$line" ;;
    '```') compare ;;
  esac
done <docs/gateway.md
((run >= 6)) || fail "expected at least 6 commands in docs/gateway.md, but met $run"
printf 'ok: %d commands of docs/gateway.md answer as printed\n' "$run"
python3 -B checks/clients/gateway.py "$address" || fail 'the client in Python'
node checks/clients/gateway.mjs "$address" || fail 'the client in Node'
