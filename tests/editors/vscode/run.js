// Starts a real VS Code workbench, runs suite.js in its extension host, then takes pictures of what a user sees.
// usage: node run.js EXTENSION WORKSPACE SHOTS [DESK]: pictures are taken of a folder DESK     environment: WHOSAID_EDITORS, WHOSAID_BINARY
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");
const { spawn } = require("child_process");

const [, , extension, workspace, shots, desk] = process.argv;
const editors = process.env.WHOSAID_EDITORS;
const { chromium } = require(path.join(editors, "node_modules", "playwright-core"));
const vscode = path.join(editors, "node_modules", "code-server", "lib", "vscode");

const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
  "editor.hover.delay": 100,
  "editor.fontSize": 14,
  "whosaid.path": process.env.WHOSAID_BINARY,
};

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Pictures of the desk as a user sees it: a dossier, the mentions of a name, the findings of a draft. */
async function pictures(port, desk) {
  const chrome = await browser();
  const page = await chrome.newPage({ viewport: { width: 1280, height: 760 } });
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [["extensionDevelopmentPath", remote(extension)], ["skipWelcome", "true"]];
  await page.goto(`http://127.0.0.1:${port}/?folder=${desk}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60000 });
  const shot = async (name) => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: path.join(shots, `${name}.png`) });
    console.log(`picture ${name}.png`);
  };
  // By the explorer: "quick open" wants a ripgrep that this build of VS Code lacks.
  const row = (name) => page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
  const open = async (folder, name) => {
    if (!(await row(name).isVisible())) await row(folder).click();
    await row(name).dblclick();
    await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: 20000 });
    await page.waitForSelector(".monaco-editor .view-line");
  };
  const pointAt = async (line, word) => {
    const box = await page.evaluate(([line, word]) => {
      for (const row of document.querySelectorAll(".monaco-editor .view-line")) {
        const text = row.textContent.replace(/\u00a0/g, " ");
        const from = text.indexOf(line);
        if (from < 0) continue;
        let at = from + line.indexOf(word) + 2;
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (at < node.length) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { x, y, height } = range.getBoundingClientRect();
            return { x: x + 2, y: y + height / 2 };
          }
          at -= node.length;
        }
      }
      return null;
    }, [line, word]);
    if (!box) throw new Error(`"${line}" is not on the screen`);
    await page.mouse.move(box.x, box.y, { steps: 5 });
    return box;
  };

  // The first hover may come before the server has read the folder.
  const hoverOn = async (line, word, shown) => {
    for (let tries = 0; ; tries++) {
      await page.mouse.move(200, 700);
      await pointAt(line, word);
      const seen = page.waitForSelector(`.monaco-hover:not(.hidden) >> text=${shown}`, { timeout: 4000 });
      if (await seen.then(() => true, () => false)) return;
      if (tries === 10) throw new Error(`no hover on "${word}"`);
    }
  };

  await open("articles", "2031-03-12-quota-talks.txt");
  await hoverOn("Mr Haddad said", "Haddad", "Nadim Haddad");
  await shot("vscode-hover");
  const name = await pointAt("Mr Haddad said", "Haddad");
  await page.mouse.click(name.x, name.y);
  await page.keyboard.press("Shift+F12");
  await page.waitForSelector(".reference-zone-widget .monaco-list-row", { timeout: 20000 });
  await page.mouse.move(200, 700);
  await shot("vscode-references");
  await page.keyboard.press("Escape");
  await open("drafts", "strait-assessment.md");
  await page.waitForSelector(".monaco-editor .squiggly-error", { timeout: 60000 });
  await page.keyboard.press("Control+Shift+M");
  await page.waitForSelector(".markers-panel .monaco-list-row", { timeout: 20000 });
  await hoverOn("412,000 tonnes", "tonnes", "has no source");
  await shot("vscode-findings");
  await chrome.close();
}

async function startWorkbench(port, data, extensions) {
  fs.mkdirSync(path.join(data, "User"), { recursive: true });
  fs.writeFileSync(path.join(data, "User", "settings.json"), JSON.stringify(SETTINGS));
  const child = spawn(
    process.execPath,
    ["out/server-main.js", "--host", "127.0.0.1", "--port", String(port), "--without-connection-token",
     "--accept-server-license-terms", "--enable-smoke-test-driver", "--telemetry-level", "off", "--disable-workspace-trust",
     "--server-data-dir", path.join(data, "server"), "--user-data-dir", data, "--extensions-dir", extensions],
    { cwd: vscode, stdio: ["ignore", "pipe", "pipe"] },
  );
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("VS Code did not start within 60 s")), 60000);
    child.stdout.on("data", (text) => /listening|available/i.test(text) && (clearTimeout(late), resolve()));
    child.on("exit", (code) => reject(new Error(`VS Code ended with ${code}`)));
  });
  return child;
}

async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });
}

async function suite(port) {
  const chrome = await browser();
  const page = await chrome.newPage({ viewport: { width: 1280, height: 800 } });
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", (code) => resolve(code)));
  await page.exposeFunction("codeAutomationLog", (type, args) => {
    const line = args.map(String).join(" ");
    if (/^\[whosaid\]|AssertionError|nothing after/.test(line)) console.log(line.slice(0, 2000));
  });
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(path.join(__dirname, "suite.js"))],
    ["skipWelcome", "true"],
  ];
  await page.goto(`http://127.0.0.1:${port}/?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const code = await Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve("no answer in 180 s"), 180000))]);
  fs.mkdirSync(shots, { recursive: true });
  if (code !== 0) await page.screenshot({ path: path.join(shots, "failed.png") });
  await chrome.close();
  return code;
}

(async () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "whosaid-vscode-"));
  const extensions = path.join(data, "extensions");
  fs.mkdirSync(extensions);
  const port = await freePort();
  const workbench = await startWorkbench(port, data, extensions);
  let code;
  try {
    code = await suite(port);
    if (code === 0 && desk) await pictures(port, desk);
  } finally {
    workbench.removeAllListeners("exit");
    workbench.kill();
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(code === 0 ? "vscode: passed" : `vscode: FAILED (${code})`);
  process.exit(code === 0 ? 0 : 1);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
