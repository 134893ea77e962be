#!/bin/bash
# Starts the stand-in for Kafka's image as the image does: takes settings from the environment, formats the disk once.
set -euo pipefail
if ! said="$(java -Xmx256m -cp '/opt/kafka/libs/*' kafka.docker.KafkaDockerWrapper setup \
  --default-configs-dir /etc/kafka/docker --mounted-configs-dir /mnt/shared/config \
  --final-configs-dir /opt/kafka/config 2>&1)" && [[ "$said" != *"already formatted"* ]]; then
  echo "$said" >&2
  exit 1
fi
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} -cp '/opt/kafka/libs/*' kafka.Kafka /opt/kafka/config/server.properties
