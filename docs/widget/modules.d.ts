// What scripts/runtime/pack.mjs puts in the place of these names.
declare module 'yibao:words' { const words: any; export default words }
declare module 'yibao:lock' { const lock: any; export default lock }
declare module 'yibao:pyodide' { export { loadPyodide } from 'pyodide' }
declare module 'yibao:python' { const create: (settings: object) => Promise<import('./snapshot.js').Module>; export default create }
declare module 'yibao:pyodide-asm' { const factory: any; export default factory }
declare module 'yibao:zstd' { export { ZSTDDecoder } from 'zstddec/stream' }
/** Whether this worker is the offline bundle's: its files are handed over, packed, by the page. */
declare const PACKED: boolean
/** Whether this worker is the last rung's: Pyodide as its makers publish it. */
declare const STOCK: boolean
