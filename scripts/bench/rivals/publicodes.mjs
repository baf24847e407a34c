// publicodes' side: a task as JSON on standard input, figures as JSON on standard output. Argument: where publicodes is installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const now = () => ({ cpu: process.cpuUsage(), wall: performance.now() });
const since = (start, calls = 1) => {
  const { user, system } = process.cpuUsage(start.cpu);
  return { cpu: (user + system) / calls, wall: ((performance.now() - start.wall) * 1000) / calls };
};

const task = JSON.parse(readFileSync(0, "utf-8"));
const start = now();
const entry = createRequire(pathToFileURL(process.argv[2] + "/")).resolve("publicodes");
const { default: Engine } = await import(pathToFileURL(entry.replace(/\.cjs$/, ".js")));
const imported = since(start);
const engine = new Engine(task.publicodes);
const begun = since(start);

const ask = ([lapsed, repaid, inside]) => {
  engine.setSituation({ "lapsed years": lapsed, "repaid years": repaid, "paid in window": inside ? "oui" : "non" });
  return engine.evaluate("resident wait").nodeValue;
};
const least = (found) => Math.min(...found); // timing.py says why

const months = task.waits.map(ask); // warms up as well
const passes = [];
const ends = performance.now() + task.seconds * 1000;
while (passes.length < 7 || performance.now() < ends) {
  const from = now();
  task.timed_waits.forEach(ask);
  passes.push(since(from, task.timed_waits.length));
}
const wait = { cpu: least(passes.map((one) => one.cpu)), wall: least(passes.map((one) => one.wall)) };
console.log(JSON.stringify({ import: imported, begin: begun, wait, months }));
