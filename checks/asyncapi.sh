#!/usr/bin/env bash
# Validates docs/asyncapi.yaml with AsyncAPI's own parser. Needs Node 20 or newer and npm.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p target
cp package.json target/
npm install --silent --no-audit --no-fund --ignore-scripts --prefix target
exec node asyncapi.mjs "${1:-../docs/asyncapi.yaml}"
