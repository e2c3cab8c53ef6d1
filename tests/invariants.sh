#!/usr/bin/env bash
# Rules about the text of the tree that no compiler checks, one line each. ARCHITECTURE.md, "Invariants", has the rest:
# those are tests. Exits 1 when a rule is broken; a warning only warns.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

readonly file_lines_max=500
# What a reader of the field would not understand at first sight, and the compiler would take again.
readonly retired_names='Act|BatchAnswer|CheckAnswer|HistoryAnswer|KeyAnswer|RecordAnswer|SiteAnswer|SubjectAnswer|UseAnswer|Answering|Chance|Manners|Nature|Planned|StepLayer|Stepped|SystemChance|must_be|must_hold|must_write|say_token_lost'
readonly retired_js_names='Asker|Box|Chance|Fate|Gone|Saying|askedOf|askerFor|disown|fateOf|givenOf|leftOut|ourValues|parseBox|startsOn|toAsk|wordsOf|writeBox'

holding=0 broken=0 warnings=0
xtask=''

main() {
    # Whatever finds nothing because it looked at nothing must not pass for a rule that holds.
    local place core_tree
    for place in server sdk-rust/core/src sdk-rust/src tests; do
        [ -n "$(rust_files "$place")" ] || fail "there is no Rust in $place: these rules must follow the layout"
    done
    cargo build --locked -q -p samtycke-xtask
    xtask="$(target_dir)/debug/samtycke-xtask"
    core_tree=$(cargo tree --locked -p samtycke-core -e normal,build --prefix none)

    rule "sqlx is named only in server/store" \
        "$(rust_text server sdk-rust | grep -vE '^server/store/' | grep -E '\bsqlx::|\buse sqlx\b')"

    rule "the clock is asked only in clock.rs and main.rs" \
        "$(rust_text server sdk-rust | outside_clock |
            grep -E '\b(SystemTime|Instant|Timestamp|Zoned|Utc|Local|OffsetDateTime)::now\b')"

    rule "random numbers are taken only in clock.rs and main.rs" \
        "$(rust_text server sdk-rust | outside_clock |
            grep -E '\b(getrandom|fastrand)::|\brand::|\b(OsRng|SysRng|ThreadRng)\b|\bthread_rng\b|\bUuid::(now_v[67]|new_v[14])\b')"

    rule "no database is asked what time it is" \
        "$({
            rust_text server/store
            sql_text
        } | grep -iE '(^|[^.:_[:alnum:]])now\(\)|current_(timestamp|date|time)\b|clock_timestamp|strftime|julianday|unixepoch')"

    rule "samtycke-core has no runtime, driver or HTTP in its tree" \
        "$(grep <<<"$core_tree" -E '^(tokio|async-std|smol|mio|sqlx|redis|axum|hyper|reqwest|tower)(-[a-z-]+)? ')"

    rule_command "samtycke-core builds alone" cargo check --locked -q -p samtycke-core

    rule "a crate uses only the crates below it" \
        "$(crates_against_the_arrows)"

    rule "samtycke-tlog and samtycke-log name no event, purpose or consent" \
        "$(rust_text sdk-rust/tlog/src server/log/src | grep -vE '^[^:]*tests?\.rs:' |
            grep -iE 'samtycke_core::(event|decide|decision|purpose|register|notice|cookie|state)|consent|[^_]purpose')"

    rule "no match over the kinds of event has an arm for the rest" \
        "$(finds wildcard-over-kinds)"

    rule "no circle of modules within a crate of the server" \
        "$(finds module-circles)"

    rule "names that were retired stay retired" \
        "$({
            rust_text server sdk-rust tests | grep -wE "$retired_names"
            ts_text sdk-js | grep -wE "$retired_js_names"
        })"

    rule "no test is ignored" \
        "$(rust_text server sdk-rust tests | grep -E '#!?\[(cfg_attr\(.*)?ignore\b')"

    rule "a Rust test's name has fewer than 60 characters" \
        "$(finds long-test-names-rust)"

    rule "a TypeScript test's name has fewer than 60 characters" \
        "$(finds long-test-names-typescript)"

    rule "no test sleeps for two seconds or more" \
        "$(finds long-sleeps)"

    rule "no lint is allowed silently: #[expect(.., reason = \"..\")]" \
        "$({
            rust_text server sdk-rust tests | grep -E '#!?\[(cfg_attr\(.*)?allow\('
            rust_text server sdk-rust tests | grep -E '#!?\[expect\([^]]*\)\]' | grep -v 'reason'
        })"

    rule "every public item of the Rust client has an example, or says where one is" \
        "$(finds without-example)"

    rule "the fake server is compiled only with the feature test-util" \
        "$(double_without_being_asked_for)"

    rule "migrations have the same names for SQLite and PostgreSQL, numbered without a gap" \
        "$(migration_names)"

    rule "every page and every numbered rule that code and pages cite is in this tree" \
        "$(finds dead-references)"

    # `url` says where the source is, in the form that npm wants.
    rule "npm packages come from the registry, whose host is not named" \
        "$(grep -HnE '"resolved":|": "(git|file|link|https?)[+:].*(\.git|\.tgz|#)' {sdk-js/,sdk-js/test/apps/,tests/clients/}package{,-lock}.json |
            grep -vF '"url": "git+')"

    rule "a file of sdk-js has at most $file_lines_max lines" \
        "$({
            files ts sdk-js
            files mjs sdk-js
        } | lines_above)"

    warn "a Rust file has at most $file_lines_max lines" "$(rust_files server sdk-rust tests | lines_above)"

    printf '%d invariants hold, %d broken, %d warnings\n' "$holding" "$broken" "$warnings"
    [ "$broken" -eq 0 ]
}

# --- saying it --------------------------------------------------------------------------------------------------------

rule() { # NAME FINDINGS
    if [ -z "$2" ]; then
        printf '  %sok%s    %s\n' "$green" "$plain" "$1"
        holding=$((holding + 1))
    else
        printf '  %sBROKEN%s %s\n' "$red" "$plain" "$1"
        printf '           %s\n' "${2//$'\n'/$'\n           '}"
        broken=$((broken + 1))
    fi
}

warn() { # NAME FINDINGS
    if [ -z "$2" ]; then
        rule "$1" ''
    else
        printf '  %swarn%s  %s\n' "$yellow" "$plain" "$1"
        printf '           %s\n' "${2//$'\n'/$'\n           '}"
        warnings=$((warnings + 1))
    fi
}

rule_command() { # NAME COMMAND...
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        rule "$name" ''
    else
        rule "$name" "${said:-it failed without a word}"
    fi
}

# --- looking ----------------------------------------------------------------------------------------------------------

files() { # EXTENSION PLACE...
    local extension=$1 place
    shift
    for place in "$@"; do
        if [ -e "$place" ]; then
            find "$place" \( -name target -o -name node_modules -o -path sdk-js/dist \) -prune -o -type f -name "*.$extension" -print
        fi
    done | LC_ALL=C sort
}

rust_files() { files rs "$@"; }

lines_above() {
    xargs -r wc -l | awk -v max="$file_lines_max" '$2 != "total" && $1 > max { print $2 ": " $1 " lines" }'
}

# Every line of code as path:number:text, without those that are only a comment.
rust_text() { rust_files "$@" | xargs -r grep -HnvE '^[[:space:]]*//' || true; }

ts_text() { files ts "$@" | xargs -r grep -HnvE '^[[:space:]]*(//|/\*|\*)' || true; }

sql_text() { files sql migrations | xargs -r grep -HnvE '^[[:space:]]*--' || true; }

# What tests/xtask finds for one of its rules; each has unit tests there that show it finding a violation.
finds() { "$xtask" invariants "$1" 2>&1 || echo "tests/xtask could not tell"; } # RULE

outside_clock() { grep -vE '(^|/)(clock|main)\.rs:' || true; }

# `crate: crates it may use`. Those that are not listed may use any.
crates_against_the_arrows() {
    local crate allowed used
    while read -r crate allowed; do
        for used in $(cargo tree --locked -p "${crate%:}" -e normal --depth 1 --prefix none | sed -n '2,$s/^\(samtycke[a-z-]*\) .*/\1/p'); do
            [[ " $allowed " = *" $used "* ]] || printf '%s uses %s\n' "${crate%:}" "$used"
        done
    done <<'ARROWS'
samtycke-tlog:
samtycke-core: samtycke-tlog
samtycke-store: samtycke-core samtycke-tlog
samtycke-log: samtycke-store samtycke-core samtycke-tlog
samtycke-server: samtycke-log samtycke-store samtycke-core samtycke-tlog
samtycke-cli: samtycke-server samtycke-log samtycke-store samtycke-core samtycke-tlog
samtycke: samtycke-core samtycke-tlog
samtycke-build: samtycke-core samtycke-tlog
ARROWS
}

# By what the compiler itself says it has read. A double that is in no build at all would make this rule hold for nothing.
double_without_being_asked_for() {
    sources_of_client | grep -E '(^|/)fake(/|\.rs)' || true
    sources_of_client --features test-util | grep -qE '(^|/)fake\.rs' || echo "with the feature test-util it is not there either"
    grep -Hn '^default = \[.*test-util' sdk-rust/Cargo.toml || true
    cargo tree --locked -p samtycke-cli -p samtycke-build -e normal,build -f '{p} {f}' --prefix none |
        grep -E '^samtycke v.*test-util' || true
}

sources_of_client() { # [ARGUMENT...]
    local library
    library=$(cargo check --locked -q -p samtycke --message-format json "$@" |
        grep -F '"name":"samtycke"' | grep -oE '[^"]*/libsamtycke-[0-9a-f]+\.rmeta' | head -n 1)
    # The rules of make: one for each thing that was made, then every source as a thing of its own.
    sed -n 's/^\([^ ]*\.rs\):$/\1/p' "${library%/*}/$(basename "${library%.rmeta}" | sed 's/^lib//').d"
}

migration_names() {
    local engine names
    [ -d migrations ] || return 0
    for engine in sqlite postgres; do
        [ -d "migrations/$engine" ] || echo "migrations/$engine is missing"
    done
    diff <(names_in sqlite) <(names_in postgres) |
        sed -n 's/^< \(.*\)/only for SQLite: \1/p; s/^> \(.*\)/only for PostgreSQL: \1/p'
    names=$(names_in sqlite)
    awk '{ n = substr($0, 1, 4); if (n + 0 != NR || $0 !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/) print "expected number " NR ": " $0 }' \
        <<<"${names:-0001_none.sql}"
}

names_in() { find "migrations/$1" -maxdepth 1 -name '*.sql' -printf '%f\n' 2>/dev/null | LC_ALL=C sort; }

main; exit
