#!/usr/bin/env bash
# Runs the programs of docs/producing.md and docs/consuming.md as printed, with third-party clients: Kafka's and
# librdkafka's (Python, kcat), kafkajs, Confluent's registry client for Python and one for Node.
#
#   checks/clients.sh            against `./offerflow up` and its registry, then against Apicurio Registry
#   checks/clients.sh up         only against ./offerflow up
#   checks/clients.sh apicurio   only against Apicurio Registry
#
# Needs, in Debian: apt-get install python3-confluent-kafka python3-avro kcat; Node 20 or newer with npm; a JDK 21 or
# newer. Apicurio (160 MB) and the npm packages come from Maven Central and the npm registry. Everything listens on
# 127.0.0.1 on free ports and is written to checks/target.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly APICURIO=3.3.3
readonly WORK="$PWD/checks/target/clients"
readonly PYTHON=/usr/bin/python3
. checks/processes.sh

say() { printf '%s\n' "$*"; }

for needed in "$PYTHON" kcat node npm; do command -v "$needed" >/dev/null || fail "there is no $needed"; done
"$PYTHON" -c 'import avro.io, confluent_kafka.schema_registry' ||
  fail "there is no python3-confluent-kafka with python3-avro"
./offerflow --version >/dev/null # builds it
jdk="$(OFFERFLOW_SHOW_JDK=1 ./offerflow)"
jars="$PWD/producer-cli/target/offerflow.jar"
native=--enable-native-access=ALL-UNNAMED
mkdir -p checks/target
cp checks/package.json checks/target/
npm install --silent --no-audit --no-fund --ignore-scripts --prefix checks/target

# Extracts the programs from the documents and sets the addresses of broker and registry.
prepare() {
  rm -rf "$WORK"
  "$PYTHON" checks/clients/snippets.py "$WORK" docs/producing.md docs/consuming.md
  sed -i "s|http://localhost:8081|$registry|; s|localhost:9092|$broker|" "$WORK"/*.py "$WORK"/*.mjs "$WORK"/*.java
}

# Checks the predicates in three languages against the same cases.
predicates() {
  local cases=checks/clients/predicates.json
  "$PYTHON" -B checks/clients/check_predicates.py "$WORK" "$cases"
  node checks/clients/check_predicates.mjs "$WORK" "$cases"
  "$jdk/bin/javac" -cp "$jars" -d "$WORK/classes" "$WORK"/{EntitledVersion,Audience}.java \
    checks/clients/CheckPredicates.java
  "$jdk/bin/java" -cp "$WORK/classes:$jars" CheckPredicates "$cases"
  say "  the predicates hold in Java, Python and Node"
}

# Waits until a command has the expected number of outcomes. Arguments: command id, offer, number.
await_outcome() {
  local id="$1" offer="$2" count end=$((SECONDS + 60))
  until count="$(kcat -b "$broker" -C -t command-outcomes -e -q -X isolation.level=read_committed -f '%k %h %s\n' |
    grep -acF -- "$id")" && ((count >= $3)); do
    ((SECONDS < end)) || fail "command $id of $offer has $count outcomes, expected $3"
    sleep 0.5
  done
  say "  $offer: command $id was answered ${3} time(s)"
}

produce() {
  java_id="$("$jdk/bin/java" $native -cp "$jars" "$WORK/Produce.java" 2>"$WORK/Produce.err")" ||
    fail "$(cat "$WORK/Produce.err")"
  python_id="$("$PYTHON" "$WORK/produce.py")"
  node_id="$(KAFKAJS_NO_PARTITIONER_WARNING=1 node "$WORK/produce.mjs")"
  await_outcome "$java_id" contoso/made-in-java 1
  await_outcome "$python_id" contoso/made-in-python 1
  await_outcome "$node_id" contoso/made-in-node 1
  # kcat sends the same bytes again: a duplicate
  kcat -b "$broker" -C -t offer-commands -e -q -D '' -f '%s' -o beginning -c 1 \
    -p "$(partition_of contoso/made-in-python)" >"$WORK/command.bin"
  kcat -b "$broker" -P -t offer-commands -k "$(key_in "$WORK/command.bin")" -X partitioner=murmur2_random \
    "$WORK/command.bin"
  await_outcome "$(id_in "$WORK/command.bin")" "$(key_in "$WORK/command.bin") by kcat" 2
}

partition_of() {
  kcat -b "$broker" -C -t offer-commands -e -q -f '%k %p\n' | awk -v key="$1" '$1 == key {print $2; exit}'
}
# The envelope begins with the id, the publisher and the offer, each prefixed with its length.
id_in() { tail -c +7 "$1" | head -c 36; }
key_in() {
  "$PYTHON" -c 'import sys
rest = open(sys.argv[1], "rb").read()[42:]
end = 1 + rest[0] // 2
print(rest[1:end].decode() + "/" + rest[end + 1:end + 1 + rest[end] // 2].decode())' "$1"
}

# Runs each consumer until it has read what was produced; Python and Node also the notification of the sample.
consume() {
  local name offer
  start "$WORK/java.log" "$jdk/bin/java" $native -cp "$jars" "$WORK/Consume.java"
  start "$WORK/python.log" "$PYTHON" "$WORK/consume.py"
  start "$WORK/node.log" node "$WORK/consume.mjs"
  for name in java python node; do
    for offer in java python node; do await_line "$WORK/$name.log" "contoso/made-in-$offer .*DRAFT"; done
    say "  read by $name: the rows of all three offers"
  done
  for name in python node; do
    await_line "$WORK/$name.log" '^notifications contoso/shift-planner [a-z-]+-[0-9]+@[0-9]+#[0-9]+ .*PREVIEW_READY'
    await_line "$WORK/$name.log" 'offer-status northwind/tasting-room .*is gone|northwind/tasting-room is gone'
    say "  read by $name: a notification with its ce_id, and a tombstone"
  done
}

# Checks the headers with kcat, which does not decode Avro.
headers() {
  kcat -b "$broker" -C -t notifications -e -q -X isolation.level=read_committed -f '%h\n' >"$WORK/headers.txt"
  local expected='^ce_specversion=1\.0,ce_id=[^,]+,ce_source=/offerflow,ce_type=io\.offerflow\.avro\.Notification'
  grep -qE "$expected,ce_time=[^,]+,content-type=application/avro" "$WORK/headers.txt" ||
    fail "kcat saw other headers: $(cat "$WORK/headers.txt")"
  say "  read by kcat: the CloudEvents headers of notifications"
}

samples() {
  local feed
  for feed in contoso-shift-planner northwind-tasting-room; do
    ./offerflow send --ignore-after "samples/$feed.jsonl" --bootstrap-servers "$broker" --registry-url "$registry" \
      >/dev/null 2>"$WORK/send.err" || fail "$(cat "$WORK/send.err")"
  done
}

all_clients() {
  samples
  produce
  consume
  headers
  predicates
  end_all
}

against_up() {
  local log=checks/target/up.log
  start "$log" ./offerflow up --broker-port 0 --registry-port 0 --http-port 0 --pace 100
  await_line "$log" 'Running until'
  broker="$(word_after broker "$log")"
  registry="$(word_after registry "$log")"
  say "Against ./offerflow up: broker $broker, registry $registry"
  prepare
  all_clients
}

against_apicurio() {
  local home=checks/target/apicurio-$APICURIO port hold
  if [[ ! -f "$home/quarkus-run.jar" ]]; then
    ./mvnw -B -q -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
      -Dartifact=io.apicurio:apicurio-registry-app:$APICURIO:tar.gz:all -DoutputDirectory="$PWD/checks/target"
    mkdir -p "$home"
    tar xzf "checks/target/apicurio-registry-app-$APICURIO-all.tar.gz" -C "$home"
  fi
  port="$(free_port)"
  start checks/target/apicurio.log "$jdk/bin/java" -Xmx512m -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$port" \
    -Dquarkus.management.enabled=false -jar "$home/quarkus-run.jar"
  registry="http://127.0.0.1:$port/apis/ccompat/v7"
  hold=checks/target/broker.hold
  rm -f "$hold"
  mkfifo "$hold"
  "$jdk/bin/java" $native -Xmx512m -cp "$jars" checks/clients/Broker.java >checks/target/broker.log 2>&1 <>"$hold" &
  running+=($!)
  await_line checks/target/broker.log '^  broker'
  broker="$(word_after broker checks/target/broker.log)"
  await_line checks/target/apicurio.log 'Listening on|started in'
  say "Against Apicurio Registry $APICURIO: broker $broker, registry $registry"
  prepare
  start checks/target/service.log ./offerflow service --set bootstrap.servers="$broker" \
    --set schema.registry.url="$registry" --set state.dir="$WORK/state" --set http.port=0
  await_subjects
  start checks/target/simulate.log ./offerflow simulate --delay 100 --bootstrap-servers "$broker" \
    --registry-url "$registry"
  all_clients
}

# The service has registered its schemas when the last subject of the catalogue is there.
await_subjects() {
  local end=$((SECONDS + 90))
  local url="$registry/subjects/quarantine-value/versions"
  until node -e 'fetch(process.argv[1]).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$url"; do
    ((SECONDS < end)) || { tail -n 20 checks/target/service.log >&2; fail "no schemas were registered at $registry"; }
    sleep 0.5
  done
}

case "${1:-all}" in
  up) against_up ;;
  apicurio) against_apicurio ;;
  all) against_up && against_apicurio ;;
  *) fail "expected up, apicurio or nothing, but got $1" ;;
esac
say "All clients read and wrote as documented."
