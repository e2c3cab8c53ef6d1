#!/usr/bin/env bash
# Clients that others would generate from docs/openapi.json, in TypeScript and in Python: they must compile, and a check
# through them must deny before a consent, allow after it, and deny after the withdrawal. Against `samtycke dev`.
#
#   tests/clients.sh
#
# SAMTYCKE_BIN names the binary; without it target/debug/samtycke is used. Node, Python's venv and the generators are
# installed when they are missing: the generators below target/clients, as package-lock.json and requirements.txt pin them.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh
# shellcheck source=tests/node.sh
. tests/node.sh

readonly python_version_min=3.11 # of openapi-python-client
readonly dev_wait_s_max=60

dev_pid=''

main() {
    local start
    target=$(target_dir)
    work=$target/clients
    binary=${SAMTYCKE_BIN:-$target/debug/samtycke}
    [ -x "$binary" ] || fail "$binary is missing: run cargo build -p samtycke-cli, or set SAMTYCKE_BIN"
    # The server takes no setting that it does not know.
    unset SAMTYCKE_BIN
    trap finish EXIT

    typescript_install
    python_install
    start=$(now_ms)
    typescript_make
    python_make
    say "both clients are generated and compile, $(seconds_since "$start") s"

    dev_start
    SAMTYCKE_DEV=$work/dev.json node "$work/typescript/out/record-and-check.js"
    SAMTYCKE_DEV=$work/dev.json PYTHONPATH=$work/python "$work/venv/bin/python" "$work/python/record_and_check.py"
    say "clients: each is denied before a consent, allowed after it, and denied after the withdrawal"
}

# --- TypeScript -------------------------------------------------------------------------------------------------------

typescript_install() {
    node_require
    mkdir -p "$work/typescript"
    cp tests/clients/{package.json,package-lock.json,.npmrc,tsconfig.json,record-and-check.ts} "$work/typescript/"
    (cd "$work/typescript" && packages_require)
}

typescript_make() {
    local openapi=$PWD/docs/openapi.json
    (
        cd "$work/typescript"
        rm -rf out api.d.ts
        offline node_modules/.bin/openapi-typescript "$openapi" --output api.d.ts >generator.log 2>&1 ||
            fail "openapi-typescript: $(tail -n 20 generator.log)"
        offline node_modules/.bin/tsc -p .
    )
}

# --- Python -----------------------------------------------------------------------------------------------------------

python_install() {
    local stamp=$work/venv/.samtycke-stamp want start found
    have python3 || apt_install Python python3
    found=$(python3 --version | awk '{print $2}')
    at_least "$found" "$python_version_min" || fail "Python $python_version_min or newer is needed, and this is $found"
    want="$(sha256sum tests/clients/requirements.txt) $found"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi
    start=$(now_ms)
    python3 -c 'import ensurepip' 2>/dev/null || apt_install "Python's venv" python3-venv
    rm -rf "$work/venv"
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" --disable-pip-version-check -q install --require-hashes --only-binary=:all: \
        -r tests/clients/requirements.txt
    printf '%s\n' "$want" >"$stamp"
    say "Python packages installed, $(seconds_since "$start") s"
}

python_make() {
    local bin=$work/venv/bin log=$work/python.log
    rm -rf "$work/python"
    mkdir -p "$work/python"
    cp tests/clients/record_and_check.py "$work/python/"
    # A warning says that a route or a body has been left out.
    offline "$bin/openapi-python-client" generate --path docs/openapi.json --config tests/clients/python.yml \
        --meta none --output-path "$work/python/samtycke_api" --fail-on-warning >"$log" 2>&1 ||
        fail "openapi-python-client: $(tail -n 40 "$log")"
    (cd "$work/python" && offline "$bin/mypy" --strict --no-error-summary --cache-dir "$work/mypy" .)
}

# --- the server -------------------------------------------------------------------------------------------------------

# Its first line says where it is, and by which keys it is called.
dev_start() {
    local said='' out
    exec {out}< <(exec "$binary" dev --json)
    dev_pid=$!
    read -r -t "$dev_wait_s_max" said <&"$out" || fail "samtycke dev said nothing in $dev_wait_s_max s"
    (umask 077 && printf '%s\n' "$said" >"$work/dev.json")
}

finish() {
    [ -z "$dev_pid" ] || kill "$dev_pid" 2>/dev/null || true
    wait || true
}

main "$@"; exit # read whole before it runs, so that it may be edited meanwhile
