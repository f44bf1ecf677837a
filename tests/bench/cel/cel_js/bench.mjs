// SPDX-License-Identifier: Apache-2.0
// The conditions of the benchmark in @marcbachmann/cel-js: bench.mjs CONDITIONS SUBJECTS SECONDS; one JSON line a condition.
import { readFileSync } from 'node:fs'
import { Environment } from '@marcbachmann/cel-js'

const [conditionsFile, subjectsFile, seconds] = process.argv.slice(2)
const integers = (_, value) => (Number.isInteger(value) ? BigInt(value) : value)
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
const subjects = lines(subjectsFile).map((line) => JSON.parse(line, integers))
const environment = new Environment().registerVariable('entity', 'map').registerVariable('env', 'map')

for (const line of lines(conditionsFile)) {
  const [name, expression] = line.split('\t')
  const program = environment.parse(expression)
  const counts = { true: 0, false: 0, other: 0 }
  for (const subject of subjects) {
    let value
    try {
      value = program(subject)
    } catch {
      value = undefined
    }
    counts[value === true ? 'true' : value === false ? 'false' : 'other'] += 1
  }
  let best = Infinity
  const end = performance.now() + Number(seconds) * 1000
  do {
    const start = performance.now()
    for (const subject of subjects) {
      try {
        program(subject)
      } catch {
        // counted above
      }
    }
    best = Math.min(best, performance.now() - start)
  } while (performance.now() < end)
  console.log(JSON.stringify({ name, nanoseconds: (best * 1e6) / subjects.length, ...counts }))
}
