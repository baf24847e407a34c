// Runs pytest inside Pyodide under Node on the calculator's own tests; the exit code is pytest's.
//   node run.mjs <project> <folder of Python packages> <what tests/prepared.py made> [pytest argument …]
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [project, packages, prepared, ...asked] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${project}/node_modules/pyodide/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: `${project}/node_modules/pyodide/` });
pyodide.mountNodeFS("/project", project);
pyodide.mountNodeFS("/packages", packages);
pyodide.FS.writeFile("/prepared.json", readFileSync(prepared));
pyodide.globals.set("asked", pyodide.toPy(asked));
const code = pyodide.runPython(`
import os, sys
os.chdir("/project")
os.environ |= {"YIBAO_PREPARED": "/prepared.json", "HYPOTHESIS_PROFILE": "few"}
sys.dont_write_bytecode = True
sys.path[:0] = ["/project", "/project/tests/pyodide/stand_ins"]
sys.path.append("/packages")
import pytest
int(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", *asked]))
`);
process.exit(code);
