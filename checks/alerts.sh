#!/usr/bin/env bash
# Checks and tests the alerts with Prometheus' own tool. In Debian: apt-get install prometheus.
set -euo pipefail
cd "$(dirname "$0")/../deploy"
promtool check rules alerts.yml
promtool test rules alerts.test.yml
