# What checks/compose.sh and checks/secured.sh share: a cluster is started, waited for, and taken down at the end.
# They source it in the folder of docker-compose.yml, with WORK (a folder for what is written) and FILES (what the
# cluster is described by) set. The first offer also takes what only they know, told and status_is.
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
last_words() { compose logs --tail 15 2>/dev/null | cut -c1-300 || true; } # there may be none

# KEEP=1 leaves the cluster as it is. The profile is named because down passes over those that are not.
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
    ((SECONDS < end)) || { last_words; fail "not within its time: $what"; }
    sleep 1
  done
}

# What else to start, in the profile observe.
start() {
  local began=$SECONDS
  say "starting"
  compose up -d >"$WORK/up.log" 2>&1 || { cat "$WORK/up.log"; last_words; fail "compose up"; }
  if (($# > 0)); then
    compose --profile observe up -d "$@" >>"$WORK/up.log" 2>&1 || { cat "$WORK/up.log"; fail "compose up $*"; }
  fi
  await "both instances work on their inputs" 300 healthy service-1
  await "both instances work on their inputs" 120 healthy service-2
  say "ready after $((SECONDS - began)) s"
}

# The first offer, as docs/operations.md tells it; the arguments are how to run the command line.
first_offer() {
  grep -v GoLive samples/contoso-shift-planner.jsonl >"$WORK/submit.jsonl"
  grep GoLive samples/contoso-shift-planner.jsonl >"$WORK/go-live.jsonl"
  "$@" send --ignore-after "$WORK/submit.jsonl" >/dev/null
  await "a preview to look at" 120 told PREVIEW_READY
  "$@" send --ignore-after "$WORK/go-live.jsonl" >/dev/null
  await "the offer is live" 120 status_is LIVE
  say "the first offer is live"
}
