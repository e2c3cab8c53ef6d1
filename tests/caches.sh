#!/usr/bin/env bash
# The page caches of deploy/, run for real: Varnish and nginx before a site that renders by what it is told.
#
#   tests/caches.sh
#
# Varnish and nginx are installed when they are missing.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/lib.sh
. tests/lib.sh
PATH="$PATH:/usr/sbin:/sbin"

readonly id=0123456789ab other=ba9876543210

main() {
    have varnishd || apt_install varnish varnish
    have nginx || apt_install nginx nginx-light nginx
    work=$(mktemp -d)
    chmod 755 "$work" # both programs let go of their rights before they read it
    started=()
    trap finish EXIT

    read -r site_port varnish_port nginx_port < <(free_ports 3)
    start site python3 tests/caches_site.py "$site_port"
    sed -e "s/SITE_ID/$id/g" -e "s/\"8080\"/\"$site_port\"/" deploy/varnish.vcl >"$work/site.vcl"
    start varnish varnishd -F -n "$work/varnish" -a "127.0.0.1:$varnish_port" -f "$work/site.vcl" -s malloc,32m
    nginx_config >"$work/nginx.conf"
    start nginx nginx -p "$work" -c "$work/nginx.conf"
    for port in "$site_port" "$varnish_port" "$nginx_port"; do answers "$port"; done

    check varnish "$varnish_port"
    check nginx "$nginx_port"
    # What Varnish must not even ask the cache about.
    expect varnish "the signed choice reaches a path that is passed on" "cookie=samtycke-consent-1-$id=g.1.a" \
        "$(page "$varnish_port" /account "samtycke-consent-1-$id=g.1.a")"
    expect varnish "the site's own session goes on" "cookie=session=1" \
        "$(page "$varnish_port" /session "session=1; samtycke-consent-1-$id=g.1.a; samtycke-allowed-$id=s")"
    say "caches: one person's page is no other's, and a yes costs no hit"
}

# The same of every cache. The site counts the pages that it makes; a page says by which number it was made, and for whom.
check() { # NAME PORT
    local name=$1 port=$2 before after first person got
    first=$(page "$port" /a "")
    before=$(hits "$port" /a "" 5)
    # Five people, each with a signed choice of their own; and two sites on one host.
    after=0
    for person in 1 2 3 4 5; do
        got=$(page "$port" /a "samtycke-consent-1-$id=g.$person.secret$person; samtycke-consent-1-$other=r.1")
        [ "$got" != "$first" ] || after=$((after + 1))
        case $got in *secret*) fail "$name: a page shows somebody's choice: $got" ;; esac
    done
    expect "$name" "hits of five visits before a yes" 5 "$before"
    expect "$name" "hits of five visits after a yes" 5 "$after"

    # Pages that differ go by the small cookie: alike for those who permit the same, another for those who do not.
    local statistics more none
    statistics=$(page "$port" /b "samtycke-allowed-$id=s; samtycke-consent-1-$id=g.1.secret1")
    more=$(page "$port" /b "x=1; samtycke-allowed-$id=psm")
    none=$(page "$port" /b "")
    contains "$name" "$statistics" "allowed=s;"
    contains "$name" "$more" "allowed=psm;"
    contains "$name" "$none" "allowed=;"
    expect "$name" "who permits the same shares a page" "$statistics" \
        "$(page "$port" /b "samtycke-consent-1-$id=g.2.secret2; samtycke-allowed-$id=s")"
    # A made-up value, an order that there is not, and another site's cookie open no place of their own.
    local odd
    for odd in "samtycke-allowed-$id=sp" "samtycke-allowed-$id=x1" "samtycke-allowed-$id=pppp" "samtycke-allowed-$other=s"; do
        expect "$name" "$odd is nobody's" "$none" "$(page "$port" /b "$odd")"
    done
    expect "$name" "a header of the visitor's own is not believed" "$none" \
        "$(curl -sS -H "X-Samtycke-Allowed: s" "http://127.0.0.1:$port/b")"
}

page() { # PORT PATH COOKIE
    curl -sS ${3:+-H "Cookie: $3"} "http://127.0.0.1:$1$2"
}

hits() { # PORT PATH COOKIE TIMES
    local first count=0 i
    first=$(page "$1" "$2" "$3")
    for ((i = 0; i < $4; i++)); do
        [ "$(page "$1" "$2" "$3")" != "$first" ] || count=$((count + 1))
    done
    echo "$count"
}

expect() { # CACHE WHAT EXPECTED FOUND
    [ "$3" = "$4" ] || fail "$1: $2: expected $3, found $4"
}

contains() { # CACHE TEXT PART
    case $2 in *"$3"*) ;; *) fail "$1: $2 does not hold $3" ;; esac
}

# The lines of deploy/nginx-cache.conf in their two places.
nginx_config() {
    local map location
    map=$(sed -n '/^map/,/^}/p' deploy/nginx-cache.conf | sed "s/SITE_ID/$id/g")
    location=$(sed -n '/^proxy_/p' deploy/nginx-cache.conf)
    cat <<CONF
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events {}
http {
    access_log off;
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi;
    scgi_temp_path $work/scgi;
    proxy_cache_path $work/cache keys_zone=pages:1m;
$map
    server {
        listen 127.0.0.1:$nginx_port;
        location / {
            proxy_pass http://127.0.0.1:$site_port;
            proxy_cache pages;
            proxy_cache_valid 200 1m;
$location
        }
$(sed "s|https://consent.example.com|http://127.0.0.1:$site_port|" deploy/nginx.conf)
    }
}
CONF
}

free_ports() { # COUNT
    python3 - "$1" <<'PY'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))
PY
}

start() { # NAME COMMAND...
    local name=$1
    shift
    "$@" >"$work/$name.out" 2>&1 &
    started+=($!)
}

# Until it answers, or half a minute is over.
answers() { # PORT
    curl -s -o /dev/null --retry 60 --retry-delay 0 --retry-max-time 30 --retry-connrefused "http://127.0.0.1:$1/ready" ||
        fail "nothing answers on port $1: $(tail -n 5 "$work"/*.out "$work"/nginx.log 2>/dev/null)"
}

finish() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait || true
    rm -rf "$work"
}

main "$@"
