#!/usr/bin/env bash
# Runs the server against pytest-lsp, with the capabilities that VS Code, Neovim and Emacs send.
# usage: run.sh [pytest's arguments]      environment: WHOSAID_BINARY, WHOSAID_EDITORS (where Python packages go)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export WHOSAID_BINARY=${WHOSAID_BINARY:-${CARGO_TARGET_DIR:-$root/target}/debug/whosaid}
[ -x "$WHOSAID_BINARY" ] || { echo "run.sh: $WHOSAID_BINARY is missing: cargo build --locked" >&2; exit 1; }
venv=${WHOSAID_EDITORS:-$root/target/editors}/pytest
if [ ! -e "$venv/done" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" -q install pytest-lsp==1.0.1 pytest-asyncio==1.5.0 pytest==9.2.0 lsprotocol==2025.0.0 pygls==2.1.1
  touch "$venv/done"
fi
timeout 180 "$venv/bin/pytest" -q -p no:cacheprovider "$here" "$@"
