#!/usr/bin/env bash
# Renews every picture of docs/ and of the extension for VS Code by driving the editors. What cannot be seen cannot be
# pictured, so that this is a test as well. usage: pictures.sh      environment: as for run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export WHOSAID_EDITORS=${WHOSAID_EDITORS:-$root/target/editors}
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
WHOSAID_SHOTS=$shots "$here/run.sh" neovim vscode emacs vim helix kakoune
# In a folder of its own: npm would tidy away what else was installed without being saved.
[ -d "$WHOSAID_EDITORS/upng" ] || npm install --prefix "$WHOSAID_EDITORS/upng" --ignore-scripts --no-save --silent upng-js@2.1.0
mkdir -p "$root/docs/images"
for shot in "$shots"/*.png; do node "$here/shrink.js" "$shot" "$root/docs/images/$(basename "$shot")"; done
# The walkthrough has room for the editor's part of the window only.
for name in hover references fix claims correct findings; do
  node "$here/shrink.js" "$shots/vscode-$name.png" "$root/editors/vscode/images/$name.png" 293 0 767 620
done
du -ch "$root"/docs/images/*.png "$root"/editors/vscode/images/*.png | tail -1
