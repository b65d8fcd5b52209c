#!/usr/bin/env bash
# A database for each service and for Keycloak. A service's database has an owner, who migrates, and a runtime role, which
# owns nothing and has what the migrations grant it. The image runs this once, as long as its volume is empty.
set -euo pipefail

secrets=${SECRETS:-/run/secrets}

# The value of a line KEY=value.
value() { sed -n "s/^$2=//p" "$secrets/$1"; }

sql() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" "$@"; }

# name, owner, the owner's password
database() {
  PASSWORD=$3 sql --dbname postgres --set name="$1" --set owner="$2" <<'SQL'
\getenv password PASSWORD
create role :"owner" login password :'password';
create database :"name" owner :"owner";
revoke all on database :"name" from public;
SQL
  sql --dbname "$1" --set owner="$2" <<'SQL'
alter schema public owner to :"owner";
revoke all on schema public from public;
SQL
}

# database, role, its password
runtime_role() {
  PASSWORD=$3 sql --dbname "$1" --set name="$1" --set role="$2" <<'SQL'
\getenv password PASSWORD
create role :"role" login password :'password';
grant connect on database :"name" to :"role";
grant usage on schema public to :"role";
SQL
}

for subject in patient encounter audit; do
  database $subject ${subject}_owner "$(value $subject-owner.properties quarkus.datasource.password)"
  runtime_role $subject ${subject}_service "$(value $subject-service.properties quarkus.datasource.password)"
done
database keycloak keycloak "$(value keycloak.env KC_DB_PASSWORD)"
