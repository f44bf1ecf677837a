// SPDX-License-Identifier: Apache-2.0
// A program of the pure core alone: core_links.py looks at the libraries that it needs.
int main() { return 0; }
