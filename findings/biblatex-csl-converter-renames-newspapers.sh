#!/usr/bin/env bash
# biblatex-csl-converter writes the name of a newspaper in sentence case.
#
# Guess: sentence case is for titles of works; the name of a journal or newspaper is a proper name and is exported as it
# stands.
# Seen, biblatex-csl-converter 3.2.2:
# "The New Port Times" becomes "The new port times" in `container-title`.
# Why it matters here: an outlet that is matched by its name in the text is not found in such a library unless case is ignored.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund biblatex-csl-converter@3.2.2 >/dev/null
cat >run.mjs <<'END'
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter";
const entry = "@article{q31, title = {Quota Talks Fail}, journaltitle = {The New Port Times}, entrysubtype = {newspaper}, date = {2031-04-02}}";
const [item] = Object.values(new CSLExporter(new BibLatexParser(entry, {}).parse().entries).parse());
console.log(item.type, "|", item.title, "|", item["container-title"]);
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
article-newspaper | Quota talks fail | The new port times
END
diff expected.txt seen.txt && echo "as described: biblatex-csl-converter 3.2.2"
