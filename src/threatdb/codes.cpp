// SPDX-License-Identifier: Apache-2.0
// What each code of importing threat data means.
#include "threatdb/codes.h"

namespace postern::threatdb {
namespace {

constexpr base::CodeRow k_codes[] = {
    {k_not_an_advisory, "Advisory that cannot be used",
     "A record of OSV lacks its id or the moment of its last change, or what it says about affected packages has another shape "
     "than "
     "the schema allows. The record is left out and counted; when more than one in a hundred are, nothing is imported."},
    {k_odd_advisory, "Part of an advisory that cannot be used",
     "A part of an advisory that decides nothing about versions (a severity, a reference, a date) has an unknown shape. The part "
     "is "
     "left out, the advisory counts."},
    {k_bad_kev, "Catalogue of exploited vulnerabilities that cannot be used",
     "The file is no catalogue of known exploited vulnerabilities as CISA publishes it, or it holds another number of rows than it "
     "says. Fetch it again."},
    {k_bad_epss, "EPSS scores that cannot be used",
     "The file lacks the line with model version and date or the header, or a row is no identifier with two numbers from 0 to 1. "
     "Fetch it again."},
    {k_bad_archive, "Archive that cannot be used",
     "The file is cut off, encrypted, packed in a way that is not known, damaged, or it would unpack to more than the limits "
     "allow."},
    {k_not_threat_data, "File that is no threat data",
     "A file in a folder is neither an advisory of OSV, nor an archive of them, nor the KEV catalogue, nor EPSS scores. It is left "
     "out."},
    {k_older_record, "Source that holds older records than the database",
     "Some records of the source are older than those that the database holds, others are newer. The newer of each are kept. A "
     "mirror that is not updated as a whole looks like this."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::threatdb
