// node compile.mjs PYODIDE_DIR CALCULATOR_ZIP INSIDE_PY OUT_ZIP
// Starts the very Pyodide that the page will run, so that the bytecode is that Python's own, and lets inside.py write the bundle.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [pyodideDir, calculatorZip, insidePy, outZip] = process.argv.slice(2).map((path) => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href)

// PYTHONNODEBUGRANGES leaves column tables out of the bytecode; the hash seed keeps sets in one order, so builds are equal.
const py = await loadPyodide({
  indexURL: pyodideDir,
  env: { HOME: '/home/pyodide', PYTHONNODEBUGRANGES: '1', PYTHONHASHSEED: '0' },
})
py.FS.mkdirTree('/making')
py.FS.writeFile('/making/stdlib.zip', new Uint8Array(readFileSync(`${pyodideDir}/python_stdlib.zip`)))
py.FS.writeFile('/making/inside.py', new Uint8Array(readFileSync(insidePy)))
py.unpackArchive(new Uint8Array(readFileSync(calculatorZip)), 'zip', { extractDir: '/making/home' })

const count = py.runPython(`
import sys
from pathlib import Path
sys.path.insert(0, '/making')
import inside
inside.write_bundle(Path('/making/stdlib.zip'), Path('/making/home'), 'bridge', Path('/making/bundle.zip'))
`)
writeFileSync(outZip, py.FS.readFile('/making/bundle.zip'))
console.log(JSON.stringify({ modules: count }))
process.exit(0)
