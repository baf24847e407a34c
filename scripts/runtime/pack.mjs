// node pack.mjs WIDGET_DIR FINDER_DIR PYODIDE_DIR PRUNED_DIR WORDS_JSON OUT_DIR
// Bundles the browser shell to classic scripts: Chromium runs neither module scripts nor module workers from file://.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const [widgetDir, finderDir, pyodideDir, prunedDir, wordsJson, outDir] = process.argv.slice(2).map((path) => resolve(path))
const { build } = createRequire(`${pyodideDir}/package.json`)('esbuild')

const lock = JSON.parse(readFileSync(`${pyodideDir}/pyodide-lock.json`, 'utf8'))
const VIRTUAL = {
  'yibao:words': readFileSync(wordsJson, 'utf8'),
  'yibao:lock': JSON.stringify({ info: lock.info, packages: {} }), // no package is ever loaded, so no lock file is fetched
}
// Scripts of others, each with its globals replaced by ours (host.js) and without the address of a download server.
const FOREIGN = /https:\/\/cdn\.jsdelivr\.net\/pyodide\/v\$\{\w+\}\/full\//g

const sources = {
  name: 'sources',
  setup({ onResolve, onLoad }) {
    const scripts = {
      'yibao:python': { file: `${prunedDir}/pyodide.asm.mjs`, ours: 'fetch' },
      'yibao:pyodide': { file: `${pyodideDir}/pyodide.mjs`, ours: 'fetch, WebAssembly' },
      'yibao:pyodide-asm': { file: `${pyodideDir}/pyodide.asm.mjs`, ours: 'fetch' },
      'yibao:zstd': { file: createRequire(`${pyodideDir}/package.json`).resolve('zstddec/stream'), ours: 'fetch', from: './unpack.js' },
    }
    // Left out where they are not called.
    onResolve({ filter: /^yibao:/ }, ({ path }) => ({ path, namespace: 'yibao', sideEffects: false }))
    onResolve({ filter: /^\.\/(unpack|python|stock)\.js$/ }, ({ path }) => ({ path: resolve(widgetDir, path), sideEffects: false }))
    onLoad({ filter: /.*/, namespace: 'yibao' }, ({ path }) => {
      if (path in VIRTUAL) return { contents: VIRTUAL[path], loader: 'json' }
      const { file, ours, from = './host.js' } = scripts[path]
      const source = readFileSync(file, 'utf8').replace(FOREIGN, 'https://offline.invalid/')
      return { contents: `import { ${ours} } from '${from}'\n${source}`, loader: 'js', resolveDir: widgetDir }
    })
  },
}

const common = {
  bundle: true,
  format: 'iife',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  outdir: outDir,
  logLevel: 'error',
}
const worker = {
  ...common,
  target: 'es2022',
  define: { 'import.meta.url': '"https://offline.invalid/pyodide.mjs"', PACKED: 'false', STOCK: 'false' },
  external: ['node:*', 'ws'], // named in branches for Node that a browser never takes
}
const packed = { ...worker, define: { ...worker.define, PACKED: 'true' } }
const stock = {
  ...worker,
  define: { ...worker.define, STOCK: 'true' },
  banner: { js: 'self.importScripts=undefined;' }, // Pyodide refuses classic workers, which it tells by importScripts
}
const page = ['start.js', 'element.js', 'embed.js', 'frame.js', 'widget.css'].map((name) => `${widgetDir}/${name}`)
const finder = ['pages.js', 'pages.css'].map((name) => `${finderDir}/${name}`)
await Promise.all([
  build({ ...common, entryPoints: finder, target: 'es2019' }),
  build({ ...common, entryPoints: page, target: 'es2019', plugins: [sources] }),
  build({ ...worker, entryPoints: { worker: `${widgetDir}/worker.js` }, plugins: [sources] }),
  build({ ...packed, entryPoints: { packed: `${widgetDir}/worker.js` }, plugins: [sources] }),
  build({ ...stock, entryPoints: { stock: `${widgetDir}/worker.js` }, plugins: [sources] }),
])
