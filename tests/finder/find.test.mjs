/** Places as people type them, over the table of the built site. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { find, OUTSIDE, read } from '../../docs/finder/find.js'

const assets = fileURLToPath(new URL('../../site/assets/', import.meta.url))
const [file] = readdirSync(assets).filter((name) => /^places\..*\.js$/.test(name))
const places = read(JSON.parse(/^yibaoPlaces\((.*)\)\s*$/s.exec(readFileSync(assets + file, 'utf8'))[1]))
const first = (typed) => find(places, typed)[0]?.name
const all = (typed) => find(places, typed).map(({ name }) => name)

for (const [typed, name] of [
  ['深圳', '深圳市'], ['深圳市', '深圳市'], ['深', '深圳市'], ['shenzhen', '深圳市'], ['shen zhen', '深圳市'], ['ＳＨＥＮＺＨＥＮ', '深圳市'],
  ['SHENZHEN', '深圳市'], ['广东深圳', '深圳市'], ['广东省深圳市南山区', '深圳市'], ['bj', '北京市'], ['cq', '重庆市'], ['chongqing', '重庆市'],
  ['changzhi', '长治市'], ['luohe', '漯河市'], ['chaoyang', '朝阳市'], ['luan', '六安市'], ['liuan', '六安市'], ['沪', '上海市'], ['粤', '广东省'],
  ['内蒙', '内蒙古自治区'], ['恩施', '恩施土家族苗族自治州'], ['兵团', '新疆生产建设兵团'], ['shihezi', '石河子市'], ['香港', '香港特别行政区'],
]) test(`${typed} → ${name}`, () => assert.equal(first(typed), name))

test('initials that several places share find them all', () => {
  for (const name of ['深圳市', '苏州市', '宿州市']) assert.ok(all('sz').includes(name))
  assert.ok(all('shanxi').includes('山西省') && all('shanxi').includes('陕西省') && all('shaanxi').includes('陕西省'))
  assert.deepEqual(all('吉林').slice(0, 2), ['吉林省', '吉林市'])
})

test('what is half typed finds what begins so', () => {
  assert.ok(all('shenz').includes('深圳市'))
  assert.ok(all('guangz').includes('广州市'))
})

test('what is no place finds none, whatever it is', () => {
  for (const typed of ['', ' ', '昆仑山脉之巅', 'qqqq', '<img src=x>', '😀', '\\', '(', 'a'.repeat(10_000), '断'.repeat(10_000)]) assert.deepEqual(find(places, typed), [])
})

test('each place leads to its own page or the nearest above it', () => {
  const by = new Map(places.map((place) => [place.name, place]))
  assert.equal(by.get('深圳市').page, '440300')
  assert.equal(by.get('廊坊市').page, '130000')
  assert.equal(by.get('石河子市').page, 'XPCC')
  assert.equal(by.get('临夏市').page, '622901')
  assert.equal(by.get('台湾省').page, OUTSIDE)
})

test('every code stands once, with its name', () => {
  const listed = JSON.parse(readFileSync(new URL('../../site/api/places.json', import.meta.url), 'utf8')).filter(({ code }) => code !== 'CN')
  assert.deepEqual(places.map(({ code, name }) => `${code} ${name}`).sort(), listed.map(({ code, name }) => `${code} ${name}`).sort())
})
