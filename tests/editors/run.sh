#!/usr/bin/env bash
# Drives real editors against the server, end to end, and fails if one of them does not see what a user should see.
# usage: run.sh [all | EDITOR...]      editors: vscode neovim emacs vim helix kakoune; without arguments vscode and neovim
# environment: WHOSAID_BINARY, WHOSAID_EDITORS (where editors are installed), WHOSAID_SHOTS (a folder: pictures of the desk
# are taken there; `all` takes them into target/shots)
# WHOSAID_RECORD: a folder where a transcript of what each editor sends is written; not together with pictures.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export WHOSAID_EDITORS=${WHOSAID_EDITORS:-$root/target/editors}
export WHOSAID_BINARY=${WHOSAID_BINARY:-${CARGO_TARGET_DIR:-$root/target}/debug/whosaid}
[ -x "$WHOSAID_BINARY" ] || { echo "run.sh: $WHOSAID_BINARY is missing: cargo build --locked" >&2; exit 1; }
[ $# -gt 0 ] || set -- neovim vscode
if [ "$*" = all ]; then
  set -- neovim vscode emacs vim helix kakoune
  WHOSAID_SHOTS=${WHOSAID_SHOTS:-$root/target/shots}
fi
shots=${WHOSAID_SHOTS:-}
[ -z "$shots" ] || mkdir -p "$shots"
"$here/setup.sh" "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for editor in "$@"; do
  mkdir -p "$work/$editor/home"
  cp -r "$here/workspace" "$work/$editor/workspace"
  workspace=$work/$editor/workspace
  # Pictures are taken only when a folder for them is named.
  desk=""
  if [ -n "$shots" ]; then cp -r "$root/examples/desk" "$work/$editor/desk"; desk=$work/$editor/desk; fi
  pictured() { [ -z "$desk" ] || timeout 120 node "$here/terminal/desk.js" "$editor" "$desk" "$work/$editor/home" "$shots"; }
  echo "== $editor"
  if [ -n "${WHOSAID_RECORD:-}" ]; then
    # The recorder stands in the server's place and starts it. Not every editor hands its environment on.
    mkdir -p "$WHOSAID_RECORD"
    rm -f "$WHOSAID_RECORD/$editor.jsonl"
    server=${server:-$WHOSAID_BINARY}
    # Some editors look for the program by its name.
    mkdir -p "$work/$editor/bin"
    export WHOSAID_BINARY=$work/$editor/bin/whosaid
    cat >"$WHOSAID_BINARY" <<SERVER
#!/bin/sh
export WHOSAID_SERVER='$server' WHOSAID_PROGRAM='$WHOSAID_BINARY' WHOSAID_ROOT='$workspace' WHOSAID_TRANSCRIPT='$(realpath "$WHOSAID_RECORD")/$editor.jsonl'
exec '$here/record' "\$@"
SERVER
    chmod +x "$WHOSAID_BINARY"
  fi
  case $editor in
    neovim)
      HOME=$work/home XDG_STATE_HOME=$work/state WHOSAID_CONFIG=$root/editors/neovim WHOSAID_WORKSPACE=$workspace \
        timeout 120 "$WHOSAID_EDITORS/nvim/bin/nvim" --clean --headless -l "$here/neovim.lua"
      pictured ;;
    emacs)
      WHOSAID_CONFIG=$root/editors/emacs WHOSAID_WORKSPACE=$workspace timeout 120 emacs -q --batch -l "$here/emacs.el"
      pictured ;;
    vim)
      timeout 120 node "$here/terminal/vim.js" "$workspace" "$work/vim/home"
      pictured ;;
    helix | kakoune)
      timeout 200 node "$here/terminal/$editor.js" "$workspace" "$work/$editor/home" "$shots" $desk ;;
    vscode)
      (cd "$root/editors/vscode" && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --silent; } && npm run --silent check && npm run --silent build)
      timeout 400 node "$here/vscode/run.js" "$root/editors/vscode" "$workspace" "${shots:-$work/shots}" $desk ;;
  esac
done
echo "editors: all passed"
