// SPDX-License-Identifier: Apache-2.0
// The same knowledge on both sides.
#include "enrich/enrich.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "enrich/binding.h"
#include "enrich/severity.h"
#include "enrich/statement.h"
#include "package/image_name.h"

namespace postern::enrich {
namespace {

using model::ReportedFinding;
using model::ReportFact;
using model::Symbol;

constexpr std::string_view k_database = "threat database";

std::vector<const ReportFact*> reports_of(const model::StateView& view) {
  std::vector<const ReportFact*> reports;
  for (const model::UnitView& unit : view.units) {
    for (const model::Input* input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        if (const auto* report = std::get_if<ReportFact>(&fact)) reports.push_back(report);
      }
    }
  }
  return reports;
}

/// What a report is about, whatever the build: a newer report of the same tool on the same thing takes its place.
std::set<std::string> topics_of(const ReportFact& report) {
  std::set<std::string> topics;
  const std::string tool = report.tool.str() + " ";
  for (const Symbol image : report.images) topics.insert(tool + package::image_name(image.view()).repository);
  if (topics.empty()) topics.insert(tool + report.subject.str());
  return topics;
}

std::optional<double> number_of(Symbol text) {
  double value = 0;
  const std::string_view view = text.view();
  const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), value);
  return error == std::errc() && end == view.data() + view.size() && value >= 0 && value <= 10 ? std::optional(value)
                                                                                               : std::nullopt;
}

/// Whether an entity is declared in the same way on both sides.
bool is_unchanged(const model::Entity& a, const model::Entity& b) {
  const auto declared = [](const model::Entity& entity) {
    std::vector<std::pair<std::string, model::AttributeValue>> rows;
    for (const model::Attribute& row : entity.attributes.all()) {
      if (row.definition->origin == model::AttributeOrigin::declared) rows.emplace_back(path_of(row), row.value);
    }
    return rows;
  };
  return declared(a) == declared(b);
}

model::CodeUse code_use(model::Reachability reachability) {
  constexpr std::array k_uses = {model::CodeUse::unknown, model::CodeUse::called, model::CodeUse::loaded_not_called,
                                 model::CodeUse::not_loaded};
  return k_uses.at(static_cast<std::size_t>(reachability));
}

/// One side of the comparison while its statements are collected.
class Side {
 public:
  /// Whose own reports a side has.
  enum class Judged : std::uint8_t { protected_side, candidate };

  Side(const State& state, Judged judged, const Intelligence& intelligence, std::span<const ReportFact* const> believed)
      : m_state(state),
        m_intelligence(intelligence),
        m_believed(believed),
        m_believes_all(judged == Judged::protected_side),
        m_binder(state),
        m_reports(reports_of(state.view)) {
    for (const ReportFact* report : m_reports) m_topics.merge(topics_of(*report));
  }

  [[nodiscard]] const std::vector<const ReportFact*>& reports() const noexcept { return m_reports; }

  void add_advisories() {
    if (!m_intelligence.of_component) return;
    for (const model::Component& component : m_state.components) {
      const model::Library& row = *component.library;
      if (row.purl.empty()) continue;
      for (const KnownWeakness& known : known_of(row)) {
        // Of a component without a version everything that was ever known would hold: only what is being exploited is worth a
        // question.
        if (row.version.empty() && known.known_exploited_since.empty()) continue;
        Statement statement = statement_of(known);
        statement.subject = component.owner;
        statement.package = row.purl;
        statement.version = row.version;
        statement.evidence = model::Location{component.file, row.line, row.column};
        m_statements.push_back(std::move(statement));
      }
    }
  }

  /// What the state's own reports say; rows that find nothing are counted.
  void add_own_reports(std::vector<ReportCount>& counts) {
    for (const ReportFact* report : m_reports) {
      ReportCount& count = counts.emplace_back();
      count.file = report->location.file;
      count.tool = report->tool;
      for (const ReportedFinding& row : report->findings) {
        ++count.rows;
        if (is_closed(*report, row)) {
          ++count.closed;
          continue;
        }
        const Binding binding = m_binder.bind(*report, row);
        if (binding.entities.empty()) ++count.unbound;
        for (const Bound& bound : binding.entities) add_row(*report, row, bound);
      }
    }
  }

  /// What reports of the other side say about what is the same here, where no report of this side is about the same thing.
  void add_borrowed_reports(const Side& other) {
    for (const ReportFact* report : other.m_reports) {
      const std::set<std::string> topics = topics_of(*report);
      if (std::any_of(topics.begin(), topics.end(), [&](const std::string& topic) { return m_topics.contains(topic); })) continue;
      for (const ReportedFinding& row : report->findings) {
        if (other.is_closed(*report, row)) continue;
        const Binding there = other.m_binder.bind(*report, row);
        const Binding here = m_binder.bind(*report, row);
        for (const Bound& bound : here.entities) {
          if (holds_here(here, there, bound, other)) add_row(*report, row, bound);
        }
      }
    }
  }

  /// Rows by which a report says that something is not so, or no more. Who is judged may say it of himself without effect: only
  /// `trusted` reports count.
  void add_closings(const std::vector<const ReportFact*>& reports, const std::vector<const ReportFact*>& trusted) {
    for (const ReportFact* report : reports) {
      const bool is_trusted = std::ranges::find(trusted, report) != trusted.end();
      for (const ReportedFinding& row : report->findings) {
        if (row.status == model::ToolStatus::open) continue;
        for (const Bound& bound : m_binder.bind_closing(*report, row).entities) add_closing(*report, row, bound, is_trusted);
      }
    }
  }

  [[nodiscard]] std::vector<model::Weakness> weaknesses() {
    std::vector<model::Weakness> list = join(std::move(m_statements));
    close(list, m_closings);
    return list;
  }

  /// Whether a row says that nothing is there. Where a scanner found something and then was told not to mention it, who is judged
  /// may have told it so.
  [[nodiscard]] bool is_closed(const ReportFact& report, const ReportedFinding& row) const {
    constexpr std::array<std::string_view, 3> k_statements = {"csaf", "cyclonedx", "openvex"};
    if (row.status == model::ToolStatus::open) return false;
    return row.status == model::ToolStatus::fixed || m_believes_all || is_believed(report) ||
           std::ranges::find(k_statements, report.tool.view()) != k_statements.end();
  }

 private:
  [[nodiscard]] bool is_believed(const ReportFact& report) const {
    return std::ranges::find(m_believed, &report) != m_believed.end();
  }

  /// A component or an image is the same thing wherever it is; of anything else the entity must be the same.
  [[nodiscard]] bool holds_here(const Binding& here, const Binding& there, const Bound& bound, const Side& other) const {
    if (here.by == BoundBy::component) return true;
    if (here.by == BoundBy::image && there.by != BoundBy::component) return true;
    if (here.by != there.by) return false;
    const model::Entity& entity = m_state.graph.entity(bound.entity);
    const auto twin = other.m_state.graph.find(entity.id);
    return twin && is_unchanged(entity, other.m_state.graph.entity(*twin));
  }

  const std::vector<KnownWeakness>& known_of(const model::Library& row) {
    const auto [at, fresh] = m_known.try_emplace({row.purl, row.version, row.qualifiers});
    if (fresh) at->second = m_intelligence.of_component(row);
    return at->second;
  }

  const std::optional<KnownWeakness>& named(Symbol name) {
    const auto [at, fresh] = m_named.try_emplace(name);
    if (fresh && m_intelligence.by_name) at->second = m_intelligence.by_name(name);
    return at->second;
  }

  static Statement statement_of(const KnownWeakness& known) {
    Statement statement;
    statement.names = known.aliases;
    statement.names.push_back(known.id);
    statement.title = known.title;
    statement.fixed_in = known.fixed_in;
    statement.cwes = known.cwes;
    statement.known_exploited_since = known.known_exploited_since;
    statement.in_ransomware = known.in_ransomware;
    statement.epss = known.epss;
    statement.published = known.published;
    statement.is_certain = known.is_certain;
    statement.witness = {Symbol(k_database), known.id, known.severity, known.score, known.vector, {}};
    return statement;
  }

  void add_closing(const ReportFact& report, const ReportedFinding& row, const Bound& bound, bool is_trusted) {
    Closing closing;
    closing.subject = m_state.graph.entity(bound.entity).id;
    closing.names = row.aliases;
    closing.names.push_back(row.id);
    closing.package = bound.component == nullptr ? row.package : bound.component->library->purl;
    closing.status = row.status;
    closing.is_trusted = is_trusted;
    closing.by =
        std::string(to_string(row.status)) + ", says " + (report.product.empty() ? report.tool.str() : report.product.str());
    if (!row.title.empty()) closing.by += ": " + row.title.str();
    m_closings.push_back(std::move(closing));
  }

  void add_row(const ReportFact& report, const ReportedFinding& row, const Bound& bound) {
    Statement statement;
    statement.subject = m_state.graph.entity(bound.entity).id;
    statement.category = row.category;
    statement.names = row.aliases;
    if (!row.id.empty()) statement.names.push_back(row.id);
    if (statement.names.empty()) statement.names.push_back(row.title);
    statement.title = row.title;
    statement.fixed_in = row.fixed_in;
    statement.package = bound.component == nullptr ? row.package : bound.component->library->purl;
    statement.version = bound.component == nullptr ? row.package_version : bound.component->library->version;
    statement.file = row.file;
    statement.file_line = row.file_line;
    statement.cwes = row.cwes;
    statement.reachability = row.reachability;
    if (is_believed(report)) statement.code = code_use(row.reachability);
    const model::Location in_report{report.location.file, row.line, row.column};
    statement.witness = {report.tool, row.id, row.severity, number_of(row.score), {}, in_report};
    if (const auto best = best_of(row.vectors)) {
      statement.witness.vector = best->vector;
      statement.witness.score = best->score;
    }
    if (bound.component != nullptr) {
      statement.evidence = model::Location{bound.component->file, bound.component->library->line, bound.component->library->column};
    } else if (!row.file.empty() && row.package.empty()) {
      statement.evidence = model::Location{row.file, row.file_line, 0};
    } else {
      statement.evidence = in_report;
    }
    add_what_is_known(statement);
    m_statements.push_back(std::move(statement));
  }

  /// A tool names an advisory; how it is exploited is known from elsewhere.
  void add_what_is_known(Statement& statement) {
    const std::vector<Symbol> said = statement.names;
    for (const Symbol name : said) {
      const std::optional<KnownWeakness>& known = named(name);
      if (!known) continue;
      statement.names.insert(statement.names.end(), known->aliases.begin(), known->aliases.end());
      statement.names.push_back(known->id);
      if (!known->known_exploited_since.empty()) statement.known_exploited_since = known->known_exploited_since;
      statement.in_ransomware |= known->in_ransomware;
      if (known->epss) statement.epss = std::max(statement.epss.value_or(0), *known->epss);
      if (statement.published.empty()) statement.published = known->published;
      if (!statement.witness.score && statement.witness.vector.empty()) {
        statement.witness.score = known->score;
        statement.witness.vector = known->vector;
      }
    }
    std::sort(statement.names.begin(), statement.names.end());
    statement.names.erase(std::unique(statement.names.begin(), statement.names.end()), statement.names.end());
  }

  const State& m_state;
  const Intelligence& m_intelligence;
  std::span<const ReportFact* const> m_believed;  ///< although they come with what is judged
  bool m_believes_all;
  Binder m_binder;
  std::vector<const ReportFact*> m_reports;
  std::set<std::string> m_topics;
  std::map<std::tuple<Symbol, Symbol, Symbol>, std::vector<KnownWeakness>> m_known;
  std::map<Symbol, std::optional<KnownWeakness>> m_named;
  std::vector<Statement> m_statements;
  std::vector<Closing> m_closings;
};

void report_unbound(const std::vector<ReportCount>& counts, base::DiagnosticSink& sink) {
  for (const ReportCount& count : counts) {
    if (count.unbound == 0) continue;
    sink.note("P2012", {count.file, 0, 0},
              std::to_string(count.unbound) + " of " + std::to_string(count.rows) + " findings of " + count.tool.str() +
                  " are about nothing that the architecture has",
              "give the manifests, images or bills of materials that they are about to Postern as well");
  }
}

}  // namespace

Enrichment enrich(const State& before, const State& after, const Intelligence& intelligence, const Trust& trust,
                  base::DiagnosticSink& sink) {
  Enrichment result;
  const bool nothing = !intelligence.of_component && reports_of(before.view).empty() && reports_of(after.view).empty();
  if (nothing) return result;
  Side then(before, Side::Judged::protected_side, intelligence, trust.reports);
  Side now(after, Side::Judged::candidate, intelligence, trust.reports);
  std::vector<ReportCount> old_counts;
  then.add_advisories();
  now.add_advisories();
  then.add_own_reports(old_counts);
  now.add_own_reports(result.reports);
  then.add_borrowed_reports(now);
  now.add_borrowed_reports(then);
  // What was recorded with the baseline comes from the protected side, and so do statements that the operator gives.
  std::vector<const ReportFact*> trusted = then.reports();
  trusted.insert(trusted.end(), trust.statements.begin(), trust.statements.end());
  trusted.insert(trusted.end(), trust.reports.begin(), trust.reports.end());
  std::vector<const ReportFact*> all = trusted;
  for (const ReportFact* report : now.reports()) {
    if (std::ranges::find(all, report) == all.end()) all.push_back(report);
  }
  then.add_closings(trusted, trusted);
  now.add_closings(all, trusted);
  result.before = then.weaknesses();
  result.after = now.weaknesses();
  report_unbound(result.reports, sink);
  return result;
}

Enrichment enrich(const State& state, const Intelligence& intelligence, base::DiagnosticSink& sink) {
  Enrichment result;
  if (!intelligence.of_component && reports_of(state.view).empty()) return result;
  Side side(state, Side::Judged::protected_side, intelligence, {});
  side.add_advisories();
  side.add_own_reports(result.reports);
  side.add_closings(side.reports(), side.reports());
  result.after = side.weaknesses();
  report_unbound(result.reports, sink);
  return result;
}

}  // namespace postern::enrich
