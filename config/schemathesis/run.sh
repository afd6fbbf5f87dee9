#!/usr/bin/env bash
# Holds the API to its description, without tokens and with them; README.md beside this file says what is not counted.
#   config/schemathesis/run.sh            from a checkout; QUPERSYNC names another launcher, SCHEMATHESIS another schemathesis
#   config/schemathesis/run.sh URL [TOKEN]   against a service that runs already
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
examples=${EXAMPLES:-50}
schemathesis=${SCHEMATHESIS:-schemathesis}

# what schemathesis remembers of its findings does not belong into the checkout
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

check() { # url [token]
  local header=()
  [ $# -lt 2 ] || header=(--header "Authorization: Bearer $2")
  "$schemathesis" --config-file "$here/schemathesis.toml" run "$1/openapi.json" --url "$1" --phases examples,fuzzing \
    --max-examples "$examples" --workers 2 --exclude-path /api/v1/events --no-color "${header[@]}"
}

if [ $# -gt 0 ]; then
  check "$@"
  exit
fi

qupersync=${QUPERSYNC:-$here/../../qupersync}
demo= serve=
trap 'kill $serve $demo 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

await() { # file pattern
  for _ in $(seq 300); do
    grep -aq "$2" "$1" && return
    sleep 1
  done
  echo "no '$2' in $1 within five minutes:" >&2
  tail -20 "$1" >&2
  exit 3
}

"$qupersync" demo > "$work/demo.log" 2>&1 &
demo=$!
await "$work/demo.log" "tells the rest"
url=$(grep -ao 'http://127.0.0.1:[0-9]*' "$work/demo.log" | head -1)
echo "== without tokens: $url"
check "$url"

eval "$(grep -a '^ *export [A-Z_]*=' "$work/demo.log")"
cat > "$work/qupersync.yaml" <<YAML
server: { port: 18080, tokens: [ { name: tests, token: "schemathesis-operator", role: operator } ] }
YAML
"$qupersync" serve --config "$work/qupersync.yaml" > "$work/serve.log" 2>&1 &
serve=$!
await "$work/serve.log" "serving"
echo "== with tokens: http://127.0.0.1:18080"
check http://127.0.0.1:18080 schemathesis-operator
echo "nothing found"
