#!/usr/bin/env bash
# citation-js cannot read a chapter whose crossref parent is a book with an editor but no author.
#
# Guess: an `@inbook` inherits title, editor, publisher and date of its `@book`; that the book has no author is ordinary
# for an edited volume.
# Seen, @citation-js/plugin-bibtex 0.8.2:
# the whole file is refused ("Failed to convert bookauthor to container-author"), every other entry of it with it;
# the same chapter reads well once the book has an author, or where parent and child are `@collection` and
# `@incollection`.
# Why it matters here: inheritance must cost a field at most, never a library.
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
const chapter = "@inbook{gate31, author = {Pell, Ada}, title = {The Gate}, crossref = {harbour30}}\n";
for (const [name, book] of [
  ["book with an editor", "@book{harbour30, editor = {Marr, Lidia}, title = {Harbours}, date = {2030}}"],
  ["book with an author", "@book{harbour30, author = {Marr, Lidia}, title = {Harbours}, date = {2030}}"],
]) {
  try {
    const read = new Cite(chapter + book).data.find((item) => item.id === "gate31");
    console.log(`${name}: in "${read["container-title"]}", ${read.issued["date-parts"][0][0]}`);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
book with an editor: Failed to convert bookauthor to container-author
book with an author: in "Harbours", 2030
END
diff expected.txt seen.txt && echo "as described: @citation-js/plugin-bibtex 0.8.2"
