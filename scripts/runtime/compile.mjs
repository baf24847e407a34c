// node compile.mjs PYODIDE_DIR PRUNED_DIR CALCULATOR_ZIP INSIDE_PY OUT_ZIP
// Starts the Python that the page will run, to see what it imports, and Pyodide of the same build, in which inside.py writes the bundle: so
// the bytecode is that Python's own.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inNode, run } from './bare.mjs'

const [pyodideDir, prunedDir, calculatorZip, insidePy, outZip] = process.argv.slice(2).map((path) => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href)
const read = (path) => new Uint8Array(readFileSync(path))

// What Python imports when it starts, and when the calculator is imported: nothing else has been.
const { module, python } = await inNode(prunedDir, `${pyodideDir}/python_stdlib.zip`)
module.FS.writeFile('/tmp/calculator.zip', read(calculatorZip))
run(python, `
import sys
sys.path.insert(0, '/tmp/calculator.zip')
import bridge
origins = {name: getattr(module.__spec__, 'origin', None) for name, module in list(sys.modules.items())}
with open('/tmp/imported', 'w') as file:
    file.write('\\n'.join(f'{name}\\t{origin}' for name, origin in origins.items()))`)
const imported = module.FS.readFile('/tmp/imported')

// PYTHONNODEBUGRANGES leaves column tables out of the bytecode; the hash seed keeps sets in one order, so builds are equal.
const py = await loadPyodide({
  indexURL: pyodideDir,
  env: { HOME: '/home/pyodide', PYTHONNODEBUGRANGES: '1', PYTHONHASHSEED: '0' },
})
py.FS.mkdirTree('/making')
py.FS.writeFile('/making/stdlib.zip', read(`${pyodideDir}/python_stdlib.zip`))
py.FS.writeFile('/making/calculator.zip', read(calculatorZip))
py.FS.writeFile('/making/inside.py', read(insidePy))
py.FS.writeFile('/making/imported', imported)

const count = py.runPython(`
import sys
from pathlib import Path
sys.path.insert(0, '/making')
import inside
inside.write_bundle(Path('/making/imported'), Path('/making/stdlib.zip'), Path('/making/calculator.zip'), Path('/making/bundle.zip'))
`)
writeFileSync(outZip, py.FS.readFile('/making/bundle.zip'))
console.log(JSON.stringify({ modules: count }))
process.exit(0)
