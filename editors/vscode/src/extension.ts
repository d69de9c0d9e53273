// Starts the server and shows what it knows. Every feature works through the protocol: what is here is view, not sense.
import * as vscode from "vscode";

import { ClaimsPanel } from "./claims";
import { DossierView } from "./dossier";
import { activeNote, openAt } from "./notes";
import { Pages } from "./pages";
import { Server } from "./server";
import { StatusItem } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<{ dossier: DossierView; claims: ClaimsPanel; server: Server }> {
  server = new Server(context);
  const running = server;
  const dossier = new DossierView(running);
  const claims = new ClaimsPanel(running);
  const pages = new Pages();
  // The server's own commands are registered by the client library, so that these have other names.
  const commands: Record<string, (...args: unknown[]) => unknown> = {
    "whosaid.showDossier": () => dossier.open(),
    "whosaid.showClaims": () => claims.open(),
    "whosaid.copyClaims": () => claims.copy(),
    "whosaid.correctName": () => act("editor.action.codeAction", { kind: "refactor.rewrite.name" }),
    "whosaid.fixAll": () => act("editor.action.sourceAction", { kind: "source.fixAll.whosaid", apply: "first" }),
    "whosaid.explainRule": () => explainRule(running, pages),
    "whosaid.rereadNotes": () => running.ask("whosaid.reindex"),
    "whosaid.restart": () => running.restart(),
    "whosaid.showLog": () => running.log.show(),
    "whosaid.menu": menu,
    "whosaid.openAt": openAt,
  };
  for (const [name, body] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, body));
  }
  context.subscriptions.push(
    running,
    dossier,
    claims,
    pages,
    new StatusItem(running),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      // The server hears of the other settings by itself.
      if (change.affectsConfiguration("whosaid.path")) await running.restart();
    }),
    // A folder that is trusted now may name a program.
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  await running.start();
  return { dossier, claims, server: running };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Drives the editor's own code actions, where a note is open. */
async function act(command: string, options: object): Promise<void> {
  if (activeNote()) await vscode.commands.executeCommand(command, options);
  else void vscode.window.showInformationMessage("whosaid: open a note first.");
}

/** Shows the page of a rule that found something at the cursor, or of any rule by its code. */
async function explainRule(running: Server, pages: Pages): Promise<void> {
  const editor = activeNote();
  const found = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
  const here = found.find((finding) => finding.source === "whosaid" && editor && finding.range.contains(editor.selection.active));
  const code = typeof here?.code === "object" ? here.code.value : here?.code;
  const rule = code ?? (await vscode.window.showInputBox({ prompt: "A rule's code or name", placeHolder: "A101" }));
  if (rule === undefined || rule === "") return;
  const page = await running.ask<{ markdown: string }>("whosaid.explain", String(rule));
  if (!page) {
    void vscode.window.showInformationMessage(`whosaid: there is no rule ${rule}.`);
    return;
  }
  await pages.show(`${rule}.md`, page.markdown);
}

/** What can be done, from the status bar. */
async function menu(): Promise<void> {
  const choices = [
    { label: "$(table) Claims and sources of this note", command: "whosaid.showClaims" },
    { label: "$(account) Dossier of the name at the cursor", command: "whosaid.showDossier" },
    { label: "$(edit) Correct the name at the cursor", command: "whosaid.correctName" },
    { label: "$(wand) Mend everything that is safe to mend", command: "whosaid.fixAll" },
    { label: "$(book) Explain a finding", command: "whosaid.explainRule" },
    { label: "$(refresh) Read all notes anew", command: "whosaid.rereadNotes" },
    { label: "$(debug-restart) Restart the server", command: "whosaid.restart" },
    { label: "$(output) Show the log", command: "whosaid.showLog" },
  ];
  const choice = await vscode.window.showQuickPick(choices, { placeHolder: "whosaid" });
  if (choice) await vscode.commands.executeCommand(choice.command);
}
