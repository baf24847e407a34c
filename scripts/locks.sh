#!/usr/bin/env bash
# Pin every dependency again, by hash and without any host in the files. $1: the uv command.
set -euo pipefail
cd "$(dirname "$0")/.."
pin() {
  "${UV:-uv}" pip compile --quiet --generate-hashes --no-header --universal --fork-strategy fewest \
    --no-emit-index-url --no-emit-find-links --python-version "$1" --output-file "$2.txt" "${@:3}" "$2.in"
}
UV=${1:-uv}
pin 3.11 requirements-setup
pin 3.11 requirements
pin 3.11 requirements-spark
pin 3.12 requirements-pyodide-build
pin 3.14 requirements-pyodide-tests
pin 3.11 requirements-mutation --no-deps
pin 3.11 requirements-fuzz
pin 3.11 requirements-bench
pin 3.11 requirements-forward
pin 3.11 requirements-audit
npm install --package-lock-only --ignore-scripts
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --prefix scripts/bench/rivals
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --prefix scripts/bench/pages/rivals
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --prefix scripts/bench/lighthouse
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --prefix scripts/markup
