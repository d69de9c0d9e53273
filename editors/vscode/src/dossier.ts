// The side panel with what is known of the name under the cursor. It follows the cursor from name to name.
import * as vscode from "vscode";

import { page, render } from "./markup";
import { activeNote } from "./notes";
import { Server } from "./server";

/** Milliseconds that the cursor must rest. */
const REST = 150;

interface Dossier {
  title: string;
  markdown: string;
}

export class DossierView implements vscode.WebviewViewProvider, vscode.Disposable {
  static readonly id = "whosaid.dossierView";
  private view: vscode.WebviewView | undefined;
  private shown: Dossier | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      vscode.window.registerWebviewViewProvider(DossierView.id, this),
      vscode.window.onDidChangeTextEditorSelection(() => this.soon()),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      server.onDidChange(() => this.soon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = { enableScripts: false, enableCommandUris: ["whosaid.openAt"], localResourceRoots: [] };
    view.onDidDispose(() => (this.view = undefined));
    view.onDidChangeVisibility(() => this.soon());
    this.draw();
    this.soon(0);
  }

  /** Opens the panel on what stands at the cursor. */
  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${DossierView.id}.focus`, { preserveFocus: true });
    await this.follow();
  }

  /** The title of what is shown; for tests. */
  get title(): string | undefined {
    return this.shown?.title;
  }

  private soon(wait = REST): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.follow(), wait);
  }

  /** Shows what is at the cursor; where nothing is, what was shown stays. */
  private async follow(): Promise<void> {
    const editor = activeNote();
    if (!editor || !this.view?.visible) return;
    const at = editor.selection.active;
    const found = await this.server.ask<Dossier>("whosaid.dossier", this.server.place(editor.document, at));
    if (found && !editor.selection.active.isEqual(at)) return;
    if (found) {
      this.shown = found;
      this.draw();
    }
  }

  private draw(): void {
    if (!this.view) return;
    const empty = "<p class=quiet>Put the cursor on a name to see who it is: role, other spellings, mentions across all notes, statements, conflicts.</p>";
    this.view.description = this.shown?.title;
    this.view.webview.html = page(this.shown ? render(this.shown.markdown) : empty);
  }
}
