#!/usr/bin/env bash
# Three readers of BibTeX make a person called "others" of an author list that ends in "and others".
#
# Guess: `and others` is BibTeX's own word for an unfinished list ("et al."), so a converter to CSL drops it or marks the
# list as open.
# Seen, citation-js 0.8.2, biblatex-csl-converter 3.2.2, @retorquere/bibtex-parser 9.0.29:
# citation-js 0.8.2, biblatex-csl-converter 3.2.2 and @retorquere/bibtex-parser 9.0.29 each append one more
# author, whose name is "others".
# Why it matters here: a CSL library made by such a tool names an author who does not exist; names from libraries must pass a filter.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 biblatex-csl-converter@3.2.2 @retorquere/bibtex-parser@9.0.29 >/dev/null
cat >run.mjs <<'END'
import { createRequire } from "module";
const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const { parse } = await import("@retorquere/bibtex-parser").then((all) => all.default ?? all);
const { BibLatexParser, CSLExporter } = await import("biblatex-csl-converter");
const entry = "@article{quota31, author = {Marr, Lidia and others}, title = {Quota}, journaltitle = {Port Letter}, date = {2031}}";
const shown = (people) => people.map((p) => p.literal ?? p.family ?? p.lastName).join("; ");
console.log("citation-js:", shown(new Cite(entry).data[0].author));
console.log("biblatex-csl-converter:", shown(new CSLExporter(new BibLatexParser(entry, {}).parse().entries).parse()[1].author));
console.log("@retorquere/bibtex-parser:", shown(parse(entry).entries[0].fields.author));
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
citation-js: Marr; others
biblatex-csl-converter: Marr; others
@retorquere/bibtex-parser: Marr; others
END
diff expected.txt seen.txt && echo "as described: citation-js 0.8.2, biblatex-csl-converter 3.2.2, @retorquere/bibtex-parser 9.0.29"
