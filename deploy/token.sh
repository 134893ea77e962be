#!/usr/bin/env bash
# Signs a token for the gateway of deploy/secured.yml, in place of an identity provider. For development only.
#
#   deploy/token.sh FOLDER NAME ROLES [PUBLISHERS]      prints a token that is valid for a day; lists are in quotes
#
# The first call creates the key, FOLDER.identity.key, and its public half, FOLDER/identity/jwks.json. Containers read the
# folder, so the key is not in it. Needs openssl.
set -euo pipefail
folder="${1:?expected the folder of the key}"
name="${2:?expected the name of the caller}"
roles="${3:?expected its roles}"
publishers="${4:-}"
readonly ISSUER=http://identity:8080/

umask 077
url64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
key="${folder%/}.identity.key"
if [[ ! -s "$key" || ! -s "$folder/identity/jwks.json" ]]; then
  mkdir -p "$folder/identity"
  openssl genrsa -out "$key" 2048 2>/dev/null
  modulus="$(openssl rsa -in "$key" -noout -modulus | sed 's/^Modulus=//; s/../\\x&/g')"
  # shellcheck disable=SC2059
  printf '{"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "development", "e": "AQAB", "n": "%s"}]}\n' \
    "$(printf "$modulus" | url64)" >"$folder/identity/jwks.json"
fi
now="$(date +%s)"
content="$(printf '{"alg":"RS256","kid":"development","typ":"JWT"}' | url64).$(
  printf '{"iss":"%s","aud":"offerflow","sub":"%s","roles":"%s","publishers":"%s","iat":%d,"exp":%d}' \
    "$ISSUER" "$name" "$roles" "$publishers" "$now" $((now + 86400)) | url64)"
printf '%s.%s\n' "$content" "$(printf '%s' "$content" | openssl dgst -sha256 -sign "$key" | url64)"
