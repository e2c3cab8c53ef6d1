# Shared by the scripts of this folder and by .ci/run: how they speak, and how they install what is missing.
# shellcheck shell=bash

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'
else
    bold='' dim='' red='' green='' yellow='' plain=''
fi
export bold dim red green yellow plain

have() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "$*" >&2; }
fail() {
    printf '%s%s%s\n' "$red" "$*" "$plain" >&2
    exit 1
}

at_least() { # VERSION MINIMUM
    [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

# Where cargo builds this tree; tools that we install are beside it, in target/tools.
target_dir() {
    cargo metadata --format-version 1 --no-deps --offline | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}

# Milliseconds of a clock that is good for differences.
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
seconds_since() { # START_MS -> "12.3"
    local ms=$(($(now_ms) - $1))
    printf '%d.%d' $((ms / 1000)) $((ms % 1000 / 100))
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() { have apt-get && as_root true 2>/dev/null; }

# Installs the first of the named Debian packages that can be had. Works as root and for whoever may use sudo without
# a password; everybody else is told the one command to run.
apt_install() { # WHAT-FOR PACKAGE [OTHER-PACKAGE...]
    local what=$1 package log start
    shift
    if ! have apt-get; then
        fail "$what is missing and there is no apt-get here: install it (on Debian: $1) and run this again"
    fi
    if ! can_install; then
        fail "$what is missing and cannot be installed without a password. Run this once, then try again:
    sudo apt-get update && sudo apt-get install -y $1"
    fi
    log=$(mktemp)
    for package in "$@"; do
        start=$(now_ms)
        printf '%s is missing: installing %s, about half a minute ... ' "$what" "$package" >&2
        # The lists may be absent or stale on a fresh machine, hence the update; another apt-get may hold the lock.
        if as_root apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 </dev/null &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
                -o DPkg::Lock::Timeout=300 install "$package" >>"$log" 2>&1 </dev/null; then
            say "$(seconds_since "$start") s"
            rm -f "$log"
            return
        fi
        say "${red}no${plain}"
    done
    tail -n 15 "$log" >&2
    rm -f "$log"
    fail "$what could not be installed; above is what apt-get said. By hand: apt-get install $1"
}
