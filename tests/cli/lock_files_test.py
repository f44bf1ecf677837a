#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lock files of every kind: which packages each names, in which versions, which of them run, and which the project names itself.

What is expected is counted by hand from texts that are written here after the formats' own descriptions.
"""
import json
import pathlib
import tempfile
import unittest

import binary

SERVICE = """apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [ { name: cart, image: "registry.example/cart:1" } ] }
"""

# Words of the expectations: scope (r: required, o: optional, x: excluded, -: not said) and directness (d: direct, t: by others, -).
SCOPES = {"required": "r", "optional": "o", "excluded": "x", None: "-"}
DIRECTNESS = {"direct": "d", "transitive": "t", None: "-"}

PACKAGE_JSON = json.dumps({"name": "cart", "dependencies": {"express": "^4.18.0"}, "optionalDependencies": {"fsevents": "^2.3.0"},
                           "devDependencies": {"mocha": "^10.0.0", "@types/node": "^20.0.0"}})

NPM_1 = {"name": "cart", "version": "1.0.0", "lockfileVersion": 1, "requires": True, "dependencies": {
    "express": {"version": "4.18.2", "requires": {"debug": "2.6.9"}},
    "debug": {"version": "2.6.9", "requires": {"ms": "2.0.0"}, "dependencies": {"ms": {"version": "2.0.0"}}},
    "ms": {"version": "2.1.3", "dev": True},
    "mocha": {"version": "10.2.0", "dev": True, "requires": {"ms": "2.1.3"}},
    "@types/node": {"version": "20.1.0", "dev": True},
    "fsevents": {"version": "2.3.3", "optional": True}}}

NPM_3 = {"name": "cart", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": {
    "": {"name": "cart", "workspaces": ["packages/*"], **{k: v for k, v in json.loads(PACKAGE_JSON).items() if k != "name"}},
    "packages/part": {"name": "part", "version": "0.1.0", "dependencies": {"ms": "2.0.0", "left-pad": "^1.3.0"}},
    "node_modules/part": {"resolved": "packages/part", "link": True},
    "packages/part/node_modules/ms": {"version": "2.0.0", "license": "MIT"},
    "node_modules/left-pad": {"version": "1.3.0", "license": "WTFPL"},
    "node_modules/express": {"version": "4.18.2", "license": "MIT", "dependencies": {"debug": "2.6.9"}},
    "node_modules/debug": {"version": "2.6.9", "dependencies": {"ms": "2.0.0"}},
    "node_modules/debug/node_modules/ms": {"version": "2.0.0", "license": "MIT"},
    "node_modules/ms": {"version": "2.1.3", "dev": True},
    "node_modules/mocha": {"version": "10.2.0", "dev": True, "dependencies": {"ms": "2.1.3", "color": "1.0.0"}},
    "node_modules/color": {"version": "1.0.0", "devOptional": True},
    "node_modules/@types/node": {"version": "20.1.0", "dev": True},
    "node_modules/alias": {"name": "real-name", "version": "3.0.0"},
    "node_modules/fsevents": {"version": "2.3.3", "optional": True}}}
NPM_3_ROWS = {"npm/express 4.18.2 rd", "npm/debug 2.6.9 rt", "npm/ms 2.0.0,2.1.3 rd", "npm/mocha 10.2.0 xd", "npm/%40types/node 20.1.0 xd",
              "npm/fsevents 2.3.3 od", "npm/left-pad 1.3.0 rd", "npm/color 1.0.0 ot", "npm/real-name 3.0.0 rt"}

YARN_1 = '''# yarn lockfile v1


"@types/node@^20.0.0":
  version "20.1.0"
  resolved "https://registry.example/@types/node/-/node-20.1.0.tgz#aa"

debug@2.6.9, debug@^2.6.0:
  version "2.6.9"
  dependencies:
    ms "2.0.0"

express@^4.18.0:
  version "4.18.2"
  dependencies:
    debug "2.6.9"

fsevents@^2.3.0:
  version "2.3.3"

mocha@^10.0.0:
  version "10.2.0"
  dependencies:
    ms "2.1.3"

ms@2.0.0:
  version "2.0.0"

ms@2.1.3:
  version "2.1.3"
'''
YARN_BERRY = '''__metadata:
  version: 8
  cacheKey: 10

"@types/node@npm:^20.0.0":
  version: 20.1.0
  resolution: "@types/node@npm:20.1.0"
  languageName: node
  linkType: hard

"cart@workspace:.":
  version: 0.0.0-use.local
  resolution: "cart@workspace:."
  dependencies:
    "@types/node": "npm:^20.0.0"
    express: "npm:^4.18.0"
    fsevents: "npm:^2.3.0"
    mocha: "npm:^10.0.0"
  languageName: unknown
  linkType: soft

"debug@npm:2.6.9, debug@npm:^2.6.0":
  version: 2.6.9
  resolution: "debug@npm:2.6.9"
  dependencies:
    ms: "npm:2.0.0"
  linkType: hard

"express@npm:^4.18.0":
  version: 4.18.2
  resolution: "express@npm:4.18.2"
  dependencies:
    debug: "npm:2.6.9"
  linkType: hard

"fsevents@npm:^2.3.0":
  version: 2.3.3
  resolution: "fsevents@npm:2.3.3"
  linkType: hard

"mocha@npm:^10.0.0":
  version: 10.2.0
  resolution: "mocha@npm:10.2.0"
  dependencies:
    ms: "npm:2.1.3"
  linkType: hard

"ms@npm:2.0.0":
  version: 2.0.0
  resolution: "ms@npm:2.0.0"
  linkType: hard

"ms@npm:2.1.3":
  version: 2.1.3
  resolution: "ms@npm:2.1.3"
  linkType: hard
'''
YARN_ROWS = {"npm/express 4.18.2 rd", "npm/debug 2.6.9 rt", "npm/ms 2.0.0,2.1.3 rt", "npm/mocha 10.2.0 xd",
             "npm/%40types/node 20.1.0 xd", "npm/fsevents 2.3.3 rd"}

PNPM_5 = '''lockfileVersion: 5.4
specifiers: { express: ^4.18.0, mocha: ^10.0.0 }
dependencies: { express: 4.18.2_debug@2.6.9 }
devDependencies: { mocha: 10.2.0 }
packages:
  /express/4.18.2_debug@2.6.9: { resolution: { integrity: sha512-a }, dev: false, dependencies: { debug: 2.6.9, '@scope/log': 1.0.0 } }
  /debug/2.6.9: { resolution: { integrity: sha512-b }, dev: false }
  /@scope/log/1.0.0: { resolution: { integrity: sha512-c }, dev: false }
  /mocha/10.2.0: { resolution: { integrity: sha512-d }, dev: true, optionalDependencies: { fsevents: 2.3.3 } }
  /fsevents/2.3.3: { resolution: { integrity: sha512-e }, dev: true, optional: true }
'''
PNPM_6 = '''lockfileVersion: '6.0'
dependencies: { express: { specifier: ^4.18.0, version: 4.18.2(debug@2.6.9) } }
devDependencies: { mocha: { specifier: ^10.0.0, version: 10.2.0 } }
packages:
  /express@4.18.2(debug@2.6.9): { resolution: { integrity: sha512-a }, dev: false, dependencies: { debug: 2.6.9, '@scope/log': 1.0.0 } }
  /debug@2.6.9: { resolution: { integrity: sha512-b }, dev: false }
  /@scope/log@1.0.0: { resolution: { integrity: sha512-c }, dev: false }
  /mocha@10.2.0: { resolution: { integrity: sha512-d }, dev: true, optionalDependencies: { fsevents: 2.3.3 } }
  /fsevents@2.3.3: { resolution: { integrity: sha512-e }, dev: true, optional: true }
'''
PNPM_9 = '''lockfileVersion: '9.0'
importers:
  .:
    dependencies: { express: { specifier: ^4.18.0, version: 4.18.2(debug@2.6.9) } }
    devDependencies: { mocha: { specifier: ^10.0.0, version: 10.2.0 } }
  part:
    dependencies: { left-pad: { specifier: ^1.3.0, version: 1.3.0 }, cart: { specifier: 'workspace:*', version: 'link:..' } }
packages:
  express@4.18.2: { resolution: { integrity: sha512-a } }
  debug@2.6.9: { resolution: { integrity: sha512-b } }
  '@scope/log@1.0.0': { resolution: { integrity: sha512-c } }
  mocha@10.2.0: { resolution: { integrity: sha512-d } }
  left-pad@1.3.0: { resolution: { integrity: sha512-f } }
  fsevents@2.3.3: { resolution: { integrity: sha512-e } }
snapshots:
  express@4.18.2(debug@2.6.9): { dependencies: { debug: 2.6.9, '@scope/log': 1.0.0 }, optionalDependencies: { fsevents: 2.3.3 } }
  debug@2.6.9: {}
  '@scope/log@1.0.0': {}
  mocha@10.2.0: {}
  left-pad@1.3.0: {}
  fsevents@2.3.3: { optional: true }
'''
PNPM_ROWS = {"npm/express 4.18.2 rd", "npm/debug 2.6.9 rt", "npm/%40scope/log 1.0.0 rt", "npm/mocha 10.2.0 xd"}

GO_MOD = '''module example.org/shop/cart

go 1.21

require (
\tgithub.com/sample/router v1.2.3
\tgithub.com/sample/old v0.1.0
\tgithub.com/sample/near v0.3.0
)

require github.com/sample/deep v0.0.0-20230101000000-abcdefabcdef // indirect

replace github.com/sample/old => github.com/sample/fork v0.2.0

replace github.com/sample/near => ../near
'''
GO_ROWS = {"golang/github.com/sample/router v1.2.3 -d", "golang/github.com/sample/fork v0.2.0 -d",
           "golang/github.com/sample/deep v0.0.0-20230101000000-abcdefabcdef -t"}
OLD_GO_MOD = "module example.org/shop/cart\n\ngo 1.14\n\nrequire github.com/sample/router v1.2.3\n"
GO_SUM = '''github.com/sample/router v1.2.3 h1:a=
github.com/sample/router v1.2.3/go.mod h1:b=
github.com/sample/deep v1.0.0 h1:c=
github.com/sample/deep v1.0.0/go.mod h1:d=
github.com/sample/deep v1.10.0 h1:e=
github.com/sample/deep v1.10.0/go.mod h1:f=
github.com/sample/unused v1.0.0/go.mod h1:g=
'''

PYPROJECT = '''[project]
name = "cart"
version = "1.0.0"
dependencies = ["requests>=2.30", "Flask_Cors"]
[dependency-groups]
test = ["pytest>=7"]
'''
POETRY_PROJECT = '''[tool.poetry]
name = "cart"
version = "1.0.0"
[tool.poetry.dependencies]
python = "^3.11"
requests = "^2.30"
Flask_Cors = "*"
[tool.poetry.group.test.dependencies]
pytest = "^7"
'''
POETRY = '''[[package]]
name = "requests"
version = "2.31.0"
[package.dependencies]
idna = ">=2.5"

[[package]]
name = "idna"
version = "3.4"

[[package]]
name = "flask-cors"
version = "4.0.0"

[[package]]
name = "pytest"
version = "7.4.0"
[package.dependencies]
pluggy = ">=0.12"

[[package]]
name = "pluggy"
version = "1.2.0"

[metadata]
lock-version = "2.0"
'''
UV = '''version = 1
requires-python = ">=3.11"

[[package]]
name = "cart"
version = "1.0.0"
source = { editable = "." }
dependencies = [{ name = "requests" }, { name = "flask-cors" }]
[package.dev-dependencies]
test = [{ name = "pytest" }]

[[package]]
name = "requests"
version = "2.31.0"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "idna" }]

[[package]]
name = "idna"
version = "3.4"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "flask-cors"
version = "4.0.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "pytest"
version = "7.4.0"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "pluggy" }]

[[package]]
name = "pluggy"
version = "1.2.0"
source = { registry = "https://pypi.example/simple" }
'''
PDM = '''[metadata]
groups = ["default", "test"]
lock_version = "4.4.1"

[[package]]
name = "requests"
version = "2.31.0"
groups = ["default"]
dependencies = ["idna<4,>=2.5"]

[[package]]
name = "idna"
version = "3.4"
groups = ["default"]

[[package]]
name = "flask-cors"
version = "4.0.0"
groups = ["default"]

[[package]]
name = "pytest"
version = "7.4.0"
groups = ["test"]
dependencies = ["pluggy<2.0,>=0.12"]

[[package]]
name = "pluggy"
version = "1.2.0"
groups = ["test"]
'''
PYTHON_ROWS = {"pypi/requests 2.31.0 rd", "pypi/idna 3.4 rt", "pypi/flask-cors 4.0.0 rd", "pypi/pytest 7.4.0 xd", "pypi/pluggy 1.2.0 xt"}
PIPFILE_LOCK = {"_meta": {"pipfile-spec": 6}, "default": {"requests": {"version": "==2.31.0"}, "idna": {"version": "==3.4"},
                                                       "flask-cors": {"version": "==4.0.0"}},
                "develop": {"pytest": {"version": "==7.4.0"}, "pluggy": {"version": "==1.2.0"}}}
PIPFILE = '[packages]\nrequests = "*"\nFlask_Cors = "*"\n[dev-packages]\npytest = "*"\n'

CARGO = '''version = 3

[[package]]
name = "cart"
version = "0.1.0"
dependencies = ["rand 0.8.5", "serde", "tempfile"]

[[package]]
name = "rand"
version = "0.7.3"
source = "registry+https://crates.example/index"

[[package]]
name = "rand"
version = "0.8.5"
source = "registry+https://crates.example/index"
dependencies = ["libc"]

[[package]]
name = "libc"
version = "0.2.147"
source = "registry+https://crates.example/index"

[[package]]
name = "serde"
version = "1.0.188"
source = "registry+https://crates.example/index"

[[package]]
name = "tempfile"
version = "3.8.0"
source = "registry+https://crates.example/index"
dependencies = ["rand 0.7.3"]
'''
CARGO_TOML = '[package]\nname = "cart"\n[dependencies]\nrand = "0.8"\nserde = "1"\n[dev-dependencies]\ntempfile = "3"\n'

POM = '''<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.sample</groupId><artifactId>cart</artifactId><version>1.0</version>
  <properties><jackson.version>2.15.2</jackson.version></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.sample</groupId><artifactId>managed</artifactId><version>3.1</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>com.sample.json</groupId><artifactId>databind</artifactId><version>${jackson.version}</version></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>managed</artifactId></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>common</artifactId><version>${project.version}</version></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>of-parent</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>extra</artifactId><version>1</version><optional>true</optional></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>pinned</artifactId><version>[2.14.1]</version></dependency>
    <dependency><groupId>org.sample</groupId><artifactId>open</artifactId><version>[2.0,3.0)</version></dependency>
  </dependencies>
  <profiles>
    <profile><id>usual</id><activation><activeByDefault>true</activeByDefault></activation>
      <properties><log.version>2.17.1</log.version></properties>
      <dependencies>
        <dependency><groupId>org.sample</groupId><artifactId>log</artifactId><version>${log.version}</version></dependency>
      </dependencies></profile>
    <profile><id>on-demand</id><dependencies>
      <dependency><groupId>org.sample</groupId><artifactId>rare</artifactId><version>1</version></dependency></dependencies></profile>
  </profiles>
</project>
'''
GEMFILE = '''GIT
  remote: https://git.example/own.git
  revision: abc
  specs:
    own (0.1.0)

GEM
  remote: https://gems.example/
  specs:
    nokogiri (1.15.4-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.1)
    rails (7.0.8)
      nokogiri (>= 1.6)

PLATFORMS
  x86_64-linux

DEPENDENCIES
  own!
  rails (~> 7.0)

BUNDLED WITH
   2.4.10
'''
COMPOSER = {"packages": [{"name": "sample/mailer", "version": "v5.4.0", "license": ["MIT"], "require": {"php": ">=8", "sample/log": "^3"}},
                         {"name": "sample/log", "version": "3.0.0"}, {"name": "sample/branch", "version": "dev-main"}],
            "packages-dev": [{"name": "sample/unit", "version": "V10.3.1"}]}
COMPOSER_JSON = {"name": "sample/cart", "require": {"sample/mailer": "^5", "sample/branch": "dev-main"}, "require-dev": {"sample/unit": "^10"}}
NUGET = {"version": 1, "dependencies": {
    "net6.0": {"Sample.Json": {"type": "Direct", "requested": "[13.0.1, )", "resolved": "13.0.1"},
               "Sample.Log": {"type": "Direct", "resolved": "2.12.0", "dependencies": {"Sample.Core": "1.0.0"}},
               "Sample.Core": {"type": "Transitive", "resolved": "1.0.0"}, "own.part": {"type": "Project"}},
    "net8.0": {"Sample.Json": {"type": "Direct", "resolved": "13.0.3"}}}}
GRADLE = '''# This is a Gradle generated file for dependency locking.
com.sample:core:1.2.3=compileClasspath,runtimeClasspath
com.sample:processor:1.0=annotationProcessor
junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
empty=
'''

KINDS = {
    "package-lock 1": ({"package-lock.json": json.dumps(NPM_1), "package.json": PACKAGE_JSON},
                       {"npm/express 4.18.2 rd", "npm/debug 2.6.9 rt", "npm/ms 2.0.0,2.1.3 rt", "npm/mocha 10.2.0 xd",
                        "npm/%40types/node 20.1.0 xd", "npm/fsevents 2.3.3 od"}),
    "package-lock 2": ({"package-lock.json": json.dumps({**NPM_1, **NPM_3, "lockfileVersion": 2})}, NPM_3_ROWS),
    "package-lock 3": ({"package-lock.json": json.dumps(NPM_3)}, NPM_3_ROWS),
    "npm-shrinkwrap": ({"npm-shrinkwrap.json": json.dumps(NPM_3)}, NPM_3_ROWS),
    "yarn 1": ({"yarn.lock": YARN_1, "package.json": PACKAGE_JSON}, YARN_ROWS),
    "yarn berry": ({"yarn.lock": YARN_BERRY, "package.json": PACKAGE_JSON}, YARN_ROWS),
    "pnpm 5": ({"pnpm-lock.yaml": PNPM_5}, PNPM_ROWS | {"npm/fsevents 2.3.3 xt"}),
    "pnpm 6": ({"pnpm-lock.yaml": PNPM_6}, PNPM_ROWS | {"npm/fsevents 2.3.3 xt"}),
    "pnpm 9": ({"pnpm-lock.yaml": PNPM_9}, PNPM_ROWS | {"npm/left-pad 1.3.0 rd", "npm/fsevents 2.3.3 ot"}),
    "go.mod": ({"go.mod": GO_MOD, "go.sum": GO_SUM}, GO_ROWS),
    "go.mod before 1.17": ({"go.mod": OLD_GO_MOD, "go.sum": GO_SUM},
                           {"golang/github.com/sample/router v1.2.3 -d", "golang/github.com/sample/deep v1.10.0 -t"}),
    "poetry": ({"poetry.lock": POETRY, "pyproject.toml": POETRY_PROJECT}, PYTHON_ROWS),
    "uv": ({"uv.lock": UV, "pyproject.toml": PYPROJECT}, PYTHON_ROWS),
    "pdm": ({"pdm.lock": PDM, "pyproject.toml": PYPROJECT}, PYTHON_ROWS),
    "Pipfile": ({"Pipfile.lock": json.dumps(PIPFILE_LOCK), "Pipfile": PIPFILE}, PYTHON_ROWS),
    "Cargo": ({"Cargo.lock": CARGO, "Cargo.toml": CARGO_TOML},
              {"cargo/rand 0.7.3,0.8.5 rd", "cargo/libc 0.2.147 rt", "cargo/serde 1.0.188 rd", "cargo/tempfile 3.8.0 xd"}),
    "pom": ({"pom.xml": POM}, {"maven/com.sample.json/databind 2.15.2 rd", "maven/org.sample/managed 3.1 rd", "maven/org.sample/common 1.0 rd",
                               "maven/org.sample/of-parent  rd", "maven/junit/junit 4.13.2 xd", "maven/org.sample/extra 1 od",
                               "maven/org.sample/pinned 2.14.1 rd", "maven/org.sample/open  rd", "maven/org.sample/log 2.17.1 rd",
                               "maven/org.sample/rare 1 od"}),
    "Gemfile": ({"Gemfile.lock": GEMFILE}, {"gem/own 0.1.0 -d", "gem/nokogiri 1.15.4 -t", "gem/racc 1.7.1 -t", "gem/rails 7.0.8 -d"}),
    "composer": ({"composer.lock": json.dumps(COMPOSER), "composer.json": json.dumps(COMPOSER_JSON)},
                 {"composer/sample/mailer 5.4.0 rd", "composer/sample/log 3.0.0 rt", "composer/sample/branch dev-main rd",
                  "composer/sample/unit 10.3.1 xd"}),
    "NuGet": ({"packages.lock.json": json.dumps(NUGET)},
              {"nuget/Sample.Json 13.0.1,13.0.3 -d", "nuget/Sample.Log 2.12.0 -d", "nuget/Sample.Core 1.0.0 -t"}),
    "Gradle": ({"gradle.lockfile": GRADLE},
               {"maven/com.sample/core 1.2.3 r-", "maven/com.sample/processor 1.0 --", "maven/junit/junit 4.13.2 x-"}),
}


class LockFilesTest(unittest.TestCase):
    def rows(self, files, code=0):
        """{`TYPE/NAME VERSIONS SCOPE+DIRECTNESS`} of the service, and what was said on standard error."""
        with tempfile.TemporaryDirectory(prefix="postern-lock-files-") as folder:
            root = pathlib.Path(folder)
            for path, text in {"cart.yaml": SERVICE, **{f"cart/{name}": text for name, text in files.items()}}.items():
                file = root / "in" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            answer = binary.run(["map", "in", "--format", "json", "--application", "a"], root)
        self.assertEqual(answer.code, code, answer.talk())
        found = set()
        for entity in json.loads(answer.stdout)["entities"]:
            if entity["kind"] != "library":
                continue
            self.assertTrue(entity["id"]["address"].startswith("shop/cart/libraries/"), entity["id"])
            said = {row["attribute"]: row["value"] for row in entity["attributes"]}
            versions = said.get("versions", [])
            found.add(f'{said["purl"].removeprefix("pkg:")} {"" if isinstance(versions, dict) else ",".join(versions)} '
                      f'{SCOPES[said.get("component_scope")]}{DIRECTNESS[said.get("directness")]}')
        return found, answer.talk()

    def test_each_kind_names_its_packages(self):
        for name, (files, expected) in KINDS.items():
            with self.subTest(name):
                found, said = self.rows(files)
                self.assertEqual(found, expected)
                self.assertNotIn("P1224", said)

    def test_requirements_follow_what_they_include(self):
        files = {"requirements.txt": "-r base.txt\n-c constraints.txt\nflask==2.3.2 ; python_version > '3.7'\nlocal @ file:///x\nunpinned>=1\n"
                                     "settled\n-e ./own\nhashed==1.0 \\\n    --hash=sha256:aa\n",
                 "base.txt": "requests[socks]==2.31.0  # pinned\n", "constraints.txt": "settled==4.5.6\nabsent==1\n",
                 "requirements-dev.txt": "pytest==7.4.0\n"}
        found, said = self.rows(files)
        self.assertEqual(found, {"pypi/flask 2.3.2 --", "pypi/requests 2.31.0 --", "pypi/local  --", "pypi/unpinned  --",
                                 "pypi/settled 4.5.6 --", "pypi/hashed 1.0 --", "pypi/pytest 7.4.0 x-"})
        self.assertNotIn("P1224", said)

    def test_text_beside_it_that_nothing_includes_counts_for_nothing(self):
        alone = self.rows({"requirements.txt": "flask==2.3.2\n"})
        self.assertEqual(self.rows({"requirements.txt": "flask==2.3.2\n", "base.txt": "requests==2.31.0\n"}), alone)

    def test_an_included_file_that_is_not_there_is_told(self):
        _, said = self.rows({"requirements.txt": "-r nowhere.txt\nflask==2.3.2\n"})
        self.assertEqual(said.count("[P1224]"), 1, said)

    def test_what_cannot_be_read_is_told_once(self):
        rows = {"package-lock.json": '{"lockfileVersion": 3, "x": "\\n", "packages": {', "pnpm-lock.yaml": 'packages:\n  a: { x: "\\n"\n  b:\n   - [\n',
                "poetry.lock": "[[package]\n", "packages.lock.json": "[1]"}
        for name, text in rows.items():
            with self.subTest(name):
                with tempfile.TemporaryDirectory() as folder:
                    root = pathlib.Path(folder)
                    (root / "in" / "cart").mkdir(parents=True)
                    (root / "in" / "cart.yaml").write_text(SERVICE)
                    (root / "in" / "cart" / name).write_text(text)
                    answer = binary.run(["map", "in", "--application", "a"], root)
                self.assertEqual(answer.talk().count(f"cart/{name}:"), 1, answer.talk())
                self.assertIn("P1224", answer.talk())


if __name__ == "__main__":
    unittest.main()
