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
# shellcheck source=tests/node.sh
. ../tests/node.sh
PATH="$PWD/node_modules/.bin:$PATH"

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

main "$@"; exit # read whole before it runs, so that it may be edited meanwhile
