#!/usr/bin/env bash
# Makes the topics that are not there, sets the configuration of all, and grants to each client what it may do. What is in
# the topics stays.
# The number of partitions is for ever: another one would map the keys anew and break their order.
set -euo pipefail

server=${KAFKA_BOOTSTRAP_SERVERS:?}
administrator=${KAFKA_ADMINISTRATOR:?a file with the settings of a client that may do all this}
replicas=${TOPIC_REPLICAS:?}
in_sync=${TOPIC_MIN_IN_SYNC_REPLICAS:?}
bin=${KAFKA_BIN:-/opt/kafka/bin}

# how long the changed topics keep their events: 30 days
retention=${EVENTS_RETENTION_MS:-2592000000}

events=cleanup.policy=delete,retention.ms=$retention,retention.bytes=-1
record=cleanup.policy=delete,retention.ms=-1,retention.bytes=-1
state=cleanup.policy=compact

# name, partitions, how it keeps what is in it
topic() {
  "$bin/kafka-topics.sh" --bootstrap-server "$server" --command-config "$administrator" --create --if-not-exists --topic "$1" \
    --partitions "$2" --replication-factor "$replicas"
  "$bin/kafka-configs.sh" --bootstrap-server "$server" --command-config "$administrator" --alter --topic "$1" \
    --add-config "$3,max.message.bytes=6291456,min.insync.replicas=$in_sync"
}

topic carelog.patient.changed.v1 24 "$events"
topic carelog.encounter.changed.v1 24 "$events"
topic carelog.patient.state.v1 24 "$state"
topic carelog.encounter.state.v1 24 "$state"
topic carelog.access.recorded.v1 6 "$record"
topic carelog.audit.checkpoint.v1 1 "$record"

allow() {
  "$bin/kafka-acls.sh" --bootstrap-server "$server" --command-config "$administrator" --add \
    --allow-principal "User:$1" "${@:2}"
}
grant() { allow "$1" --resource-pattern-type prefixed "${@:2}"; }

# client, what the names of the topics begin with; who reads has the groups whose names begin with its own, who writes the
# transactions that are named as the topics are
reads() { grant "$1" --operation Read --topic "$2" --group "$1"; }
writes() { grant "$1" --operation Write --topic "$2" --transactional-id "$2"; }
# sees how far all groups are, and nothing that is in the topics
watches() {
  grant "$1" --operation Describe --topic "$2"
  allow "$1" --operation Describe --group '*'
}

reads patient-service carelog.encounter.
writes patient-service carelog.patient.
writes patient-service carelog.access.
reads encounter-service carelog.patient.
writes encounter-service carelog.encounter.
writes encounter-service carelog.access.
reads audit-service carelog.access.
writes audit-service carelog.access.
writes audit-service carelog.audit.
watches audit-service carelog.patient.
watches audit-service carelog.encounter.
reads integration-engine carelog.patient.
reads integration-engine carelog.encounter.
