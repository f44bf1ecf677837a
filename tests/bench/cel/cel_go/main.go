// SPDX-License-Identifier: Apache-2.0
// The conditions of the benchmark in cel-go: bench CONDITIONS SUBJECTS SECONDS; one JSON line a condition.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
)

// native turns numbers into integers, as CEL's int; everything else stays what it is.
func native(value any) any {
	switch v := value.(type) {
	case json.Number:
		number, err := v.Int64()
		if err != nil {
			log.Fatal(err)
		}
		return number
	case []any:
		for i := range v {
			v[i] = native(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = native(v[key])
		}
	}
	return value
}

func lines(path string) []string {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	var all []string
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		if line := scanner.Text(); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

func compile(environment *cel.Env, expression string) cel.Program {
	ast, issues := environment.Compile(expression)
	if issues.Err() != nil {
		log.Fatal(issues.Err())
	}
	program, err := environment.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		log.Fatal(err)
	}
	return program
}

func main() {
	var subjects []map[string]any
	for _, line := range lines(os.Args[2]) {
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		var subject map[string]any
		if err := decoder.Decode(&subject); err != nil {
			log.Fatal(err)
		}
		subjects = append(subjects, native(subject).(map[string]any))
	}
	seconds, err := strconv.ParseFloat(os.Args[3], 64)
	if err != nil {
		log.Fatal(err)
	}
	object := cel.MapType(cel.StringType, cel.DynType)
	environment, err := cel.NewEnv(cel.Variable("entity", object), cel.Variable("env", object))
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range lines(os.Args[1]) {
		name, expression, _ := strings.Cut(line, "\t")
		program := compile(environment, expression)
		counts := map[string]int{"true": 0, "false": 0, "other": 0}
		for _, subject := range subjects {
			switch value, _, err := program.Eval(subject); {
			case err != nil:
				counts["other"]++
			case value == types.True:
				counts["true"]++
			default:
				counts["false"]++
			}
		}
		// The least time of every block of subjects, as in the other programs.
		const block = 1000
		least := make([]time.Duration, (len(subjects)+block-1)/block)
		for end, first := time.Now().Add(time.Duration(seconds*1e9)), true; first || time.Now().Before(end); first = false {
			for at := range least {
				start := time.Now()
				for _, subject := range subjects[at*block : min(len(subjects), (at+1)*block)] {
					_, _, _ = program.Eval(subject)
				}
				if taken := time.Since(start); first || taken < least[at] {
					least[at] = taken
				}
			}
		}
		var best time.Duration
		for _, taken := range least {
			best += taken
		}
		answer := map[string]any{"name": name, "nanoseconds": float64(best.Nanoseconds()) / float64(len(subjects))}
		for key, count := range counts {
			answer[key] = count
		}
		text, err := json.Marshal(answer)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	}
}
