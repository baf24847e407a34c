// The residents' wait in publicodes, in the page: JavaScript, no Python. One rule, as in the comparison of engines.
import Engine from 'publicodes'
import rules from './rules.json'

performance.mark('yb:interactive')
const engine = new Engine(rules)
const asked = JSON.parse(decodeURIComponent(location.hash.slice('#case='.length)))
performance.mark('yb:python-ready')
engine.setSituation({
  'lapsed years': asked.coverage_year - asked.last_covered_year - 1,
  'repaid years': asked.years_repaid,
  'paid in window': asked.in_window ? 'oui' : 'non',
})
const months = engine.evaluate('resident wait').nodeValue
const headline = document.querySelector('[data-yb=headline]')
headline.textContent = `要等${months}个月`
headline.dataset.months = months
performance.mark('yb:python-answer')
