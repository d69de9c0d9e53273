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
  cargo build --locked
  tests/editors/run.sh neovim vscode
fi
