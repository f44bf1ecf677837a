// SPDX-License-Identifier: Apache-2.0
// The steps of an import: lock, look at what is held, read, compare the ages, take over the rest, write, rename.
#include "threatdb/importer.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "threatdb/codes.h"
#include "threatdb/collection.h"
#include "threatdb/content_hash.h"
#include "threatdb/epss_reader.h"
#include "threatdb/identity.h"
#include "threatdb/index_writer.h"
#include "threatdb/kev_reader.h"
#include "threatdb/osv_import.h"

namespace postern::threatdb {
namespace {

constexpr std::size_t k_told = 20;  ///< diagnostics of one source
constexpr std::uint64_t k_progress_step = 2048;
constexpr std::uint64_t k_share_refused = 100;  ///< one in so many records may be unusable

/// How the records of a source compare with those that are held.
struct Tally {
  std::uint64_t older = 0, newer = 0, same = 0, fresh = 0;
};

/// Reads sources into a collection.
class Importer {
 public:
  Importer(const ImportRequest& request, const Index* held, base::DiagnosticSink& sink)
      : m_request(request), m_held(held), m_sink(sink), m_collection(request.folder) {
    if (m_held != nullptr)
      m_held->for_each_block(Section::information,
                             [&](BlockReference, std::string_view payload) { m_held_info = decode_info(payload); });
  }

  void read(const FoundSource& source) {
    m_told = 0;
    if (!source.files.empty()) return read_folder(source);
    const platform::MappedFile file(source.path, platform::Access::sequential);
    read_bytes(source, file.bytes(), base::sha256_hex(file.bytes()));
  }

  /// What was imported before and is still kept.
  void take_over() {
    if (m_held == nullptr) return;
    if (m_request.keeping == Keeping::replace) return check_replacement();
    m_collection.carry_over(*m_held);
    const auto has = [&](SourceKind kind, const std::string* name) {
      return std::any_of(m_outcome.imported.begin(), m_outcome.imported.end(),
                         [&](const SourceInfo& each) { return each.kind == kind && (name == nullptr || each.name == *name); });
    };
    for (const SourceInfo& source : m_held_info.sources) {
      const bool is_unique = source.kind != SourceKind::osv;
      if (!has(source.kind, is_unique ? nullptr : &source.name)) m_outcome.info.sources.push_back(source);
    }
    if (!has(SourceKind::kev, nullptr)) {
      m_held->for_each_block(Section::exploited,
                             [&](BlockReference, std::string_view row) { m_collection.exploited.emplace_back(row); });
    }
    if (has(SourceKind::epss, nullptr)) return;
    for (const ProbabilityRow& row : m_held->probabilities()) {
      if (row.key != 0) m_collection.probabilities.push_back({row.key, row.probability, row.percentile});
    }
  }

  ImportOutcome write(platform::ReplacedFile& file) {
    auto& sources = m_outcome.info.sources;
    sources.insert(sources.end(), m_outcome.imported.begin(), m_outcome.imported.end());
    std::sort(sources.begin(), sources.end(), [](const SourceInfo& a, const SourceInfo& b) {
      return std::tie(a.kind, a.name, a.date, a.digest) < std::tie(b.kind, b.name, b.date, b.digest);
    });
    write_index(m_collection, m_outcome.info, file);
    return std::move(m_outcome);
  }

 private:
  void read_bytes(const FoundSource& source, std::string_view bytes, std::string digest) {
    SourceInfo info{SourceKind::osv, source.name, {}, source.published, std::move(digest), 0, 0};
    switch (sniff(bytes)) {
      case Content::archive:
        return read_zip(source, bytes, info);
      case Content::gzip:
        return read_gzip(source, bytes, info);
      case Content::scores:
        return read_scores(source, bytes, info);
      case Content::json:
        return read_json(source, std::string(bytes), info);
      case Content::other:
        break;
    }
    if (source.was_named)
      throw SourceError("the file " + source.path + " is no threat data",
                        "expected advisories of OSV (JSON or zip), the KEV catalogue (JSON) or EPSS scores (CSV)");
    m_sink.note(k_not_threat_data, {base::Symbol(source.path), 0, 0}, "the file is no threat data and is left out");
  }

  void read_gzip(const FoundSource& source, std::string_view bytes, const SourceInfo& info) {
    const std::string text = gunzip(bytes, source.path, {});
    if (sniff(text) == Content::gzip) throw SourceError("the file " + source.path + " is packed twice");
    read_bytes(source, text, info.digest);
  }

  void read_zip(const FoundSource& source, std::string_view bytes, SourceInfo& info) {
    Tally tally;
    read_archive(bytes, source, m_request.threads, [&](const std::string& name, ReadFile& file) {
      if (file.is_other || !file.other.empty()) {
        ++info.refused;
        tell({k_not_an_advisory,
              base::Severity::error,
              {base::Symbol(source.path), 0, 0},
              "the entry '" + name + "' is no advisory",
              "",
              {}});
      }
      take(file, name, info, tally);
    });
    if (info.records == 0 && info.refused == 0) throw SourceError("the archive " + source.path + " holds no advisory");
    finish(source, info, tally);
  }

  void read_json(const FoundSource& source, std::string text, SourceInfo& info) {
    ReadFile file = read_advisories(std::move(text), source.name, base::Symbol(source.path));
    if (!file.other.empty()) return read_catalogue(source, file.other, info);
    if (file.is_other)
      throw SourceError("the file " + source.path + " is JSON, but neither an advisory of OSV nor the KEV catalogue");
    Tally tally;
    take(file, "", info, tally);
    finish(source, info, tally);
  }

  void read_folder(const FoundSource& source) {
    SourceInfo info{SourceKind::osv, source.name, {}, source.published, {}, 0, 0};
    Tally tally;
    base::PartsDigest digest;
    std::uint64_t others = 0;
    read_loose_files(source, m_request.threads, [&](const std::string& name, ReadFile& file) {
      if (!file.other.empty()) {
        const FoundSource catalogue{std::string(name), source.path + "/" + name, {}, source.published, true};
        SourceInfo own{SourceKind::kev, name, {}, source.published, file.digest, 0, 0};
        return read_catalogue(catalogue, file.other, own);
      }
      if (file.is_other) {
        ++others;
        return;
      }
      digest.add(name).add(file.digest);
      take(file, name, info, tally);
    });
    if (others > 0)
      m_sink.note(k_not_threat_data, {base::Symbol(source.path), 0, 0},
                  std::to_string(others) + (others == 1 ? " JSON file is" : " JSON files are") + " no threat data and left out");
    if (info.records == 0 && info.refused == 0) return;
    info.digest = digest.hex();
    finish(source, info, tally);
  }

  void tell(base::Diagnostic diagnostic) {
    if (++m_told <= k_told) m_sink.add(std::move(diagnostic));
  }

  /// Puts away what one file held.
  void take(ReadFile& file, const std::string& name, SourceInfo& info, Tally& tally) {
    for (base::Diagnostic diagnostic : file.sink.all()) {
      if (!name.empty()) diagnostic.context.push_back(name);
      if (!name.empty() && diagnostic.severity == base::Severity::error && diagnostic.message.find(name) == std::string::npos)
        diagnostic.message = "'" + name + "': " + diagnostic.message;
      tell(std::move(diagnostic));
    }
    info.refused += file.refused;
    for (const EncodedAdvisory& advisory : file.advisories) {
      const HeadKey key = decode_head_key(advisory.bytes);
      if (key.modified > 0) info.date = std::max(info.date, key.modified);  // before 1970: a database that does not know
      if (++info.records % k_progress_step == 0 && m_request.progress) m_request.progress(info.name, info.records);
      if (compare(key, tally)) m_collection.add(advisory);
    }
  }

  /// Counts how the record compares with the one that is held; false when the held one is kept.
  bool compare(const HeadKey& key, Tally& tally) {
    const std::optional<Moment> before = held_moment(key.id);
    if (!before) {
      ++tally.fresh;
      return true;
    }
    if (key.modified == *before) ++tally.same;
    if (key.modified > *before) ++tally.newer;
    if (key.modified >= *before) return true;
    ++tally.older;
    return m_request.keeping == Keeping::replace || m_request.older == Older::allow;
  }

  [[nodiscard]] std::optional<Moment> held_moment(std::string_view id) const {
    if (m_held == nullptr) return {};
    std::optional<Moment> moment;
    const std::uint64_t hash = content_hash(base::to_lower(id));
    (void)m_held->find(Section::identifier_slots, Section::weaknesses, hash, [&](std::string_view payload) {
      Decoder in(payload);
      bool is_named = false;
      for (std::size_t i = in.count(); i > 0; --i) is_named = in.text() == id || is_named;
      for (std::size_t i = is_named ? in.count() : 0; i > 0; --i) {
        const HeadKey key = decode_head_key(m_held->block(Section::records, static_cast<BlockReference>(in.number())));
        if (key.id == id) moment = key.modified;
      }
      return is_named;
    });
    return moment;
  }

  void finish(const FoundSource& source, SourceInfo& info, const Tally& tally) {
    if (m_told > k_told)
      m_sink.note(k_odd_advisory, {base::Symbol(source.path), 0, 0},
                  std::to_string(m_told - k_told) + " more troubles of this source are not told one by one");
    if (info.refused * k_share_refused > info.records + info.refused)
      throw SourceError(std::to_string(info.refused) + " of " + std::to_string(info.records + info.refused) + " records of " +
                            source.path + " cannot be used; nothing was imported",
                        "is it complete, and is it an export of OSV?");
    const bool is_older = tally.older > 0 && tally.newer == 0;
    if (is_older)
      refuse_older(source.path,
                   std::to_string(tally.older) + " of its records are older than those in the database, none is newer");
    if (tally.older > 0 && !is_older)
      m_sink.warning(k_older_record, {base::Symbol(source.path), 0, 0},
                     std::to_string(tally.older) + " of its records are older than those in the database, which are kept");
    m_outcome.added += tally.fresh;
    m_outcome.changed += tally.newer;
    m_outcome.unchanged += tally.same;
    m_outcome.imported.push_back(info);
  }

  void refuse_older(const std::string& path, const std::string& why) {
    if (m_request.older == Older::allow) return;
    throw SourceError("the source " + path + " is older than the database: " + why,
                      "has the mirror stopped or been rolled back? --allow-older imports it all the same");
  }

  void read_catalogue(const FoundSource& source, const std::string& text, SourceInfo& info) {
    base::DiagnosticSink trouble;
    const auto documents = document::read_documents(text, document::Format::json, base::Symbol(source.path), {}, trouble);
    KevCatalogue catalogue = read_kev(documents.front().root(), trouble);
    info.kind = SourceKind::kev;
    info.edition = catalogue.version;
    info.date = catalogue.released;
    info.records = catalogue.rows.size();
    if (accept_unique(source, info, trouble)) m_collection.exploited = std::move(catalogue.rows);
  }

  void read_scores(const FoundSource& source, std::string_view text, SourceInfo& info) {
    base::DiagnosticSink trouble;
    EpssScores scores = read_epss(text, base::Symbol(source.path), trouble);
    info.kind = SourceKind::epss;
    info.edition = scores.model;
    info.date = scores.date;
    info.records = scores.rows.size();
    if (accept_unique(source, info, trouble)) m_collection.probabilities = std::move(scores.rows);
  }

  /// KEV and EPSS come whole: the newest one counts, and one with errors is none. False when a newer one was named in this call.
  bool accept_unique(const FoundSource& source, const SourceInfo& info, base::DiagnosticSink& trouble) {
    const bool is_bad = trouble.has_errors() || info.records == 0;
    m_sink.merge(std::move(trouble));
    if (is_bad) throw SourceError("the file " + source.path + " cannot be used; nothing was imported", "fetch it again");
    for (const SourceInfo& held : m_held_info.sources) {
      if (held.kind == info.kind && info.date < held.date)
        refuse_older(source.path, "it is of " + to_day(info.date) + ", the database holds that of " + to_day(held.date));
    }
    const auto earlier = std::find_if(m_outcome.imported.begin(), m_outcome.imported.end(),
                                      [&](const SourceInfo& each) { return each.kind == info.kind; });
    if (earlier == m_outcome.imported.end()) {
      m_outcome.imported.push_back(info);
      return true;
    }
    if (std::tie(info.date, info.digest) < std::tie(earlier->date, earlier->digest)) return false;
    *earlier = info;
    return true;
  }

  /// What replaces the database may hold other ecosystems, but none in an older state.
  void check_replacement() {
    std::map<std::string, Moment, std::less<>> newest;
    Head head;
    const std::string_view bytes = m_collection.bytes();
    for (const CollectedHead& collected : m_collection.heads()) {
      decode_head(bytes.substr(collected.offset, collected.size), head);
      if (head.advisory.withdrawn != k_never || collected.modified <= 0) continue;
      for (const auto& [ecosystem, name] : head.packages) {
        auto& moment = newest.try_emplace(std::string(split_ecosystem(ecosystem).family), k_never).first->second;
        moment = std::max(moment, collected.modified);
      }
    }
    for (const auto& [family, moment] : newest) {
      const auto held = m_held_info.ecosystems.find(family);
      if (held != m_held_info.ecosystems.end() && moment < held->second.newest)
        refuse_older("of " + family,
                     "its newest record is of " + to_day(moment) + ", the database holds one of " + to_day(held->second.newest));
    }
  }

  const ImportRequest& m_request;
  const Index* m_held;
  base::DiagnosticSink& m_sink;
  Collection m_collection;
  IndexInfo m_held_info;
  ImportOutcome m_outcome;
  std::size_t m_told = 0;
};

/// What the folder holds; nothing where there is none, or where a damaged one is replaced anyway.
std::unique_ptr<Index> open_held(const ImportRequest& request, const std::string& path, base::DiagnosticSink& sink) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return nullptr;
  try {
    return std::make_unique<Index>(path);
  } catch (const SourceError& error) {
    if (request.keeping == Keeping::add) throw;
    sink.warning(k_older_record, {base::Symbol(path), 0, 0},
                 std::string(error.what()) + "; whether the sources are older is not known");
    return nullptr;
  }
}

}  // namespace

ImportOutcome import_data(const ImportRequest& request, base::DiagnosticSink& sink) {
  platform::make_folders(request.folder);
  const std::string path = request.folder + "/" + k_index_name;
  platform::ReplacedFile file(path);
  const std::unique_ptr<Index> held = open_held(request, path, sink);
  try {
    Importer importer(request, held.get(), sink);
    for (const FoundSource& source : find_sources(request.paths, sink)) importer.read(source);
    importer.take_over();
    ImportOutcome outcome = importer.write(file);
    outcome.digest = Index(file.temporary_path()).digest();
    file.commit();
    return outcome;
  } catch (const Damage& damage) {
    if (held != nullptr) held->damaged(damage.what);
    throw Error(std::string("an advisory was stored wrongly: ") + damage.what);
  }
}

}  // namespace postern::threatdb
