// Which documents are notes, and how places in them are addressed.
import * as vscode from "vscode";

/** Languages that notes are written in. */
const LANGUAGES = ["markdown", "plaintext", "quarto"];

/**
 * `untitled` notes are analysed in memory; versions under `git` and the like, and notes of a virtual workspace, can be read
 * and followed, and are never judged or edited.
 */
const SCHEMES = ["file", "untitled", "git", "gitlens", "pr", "vscode-vfs", "github"];

const NOTES = SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));

/** What the client sends to the server: notes, the files that say how they are read, and libraries. */
export const DOCUMENTS = [...NOTES, { scheme: "file", pattern: "**/whosaid.{toml,names}" }, { scheme: "file", pattern: "**/*.bib" }];

/** The editor with a note that the user works in. */
export function activeNote(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && vscode.languages.match(NOTES, editor.document) > 0 ? editor : undefined;
}

/** Opens a place that a panel links to. Lines and columns count from 1. */
export async function openAt(uri: unknown, line: unknown, column: unknown): Promise<void> {
  if (typeof uri !== "string" || typeof line !== "number") return;
  const target = vscode.Uri.parse(uri, true);
  if (!SCHEMES.includes(target.scheme)) return;
  const at = new vscode.Position(Math.max(line - 1, 0), typeof column === "number" ? Math.max(column - 1, 0) : 0);
  // Beside a panel, not instead of it.
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === target.toString());
  await vscode.window.showTextDocument(target, {
    selection: new vscode.Range(at, at),
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
  });
}
