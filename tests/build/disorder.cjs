// Loaded into every Node of a build (NODE_OPTIONS): folders are read in an order of chance, seeded by DISORDER.
const fs = require('node:fs')
let state = Number(process.env.DISORDER)
const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
function shuffled(list) {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1))
    ;[list[last], list[other]] = [list[other], list[last]]
  }
  return list
}
const { readdirSync, readdir } = fs
const later = fs.promises.readdir
fs.readdirSync = (...given) => shuffled(readdirSync(...given))
fs.readdir = (...given) => {
  const done = given.pop()
  readdir(...given, (error, list) => done(error, list && shuffled(list)))
}
fs.promises.readdir = async (...given) => shuffled(await later(...given))
require('node:module').syncBuiltinESMExports()
