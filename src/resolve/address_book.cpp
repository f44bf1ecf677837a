// SPDX-License-Identifier: Apache-2.0
// Collects the pairs first, so that the threads that read them need no lock.
#include "resolve/address_book.h"

#include <postern/base/parallel.h>

#include <algorithm>

namespace postern::resolve {
namespace {

/// The inputs of all states, each once.
std::vector<const model::Input*> inputs_of(std::span<const model::StateView* const> states) {
  std::vector<const model::Input*> inputs;
  for (const model::StateView* state : states) {
    for (const model::UnitView& unit : state->units) inputs.insert(inputs.end(), unit.inputs.begin(), unit.inputs.end());
  }
  std::sort(inputs.begin(), inputs.end(), std::less<>());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  return inputs;
}

/// Whether the text is the value of a setting as it is: words of commands are read in other ways, and texts with references are
/// expanded first.
bool is_value(const model::SettingFact& fact) {
  const bool is_word = fact.channel == model::SettingChannel::argument || fact.channel == model::SettingChannel::command;
  return fact.source == model::SettingSource::literal && !fact.opaque && !is_word &&
         fact.text.view().find('$') == std::string_view::npos;
}

}  // namespace

AddressBook::AddressBook(std::span<const model::StateView* const> states, unsigned threads) : m_addresses(1) {
  std::vector<Pair> pairs;
  for (const model::Input* input : inputs_of(states)) {
    for (const model::Fact& fact : input->facts) {
      const auto* setting = std::get_if<model::SettingFact>(&fact);
      if (setting == nullptr || !is_value(*setting)) continue;
      if (m_places.emplace(Pair{setting->name, setting->text}, 0).second) pairs.push_back({setting->name, setting->text});
    }
  }
  constexpr std::size_t k_piece = 256;
  std::vector<std::vector<connection::Endpoint>> found(pairs.size());
  base::for_each_index((pairs.size() + k_piece - 1) / k_piece, threads, [&](std::size_t piece) {
    for (std::size_t i = piece * k_piece; i < std::min(pairs.size(), (piece + 1) * k_piece); ++i) {
      found[i] = connection::parse_endpoints(pairs[i].name.view(), pairs[i].text.view(), connection::ParseMode::setting);
    }
  });
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (found[i].empty()) continue;
    m_places.find(pairs[i])->second = static_cast<std::uint32_t>(m_addresses.size());
    m_addresses.push_back(std::move(found[i]));
  }
}

const std::vector<connection::Endpoint>* AddressBook::find(base::Symbol name, base::Symbol text) const {
  const auto at = m_places.find({name, text});
  return at == m_places.end() ? nullptr : &m_addresses[at->second];
}

}  // namespace postern::resolve
