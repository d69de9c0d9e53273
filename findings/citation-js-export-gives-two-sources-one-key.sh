#!/usr/bin/env bash
# citation-js exports BibLaTeX under new keys, and two different sources can get the same one.
#
# Guess: the `id` of a CSL item is its citation key and becomes the key of the entry, so that `[@id]` in a text still
# finds it.
# Seen, @citation-js/plugin-bibtex 0.8.2:
# the key is made anew from author, year and title ("Marr2031Quota"); two items of one year without an author,
# whose titles begin with the same word, are written under one key, without a warning.
# Why it matters here: after such an export every citation of the text dangles, or points at the wrong one of two sources: near keys
# are no proof.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 >/dev/null
cat >run.mjs <<'END'
import { createRequire } from "module";
const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const issued = { "date-parts": [[2031]] };
const items = [
  { id: "hd31", type: "report", title: "Quota", author: [{ family: "Marr", given: "Lidia" }], issued },
  { id: "log-north", type: "report", title: "Log of the north gate", issued },
  { id: "log-south", type: "report", title: "Log of the south gate", issued },
];
console.log(new Cite(items).format("biblatex").match(/@report\{[^,]*/g).join("\n"));
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
@report{Marr2031Quota
@report{2031Log
@report{2031Log
END
diff expected.txt seen.txt && echo "as described: @citation-js/plugin-bibtex 0.8.2"
