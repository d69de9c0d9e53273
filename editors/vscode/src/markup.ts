// Web pages for the panels: no scripts, no network, nothing from a note but text.
import { randomBytes } from "crypto";

/** Text, made safe to stand in a page. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A link that opens a place in a note. Lines and columns count from 1. */
export function link(uri: string, line: number, column: number, label: string): string {
  const args = encodeURIComponent(JSON.stringify([uri, line, column]));
  return `<a href="command:whosaid.openAt?${args}" title="Line ${line}">${escape(label)}</a>`;
}

/** A whole page around a body. */
export function page(body: string, style = ""): string {
  const nonce = randomBytes(16).toString("hex");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<style nonce="${nonce}">${STYLE}${style}</style>
</head>
<body>${body}</body>
</html>`;
}

const STYLE = `
body { padding: 0 1em 1em; line-height: 1.5; overflow-wrap: break-word; }
h1 { font-size: 1.35em; font-weight: 600; margin: .8em 0 .4em; }
p { margin: .35em 0; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font-family: var(--vscode-editor-font-family); }
.item { padding-left: 1em; text-indent: -1em; }
.quiet { color: var(--vscode-descriptionForeground); }
`;

/**
 * The Markdown that the server writes, as a page's body: headings, lines, strong words, code and links. The server escapes
 * all that comes from a note, and here everything is escaped again for the page.
 */
export function render(markdown: string): string {
  const blocks = markdown.split(/\n/).map((line) => {
    const heading = /^#{1,6} (.*)$/.exec(line);
    if (heading) return `<h1>${inline(heading[1])}</h1>`;
    const text = line.trim();
    return text === "" ? "" : `<p${text.startsWith("–") ? " class=item" : ""}>${inline(text)}</p>`;
  });
  return blocks.join("\n");
}

const PIECE = /\\(.)|\*\*((?:\\.|[^\\*])+)\*\*|`([^`]+)`|\[((?:\\.|[^\\\]])*)\]\((?:<([^>]*)>|([^)\s]*))\)/gu;

function inline(text: string): string {
  let out = "";
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    out += escape(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [, escaped, strong, code, label, bracketed, bare] = match;
    if (escaped !== undefined) out += escape(escaped);
    else if (strong !== undefined) out += `<strong>${inline(strong)}</strong>`;
    else if (code !== undefined) out += `<code>${escape(code)}</code>`;
    else out += target(bracketed ?? bare ?? "", plain(label ?? ""));
  }
  return out + escape(text.slice(from));
}

function target(address: string, label: string): string {
  if (/^https?:\/\//.test(address)) return `<a href="${escape(address)}">${escape(label)}</a>`;
  const place = /^(file:\/\/[^#]*)(?:#L(\d+)(?:,(\d+))?.*)?$/.exec(address);
  return place ? link(place[1], Number(place[2] ?? 1), Number(place[3] ?? 1), label) : escape(label);
}

function plain(text: string): string {
  return text.replace(/\\(.)/gu, "$1");
}
