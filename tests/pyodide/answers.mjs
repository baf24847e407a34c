// Answers Cases inside Pyodide under Node: one a line of a file, in the same order, to standard output.
//   node answers.mjs <folder of Pyodide> stock <folder with the calculator> <rulebook> <cases>    as its makers start it
//   node answers.mjs <folder of Pyodide> <library, a zip> <folder of the pruned one> <rulebook> <cases>    as the page does
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { door, run } from "../../docs/widget/door.js";
import { inNode } from "../../scripts/runtime/bare.mjs";

const [home, library, folder, rulebook, cases] = process.argv.slice(2);
const ANSWERING = `
import json
from calculator import CaseError, Rulebook, answer

def open_rulebook(text):
    global book
    book = Rulebook.load(json.loads(text))

def told(text):
    try:
        return answer(text, book)
    except CaseError as error:
        return json.dumps(error.to_json(), ensure_ascii=False)
`;

async function stock() {
  const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
  const pyodide = await loadPyodide({ indexURL: `${home}/` });
  pyodide.mountNodeFS("/calculators", folder);
  pyodide.runPython("import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '/calculators')");
  pyodide.runPython(ANSWERING);
  pyodide.globals.get("open_rulebook")(readFileSync(rulebook, "utf8"));
  return pyodide.globals.get("told");
}

async function asThePage() {
  const { module, python } = await inNode(folder, library);
  module.FS.writeFile("/tmp/rulebook", new Uint8Array(readFileSync(rulebook)));
  run(python, `${ANSWERING}
open_rulebook(open('/tmp/rulebook', encoding='utf-8').read())
as_bytes = lambda text: told(text).encode()
open('/tmp/door', 'w').write(str(id(as_bytes)))`);
  const ask = door(python, Number(module.FS.readFile("/tmp/door", { encoding: "utf8" })));
  return (line) => new TextDecoder().decode(ask(line));
}

const told = await (library === "stock" ? stock() : asThePage());
const lines = readFileSync(cases, "utf8").split("\n").filter((line) => line);
// Each has gone before the next is asked for: Pyodide puts a string together sign by sign, and until it is read it stays a chain of as
// many links, twenty times its size.
for (const line of lines) if (!process.stdout.write(`${told(line)}\n`)) await once(process.stdout, "drain");
