// SPDX-License-Identifier: Apache-2.0
// What LeakSanitizer may overlook: libgit2 1.5 forgets the match data of each configuration entry that a regular expression did not
// match, when it checks the extensions of a repository of format version 1 (about 20 KiB an entry, once for each open).
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2\n"; }
