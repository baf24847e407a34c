// Runs pytest inside Pyodide in a worker of the browser, as run.mjs does under Node, and tells the page how it ended.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const at = (name) => new URL(name, self.location.href).href;
try {
  const pyodide = await loadPyodide({ indexURL: at("./pyodide/") });
  const read = async (name) => (await fetch(at(name))).arrayBuffer();
  pyodide.unpackArchive(await read("project.zip"), "zip", { extractDir: "/project" });
  pyodide.unpackArchive(await read("packages.zip"), "zip", { extractDir: "/packages" });
  pyodide.FS.writeFile("/prepared.json", new Uint8Array(await read("prepared.json")));
  const [code, told] = pyodide.runPython(`
import contextlib, io, os, sys
os.chdir("/project")
os.environ |= {"YIBAO_PREPARED": "/prepared.json", "HYPOTHESIS_PROFILE": "few"}
sys.dont_write_bytecode = True
sys.path[:0] = ["/project", "/project/tests/pyodide/stand_ins"]
sys.path.append("/packages")
import pytest
out = io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
    code = int(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", "tests/unit"]))
(code, out.getvalue()[-4000:])
`).toJs();
  postMessage({ code, told });
} catch (error) {
  postMessage({ code: -1, told: String(error) });
}
