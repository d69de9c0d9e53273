// The server: where its program is, how it is started, and what is asked of it outside the protocol's own requests.
import * as fs from "fs";
import * as path from "path";
import * as vscode from "vscode";
import { ExecuteCommandRequest, LanguageClient, LanguageClientOptions, State } from "vscode-languageclient/node";

import { DOCUMENTS } from "./notes";

/** How the server stands, as `whosaid.status` answers. */
export interface Status {
  version: string;
  index: "indexing" | "ready";
  notes: number;
  open: number;
  sources: number;
  findings: { error: number; warning: number; information: number; hint: number };
  folders: { path: string; configured: boolean }[];
}

export type Life = "starting" | "running" | "stopped" | "missing";

export class Server implements vscode.Disposable {
  /** What the server writes about itself. */
  readonly log = vscode.window.createOutputChannel("whosaid", { log: true });
  private client: LanguageClient | undefined;
  private readonly changes = new vscode.EventEmitter<Life>();
  /** Fires when the server starts, runs or stops. */
  readonly onDidChange = this.changes.event;
  life: Life = "starting";

  constructor(private readonly context: vscode.ExtensionContext) {}

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async start(): Promise<void> {
    const found = findProgram(this.context);
    if (found.program === undefined) {
      this.is("missing");
      this.log.appendLine(found.problem);
      void this.offerHelp(found.problem);
      return;
    }
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      // Words of a note may stand in a hover; they are shown and never obeyed.
      markdown: { isTrusted: false, supportHtml: false },
      initializationOptions: taste(),
      synchronize: { configurationSection: "whosaid" },
    };
    const client = new LanguageClient("whosaid", "whosaid", { command: found.program, args: ["lsp"] }, options);
    this.client = client;
    this.log.appendLine(`Starting ${found.program}`);
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) return;
      this.is(newState === State.Running ? "running" : newState === State.Starting ? "starting" : "stopped");
    });
    try {
      await client.start();
    } catch (error) {
      this.is("stopped");
      const problem = `${found.program} did not start: ${error instanceof Error ? error.message : String(error)}`;
      this.log.appendLine(problem);
      void this.offerHelp(problem);
    }
  }

  async stop(): Promise<void> {
    const running = this.client;
    this.client = undefined;
    // A server that never came up cannot be told to stop.
    await running?.dispose().catch(() => undefined);
    this.is("stopped");
  }

  /** Runs one of the server's commands; `undefined` where the server does not run or refuses. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    const client = this.client;
    if (!client || this.life !== "running") return undefined;
    try {
      return ((await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as T | null) ?? undefined;
    } catch (error) {
      this.log.appendLine(`${command}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** A place as the server's commands take it. */
  place(document: vscode.TextDocument, position: vscode.Position): { uri: string; position: { line: number; character: number } } {
    return { uri: this.uri(document.uri), position: { line: position.line, character: position.character } };
  }

  uri(uri: vscode.Uri): string {
    return this.client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  dispose(): void {
    void this.stop();
    this.changes.dispose();
    this.log.dispose();
  }

  private is(life: Life): void {
    if (this.life === life) return;
    this.life = life;
    this.changes.fire(life);
  }

  private async offerHelp(problem: string): Promise<void> {
    const settings = "Open Settings", log = "Show Log", again = "Try Again";
    const choice = await vscode.window.showErrorMessage(`whosaid: ${problem}`, settings, log, again);
    if (choice === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "whosaid.path");
    if (choice === log) this.log.show();
    if (choice === again) await this.restart();
  }
}

/** What the user likes to see and allows to be read; what is reported at all is the project's to say. */
function taste(): { hints: boolean; inlayHints: boolean; codeLens: boolean; allowRead: string[] } {
  const settings = vscode.workspace.getConfiguration("whosaid");
  return {
    hints: settings.get("hints", false),
    inlayHints: settings.get("inlayHints", false),
    codeLens: settings.get("codeLens", true),
    allowRead: settings.get("allowRead", []),
  };
}

type Found = { program: string; problem?: undefined } | { program?: undefined; problem: string };

/**
 * The setting, the program within the extension, or the first one on the PATH. A setting that leads nowhere is said so,
 * and not passed over: the user would never learn which program answers. VS Code leaves out what an untrusted folder sets.
 */
function findProgram(context: vscode.ExtensionContext): Found {
  const name = process.platform === "win32" ? "whosaid.exe" : "whosaid";
  const configured = expandHome(vscode.workspace.getConfiguration("whosaid").get<string>("path", "").trim());
  if (configured !== "") {
    if (!path.isAbsolute(configured)) return { problem: `whosaid.path must be an absolute path, and is "${configured}".` };
    return isFile(configured) ? { program: configured } : { problem: `whosaid.path is "${configured}", and there is no such program.` };
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = [path.join(context.extensionPath, "server", name), ...folders.map((folder) => path.join(folder, name))];
  const program = candidates.find(isFile);
  if (program) return { program };
  return {
    problem:
      "no server was found within the extension or on the PATH. Install it (cargo install --path . --locked in whosaid's repository), or set whosaid.path to the program.",
  };
}

function expandHome(file: string): string {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? "";
  return file.startsWith("~/") ? path.join(home, file.slice(2)) : file;
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
