// SPDX-License-Identifier: Apache-2.0
// Reads the factors of a score from a JSON row: one table of keys for each kind of object.
#include "app/lab/risk_factors_reader.h"

#include <postern/base/text.h>

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

namespace postern::app::lab {
namespace {

using document::Entry;
using document::Node;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

class FactorsReader {
 public:
  explicit FactorsReader(std::string& error) : m_error(error) {}

  [[nodiscard]] std::optional<model::RiskFactors> read(Node row) {
    model::RiskFactors factors;
    read_object<model::RiskFactors>(row, "the row", k_factor_keys, factors);
    if (m_error.empty() && !row["paths"]) fail("'paths' is missing");
    return m_error.empty() ? std::optional(std::move(factors)) : std::nullopt;
  }

 private:
  /// One key of an object and what reads its value.
  template <typename T>
  struct Key {
    std::string_view name;
    void (FactorsReader::*read)(std::string_view key, Node value, T& target);
  };

  void fail(std::string message) {
    if (m_error.empty()) m_error = std::move(message);
  }

  void fail_with_suggestion(std::string message, std::string_view word, std::span<const std::string_view> candidates) {
    const auto near = base::did_you_mean(word, candidates);
    fail(near ? std::move(message) + ", did you mean " + quoted(*near) + "?" : std::move(message));
  }

  template <typename T>
  void read_object(Node value, std::string_view what, std::span<const Key<T>> keys, T& target) {
    if (!value.is_mapping()) return fail(std::string(what) + " must be an object");
    for (const Entry entry : value.entries()) {
      const auto key = std::ranges::find(keys, entry.key.text(), &Key<T>::name);
      if (key == keys.end()) {
        std::vector<std::string_view> names;
        for (const Key<T>& row : keys) names.push_back(row.name);
        return fail_with_suggestion("unknown key " + quoted(entry.key.text()), entry.key.text(), names);
      }
      (this->*key->read)(key->name, entry.value, target);
    }
  }

  template <typename E, typename T, E T::*Member>
  void read_enum(std::string_view key, Node value, T& target) {
    if (const auto found = enum_value<E>(key, value)) target.*Member = *found;
  }

  template <typename E>
  std::optional<E> enum_value(std::string_view key, Node value) {
    const auto text = value.as_string();
    const auto found = text ? model::from_string<E>(*text) : std::nullopt;
    if (!text) fail(quoted(key) + " must be a string");
    if (text && !found)
      fail_with_suggestion("unknown value " + quoted(*text) + " of " + quoted(key), *text, model::risk_names<E>());
    return found;
  }

  std::optional<double> number(std::string_view key, Node value) {
    const auto found = value.was_quoted() ? std::nullopt : value.as_number();
    if (!found) fail(quoted(key) + " must be a number");
    return found;
  }

  void read_severity(std::string_view key, Node value, model::RiskFactors& factors) {
    if (!value.is_null()) factors.severity = number(key, value);
  }

  void read_epss(std::string_view key, Node value, model::RiskFactors& factors) {
    if (value.is_null()) return;
    factors.epss = number(key, value);
    if (factors.epss && !(*factors.epss >= 0 && *factors.epss <= 1)) fail("'epss' must be from 0 to 1");
  }

  void read_blast(std::string_view key, Node value, model::RiskFactors& factors) { factors.blast = number(key, value).value_or(0); }

  void read_paths(std::string_view key, Node value, model::RiskFactors& factors) {
    if (!value.is_sequence()) return fail(quoted(key) + " must be a list");
    for (const Node item : value.items()) {
      model::EntryPath& path = factors.paths.emplace_back();
      read_object<model::EntryPath>(item, "a path", k_path_keys, path);
      if (!item["entry"]) fail("'entry' is missing in a path");
    }
  }

  void read_path_hops(std::string_view key, Node value, model::EntryPath& path) {
    if (!value.is_sequence()) return fail(quoted(key) + " of a path must be a list");
    for (const Node item : value.items()) {
      if (const auto hop = enum_value<model::HopKind>(key, item)) path.hops.push_back(*hop);
    }
  }

  void read_data(std::string_view key, Node value, model::RiskFactors& factors) {
    if (!value.is_sequence()) return fail(quoted(key) + " must be a list");
    for (const Node item : value.items()) {
      model::DataInReach& data = factors.data.emplace_back();
      read_object<model::DataInReach>(item, "an item of 'data'", k_data_keys, data);
      if (!item["class"]) fail("'class' is missing in an item of 'data'");
    }
  }

  void read_data_hops(std::string_view key, Node value, model::DataInReach& data) {
    const auto hops = value.as_integer();
    if (!hops || *hops < 0 || *hops > std::numeric_limits<std::uint32_t>::max()) {
      return fail(quoted(key) + " of data must be a whole number from 0");
    }
    data.hops = static_cast<std::uint32_t>(*hops);
  }

  static const std::span<const Key<model::RiskFactors>> k_factor_keys;
  static const std::span<const Key<model::EntryPath>> k_path_keys;
  static const std::span<const Key<model::DataInReach>> k_data_keys;

  struct Tables;
  std::string& m_error;
};

struct FactorsReader::Tables {
  using F = model::RiskFactors;
  using P = model::EntryPath;
  using D = model::DataInReach;
  using R = FactorsReader;
  static constexpr Key<F> k_factors[] = {
      {"severity", &R::read_severity},
      {"paths", &R::read_paths},
      {"maturity", &R::read_enum<model::ExploitMaturity, F, &F::maturity>},
      {"epss", &R::read_epss},
      {"code", &R::read_enum<model::CodeUse, F, &F::code>},
      {"env", &R::read_enum<model::EnvironmentClass, F, &F::environment>},
      {"data", &R::read_data},
      {"tier", &R::read_enum<model::BusinessTier, F, &F::tier>},
      {"reg", &R::read_enum<model::Regulation, F, &F::regulation>},
      {"blast", &R::read_blast},
  };
  static constexpr Key<P> k_path[] = {
      {"entry", &R::read_enum<model::EntryZone, P, &P::entry>},
      {"hops", &R::read_path_hops},
      {"auth", &R::read_enum<model::AuthenticationKind, P, &P::authentication>},
      {"net", &R::read_enum<model::NetworkControl, P, &P::network>},
  };
  static constexpr Key<D> k_data[] = {
      {"class", &R::read_enum<model::DataClass, D, &D::data_class>},
      {"hops", &R::read_data_hops},
      {"priv", &R::read_enum<model::DataPrivilege, D, &D::privilege>},
  };
};

const std::span<const FactorsReader::Key<model::RiskFactors>> FactorsReader::k_factor_keys = Tables::k_factors;
const std::span<const FactorsReader::Key<model::EntryPath>> FactorsReader::k_path_keys = Tables::k_path;
const std::span<const FactorsReader::Key<model::DataInReach>> FactorsReader::k_data_keys = Tables::k_data;

}  // namespace

std::optional<model::RiskFactors> read_risk_factors(Node row, std::string& error) { return FactorsReader(error).read(row); }

}  // namespace postern::app::lab
