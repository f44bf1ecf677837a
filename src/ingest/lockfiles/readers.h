// SPDX-License-Identifier: Apache-2.0
// One reader for each kind of lock file. Each fills a list from one file and never throws on account of it.
#pragma once
#include <ingest/lockfiles/list.h>

namespace postern::ingest::lockfiles {

void read_cargo(const LockFile& lock, List& list);
void read_composer(const LockFile& lock, List& list);
void read_gemfile(const LockFile& lock, List& list);
void read_go(const LockFile& lock, List& list);
void read_gradle(const LockFile& lock, List& list);
void read_npm(const LockFile& lock, List& list);
void read_nuget(const LockFile& lock, List& list);
void read_pdm(const LockFile& lock, List& list);
void read_pipfile(const LockFile& lock, List& list);
void read_pnpm(const LockFile& lock, List& list);
void read_poetry(const LockFile& lock, List& list);
void read_pom(const LockFile& lock, List& list);
void read_requirements(const LockFile& lock, List& list);
void read_uv(const LockFile& lock, List& list);
void read_yarn(const LockFile& lock, List& list);

}  // namespace postern::ingest::lockfiles
