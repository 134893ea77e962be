#!/usr/bin/env bash
# Creates certificates and passwords for development: a certificate authority, a certificate for brokers, a password for
# each role, and for each role the properties of a Kafka client. Never use them for anything else.
#
#   deploy/certificates.sh FOLDER [HOST ...]      hosts of the broker certificate, in addition to localhost
#
# OFFERFLOW_CERTIFICATE_DAYS: validity, by default 30; with -1 the certificate expired yesterday, to test the message.
# Needs the keytool of a JDK (JAVA_HOME or the PATH).
set -euo pipefail
folder="${1:?expected the folder to write to}"
shift
days="${OFFERFLOW_CERTIFICATE_DAYS:-30}"
keytool="${JAVA_HOME:+$JAVA_HOME/bin/}keytool"
# The names of io.offerflow.contract.Topic.Role, and the administrator.
readonly ROLES="publisher validator commerce support service status-reader replayer notifier gateway admin"

umask 077
mkdir -p "$folder/clients"
folder="$(cd "$folder" && pwd)"
password() { od -An -N18 -tx1 /dev/urandom | tr -d ' \n'; }

# keytool reads passwords from files, so that no command line shows one.
[[ -s "$folder/store.password" ]] || password >"$folder/store.password"
store="$(cat "$folder/store.password")"
kt() {
  "$keytool" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC "$@" -storepass:file "$folder/store.password" \
    -storetype PKCS12 2>"$folder/keytool.log" || { cat "$folder/keytool.log" >&2; exit 1; }
}

start=-1d
validity="$days"
if ((days < 0)); then
  start="$((days - 1))d"
  validity=1
fi
names="dns:localhost,ip:127.0.0.1"
for host in "$@"; do names+=",dns:$host"; done

rm -f "$folder"/authority.p12 "$folder"/broker.p12 "$folder"/trust.p12
kt -genkeypair -alias authority -keyalg EC -groupname secp256r1 -dname "CN=offerflow-development-authority" \
  -ext bc:critical=ca:true -ext ku=keyCertSign,cRLSign -startdate -3d -validity 3650 -keystore "$folder/authority.p12"
kt -exportcert -rfc -alias authority -keystore "$folder/authority.p12" -file "$folder/authority.pem"
kt -genkeypair -alias broker -keyalg EC -groupname secp256r1 -dname "CN=offerflow-broker" -keystore "$folder/broker.p12"
kt -certreq -alias broker -keystore "$folder/broker.p12" -file "$folder/broker.csr"
kt -gencert -rfc -alias authority -keystore "$folder/authority.p12" -ext "san=$names" \
  -ext eku=serverAuth,clientAuth -startdate "$start" -validity "$validity" \
  -infile "$folder/broker.csr" -outfile "$folder/broker.pem"
kt -importcert -noprompt -alias authority -keystore "$folder/broker.p12" -file "$folder/authority.pem"
kt -importcert -noprompt -alias broker -keystore "$folder/broker.p12" -file "$folder/broker.pem"
kt -importcert -noprompt -alias authority -keystore "$folder/trust.p12" -file "$folder/authority.pem"
rm -f "$folder/broker.csr" "$folder/keytool.log"

: >"$folder/passwords.properties"
for role in $ROLES; do
  secret="$(password)"
  printf '%s=%s\n' "$role" "$secret" >>"$folder/passwords.properties"
  cat >"$folder/clients/$role.properties" <<PROPERTIES
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="$role" password="$secret";
ssl.truststore.type=PKCS12
ssl.truststore.location=${OFFERFLOW_CERTIFICATE_MOUNT:-$folder}/trust.p12
ssl.truststore.password=$store
PROPERTIES
done
# For docker-compose.yml with deploy/secured.yml: settings of the brokers, the registry and our processes, and the tokens
# of the query API.
stores() {
  local mount="${OFFERFLOW_CERTIFICATE_MOUNT:-$folder}"
  printf '%s\n' "ssl.keystore.type=PKCS12" "ssl.keystore.location=$mount/broker.p12" "ssl.keystore.password=$store" \
    "ssl.key.password=$store" "ssl.truststore.type=PKCS12" "ssl.truststore.location=$mount/trust.p12" \
    "ssl.truststore.password=$store"
}
scram=org.apache.kafka.common.security.scram.ScramLoginModule
{
  stores
  cat <<PROPERTIES
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.inside.scram-sha-512.sasl.jaas.config=$scram required;
listener.name.outside.scram-sha-512.sasl.jaas.config=$scram required;
listener.name.brokers.ssl.client.auth=required
listener.name.controller.ssl.client.auth=required
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:CN=offerflow-broker
PROPERTIES
} >"$folder/broker.properties"
{ echo "security.protocol=SSL"; stores; } >"$folder/clients/broker.properties"
{ echo "security.protocol=SSL"; stores; } | while IFS='=' read -r name value; do
  prefix=security.
  [[ "$name" == security.* ]] && prefix=
  name="APICURIO_KAFKASQL_$prefix$name"
  name="${name^^}"
  printf '%s=%s\n' "${name//./_}" "$value"
done >"$folder/registry.env"
printf 'status-reader=%s\ncommerce=%s\n' "$(password)" "$(password)" >"$folder/tokens.properties"
{
  sed 's/^/kafka./' "$folder/clients/service.properties"
  echo "http.tokens=${OFFERFLOW_CERTIFICATE_MOUNT:-$folder}/tokens.properties"
} >"$folder/service.properties"
sed 's/^/kafka./' "$folder/clients/notifier.properties" >"$folder/notifier.properties"
{
  sed 's/^/kafka./' "$folder/clients/gateway.properties"
  # the gateway checks the rights of its callers itself, and reads with the token that may read most
  sed -n 's/^commerce=/query.token=/p' "$folder/tokens.properties"
} >"$folder/gateway.properties"
echo "Certificates for $names and the clients' properties are in $folder."
