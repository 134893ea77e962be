#!/usr/bin/env bash
# Has Prometheus' own tool read the alerts and try them. In Debian: apt-get install prometheus.
set -euo pipefail
cd "$(dirname "$0")/../deploy"
promtool check rules alerts.yml
promtool test rules alerts.test.yml
