// Starts the server and gets out of the way: every feature works through the protocol, none needs a command of this client.
import * as fs from "fs";
import * as path from "path";
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

/** The notes that the server reads; `untitled` ones are analysed in memory. */
const NOTES = ["file", "untitled"].flatMap((scheme) =>
  ["markdown", "plaintext", "quarto"].map((language) => ({ scheme, language })),
);

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("whosaid");
  const status = vscode.languages.createLanguageStatusItem("whosaid", NOTES);
  status.name = "whosaid";
  status.command = { command: "whosaid.showOutput", title: "Show Output" };
  context.subscriptions.push(
    output,
    status,
    vscode.commands.registerCommand("whosaid.showOutput", () => output.show()),
    vscode.commands.registerCommand("whosaid.restart", async () => {
      await stop();
      await start(context, output, status);
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("whosaid.path")) {
        await vscode.commands.executeCommand("whosaid.restart");
      }
    }),
  );
  await start(context, output, status);
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function start(
  context: vscode.ExtensionContext,
  output: vscode.OutputChannel,
  status: vscode.LanguageStatusItem,
): Promise<void> {
  const program = findServer(context);
  if (!program) {
    status.text = "whosaid: no server";
    status.severity = vscode.LanguageStatusSeverity.Error;
    const open = "Open Settings";
    const choice = await vscode.window.showErrorMessage(
      "whosaid: no server found. Install it with `cargo install whosaid`, or set whosaid.path to the program.",
      open,
    );
    if (choice === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "whosaid.path");
    }
    return;
  }
  const server: ServerOptions = { command: program, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: NOTES,
    outputChannel: output,
    markdown: { isTrusted: false, supportHtml: false },
    initializationOptions: taste(),
    synchronize: { configurationSection: "whosaid" },
  };
  const started = new LanguageClient("whosaid", "whosaid", server, options);
  started.onDidChangeState(({ newState }) => {
    const states = {
      [State.Starting]: "whosaid: starting",
      [State.Running]: "whosaid",
      [State.Stopped]: "whosaid: stopped",
    };
    status.text = states[newState];
    status.detail = program;
    status.severity =
      newState === State.Stopped ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  });
  client = started;
  try {
    await started.start();
  } catch (error) {
    output.appendLine(`whosaid: ${program} did not start: ${String(error)}`);
    void vscode.window.showErrorMessage(`whosaid: ${program} did not start. See the output channel "whosaid".`);
  }
}

/** What the user likes to see; what is reported at all is the project's to say. */
function taste(): { hints: boolean; inlayHints: boolean } {
  const settings = vscode.workspace.getConfiguration("whosaid");
  return { hints: settings.get("hints", false), inlayHints: settings.get("inlayHints", false) };
}

/** The setting, the program within the extension, or the first one on the PATH. A setting of an untrusted folder does not count. */
function findServer(context: vscode.ExtensionContext): string | undefined {
  const name = process.platform === "win32" ? "whosaid.exe" : "whosaid";
  const configured = vscode.workspace.getConfiguration("whosaid").get<string>("path", "").trim();
  const candidates = [
    expandHome(configured),
    path.join(context.extensionPath, "server", name),
    ...(process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, name)),
  ];
  return candidates.find((candidate) => candidate !== "" && path.isAbsolute(candidate) && isFile(candidate));
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
