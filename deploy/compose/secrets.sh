#!/usr/bin/env bash
# Makes the secrets of this deployment where they are not there yet: passwords of the databases' roles, secrets of the
# realm's clients, the broker's password, keys. They stay outside of the repository; who has the directory has the system.
# usage: secrets.sh [directory]
set -euo pipefail
umask 077

directory=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)/secrets}
if [ -e "$directory" ]; then
  echo "There are secrets in $directory; they stay as they are." >&2
  exit 0
fi

password() { head -c 24 /dev/urandom | base64 | tr '+/' '-_' | tr -d '='; }
key() { head -c 32 /dev/urandom | base64; }

unfinished=$(mktemp -d "$(dirname "$directory")/secrets.XXXXXX")
trap 'rm -rf "$unfinished"' EXIT
cd "$unfinished"

password >postgres-superuser
{
  echo "KC_DB_PASSWORD=$(password)"
  echo "KC_BOOTSTRAP_ADMIN_USERNAME=admin"
  echo "KC_BOOTSTRAP_ADMIN_PASSWORD=$(password)"
  echo "CARELOG_SECRET_LOADER=$(password)"
  echo "CARELOG_SECRET_INTEGRATION_ENGINE=$(password)"
} >keycloak.env

platform=$(password)
login="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"platform\" password=\"$platform\""
for listener in PLATFORM CONTROLLER; do
  echo "KAFKA_LISTENER_NAME_${listener}_PLAIN_SASL_JAAS_CONFIG='$login user_platform=\"$platform\";'"
done >kafka.env
printf '%s\n' security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN "sasl.jaas.config=$login;" >kafka-administrator

for subject in patient encounter audit; do
  client=$(password)
  echo "quarkus.datasource.password=$(password)" >$subject-owner.properties
  {
    echo "quarkus.datasource.password=$(password)"
    echo "quarkus.oidc-client.credentials.secret=$client"
    echo "carelog.search.page-key=$(key)"
    if [ $subject = audit ]; then echo "carelog.checkpoint.key=$(key)"; fi
  } >$subject-service.properties
  echo "CARELOG_SECRET_$(echo $subject | tr '[:lower:]' '[:upper:]')_SERVICE=$client" >>keycloak.env
done

# Each container has a user of its own, and sees its files alone. On this machine the directory keeps the others out.
chmod 444 ./*
chmod 700 .
mv "$unfinished" "$directory"
trap - EXIT
echo "The secrets are in $directory"
