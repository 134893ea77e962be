#!/usr/bin/env bash
# Runs docker-compose.yml with deploy/secured.yml: the first offer goes live with the rights of its roles, other access
# is denied, and the query API requires a token.
#
#   checks/secured.sh      writes ./secrets if missing; stops the cluster at the end, KEEP=1 leaves it running
#
# Needs what checks/compose.sh needs. Run it as root or as user 1000, because the containers read ./secrets as user
# 1000.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly WORK="$PWD/checks/target/secured"
readonly FILES=(docker-compose.yml deploy/secured.yml)
source checks/cluster.sh

as() { # role, verb ...
  local role="$1"
  shift
  ./offerflow "$@" --config "secrets/clients/$role.properties"
}
notified() {
  as status-reader tail notifications --from-beginning --exit-at-end -o jsonl 2>"$WORK/tail.err" | grep -q "$1"
}
code() { # path, token: prints the status of the response
  curl -s -o "$WORK/answer" -w '%{http_code}' ${2:+-H @<(echo "Authorization: Bearer $2")} "http://localhost:8082$1"
}
status_is() {
  code /offers/contoso/shift-planner "$reader" >/dev/null && grep -q "\"status\" *: *\"$1\"" "$WORK/answer"
}
expect() { [[ "$1" == "$2" ]] || fail "$3: expected $1, but got $2"; }
denied() { # role, topic, verb ...
  local role="$1" topic="$2"
  shift 2
  if as "$role" "$@" >"$WORK/denied.out" 2>"$WORK/denied.err"; then fail "$role may do: $*"; fi
  grep -q "$topic" "$WORK/denied.err" || fail "$role is denied $*, but not for $topic: $(cat "$WORK/denied.err")"
  say "denied: $(head -c 200 "$WORK/denied.err")"
}

./offerflow --version >/dev/null
if [[ ! -d secrets ]]; then
  JAVA_HOME="$(OFFERFLOW_SHOW_JDK=1 ./offerflow)" deploy/certificates.sh secrets kafka-1 kafka-2 kafka-3
fi
reader="$(sed -n 's/^status-reader=//p' secrets/tokens.properties)"
commerce="$(sed -n 's/^commerce=//p' secrets/tokens.properties)"

token="$(deploy/token.sh secrets ada publisher contoso)"
stranger="$(deploy/token.sh secrets eve publisher fabrikam)"
if ((EUID == 0)); then chown -R 1000 secrets; fi

start
as support recipients set contoso --to ann@contoso.example
first_offer as publisher
await "a mail is about the offer" 60 mailed 'contoso/shift-planner'
gateway() { # token: prints the status of a command without effect
  curl -s -o "$WORK/answer" -w '%{http_code}' -X POST ${1:+-H @<(echo "Authorization: Bearer $1")} \
    'http://localhost:8090/offers/contoso/shift-planner/commands/SubmitOffer?dryRun=true'
}
over_http -H @<(echo "Authorization: Bearer $token")
expect 401 "$(gateway)" "a command without a token"
expect 404 "$(gateway "$stranger")" "a command for the offer of another publisher"
expect 200 "$(curl -s -o "$WORK/answer" -w '%{http_code}' -H @<(echo "Authorization: Bearer $token") \
  http://localhost:8090/offers/contoso/shift-planner)" "a read through the gateway"

denied status-reader audience-members tail audience-members --from-beginning --exit-at-end
denied commerce offer-commands send --ignore-after "$WORK/go-live.jsonl"
denied publisher offer-journal tail offer-journal --from-beginning --exit-at-end
if ./offerflow tail offer-status --from-beginning --exit-at-end >"$WORK/plain.out" 2>"$WORK/plain.err"; then
  fail "a client without a password reads offer-status"
fi
say "denied: $(head -c 200 "$WORK/plain.err")"

customer=/offers/contoso/shift-planner/entitlements/basic/10000000-2000-3000-4000-500000000000
expect 401 "$(code /offers/contoso/shift-planner)" "without a token"
expect 401 "$(code /offers/contoso/shift-planner guessed-guessed-guessed)" "with another token"
expect 200 "$(code /offers/contoso/shift-planner "$reader")" "with a status reader's token"
expect 403 "$(code "$customer" "$reader")" "a status reader about a customer"
expect 200 "$(code "$customer" "$commerce")" "commerce about a customer"
expect 200 "$(code /health/ready)" "health"

# Logs must not contain secrets.
compose logs --no-color >"$WORK/logs" 2>&1
while IFS='=' read -r role secret; do
  if grep -qF "$secret" "$WORK/logs"; then fail "the logs show the secret of $role"; fi
done < <(cat secrets/{passwords,tokens}.properties; printf 'stores=%s\nada=%s\n' "$(cat secrets/store.password)" "$token")
say "each role can do what it may and nothing else; $(wc -l <"$WORK/logs") log lines have no secret"
