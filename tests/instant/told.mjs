// node told.mjs TABLES < questions: what docs/widget/instant.js says, one JSON line for each line of questions.
// A line is a Case, or [Case, first day, last day]: then the Case is asked on each of these days of payment, and its lapse goes along
// with the day (`lapse`, in whole months before the month of payment) where it names one. TABLES: by place, as JSON text.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { headline } from '../../docs/widget/instant.js'

const DAY_MS = 86_400_000
const tables = Object.fromEntries(Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8'))).map(([code, text]) => [code, JSON.parse(text)]))
const homes = Object.fromEntries(Object.entries(tables).flatMap(([code, table]) => Object.keys(table.places).map((place) => [place, code])))
const tell = (given) => headline(tables[homes[given.place] ?? 'CN'], given)

/** @yields {string | null} each day's headlines: before it is paid, paid and asked on the first day, paid and asked on the last */
function* days({ lapse, ...given }, first, last) {
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10)
    const until = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 2 - lapse, 1))
    const whole = lapse === undefined ? given : { ...given, last_paid_month: until.toISOString().slice(0, 7) }
    yield tell({ ...whole, as_of: day })
    yield tell({ ...whole, as_of: tables.CN.days[0], paid_on: day })
    yield tell({ ...whole, as_of: tables.CN.days[1], paid_on: day })
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line)
  process.stdout.write(JSON.stringify(Array.isArray(question) ? [...days(...question)] : tell(question)) + '\n')
}
