// An editor in a terminal of its own (tmux), driven by keys and judged by what stands on its screen.
const fs = require("fs");
const path = require("path");
const { execFileSync } = require("child_process");

const COLUMNS = 104, ROWS = 30;
let started = 0;

class Terminal {
  /** Starts a command in a folder, with nothing of the user's own configuration. */
  constructor(name, folder, command, environment) {
    this.name = name;
    this.socket = `whosaid-${name}-${process.pid}-${++started}`;
    this.failed = false;
    const variables = Object.entries({ COLORTERM: "truecolor", ...environment }).map(([key, value]) => `${key}=${value}`);
    this.tmux("-f", "/dev/null", "new-session", "-d", "-x", String(COLUMNS), "-y", String(ROWS), "-c", folder, "env", ...variables, ...command);
    this.tmux("set", "-g", "default-terminal", "tmux-256color");
    this.tmux("set", "-g", "status", "off");
    this.tmux("set", "-g", "remain-on-exit", "on");
    this.tmux("set", "-s", "escape-time", "0");
  }

  tmux(...args) {
    return execFileSync("tmux", ["-L", this.socket, ...args], { encoding: "utf8" });
  }

  /** Presses keys by their names (Enter, Escape, C-a, …), one after the other. */
  async keys(...names) {
    for (const name of names) {
      this.tmux("send-keys", name);
      await wait(60);
    }
  }

  /** Types text as it is. */
  async type(text) {
    this.tmux("send-keys", "-l", text);
    await wait(100);
  }

  screen() {
    return this.tmux("capture-pane", "-p");
  }

  /** Waits until the screen fits; tells and remembers if it never does. */
  async sees(what, pattern, seconds = 20) {
    const fits = typeof pattern === "function" ? pattern : (screen) => (pattern instanceof RegExp ? pattern.test(screen) : screen.includes(pattern));
    for (let n = 0; n < seconds * 20; n++) {
      if (fits(this.screen())) {
        console.log(`ok   ${what}`);
        return true;
      }
      await wait(50);
    }
    this.failed = true;
    console.log(`FAIL ${what}\n${this.screen()}`);
    return false;
  }

  /** Does something again until the screen fits: on a busy machine the server may not be there yet. */
  async brings(what, action, pattern) {
    for (let n = 0; n < 12 && !pattern.test(this.screen()); n++) {
      await action();
      for (let m = 0; m < 40 && !pattern.test(this.screen()); m++) await wait(50);
    }
    return this.sees(what, pattern, 1);
  }

  check(what, ok, seen) {
    console.log(ok ? `ok   ${what}` : `FAIL ${what} ${seen}`);
    this.failed ||= !ok;
  }

  /** A picture of the screen as it is, if pictures are wanted. */
  async shot(name, shots) {
    if (!shots) return;
    await wait(300);
    const { chromium } = require(path.join(process.env.WHOSAID_EDITORS, "node_modules", "playwright-core"));
    const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
    const page = await chrome.newPage({ viewport: { width: 900, height: 600 } });
    await page.setContent(html(this.tmux("capture-pane", "-ep")));
    fs.mkdirSync(shots, { recursive: true });
    await page.locator("pre").screenshot({ path: path.join(shots, `${name}.png`) });
    await chrome.close();
    console.log(`picture ${name}.png`);
  }

  kill() {
    try {
      execFileSync("tmux", ["-L", this.socket, "kill-server"], { stdio: "ignore" });
    } catch {
      // It is gone already.
    }
  }

  end() {
    this.kill();
    console.log(`${this.name}: ${this.failed ? "FAILED" : "passed"}`);
    return this.failed ? 1 : 0;
  }
}

function wait(milliseconds) {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}

const BASE = ["#1c1f26", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#dcdfe4",
              "#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff"];

function indexed(n) {
  if (n < 16) return BASE[n];
  if (n >= 232) return `rgb(${Array(3).fill(8 + 10 * (n - 232)).join()})`;
  const level = (k) => (k === 0 ? 0 : 55 + 40 * k);
  const m = n - 16;
  return `rgb(${level(Math.floor(m / 36))},${level(Math.floor(m / 6) % 6)},${level(m % 6)})`;
}

/** A screen with its colours, as a page. */
function html(screen) {
  let style = {};
  let out = "";
  for (const piece of screen.replace(/\n$/, "").split(/(\x1b\[[0-9;:]*m)/)) {
    const codes = /^\x1b\[([0-9;:]*)m$/.exec(piece);
    if (codes) style = applied(style, codes[1]);
    else out += piece.replace(/[\x0e\x0f]/g, "").split("\n").map((part) => (part === "" ? "" : `<span style="${css(style)}">${safe(part)}</span>`)).join("\n");
  }
  return `<style>body{margin:0}pre{display:inline-block;margin:0;padding:10px 12px;background:${BASE[0]};color:${BASE[7]};font:14px/18px "DejaVu Sans Mono",monospace}span{display:inline-block;height:18px;vertical-align:top}</style><pre>${out}</pre>`;
}

function safe(text) {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function applied(style, codes) {
  const next = { ...style };
  const list = codes === "" ? ["0"] : codes.split(";");
  for (let n = 0; n < list.length; n++) {
    const code = Number(list[n].split(":")[0]);
    if (code === 0) Object.keys(next).forEach((key) => delete next[key]);
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = list[n] !== "4:0";
    else if (code === 7) next.reverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.reverse = false;
    else if (code >= 30 && code <= 37) next.fore = BASE[code - 30];
    else if (code >= 90 && code <= 97) next.fore = BASE[code - 82];
    else if (code >= 40 && code <= 47) next.back = BASE[code - 40];
    else if (code >= 100 && code <= 107) next.back = BASE[code - 92];
    else if (code === 39) delete next.fore;
    else if (code === 49) delete next.back;
    else if (code === 38 || code === 48 || code === 58) {
      const rest = list[n].includes(":") ? list[n].split(":").slice(1).filter((part) => part !== "") : list.slice(n + 1);
      const true_colour = rest[0] === "2";
      const colour = true_colour ? `rgb(${rest.slice(1, 4).join()})` : indexed(Number(rest[1]));
      if (code === 38) next.fore = colour;
      if (code === 48) next.back = colour;
      if (!list[n].includes(":")) n += true_colour ? 4 : 2;
    }
  }
  return next;
}

function css({ fore = BASE[7], back, bold, dim, italic, underline, reverse }) {
  const [front, ground] = reverse ? [back ?? BASE[0], fore] : [fore, back];
  return `color:${front};${ground ? `background:${ground};` : ""}${bold ? "font-weight:bold;" : ""}${dim ? "opacity:.6;" : ""}` +
    `${italic ? "font-style:italic;" : ""}${underline ? "text-decoration:underline;" : ""}`;
}

module.exports = { Terminal, wait };
