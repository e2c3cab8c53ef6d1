#!/usr/bin/env bash
# Reads a log with somebody else's code: golang.org/x/mod/sumdb, which the Go project checks its modules with.
#
#   tests/readers.sh PREFIX VKEY
#
# PREFIX is the log's address, such as http://localhost:8080/v1/logs/ID. tests/it/log_http.rs calls it. Go and the package
# are installed when they are missing (Debian: golang-go, golang-golang-x-mod-dev).
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

readonly packages=/usr/share/gocode # where Debian keeps the sources of Go packages

main() {
    local work
    [ $# -eq 2 ] || fail "usage: tests/readers.sh PREFIX VKEY"
    work=$(target_dir)/readers
    mkdir -p "$work"
    # Two tests may be here at once, and one install or build is enough.
    exec {lock}>"$work/lock"
    flock "$lock"
    have go || apt_install Go golang-go
    [ -d "$packages/src/golang.org/x/mod/sumdb" ] || apt_install "golang.org/x/mod" golang-golang-x-mod-dev
    if [ ! -x "$work/reader" ] || [ tests/readers/main.go -nt "$work/reader" ]; then
        GO111MODULE=off GOPATH=$packages GOCACHE=$work/cache GOFLAGS='' go build -o "$work/reader" ./tests/readers/main.go
    fi
    exec {lock}>&-
    exec "$work/reader" "$@"
}

main "$@"; exit
