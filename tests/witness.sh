#!/usr/bin/env bash
# A witness that others wrote (c2sp.org/tlog-witness): PyPI's aics-witness, and its verifier aics-tlog.
#
#   tests/witness.sh aics-witness serve --config FILE
#   tests/witness.sh aics-tlog verify-checkpoint --note FILE ...
#
# tests/it/witness_theirs.rs calls it. Python's venv and the packages are installed when they are missing, below target/witness, as
# tests/witness/requirements.txt pins them.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

readonly python_version_min=3.11

main() {
    local work
    [ $# -ge 1 ] || fail "usage: tests/witness.sh aics-witness|aics-tlog [ARGUMENT...]"
    work=$(target_dir)/witness
    mkdir -p "$work"
    # Two tests may be here at once, and one install is enough.
    exec {lock}>"$work/lock"
    flock "$lock"
    install_packages "$work"
    exec {lock}>&-
    exec "$work/venv/bin/$1" "${@:2}"
}

install_packages() { # WORK
    local work=$1 stamp=$1/venv/.samtycke-stamp want start found
    have python3 || apt_install Python python3
    found=$(python3 --version | awk '{print $2}')
    at_least "$found" "$python_version_min" || fail "Python $python_version_min or newer is needed, and this is $found"
    # With the folder: a venv names its own place, and does not work where it was moved to.
    want="$(sha256sum tests/witness/requirements.txt) $found $work"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi
    start=$(now_ms)
    python3 -c 'import ensurepip' 2>/dev/null || apt_install "Python's venv" python3-venv
    rm -rf "$work/venv"
    python3 -m venv "$work/venv"
    # The package says 3.12, which Debian 12 does not have; nothing in it needs more than 3.11.
    "$work/venv/bin/pip" --disable-pip-version-check -q install --ignore-requires-python --require-hashes \
        --only-binary=:all: -r tests/witness/requirements.txt >&2
    printf '%s\n' "$want" >"$stamp"
    say "A witness was installed, $(seconds_since "$start") s"
}

main "$@"; exit
