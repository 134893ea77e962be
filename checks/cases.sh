#!/usr/bin/env bash
# Does to a running marketplace what comes from outside in practice: records that clients of other makers can write,
# damaged topics, wrong files, hostile text, full disks. Fails with the name of each case where the behaviour is not
# right.
#
#   checks/cases.sh            all cases: C1 to C21, about ten minutes
#   checks/cases.sh C1 C10     these
#
# Needs, in Debian: apt-get install python3-confluent-kafka python3-avro; a JDK 21 or newer. Everything listens on
# 127.0.0.1 on free ports and is written to checks/target/cases. Every process that it starts ends with it.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly PYTHON=/usr/bin/python3
"$PYTHON" -c 'import avro.io, confluent_kafka' || {
  echo "There is no python3-confluent-kafka with python3-avro." >&2
  exit 1
}
rm -rf checks/target/cases
mkdir -p checks/target/cases
./offerflow --version >/dev/null # builds it
CASES_JDK="$(OFFERFLOW_SHOW_JDK=1 ./offerflow)"
export CASES_JDK
unset OFFERFLOW_SHOW_JDK
exec "$PYTHON" -B checks/cases/cases.py "$@"
