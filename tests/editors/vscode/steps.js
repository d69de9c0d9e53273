// What the suites share: steps with names, and waiting for what comes in its own time.
const results = [];

exports.step = async (name, body) => {
  await body();
  results.push(name);
  console.log(`[whosaid] ok ${name}`);
};

exports.until = async (what, probe) => {
  for (let n = 0; n < 400; n++) {
    const value = await probe();
    if (value) return value;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`nothing after 20 s: ${what}`);
};

exports.passed = () => console.log(`[whosaid] ${results.length} steps passed`);
