// SPDX-License-Identifier: Apache-2.0
// Reads explicit metadata.
#include <connection/redact.h>
#include <ingest/kubernetes/metadata.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// In falling order of precedence for each attribute.
struct DeclarationRow {
  std::string_view section;
  std::string_view key;
  const model::AttributeDefinition* definition;
  bool (*means)(std::string_view value) = nullptr;  ///< labels that others use as well count only with a value that is ours
};

bool is_tier(std::string_view value) {
  constexpr std::array<std::string_view, 4> k_tiers = {"mission-critical", "high", "normal", "low"};
  return std::find(k_tiers.begin(), k_tiers.end(), value) != k_tiers.end();
}

constexpr std::array k_declarations = {
    DeclarationRow{"annotations", "postern.dev/owner", &owner},
    DeclarationRow{"labels", "postern.dev/owner", &owner},
    DeclarationRow{"labels", "owner", &owner},
    DeclarationRow{"labels", "team", &owner},
    DeclarationRow{"labels", "contact", &owner},
    DeclarationRow{"annotations", "postern.dev/tier", &tier},
    DeclarationRow{"labels", "postern.dev/tier", &tier},
    DeclarationRow{"labels", "criticality", &tier, is_tier},
    DeclarationRow{"labels", "business-criticality", &tier, is_tier},
    DeclarationRow{"annotations", "postern.dev/data", &data_classes},
    DeclarationRow{"labels", "postern.dev/data", &data_classes},
    DeclarationRow{"labels", "app.kubernetes.io/part-of", &system},
};

}  // namespace

std::optional<std::string_view> annotation(const ObjectReader& reader, std::string_view key) {
  const Node annotations = reader.object().metadata["annotations"];
  if (!annotations.is_mapping() || !annotations[key]) return std::nullopt;
  return reader.name(annotations, key);
}

std::vector<Symbol> split_list(std::string_view text) {
  std::vector<Symbol> pieces;
  for (const std::string_view piece : base::split(text, ',')) {
    if (const std::string_view trimmed = base::trim(piece); !trimmed.empty()) pieces.emplace_back(trimmed);
  }
  return pieces;
}

void read_declarations(const ObjectReader& reader, Rows& rows) {
  const model::AttributeDefinition* done = nullptr;
  for (const DeclarationRow& row : k_declarations) {
    if (row.definition == done) continue;
    const Node section = reader.object().metadata[row.section];
    const Node value = section[row.key];
    if (!value.is_scalar() || value.text().empty() || (row.means != nullptr && !row.means(value.text()))) continue;
    done = row.definition;
    if (row.definition->type == model::ValueType::text_set) {
      add_set(rows, *row.definition, split_list(value.text()), value.location());
    } else {
      add_row(rows, *row.definition, Symbol(connection::redact(row.key, value.text()).text), value.location());
    }
  }
}

}  // namespace postern::ingest::kubernetes
