// SPDX-License-Identifier: Apache-2.0
// How powers lead to further powers: searched backwards from each goal, over accounts and the namespaces that they lie in.
#include "derive/privilege/escalation.h"

#include <array>
#include <optional>
#include <set>
#include <tuple>

namespace postern::derive {
namespace {

using model::Power;
using model::Privilege;
using model::Symbol;

constexpr std::size_t k_goal = static_cast<std::size_t>(-1);

/// Which accounts a power gets at: those of a place, or the ones of them that are in use.
enum class Catch : std::uint8_t { nothing, every_account, accounts_in_use };

Catch catch_of(Power power) {
  switch (power) {
    case Power::everything:
    case Power::create_pods:
    case Power::create_workloads:
    case Power::create_tokens:
    case Power::impersonate_accounts:
      return Catch::every_account;
    case Power::exec:
    case Power::attach:
    case Power::debug_containers:
    case Power::proxy_to_nodes:
      return Catch::accounts_in_use;
    default:
      return Catch::nothing;
  }
}

/// Powers over one named account.
bool names_account(Power power) { return power == Power::create_tokens || power == Power::impersonate_accounts; }

bool has(const Subject& subject, Power power, Symbol scope = {}) { return subject.powers.contains({power, {}, scope}); }

/// A place where accounts lie: a namespace of a target, or all of them where it is empty.
using Place = std::tuple<Symbol, Symbol, Catch>;

/// One step of a way: the power that is used, and the account that it leads to.
struct Step {
  Symbol words;
  std::size_t next = k_goal;
};

/// Rights over roles are good for anything only together with the right to write roles or bindings.
std::optional<Privilege> rewrites_grants(const Subject& subject) {
  if (!has(subject, Power::modify_rbac)) return std::nullopt;
  const std::array<Privilege, 3> ways = {
      {{Power::bind_roles, {}, {}}, {Power::bind_roles, Symbol("cluster-admin"), {}}, {Power::escalate_roles, {}, {}}}};
  for (const Privilege& way : ways) {
    if (subject.powers.contains(way)) return way;
  }
  return std::nullopt;
}

std::optional<Privilege> becomes_admin(const Subject& subject) {
  if (auto way = rewrites_grants(subject)) return way;
  const std::array<Privilege, 3> ways = {{{Power::impersonate_groups, {}, {}},
                                          {Power::impersonate_groups, Symbol("system:masters"), {}},
                                          {Power::impersonate_users, {}, {}}}};
  for (const Privilege& way : ways) {
    if (subject.powers.contains(way)) return way;
  }
  return std::nullopt;
}

/// Whoever makes pods anywhere mounts any secret into them.
std::optional<Privilege> mounts_all_secrets(const Subject& subject) {
  for (const Power power : {Power::create_pods, Power::create_workloads}) {
    if (has(subject, power)) return Privilege{power, {}, {}};
  }
  return std::nullopt;
}

class Search {
 public:
  Search(const SubjectTable& subjects, const std::vector<bool>& used) : m_subjects(subjects), m_used(used) {
    for (std::size_t index = 0; index < subjects.all().size(); ++index) index_subject(index);
  }

  /// Shortest ways to a goal: `holds` has it, `next_to_it` is one step away. Nothing for those that hold it.
  template <typename Holds, typename NextToIt>
  std::vector<std::optional<Step>> ways(Holds holds, NextToIt next_to_it) {
    const auto& all = m_subjects.all();
    std::vector<std::optional<Step>> steps(all.size());
    m_seen.assign(all.size(), false);
    m_places_seen.clear();
    std::vector<std::size_t> queue;
    for (std::size_t index = 0; index < all.size(); ++index) {
      if (!holds(all[index])) continue;
      m_seen[index] = true;
      queue.push_back(index);
    }
    const std::size_t holders = queue.size();
    for (std::size_t index = 0; index < all.size(); ++index) {
      const auto way = m_seen[index] ? std::nullopt : next_to_it(all[index]);
      if (!way) continue;
      m_seen[index] = true;
      steps[index] = Step{Symbol(to_string(*way)), k_goal};
      queue.push_back(index);
    }
    // Those next to the goal are as far from it as those that get at a holder.
    std::vector<std::size_t> further(queue.begin() + static_cast<std::ptrdiff_t>(holders), queue.end());
    queue.resize(holders);
    std::size_t at = 0;
    for (; at < holders; ++at) get_at(queue[at], steps, further);
    queue.insert(queue.end(), further.begin(), further.end());
    for (; at < queue.size(); ++at) get_at(queue[at], steps, queue);
    return steps;
  }

 private:
  void index_subject(std::size_t index) {
    const Subject& subject = m_subjects.all()[index];
    for (const auto& [power, grants] : subject.powers) {
      const Symbol words(to_string(power));
      if (!power.name.empty() && names_account(power.power)) {
        if (power.scope.empty()) continue;  // of that name in any namespace: as rare as it is vague
        const Symbol address(power.scope.str() + "/serviceaccounts/" + power.name.str());
        if (const auto account = m_subjects.find(subject.target, address)) m_users_of[*account].push_back({words, index});
        continue;
      }
      Catch what = catch_of(power.power);
      const bool over_roles = power.power == Power::bind_roles || power.power == Power::escalate_roles;
      if (over_roles && !power.scope.empty() && has(subject, Power::modify_rbac, power.scope)) what = Catch::every_account;
      if (what == Catch::nothing || (!power.name.empty() && power.power != Power::create_workloads)) continue;
      m_users_in[{subject.target, power.scope, what}].push_back({words, index});
    }
  }

  struct User {
    Symbol words;
    std::size_t subject;
  };

  void reach(const std::vector<User>& users, std::size_t account, std::vector<std::optional<Step>>& steps,
             std::vector<std::size_t>& queue) {
    for (const User& user : users) {
      if (m_seen[user.subject]) continue;
      m_seen[user.subject] = true;
      steps[user.subject] = Step{user.words, account};
      queue.push_back(user.subject);
    }
  }

  void enter(const Place& place, std::size_t account, std::vector<std::optional<Step>>& steps, std::vector<std::size_t>& queue) {
    const auto users = m_users_in.find(place);
    if (users != m_users_in.end() && m_places_seen.insert(place).second) reach(users->second, account, steps, queue);
  }

  /// Everybody who can take this account.
  void get_at(std::size_t account, std::vector<std::optional<Step>>& steps, std::vector<std::size_t>& queue) {
    const Subject& subject = m_subjects.all()[account];
    const Symbol space = subject.account_namespace();
    if (space.empty()) return;  // groups and users are taken by impersonation only
    if (const auto named = m_users_of.find(account); named != m_users_of.end()) reach(named->second, account, steps, queue);
    for (const Symbol scope : {space, Symbol()}) {
      enter({subject.target, scope, Catch::every_account}, account, steps, queue);
      if (m_used[account]) enter({subject.target, scope, Catch::accounts_in_use}, account, steps, queue);
    }
  }

  const SubjectTable& m_subjects;
  const std::vector<bool>& m_used;
  std::map<Place, std::vector<User>> m_users_in;
  std::map<std::size_t, std::vector<User>> m_users_of;
  std::vector<bool> m_seen;
  std::set<Place> m_places_seen;
};

std::string chain_of(const SubjectTable& subjects, const std::vector<std::optional<Step>>& steps, std::size_t from,
                     std::string_view goal) {
  std::string chain;
  for (std::size_t at = from; at != k_goal && steps[at];) {
    chain += steps[at]->words.str() + " > ";
    at = steps[at]->next;
    if (at != k_goal) chain += subjects.all()[at].address.str() + " > ";
  }
  return chain.append(goal);
}

/// Whoever makes pods in a namespace uses what lies there.
void add_namespaces(const Subject& subject, Escalations& escalations) {
  for (const auto& [power, grants] : subject.powers) {
    const bool makes_pods = power.power == Power::create_pods || power.power == Power::create_workloads;
    if (!makes_pods || power.scope.empty() || !power.name.empty()) continue;
    const std::string goal = "secrets and accounts in " + power.scope.str();
    escalations.emplace(Symbol(goal), Symbol(to_string(power) + " > " + goal));
  }
}

}  // namespace

std::vector<Escalations> escalations_of(const SubjectTable& subjects, const std::vector<bool>& used) {
  constexpr std::string_view k_admin = "cluster-admin";
  constexpr std::string_view k_secrets = "read secrets cluster-wide";
  Search search(subjects, used);
  const auto is_admin = [](const Subject& subject) { return has(subject, Power::cluster_admin); };
  const auto to_admin = search.ways(is_admin, becomes_admin);
  const auto reads_secrets = [](const Subject& subject) { return has(subject, Power::read_secrets); };
  const auto to_secrets = search.ways(reads_secrets, mounts_all_secrets);
  std::vector<Escalations> all(subjects.all().size());
  for (std::size_t index = 0; index < all.size(); ++index) {
    const Subject& subject = subjects.all()[index];
    if (is_admin(subject)) continue;
    if (to_admin[index]) {
      all[index].emplace(Symbol(k_admin), Symbol(chain_of(subjects, to_admin, index, k_admin)));
      continue;
    }
    if (to_secrets[index]) all[index].emplace(Symbol(k_secrets), Symbol(chain_of(subjects, to_secrets, index, k_secrets)));
    add_namespaces(subject, all[index]);
  }
  return all;
}

}  // namespace postern::derive
