#!/usr/bin/env bash
# Writes the public address of the repository where packages need it. usage: address.sh https://github.com/OWNER/NAME
set -euo pipefail
address=${1:?usage: address.sh https://github.com/OWNER/NAME}
[[ $address =~ ^https://github\.com/([^/]+/[^/]+)$ ]] || { echo "address.sh: not an address of GitHub: $address" >&2; exit 1; }
name=${BASH_REMATCH[1]}
cd "$(dirname "$0")/.."
if grep -q '^repository' Cargo.toml; then
  sed -i "s#^repository.*#repository = \"$address\"#" Cargo.toml
else
  sed -i "s#^readme = .*#&\nrepository = \"$address\"#" Cargo.toml
fi
sed -i "s#OWNER/whosaid#$name#g" packaging/mason/package.yaml packaging/nvim-lspconfig/whosaid.lua
node -e '
  const fs = require("fs"), file = "editors/vscode/package.json";
  const manifest = JSON.parse(fs.readFileSync(file, "utf8"));
  manifest.repository = { type: "git", url: `${process.argv[1]}.git`, directory: "editors/vscode" };
  // With an address, the pictures on the page of the extension can be named by it.
  manifest.scripts.package = manifest.scripts.package.replace(" --no-rewrite-relative-links", "");
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2) + "\n");' "$address"
