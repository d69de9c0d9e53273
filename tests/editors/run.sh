#!/usr/bin/env bash
# Drives real editors against the server, end to end, and fails if one of them does not see what a user should see.
# usage: run.sh [vscode] [neovim] [emacs] [vim]       environment: WHOSAID_BINARY, WHOSAID_EDITORS, WHOSAID_SHOTS (folder for screenshots)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export WHOSAID_EDITORS=${WHOSAID_EDITORS:-$root/target/editors}
export WHOSAID_BINARY=${WHOSAID_BINARY:-${CARGO_TARGET_DIR:-$root/target}/debug/whosaid}
[ -x "$WHOSAID_BINARY" ] || { echo "run.sh: $WHOSAID_BINARY is missing: cargo build --locked" >&2; exit 1; }
[ $# -gt 0 ] || set -- neovim vscode
"$here/setup.sh" "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for editor in "$@"; do
  cp -r "$here/workspace" "$work/$editor"
  echo "== $editor"
  case $editor in
    neovim)
      HOME=$work/home XDG_STATE_HOME=$work/state WHOSAID_CONFIG=$root/editors/neovim WHOSAID_WORKSPACE=$work/neovim \
        timeout 120 "$WHOSAID_EDITORS/nvim/bin/nvim" --clean --headless -l "$here/neovim.lua" ;;
    emacs)
      WHOSAID_CONFIG=$root/editors/emacs WHOSAID_WORKSPACE=$work/emacs timeout 120 emacs -q --batch -l "$here/emacs.el" ;;
    vim)
      WHOSAID_CONFIG=$root/editors/vim WHOSAID_WORKSPACE=$work/vim WHOSAID_OUT=$work/vim.out \
        timeout 120 vim.nox -Nu NONE -i NONE -n -es -S "$here/vim.vim" || { cat "$work/vim.out"; exit 1; }
      cat "$work/vim.out" ;;
    vscode)
      (cd "$root/editors/vscode" && { [ -d node_modules ] || npm ci --ignore-scripts --silent; } && npm run --silent check && npm run --silent build)
      # Pictures are taken only when a folder for them is named.
      desk=""
      if [ -n "${WHOSAID_SHOTS:-}" ]; then cp -r "$root/examples/desk" "$work/desk"; desk=$work/desk; fi
      timeout 400 node "$here/vscode/run.js" "$root/editors/vscode" "$work/vscode" "${WHOSAID_SHOTS:-$work/shots}" $desk ;;
  esac
done
echo "editors: all passed"
