// What the status bar says while a note is open: whether the server runs, and what it found here.
import * as vscode from "vscode";

import { activeNote } from "./notes";
import { Server, Status } from "./server";

/** Milliseconds that things must rest before the server is asked how it stands. */
const REST = 300;
/** Milliseconds between two looks at an index that is being built. */
const BUSY = 1000;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("whosaid.status", vscode.StatusBarAlignment.Right, 90);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.item.name = "whosaid";
    this.item.command = "whosaid.menu";
    this.subscriptions = [
      this.item,
      server.onDidChange(() => this.soon()),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.languages.onDidChangeDiagnostics(() => this.soon()),
    ];
    this.soon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private soon(wait = REST): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show(), wait);
  }

  private async show(): Promise<void> {
    const editor = activeNote();
    if (!editor) {
      this.item.hide();
      return;
    }
    const status = await this.server.ask<Status>("whosaid.status");
    if (this.server.life !== "running") this.showLife();
    else if (status?.index === "indexing") this.showIndexing(status);
    else this.showFindings(editor.document, status);
    this.item.show();
    if (status?.index === "indexing") this.soon(BUSY);
  }

  private showLife(): void {
    const { life } = this.server;
    this.item.text = life === "starting" ? "$(loading~spin) whosaid" : "$(warning) whosaid";
    this.item.backgroundColor = life === "starting" ? undefined : new vscode.ThemeColor("statusBarItem.warningBackground");
    const words = { starting: "The server is starting.", stopped: "The server has stopped.", missing: "No server was found.", running: "" };
    this.item.tooltip = words[life];
  }

  private showIndexing(status: Status): void {
    this.item.text = `$(loading~spin) whosaid: ${status.notes} notes`;
    this.item.backgroundColor = undefined;
    this.item.tooltip = "Reading the notes of the workspace. What is asked meanwhile is answered from what is known.";
  }

  private showFindings(document: vscode.TextDocument, status: Status | undefined): void {
    const here = vscode.languages.getDiagnostics(document.uri).filter((found) => found.source === "whosaid").length;
    this.item.text = here === 0 ? "$(quote) whosaid" : `$(quote) ${count(here, "finding")}`;
    this.item.backgroundColor = undefined;
    this.item.tooltip = tooltip(here, status);
  }
}

function tooltip(here: number, status: Status | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.appendMarkdown(`**whosaid** ${status?.version ?? ""}\n\n${here === 0 ? "Nothing found" : count(here, "finding")} in this note`);
  if (status) {
    const { error, warning, information, hint } = status.findings;
    text.appendMarkdown(
      `\n\n| in the workspace | |\n|---|---:|\n| notes | ${status.notes} |\n| sources | ${status.sources} |\n` +
        `| errors | ${error} |\n| warnings | ${warning} |\n| for information | ${information + hint} |\n\n`,
    );
    if (!status.folders.some((folder) => folder.configured)) {
      text.appendMarkdown("No `whosaid.toml` here: findings are shown for open notes only.\n\n");
    }
  }
  text.appendMarkdown("_Click for what can be done._");
  return text;
}

/** "1 finding", "2 findings". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
