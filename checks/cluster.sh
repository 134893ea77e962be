# Shared by checks/compose.sh and checks/secured.sh: starts a cluster, waits for it, and stops it at the end. They
# source this file in the folder of docker-compose.yml with WORK (output folder) and FILES (compose files) set.
# first_offer calls their functions notified and status_is.
# over_http and mailed exercise gateway and notifier.
export OFFERFLOW_BOOTSTRAP_SERVERS=localhost:19092,localhost:29092,localhost:39092
export OFFERFLOW_REGISTRY_URL=http://localhost:8081/apis/ccompat/v7
mkdir -p "$WORK"

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }
compose() {
  local files=("${FILES[@]/#/--file=}")
  if docker compose version >/dev/null 2>&1; then docker compose "${files[@]}" "$@"
  else docker-compose "${files[@]}" "$@"; fi
}
last_words() { compose logs --tail 15 2>/dev/null | cut -c1-300 || true; } # containers may not exist yet

# KEEP=1 leaves the cluster running. Without its name, down would ignore the profile.
down() {
  if [[ -z "${KEEP:-}" ]]; then compose --profile observe down -v --timeout 20 >/dev/null 2>&1 || true; fi
}
trap down EXIT

container() { compose ps -q "$1"; }
healthy() { [[ "$(docker inspect -f '{{.State.Health.Status}}' "$(container "$1")" 2>/dev/null)" == healthy ]]; }
await() { # what, seconds, command ...
  local what="$1" end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    ((SECONDS < end)) || { last_words; fail "timeout: $what"; }
    sleep 1
  done
}

# Starts the cluster. Arguments: further services, in the profile observe.
start() {
  local began=$SECONDS
  say "starting"
  compose up -d >"$WORK/up.log" 2>&1 || { cat "$WORK/up.log"; last_words; fail "compose up"; }
  if (($# > 0)); then
    compose --profile observe up -d "$@" >>"$WORK/up.log" 2>&1 || { cat "$WORK/up.log"; fail "compose up $*"; }
  fi
  await "service-1 is ready" 300 healthy service-1
  await "service-2 is ready" 120 healthy service-2
  await "the gateway is ready" 120 healthy gateway
  await "the notifier is ready" 120 healthy notifier
  say "ready after $((SECONDS - began)) s"
}

# Creates an offer with a command over HTTP and waits for its outcome. Arguments: options of curl.
over_http() {
  local met
  met="$(curl -s -o "$WORK/over-http" -w '%{http_code}' -H 'Content-Type: application/json' -H 'Prefer: wait=30' "$@" \
    -d '{"offerType": "SAAS", "alias": "Over HTTP"}' \
    http://localhost:8090/offers/contoso/over-http/commands/CreateOffer)"
  [[ "$met" == 201 ]] || fail "expected 201 for a new offer, but met $met: $(cat "$WORK/over-http")"
  say "a command over HTTP is accepted"
}
mailed() { # text in a mail
  docker exec "$(container notifier)" grep -rlq "$1" /data/mails
}

# Publishes the first offer as docs/operations.md describes it. Arguments: how to run the command line.
first_offer() {
  grep -v GoLive samples/contoso-shift-planner.jsonl >"$WORK/submit.jsonl"
  grep GoLive samples/contoso-shift-planner.jsonl >"$WORK/go-live.jsonl"
  "$@" send --ignore-after "$WORK/submit.jsonl" >/dev/null
  await "the preview is ready" 120 notified PREVIEW_READY
  "$@" send --ignore-after "$WORK/go-live.jsonl" >/dev/null
  await "the offer is live" 120 status_is LIVE
  say "the first offer is live"
}
