// The table of a note's claims: what each rests on, and what rests on nothing.
import * as vscode from "vscode";

import { escape, link, page } from "./markup";
import { activeNote } from "./notes";
import { Server } from "./server";
import { count } from "./status";

/** Milliseconds that a note must rest before its table is made anew. */
const REST = 400;

interface Range {
  start: { line: number; character: number };
}

interface Row {
  span: Range;
  kind: string;
  text: string;
  sourced: "attributed" | "cited" | "carried" | "unsourced";
  sourceKind: string | null;
  speech: string | null;
  source: string;
  sourceRange: Range | null;
  speaker: string;
  reason: string;
}

interface Claims {
  title: string;
  rows: Row[];
  markdown: string;
}

export class ClaimsPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private note: vscode.Uri | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((uri) => uri.toString() === this.note?.toString())) this.soon();
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.panel?.dispose();
  }

  /** Opens the table of the note that the user works in, beside it. */
  async open(): Promise<void> {
    const editor = activeNote();
    if (!editor) {
      void vscode.window.showInformationMessage("whosaid: open a note first.");
      return;
    }
    this.note = editor.document.uri;
    if (!this.panel) {
      const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      const options = { enableScripts: false, enableCommandUris: ["whosaid.openAt"], localResourceRoots: [], enableFindWidget: true };
      this.panel = vscode.window.createWebviewPanel("whosaid.claims", "Claims and Sources", where, options);
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.note = undefined;
      });
    } else {
      this.panel.reveal(undefined, true);
    }
    await this.draw();
  }

  /** Puts the table on the clipboard, as Markdown. */
  async copy(): Promise<void> {
    const editor = activeNote();
    const claims = editor && (await this.server.ask<Claims>("whosaid.claims", { uri: this.server.uri(editor.document.uri) }));
    if (!claims) {
      void vscode.window.showInformationMessage("whosaid: open a note first.");
      return;
    }
    await vscode.env.clipboard.writeText(claims.markdown);
    void vscode.window.showInformationMessage(`whosaid: ${count(claims.rows.length, "claim")} copied as a Markdown table.`);
  }

  /** How many rows are shown; for tests. */
  rows = 0;

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), REST);
  }

  private async draw(): Promise<void> {
    const { panel, note } = this;
    if (!panel || !note) return;
    const claims = await this.server.ask<Claims>("whosaid.claims", { uri: this.server.uri(note) });
    if (!claims || this.panel !== panel) return;
    this.rows = claims.rows.length;
    panel.title = `Claims: ${claims.title}`;
    panel.webview.html = page(body(note.toString(), claims), STYLE);
  }
}

/** What a source did with a claim that it did not simply make. */
const DONE = new Map([
  ["denied", "denied"],
  ["not-said", "not said"],
  ["supposed", "only supposed"],
]);
const SOURCED = ["attributed", "cited", "carried", "unsourced"] as const;

function body(uri: string, { title, rows }: Claims): string {
  const of = (kind: Row["sourced"]) => rows.filter((row) => row.sourced === kind).length;
  const sums = SOURCED.filter((kind) => of(kind) > 0).map((kind) => `<span class="${kind}">${of(kind)} ${kind}</span>`);
  const head = `<h1>${escape(title)}</h1><p>${count(rows.length, "claim")}${rows.length > 0 ? ": " : "."}${sums.join(", ")}</p>`;
  if (rows.length === 0) return head;
  const lines = rows.map((row) => `<tr><td>${place(uri, row.span)}</td><td>${escape(row.kind)}</td><td>${escape(row.text)}</td><td>${basis(uri, row)}</td></tr>`);
  return `${head}<table><thead><tr><th>Line</th><th>Kind</th><th>Claim</th><th>Rests on</th></tr></thead><tbody>${lines.join("\n")}</tbody></table>`;
}

function basis(uri: string, row: Row): string {
  const kind = `<span class="${row.sourced}">${row.sourced}</span>`;
  if (row.sourced === "unsourced") return `${kind}<br><span class=quiet>${escape(row.reason)}</span>`;
  const words = row.sourceRange ? at(uri, row.sourceRange, row.source) : escape(row.source);
  const who = row.speaker && !row.source.includes(row.speaker) ? ` <span class=quiet>(${escape(row.speaker)})</span>` : "";
  const how = row.sourceKind && row.sourceKind !== "named" && row.sourceKind !== "citation" ? `, ${escape(row.sourceKind)}` : "";
  const done = DONE.get(row.speech ?? "");
  return `${kind}${how}${done ? `, ${done}` : ""}<br>${words}${who}`;
}

function place(uri: string, range: Range): string {
  return at(uri, range, String(range.start.line + 1));
}

function at(uri: string, range: Range, label: string): string {
  return link(uri, range.start.line + 1, range.start.character + 1, label);
}

const STYLE = `
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; border-bottom: 1px solid var(--vscode-widget-border, #8884); }
th, td { padding: .35em .6em; vertical-align: top; }
td { border-bottom: 1px solid var(--vscode-widget-border, #8882); }
th, td { overflow-wrap: break-word; }
td:first-child { text-align: right; }
td:first-child, td:nth-child(2) { white-space: nowrap; }
td:nth-child(3) { min-width: 11em; }
td:nth-child(4) { min-width: 8em; }
.attributed, .cited { color: var(--vscode-charts-green, #388a34); }
.carried { color: var(--vscode-descriptionForeground); }
.unsourced { color: var(--vscode-editorWarning-foreground, #bf8803); font-weight: 600; }
`;
