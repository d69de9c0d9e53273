#!/usr/bin/env bash
# citation-js takes a BibLaTeX data container for a document and gives nothing of it to the entries that name it.
#
# Guess: a reader that resolves `crossref` resolves `xdata` too, and does not list `@xdata` among the sources: the manual
# says that it is never printed.
# Seen, @citation-js/plugin-bibtex 0.8.2:
# the container becomes an item of type "document" without a title; the book that names it has no publisher and no
# place.
# Why it matters here: a count of sources made there is too high, and publishers that decide on the grade of a source are missing.
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
const library = "@xdata{press, publisher = {Sarn Press}, location = {Sarn}}\n@book{harbour30, title = {Harbours}, date = {2030}, xdata = {press}}";
for (const { id, type, title, publisher } of new Cite(library).data) console.log(JSON.stringify({ id, type, title, publisher }));
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
{"id":"press","type":"document","publisher":"Sarn Press"}
{"id":"harbour30","type":"book","title":"Harbours"}
END
diff expected.txt seen.txt && echo "as described: @citation-js/plugin-bibtex 0.8.2"
