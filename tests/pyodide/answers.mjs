// Answers Cases inside Pyodide under Node: one a line of a file, in the same order, to standard output.
//   node answers.mjs <folder of Pyodide> <library: a zip, or "stock"> <folder with the calculator, or "inside"> <rulebook> <cases>
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [home, library, calculator, rulebook, cases] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${home}/`, ...(library === "stock" ? {} : { stdLibURL: library }) });
if (calculator !== "inside") {
  pyodide.mountNodeFS("/calculators", calculator);
  pyodide.runPython("import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '/calculators')");
}
pyodide.runPython(`
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
`);
pyodide.globals.get("open_rulebook")(readFileSync(rulebook, "utf8"));
const told = pyodide.globals.get("told");
const lines = readFileSync(cases, "utf8").split("\n").filter((line) => line);
// Each has gone before the next is asked for: Pyodide puts a string together sign by sign, and until it is read it stays a chain of as
// many links, twenty times its size.
for (const line of lines) if (!process.stdout.write(`${told(line)}\n`)) await once(process.stdout, "drain");
