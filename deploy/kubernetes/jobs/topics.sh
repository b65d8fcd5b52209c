#!/usr/bin/env bash
# Makes the topics that are not there, and sets the configuration of all. What is in them stays.
# The number of partitions is for ever: another one would map the keys anew and break their order.
set -euo pipefail

server=${KAFKA_BOOTSTRAP_SERVERS:?}
replicas=${TOPIC_REPLICAS:?}
in_sync=${TOPIC_MIN_IN_SYNC_REPLICAS:?}
bin=${KAFKA_BIN:-/opt/kafka/bin}

configuration=(
  cleanup.policy=delete
  retention.ms=-1
  retention.bytes=-1
  max.message.bytes=6291456
)

# name, partitions
topic() {
  "$bin/kafka-topics.sh" --bootstrap-server "$server" --create --if-not-exists --topic "$1" \
    --partitions "$2" --replication-factor "$replicas"
  "$bin/kafka-configs.sh" --bootstrap-server "$server" --alter --topic "$1" \
    --add-config "$(IFS=,; echo "${configuration[*]},min.insync.replicas=$in_sync")"
}

topic carelog.patient.changed.v1 24
topic carelog.encounter.changed.v1 24
topic carelog.access.recorded.v1 6
