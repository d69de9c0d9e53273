// Makes screenshots small enough for a repository: 200 colours, nothing but the picture.
// usage: node shrink.js FROM TO [LEFT TOP WIDTH HEIGHT]     environment: WHOSAID_EDITORS (where upng-js is installed)
const fs = require("fs");
const path = require("path");
const UPNG = require(path.join(process.env.WHOSAID_EDITORS, "upng", "node_modules", "upng-js"));

const [, , from, to, ...crop] = process.argv;
const image = UPNG.decode(fs.readFileSync(from));
const pixels = new Uint8Array(UPNG.toRGBA8(image)[0]);
const [left, top, width, height] = crop.length === 4 ? crop.map(Number) : [0, 0, image.width, image.height];
const part = new Uint8Array(width * height * 4);
for (let row = 0; row < height; row++) {
  const start = ((top + row) * image.width + left) * 4;
  part.set(pixels.subarray(start, start + width * 4), row * width * 4);
}
const out = Buffer.from(UPNG.encode([part.buffer], width, height, 200));
fs.writeFileSync(to, out);
console.log(`${path.basename(to)}: ${Math.round(out.length / 1000)} kB`);
