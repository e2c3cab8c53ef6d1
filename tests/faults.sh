#!/usr/bin/env bash
# Breaks what a server stands on, many times, each round with another seed, and reports what came of it.
#
#   tests/faults.sh [--rounds N] [--seed N]
#
#   --rounds   how often everything is broken; 10 without it. One round is what `make test` runs, about two minutes.
#   --seed     the first round's seed; 1 without it. A round that failed is repeated with --rounds 1 --seed ITS-SEED.
#
# The report is printed and kept in target/faults/report.txt, each round's output beside it. Exits with 1 where a round failed.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

# The modules of tests/it that break something, and what each breaks.
readonly faults=(
    'crash|kill -9 under load'
    'power|kill -9 after each step to the disk, power failure, a disk that lies'
    'disk|a full, broken, unsynced or read-only disk'
    'failover|PostgreSQL fails over, synchronously and not, and leads to a standby'
    'hole|PostgreSQL stops answering'
    'rollback|an older database comes back'
    'recover|a replay, whole, interrupted and refused'
    'cli_recover|a stale backup and a moved anchor, as an operator types it'
    'anchors|an anchor that is empty, foreign, lost or gone'
    'root_key|another root key'
)

main() {
    local rounds=10 seed=1 round first it log status failed=() modules=() fault
    while [ $# -gt 0 ]; do
        case $1 in
        --rounds) rounds=${2:?how many} && shift ;;
        --seed) seed=${2:?which} && shift ;;
        *)
            sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" >&2
            exit 2
            ;;
        esac
        shift
    done
    for fault in "${faults[@]}"; do modules+=("${fault%%|*}::"); done
    folder="$(target_dir)/faults"
    mkdir -p "$folder"
    rm -f "$folder"/*.log
    say "Building the tests: some minutes the first time."
    it=$(built)
    first=$seed
    for ((round = 1; round <= rounds; round++, seed++)); do
        log="$folder/seed-$seed.log"
        status=0
        SAMTYCKE_TEST_SEED=$seed tests/services.sh run "$it" "${modules[@]}" >"$log" 2>&1 || status=$?
        say "round $round of $rounds, seed $seed: $(grep -c '\.\.\. ok$' "$log") passed, $(grep -c '\.\.\. FAILED$' "$log" || true) failed, $(sed -n 's/.*finished in //p' "$log")"
        if [ "$status" -ne 0 ]; then failed+=("$seed"); fi
    done
    report "$rounds" "$first" "${failed[@]}" | tee "$folder/report.txt"
    [ ${#failed[@]} -eq 0 ] || fail "seeds that failed: ${failed[*]}; each is in $folder/seed-SEED.log"
}

# Builds the tests, and prints where the binary of tests/it is.
built() {
    local said
    said=$(cargo test --workspace --locked --no-run 2>&1) || fail "$said"
    sed -n 's/.*it\/main\.rs (\(.*\))$/\1/p' <<<"$said"
}

report() { # ROUNDS FIRST-SEED FAILED-SEED...
    local rounds=$1 first=$2 fault module
    shift 2
    printf '# Faults: %s rounds, seeds %s to %s\n\n' "$rounds" "$first" $((first + rounds - 1))
    printf '| what is broken | tests | passed | failed |\n|---|---:|---:|---:|\n'
    for fault in "${faults[@]}"; do
        module=${fault%%|*}
        printf '| %s | %s | %s | %s |\n' "${fault#*|}" "$(count "$module" '.*' | sort -u | wc -l)" \
            "$(count "$module" ok | wc -l)" "$(count "$module" FAILED | wc -l)"
    done
    if [ $# -gt 0 ]; then printf '\nSeeds that failed: %s\n' "$*"; fi
}

# The names of a module's tests with this outcome, one for each time.
count() { # MODULE OUTCOME
    cat "$folder"/seed-*.log | sed -n "s/^test \($1::[^ ]*\) \.\.\. $2\$/\1/p"
}

main "$@"
