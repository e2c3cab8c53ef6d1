#!/usr/bin/env bash
# Starts a PostgreSQL and a Redis (or Valkey) that nobody else has, runs a command with their addresses in the
# environment, and stops exactly what it started.
#
#   tests/services.sh [--postgres-durable] run COMMAND [ARGUMENT...]
#   tests/services.sh [--postgres-durable] start       until Ctrl-C; prints the two addresses
#
#   --postgres-durable   a commit waits for the disk, as in production; without it tests run several times faster
#
# SAMTYCKE_TEST_POSTGRES_URL   a superuser's, so that each test can make a database of its own
# SAMTYCKE_TEST_REDIS_URL
# Either may be set already: then that server is used, and neither started nor stopped.
#
# Works as root and as an ordinary user. The servers end with this script even when it is killed with -9; all that
# leaves behind is one folder named samtycke-services.*.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

readonly start_tries_max=8            # a free port may be taken between our look and the server's bind
readonly ready_wait_ms_max=60000      # a start takes 0.3 s; a loaded machine may need two hundred times that
readonly poll_wait_s=0.02             # between two questions whether a server answers
readonly postgres_connections_max=300 # 16 tests at a time, two servers in some, a pool of 8 each: 256, and some to spare
readonly socket_path_bytes_max=80     # the system allows 107, of which PostgreSQL's file name takes 20

dir='' durable='' postgres_pid='' redis_pid='' command_pid='' command_signal=TERM

usage() {
    sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

main() {
    while [ $# -gt 0 ]; do
        case $1 in
        --postgres-durable) durable=yes ;;
        start | run) break ;;
        *) usage ;;
        esac
        shift
    done
    [ $# -gt 0 ] || usage
    local verb=$1
    shift
    if [ "$verb" = run ] && [ $# -eq 0 ]; then usage; fi
    if [ "$verb" = start ] && [ $# -gt 0 ]; then usage; fi

    trap stop_all EXIT
    trap 'exit 129' HUP
    trap 'command_signal=INT; exit 130' INT
    trap 'exit 143' TERM

    if [ -n "${SAMTYCKE_TEST_POSTGRES_URL:-}" ]; then
        say "${dim}services: PostgreSQL as SAMTYCKE_TEST_POSTGRES_URL says$plain"
    else
        postgres_start
    fi
    if [ -n "${SAMTYCKE_TEST_REDIS_URL:-}" ]; then
        say "${dim}services: Redis as SAMTYCKE_TEST_REDIS_URL says$plain"
    else
        redis_start
    fi

    if [ "$verb" = start ]; then
        echo "export SAMTYCKE_TEST_POSTGRES_URL='$SAMTYCKE_TEST_POSTGRES_URL'"
        echo "export SAMTYCKE_TEST_REDIS_URL='$SAMTYCKE_TEST_REDIS_URL'"
        say "services: running until Ctrl-C"
        # Ends when a server does, which is then worth knowing.
        wait -n || true
        fail "services: a server ended by itself"
    fi

    # In the background, so that a signal to this script is acted upon at once; with its Ctrl-C given back to it, which
    # the shell takes from what it puts there.
    env --default-signal=INT,QUIT "$@" <&0 &
    command_pid=$!
    local status=0
    wait "$command_pid" || status=$?
    command_pid=''
    exit "$status"
}

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

postgres_start() {
    local bin port start note='' safety=off try user as_postgres=()
    bin=$(postgres_bin_find)
    if [ -z "$bin" ]; then
        # The package also makes, and may start, a cluster of its own: we neither use nor touch that.
        apt_install PostgreSQL postgresql
        bin=$(postgres_bin_find)
        [ -n "$bin" ] || fail "PostgreSQL was installed, and still there is no initdb under /usr/lib/postgresql/*/bin"
    fi
    start=$(now_ms)

    # It refuses to run as root; there it runs as the user whom its package made.
    if [ "$(id -u)" -eq 0 ]; then
        user=postgres
        id "$user" >/dev/null 2>&1 || fail "PostgreSQL does not run as root, and there is no user postgres to run it as"
        as_postgres=(setpriv "--reuid=$user" "--regid=$user" --init-groups)
    fi
    dir_make "${as_postgres[@]}"
    mkdir "$dir/postgres" "$dir/socket"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$user" "$dir/postgres" "$dir/socket"
    fi
    if [ -n "$durable" ]; then
        safety=on note=', durable'
        if [ "$(stat -f -c %T "$dir")" = tmpfs ]; then
            say "${yellow}services: $dir is in memory, so nothing there is durable; set TMPDIR to a folder on a disk$plain"
        fi
    fi

    # In / because the user postgres may not be allowed into the folder we stand in.
    if ! (cd / && "${as_postgres[@]}" "$bin/initdb" --pgdata="$dir/postgres" --username=postgres --auth=trust \
        --no-sync --locale=C --encoding=UTF8) >"$dir/initdb.log" 2>&1; then
        tail -n 20 "$dir/initdb.log" >&2
        fail "initdb failed; above is what it said"
    fi

    for ((try = 1; try <= start_tries_max; try++)); do
        port=$(port_pick)
        (cd / && dying_with_us QUIT "${as_postgres[@]}" "$bin/postgres" -D "$dir/postgres" -p "$port" \
            -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$dir/socket" \
            -c "max_connections=$postgres_connections_max" \
            -c "fsync=$safety" -c "synchronous_commit=$safety" -c "full_page_writes=$safety") \
            >>"$dir/postgres.log" 2>&1 </dev/null &
        postgres_pid=$!
        if wait_ready "$postgres_pid" "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
            export SAMTYCKE_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
            say "${dim}services: PostgreSQL $("$bin/postgres" -V | awk '{print $3}') on port $port$note, $(seconds_since "$start") s$plain"
            return
        fi
        stop_one "$postgres_pid" QUIT
        postgres_pid=''
    done
    tail -n 20 "$dir/postgres.log" >&2
    fail "PostgreSQL did not start; above is the end of its log"
}

# The folder of the newest version's programs, as Debian lays them out; else whichever is on the path.
postgres_bin_find() {
    local initdb
    for initdb in $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -rV); do
        if [ -x "$initdb" ]; then
            dirname "$initdb"
            return
        fi
    done
    if have pg_config && [ -x "$(pg_config --bindir)/initdb" ]; then
        pg_config --bindir
    fi
}

# --- Redis ------------------------------------------------------------------------------------------------------------

redis_start() {
    local server cli port start try
    # A test starts one of its own before PostgreSQL.
    have pgbouncer || [ -x /usr/sbin/pgbouncer ] || apt_install PgBouncer pgbouncer
    server=$(redis_find server)
    if [ -z "$server" ]; then
        apt_install Redis redis-server valkey-server
        server=$(redis_find server)
        [ -n "$server" ] || fail "Redis was installed, and still there is no redis-server and no valkey-server on the path"
    fi
    cli=$(redis_find cli)
    [ -n "$cli" ] || fail "there is $server but no redis-cli beside it: install redis-tools"
    start=$(now_ms)
    dir_make
    mkdir "$dir/redis"

    for ((try = 1; try <= start_tries_max; try++)); do
        port=$(port_pick)
        (dying_with_us TERM "$server" --port "$port" --bind 127.0.0.1 --dir "$dir/redis" --daemonize no \
            --save '' --appendonly no) >>"$dir/redis.log" 2>&1 </dev/null &
        redis_pid=$!
        if wait_ready "$redis_pid" "$cli" -h 127.0.0.1 -p "$port" ping; then
            export SAMTYCKE_TEST_REDIS_URL="redis://127.0.0.1:$port"
            say "${dim}services: $("$server" --version | awk '{print $1, $3}' | sed 's/v=//') on port $port, $(seconds_since "$start") s$plain"
            return
        fi
        stop_one "$redis_pid" TERM
        redis_pid=''
    done
    tail -n 20 "$dir/redis.log" >&2
    fail "Redis did not start; above is the end of its log"
}

redis_find() { # server|cli
    command -v "redis-$1" || command -v "valkey-$1" || true
}

# --- common -----------------------------------------------------------------------------------------------------------

# One folder for everything. Others may pass through it but not list it; PostgreSQL's own folder is closed to them.
dir_make() { # [COMMAND-THAT-BECOMES-POSTGRES...]
    local parent
    [ -z "$dir" ] || return 0
    # Durable work belongs on a disk, and /tmp is often memory.
    for parent in "${TMPDIR:-}" ${durable:+/var/tmp} /tmp; do
        if [ -z "$parent" ] || [ ${#parent} -gt $((socket_path_bytes_max - 35)) ]; then
            continue
        fi
        if (cd / && [ -w "$parent" ] && "$@" test -x "$parent"); then
            break
        fi
    done
    dir=$(mktemp -d "$parent/samtycke-services.XXXXXX")
    chmod 711 "$dir"
}

# A port on which nobody listens, below the range from which the system hands out ports of its own.
port_pick() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

# In a session of its own, so that a Ctrl-C meant for the command does not end the server under it; and with the signal
# asked of the kernel for when this script is gone, however it went. Runs last in a subshell: the shell becomes it.
dying_with_us() { # SIGNAL [setpriv ARGUMENT...] COMMAND...
    local signal=$1
    shift
    if ! have setpriv; then
        exec "$@"
    fi
    if [ "$1" = setpriv ]; then
        shift
    fi
    exec setsid setpriv --pdeathsig "$signal" "$@"
}

# Asks until the server answers; false when it has died or the time is up.
wait_ready() { # PID QUESTION...
    local pid=$1 start
    shift
    start=$(now_ms)
    until "$@" >/dev/null 2>&1; do
        kill -0 "$pid" 2>/dev/null || return 1
        [ $(($(now_ms) - start)) -lt "$ready_wait_ms_max" ] || return 1
        sleep "$poll_wait_s"
    done
    kill -0 "$pid" 2>/dev/null # it was ours that answered, and not another on the same port
}

stop_one() { # PID SIGNAL
    [ -n "$1" ] || return 0
    kill -s "$2" "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_all() {
    local status=$?
    trap '' INT TERM HUP
    trap - EXIT
    stop_one "$command_pid" "$command_signal"
    stop_one "$redis_pid" TERM
    stop_one "$postgres_pid" QUIT # at once: nobody will read this data again
    if [ -n "$dir" ]; then
        rm -rf "$dir"
    fi
    exit "$status"
}

main "$@"; exit # read whole before it runs, so that it may be edited meanwhile
