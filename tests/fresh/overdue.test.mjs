/* What docs/assets/overdue.js shows on a given day of the reader's. Run by test_overdue.py. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import assert from "node:assert/strict";
import vm from "node:vm";

const code = readFileSync(fileURLToPath(new URL("../../docs/assets/overdue.js", import.meta.url)), "utf8");

function shown(dates, year, month, day, hour) {
  const notices = dates.map((date) => ({ dataset: { ybReviewBy: date }, hidden: true }));
  class Clock extends Date {
    constructor() { super(year, month - 1, day, hour); }
  }
  vm.runInNewContext(code, { Date: Clock, document: { querySelectorAll: () => notices }, String });
  return notices.filter((notice) => !notice.hidden).map((notice) => notice.dataset.ybReviewBy);
}

const dates = ["2026-12-31", "2027-03-31", "2027-06-30"];

test("on the day of review nothing is claimed yet", () => assert.deepEqual(shown(dates, 2026, 12, 31, 23), []));
test("the day after, from its first hour on, the rule is overdue", () =>
  assert.deepEqual(shown(dates, 2027, 1, 1, 0), ["2026-12-31"]));
test("later more are", () => assert.deepEqual(shown(dates, 2027, 4, 1, 12), ["2026-12-31", "2027-03-31"]));
test("months and days below ten compare as days", () => assert.deepEqual(shown(["2027-09-30"], 2027, 10, 1, 1), ["2027-09-30"]));
