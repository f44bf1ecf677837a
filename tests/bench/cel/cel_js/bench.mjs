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
  // The least time of every block of subjects, as in the other programs.
  const block = 1000
  const least = new Array(Math.ceil(subjects.length / block)).fill(Infinity)
  const end = performance.now() + Number(seconds) * 1000
  do {
    for (let at = 0; at < least.length; at += 1) {
      const last = Math.min(subjects.length, (at + 1) * block)
      const start = performance.now()
      for (let i = at * block; i < last; i += 1) {
        try {
          program(subjects[i])
        } catch {
          // counted above
        }
      }
      least[at] = Math.min(least[at], performance.now() - start)
    }
  } while (performance.now() < end)
  const best = least.reduce((sum, each) => sum + each, 0)
  console.log(JSON.stringify({ name, nanoseconds: (best * 1e6) / subjects.length, ...counts }))
}
