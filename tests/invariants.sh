#!/usr/bin/env bash
# Rules about the text of the tree that no compiler checks, one line each. ARCHITECTURE.md, "Invariants", has the rest:
# those are tests. Exits 1 when a rule is broken; a warning only warns.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

readonly file_lines_max=500
readonly test_sleep_ms_max=1999
# What a reader of the field would not understand at first sight, and the compiler would take again.
readonly retired_names='Act|Answering|Chance|Manners|Nature|Planned|StepLayer|Stepped|SystemChance|must_be|must_hold|must_write|say_token_lost'
readonly retired_js_names='Asker|Box|Chance|Fate|Gone|Saying|askedOf|askerFor|disown|fateOf|givenOf|leftOut|ourValues|parseBox|startsOn|toAsk|wordsOf|writeBox'

holding=0 broken=0 warnings=0

main() {
    # Whatever finds nothing because it looked at nothing must not pass for a rule that holds.
    local place core_tree
    for place in server sdk-rust/core/src tests; do
        [ -n "$(rust_files "$place")" ] || fail "there is no Rust in $place: these rules must follow the layout"
    done
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
        "$(wildcard_over_kinds)"

    rule "names that were retired stay retired" \
        "$({
            rust_text server sdk-rust tests | grep -wE "$retired_names"
            ts_text sdk-js | grep -wE "$retired_js_names"
        })"

    rule "no test is ignored" \
        "$(rust_text server sdk-rust tests | grep -E '#!?\[(cfg_attr\(.*)?ignore\b')"

    rule "no test sleeps for two seconds or more" \
        "$(long_sleeps)"

    rule "no lint is allowed silently: #[expect(.., reason = \"..\")]" \
        "$({
            rust_text server sdk-rust tests | grep -E '#!?\[(cfg_attr\(.*)?allow\('
            rust_text server sdk-rust tests | grep -E '#!?\[expect\([^]]*\)\]' | grep -v 'reason'
        })"

    rule "every public item of the Rust client has an example, or says where one is" \
        "$(without_example)"

    rule "the double of a server is compiled for whoever asks for it, and for nobody else" \
        "$(double_without_being_asked_for)"

    rule "migrations have the same names for SQLite and PostgreSQL, numbered without a gap" \
        "$(migration_names)"

    rule "every page and every numbered rule that code and pages cite is in this tree" \
        "$(dead_references)"

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

outside_clock() { grep -vE '(^|/)(clock|main)\.rs:' || true; }

# Rust's durations, a shell's sleep and a browser test's timer, each in milliseconds.
long_sleeps() {
    {
        rust_text tests | grep -v '^tests/bench/' || true # a measurement lasts as long as it lasts
        rust_text server sdk-rust | grep -E '^[^:]*tests?\.rs:' || true
        files sh tests .ci | xargs -r grep -HnE '^[^#]*\bsleep [0-9]' || true
        {
            files ts sdk-js/test tests
            files test.ts sdk-js/src
        } | xargs -r grep -HnE 'setTimeout|waitForTimeout' || true
    } | awk -v max="$test_sleep_ms_max" '
        {
            line = $0; gsub(/_/, "", line); ms = -1
            if (match(line, /sleep\(.*fromsecs(f32|f64)?\([0-9.]+/))   ms = 1000 * number(line, "fromsecs(f32|f64)?\\(")
            else if (match(line, /sleep\(.*frommillis\([0-9]+/))        ms = number(line, "frommillis\\(")
            else if (match(line, /sleep\(.*frommins\([0-9]+/))          ms = 60000 * number(line, "frommins\\(")
            else if (match(line, /[^(]sleep [0-9.]+/))                  ms = 1000 * number(line, "sleep ")
            else if (match(line, /(setTimeout\(.*, *|waitForTimeout\()[0-9]+/)) ms = number(line, "(setTimeout\\(.*, *|waitForTimeout\\()")
            if (ms > max) print $0
        }
        function number(text, before) { match(text, before); return substr(text, RSTART + RLENGTH) + 0 }
    '
}

# Pages by their file, from the root, from `docs/` or from beside whoever cites them; rules of law.md by the first cell of a row,
# sections of decisions.md by their heading and number in a list, C1 and so on by the contract's list.
dead_references() {
    local cited place page rule section number
    cited=$({
        rust_files server sdk-rust tests
        files ts sdk-js/src sdk-js/test
        files md . | grep -vE '^\./(CHANGELOG|sdk-js/(node_modules|test/apps))'
        files sql migrations
        files toml registers
        files sh tests
    } | grep -vE '/invariants\.sh$' | xargs grep -noE '[A-Za-z0-9_./-]*[a-z]\.md\b( ([SLBT][0-9]+a?|[0-9](\.[0-9])?)\b)?|consistency\.md,? C[0-9]|[( ]C[0-9]\b|Protects [SLBT][0-9]+\b' || true)
    while IFS= read -r line; do
        place=${line%%:*}
        line=${line#*:}
        number=${line%%:*}
        line=${line#*:}
        page=$(grep -oE '[A-Za-z0-9_./-]+\.md' <<<"$line" || true)
        rule=$(grep -oE '\b[SLBTC][0-9]+a?$' <<<"$line" || true)
        section=$(grep -oE ' [0-9](\.[0-9])?$' <<<"$line" || true)
        if [ -n "$page" ] && [ ! -e "${page#./}" ] && [ ! -e "docs/$page" ] && [ ! -e "${place%/*}/$page" ] && [ ! -e "${place%.rs}/${page##*/}" ]; then
            printf '%s:%s: %s is not in this tree\n' "$place" "$number" "$page"
        elif [[ $rule = C* ]]; then
            grep -qF -- "- **$rule** " docs/consistency.md || printf '%s:%s: %s is no rule of docs/consistency.md\n' "$place" "$number" "$rule"
        elif [ -n "$rule" ]; then
            grep -qE "^\| $rule \|" docs/law.md || printf '%s:%s: %s is no rule of docs/law.md\n' "$place" "$number" "$rule"
        elif [[ $page = *decisions.md && -n $section ]]; then
            section=${section# }
            awk -v section="${section%.*}" -v item="${section#*.}" -v whole="$section" '
                /^## /                                   { at = $2 == section "."; if (at && whole == section) found = 1 }
                at && whole != section && $1 == item "." { found = 1 }
                END                                      { exit !found }
            ' docs/decisions.md || printf '%s:%s: decisions.md has no section %s\n' "$place" "$number" "$section"
        fi
    done <<<"$cited" | LC_ALL=C sort -u
}

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

# A kind that is added must be decided on wherever kinds are told apart: an arm `_ =>` beside one of `EventBody` decides unasked.
wildcard_over_kinds() {
    # shellcheck disable=SC2016 # awk's own
    rust_files server sdk-rust/src sdk-rust/core/src | grep -vE '(^|/)tests(/|\.rs$)' | xargs -r awk '
        FNR == 1                       { depth = 0 }
        /^ *(.*[ (=])?match .*\{ *$/    { depth++; indent[depth] = match($0, /[^ ]/); kinds[depth] = 0; next }
        depth && /EventBody::[A-Za-z]+.*=>/ { kinds[depth] = 1 }
        depth && kinds[depth] && /^ *_ (if .*)?=>/ { print FILENAME ":" FNR ": " $0 }
        depth && /^ *\}/ && match($0, /[^ ]/) <= indent[depth] { depth-- }
    '
}

# A comment of documentation holds an example where there is a code block in it, or the word. Fields and variants are shown by
# the example of what they belong to.
without_example() {
    # shellcheck disable=SC2016 # the backticks are those of the code block that is looked for
    rust_files sdk-rust/src | grep -v 'tests\?\.rs$' | xargs -r awk '
        FNR == 1                { shown = 0; tests = 0 }
        /^#\[cfg\(test\)\]/    { tests = 1 }
        /^mod sealed/           { sealed = 1 }
        /^}/                    { sealed = 0 }
        tests || sealed         { next }
        /^ *\/\/\/.*(```|[Ee]xample: )/ { shown = 1; next }
        /^ *(\/\/\/|#\[|\)\])/  { next }
        /^ *pub (async |const |unsafe )*(fn|struct|enum|trait|type|const|static|union) / && !/[$]name/ {
            if (!shown) print FILENAME ":" FNR ": " $0
        }
        !/^ *(reason =|clippy::|\/\/)/ { shown = 0 }
    '
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
