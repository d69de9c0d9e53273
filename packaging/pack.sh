#!/usr/bin/env bash
# Puts a release build with licences, completions and manual pages into an archive, and tries the archive where it can run.
# usage: pack.sh TARGET FOLDER      for instance: cargo build --release --locked --target x86_64-unknown-linux-gnu && packaging/pack.sh x86_64-unknown-linux-gnu dist
set -euo pipefail
target=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
exe=""
[[ $target != *windows* ]] || exe=.exe
built=${WHOSAID_BINARY:-${CARGO_TARGET_DIR:-$root/target}/$target/release/whosaid$exe}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/whosaid-$target
mkdir -p "$folder/completions" "$folder/man"
cp "$built" "$folder/whosaid$exe"
cp "$root"/README.md "$root"/LICENSE-* "$root"/NOTICE "$folder"
whosaid=$folder/whosaid$exe
for shell in bash zsh fish elvish powershell; do
  "$whosaid" completions "$shell" >"$folder/completions/whosaid.$shell"
done
"$whosaid" man >"$folder/man/whosaid.1"
for command in $("$whosaid" man | sed -n 's/^whosaid\\-\([a-z]*\)(1)$/\1/p'); do
  [ "$command" = help ] || "$whosaid" man "$command" >"$folder/man/whosaid-$command.1"
done

# The drafts of the desk have findings: 1 is the right exit code, and anything else a broken build.
code=0
"$whosaid" check "$root/examples/desk" >"$work/found" || code=$?
[ "$code" = 1 ] && grep -q A101 "$work/found" || { echo "pack.sh: the program does not check the desk (exit code $code)" >&2; exit 1; }

cd "$work"
if [ -n "$exe" ]; then
  7z a -bso0 "$out/whosaid-$target.zip" "whosaid-$target"
else
  tar -czf "$out/whosaid-$target.tgz" "whosaid-$target"
fi
ls -l "$out"
