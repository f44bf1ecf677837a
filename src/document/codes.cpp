// SPDX-License-Identifier: Apache-2.0
// The table of codes of reading YAML and JSON.
#include <postern/document/codes.h>

#include "code_names.h"

namespace postern::document {
namespace {

constexpr base::CodeRow k_codes[] = {
    {k_nul_byte, "NUL byte in a text",
     "Readers disagree about what follows a NUL byte (some stop there), so such a text could show them and Postern different "
     "things. "
     "It is refused whole. UTF-16 and binary files look like this: save the file as UTF-8, or leave it out of the sources."},
    {k_invalid_utf8, "text is not UTF-8",
     "YAML and JSON are exchanged as UTF-8; bytes that are not well-formed UTF-8 (also UTF-16 with its byte-order mark) are read "
     "differently by different tools. The text is refused whole. Save the file as UTF-8."},
    {k_forbidden_character, "character that YAML does not allow, or that its versions read differently",
     "Control characters are not allowed in YAML, and the line separators U+0085, U+2028 and U+2029 end a line in YAML 1.1 but not "
     "in "
     "YAML 1.2. The text is refused whole. Write the character as an escape in double quotes, e.g. \"\\u2028\"."},
    {k_file_too_large, "file over the size limit",
     "The file is larger than the configured limit (256 MiB unless changed) and was not read. Split it, leave it out, or raise the "
     "limit."},
    {k_too_many_values, "more values than the limit",
     "The file holds more values than Postern is willing to keep in memory. Split it or leave it out."},
    {k_too_deep, "nested too deeply",
     "Containers are nested more than 64 levels deep. No known manifest needs that, and deep nesting is a way to exhaust readers."},
    {k_too_many_errors, "too many errors in one file",
     "Reading of the file was given up after many errors; what follows was not read. Fix the errors that were reported first."},
    {k_json_syntax, "not valid JSON",
     "The text does not follow RFC 8259: no comments, no trailing commas, strings in double quotes, numbers without leading "
     "zeros."},
    {k_trailing_bytes, "something follows the JSON value",
     "A JSON text holds exactly one value. What follows it would be ignored by some readers, so the text is refused."},
    {k_yaml_syntax, "YAML that cannot be read",
     "The document does not follow YAML 1.2, or uses one of its rare forms that the common readers do not know either (keys "
     "without "
     "text, tabs as separation, keys over several lines). It is left out; reading went on at the next line that begins with `---`. "
     "Templates that were not rendered look like this too: render them first."},
    {k_unsupported_yaml, "YAML that is not supported",
     "The document uses a part of YAML that Postern does not read, because the tools that would read it differ. It is left out, "
     "never "
     "guessed. Write it in the way that the message suggests."},
    {k_duplicate_key, "key given twice",
     "Some readers take the first of two equal keys, some the last, so the same file would mean two things. The document is left "
     "out. "
     "Remove one of the two. Keys are compared after unescaping, by their text: 1 and \"1\" are the same key."},
    {k_key_not_scalar, "mapping key that is no scalar",
     "A list or a mapping as key has no counterpart in JSON and is not supported. Use a text as key."},
    {k_unknown_alias, "alias without an anchor", "An alias `*name` must follow an anchor `&name` in the same document."},
    {k_alias_cycle, "alias within its own anchor", "A value that contains itself cannot be written out. The document is left out."},
    {k_alias_expansion, "aliases expand to too much",
     "Written out, the aliases and merge keys of this document would give more than 64 times as many values as the document has "
     "(and "
     "more than 100,000). That is how a small file exhausts readers. Write the values out or split the document."},
    {k_merge_value, "merge key without a mapping",
     "The value of a merge key `<<` must be a mapping or a list of mappings, usually an alias. Quote the key to use it as ordinary "
     "text."},
    {k_tag_mismatch, "value does not fit its tag",
     "A core tag such as !!int promises a kind of value that was not found. The document is left out."},
    {k_inexact_number, "integer beyond 64 bits",
     "The integer does not fit into 64 signed bits, and most readers would round it. Postern keeps it as written. Quote it if it "
     "is an "
     "identifier."},
    {k_yaml_1_1_differs, "YAML 1.1 reads this differently",
     "Postern reads YAML 1.2; tools that read YAML 1.1 (many do) take this value for something else. Write it so that both agree: "
     "quote "
     "text such as \"yes\" or \"12:30\", write numbers without leading zeros and underscores."},
    {k_csv_syntax, "a table that cannot be read",
     "A file of comma-separated values has a first row with the names of its columns and rows of as many values (RFC 4180). A "
     "quote "
     "that never ends, or a row with more values than there are columns, shows a file that is cut off or damaged. Export it "
     "again."},
    {k_xml_syntax, "not well-formed XML",
     "The file is not well-formed XML in UTF-8: an element that is not closed, two attributes of one name, something outside of "
     "the "
     "outermost element. It may be cut off. Export it again."},
    {k_toml_syntax, "not valid TOML",
     "The file does not follow TOML 1.0: a string that is not closed, a key or a table given twice, a value without a key. It may "
     "be "
     "cut off, or hold the marks of a merge that was not finished. Write it again with the tool that it belongs to."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::document
