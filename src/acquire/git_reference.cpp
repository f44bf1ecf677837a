// SPDX-License-Identifier: Apache-2.0
// Resolves a name by looking it up in each place where git would, and insists that all of them agree.
#include <acquire/git_reference.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace postern::acquire {
namespace {

constexpr std::size_t k_shortest_id = 7;
constexpr unsigned k_longest_step = 100'000;

/// Where a name may live; the order does not matter, since places that disagree are an error.
struct Place {
  std::string_view before;
  std::string_view after;
};
constexpr std::array<Place, 4> k_places = {
    {{"refs/tags/", ""}, {"refs/heads/", ""}, {"refs/remotes/", ""}, {"refs/remotes/", "/HEAD"}}};
constexpr std::array<std::string_view, 2> k_own_names = {"FETCH_HEAD", "HEAD"};

struct Match {
  std::string name;  ///< where it was found
  CommitHandle commit;
};

bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

CommitHandle as_commit(git_object* object) { return CommitHandle(reinterpret_cast<git_commit*>(object)); }

[[noreturn]] void refuse_missing(git_repository* repository, std::string_view name, const std::string& what) {
  throw SourceError("`" + std::string(name) + "`: " + what, missing_commit_hint(repository, name));
}

/// Looks up one full reference name. Nothing when there is no such reference; throws when there is one without a commit.
std::optional<Match> find_reference(git_repository* repository, const std::string& full_name, std::string_view name) {
  git_reference* raw = nullptr;
  if (git_reference_lookup(&raw, repository, full_name.c_str()) != 0) return std::nullopt;
  const ReferenceHandle reference(raw);
  git_object* object = nullptr;
  if (git_reference_peel(&object, raw, GIT_OBJECT_COMMIT) != 0) {
    const char* unborn = git_reference_symbolic_target(raw);
    if (unborn != nullptr) refuse_missing(repository, name, "it points to `" + std::string(unborn) + "`, which has no commit here");
    refuse_missing(repository, name, "the commit of `" + full_name + "` is not in this repository, or it names no commit");
  }
  return Match{full_name, as_commit(object)};
}

std::optional<Match> find_id(git_repository* repository, std::string_view digits) {
  git_oid id{};
  if (git_oid_fromstrn(&id, digits.data(), digits.size()) != 0) return std::nullopt;
  git_object* object = nullptr;
  const int status = git_object_lookup_prefix(&object, repository, &id, digits.size(), GIT_OBJECT_ANY);
  if (status == GIT_EAMBIGUOUS) {
    throw SourceError("`" + std::string(digits) + "` is the start of several object ids", "write more digits of the id");
  }
  if (status != 0) return std::nullopt;
  const ObjectHandle found(object);
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, object, GIT_OBJECT_COMMIT) != 0)
    throw SourceError("`" + std::string(digits) + "` is an object, but not a commit");
  return Match{"the object id " + hex(*git_object_id(object)), as_commit(peeled)};
}

std::vector<Match> find_all(git_repository* repository, std::string_view name) {
  std::vector<Match> matches;
  const auto keep = [&](std::optional<Match> match) {
    if (match) matches.push_back(std::move(*match));
  };
  const bool own_name = std::find(k_own_names.begin(), k_own_names.end(), name) != k_own_names.end();
  if (own_name || name.substr(0, 5) == "refs/") {
    keep(find_reference(repository, std::string(name), name));
    return matches;
  }
  if (is_hexadecimal(name) && name.size() >= k_shortest_id && name.size() <= GIT_OID_HEXSZ) {
    keep(find_id(repository, name));
    if (name.size() == GIT_OID_HEXSZ) return matches;  // a whole id is an id, whatever references are called
  }
  for (const Place& place : k_places) {
    keep(find_reference(repository, std::string(place.before) + std::string(name) + std::string(place.after), name));
  }
  return matches;
}

/// Short names of all references, for a did-you-mean; bounded, since a server may hold a reference for every merge request.
std::vector<std::string> short_names(git_repository* repository) {
  constexpr std::size_t k_most_names = 5000;
  std::vector<std::string> names = {"HEAD"};
  git_reference_iterator* iterator = nullptr;
  if (git_reference_iterator_new(&iterator, repository) != 0) return names;
  const char* full_name = nullptr;
  while (names.size() < k_most_names && git_reference_next_name(&full_name, iterator) == 0) {
    const std::string_view name = full_name;
    for (const std::string_view start : {"refs/heads/", "refs/tags/", "refs/remotes/"}) {
      if (name.substr(0, start.size()) == start) names.emplace_back(name.substr(start.size()));
    }
  }
  git_reference_iterator_free(iterator);
  return names;
}

[[noreturn]] void refuse_unknown(git_repository* repository, std::string_view name) {
  const std::vector<std::string> names = short_names(repository);
  const auto nearest = base::did_you_mean(name, std::vector<std::string_view>(names.begin(), names.end()));
  std::string hint = nearest ? "did you mean `" + *nearest + "`? " : std::string();
  throw SourceError("`" + std::string(name) + "` is no branch, tag or commit of this repository",
                    hint + missing_commit_hint(repository, name));
}

CommitHandle find_one(git_repository* repository, std::string_view name) {
  std::vector<Match> matches;
  // libgit2 takes C strings: what stands behind a NUL byte would go unseen.
  if (name.find('\0') == std::string_view::npos) matches = find_all(repository, name);
  if (matches.empty()) refuse_unknown(repository, name);
  for (const Match& other : matches) {
    if (git_oid_equal(git_commit_id(other.commit.get()), git_commit_id(matches.front().commit.get())) == 0) {
      throw SourceError(
          "`" + std::string(name) + "` is ambiguous: " + matches.front().name + " and " + other.name + " are different commits",
          "write the full name, refs/...");
    }
  }
  return std::move(matches.front().commit);
}

CommitHandle parent_of(git_repository* repository, const git_commit* commit, unsigned number, std::string_view reference) {
  const std::string id = hex(*git_commit_id(commit));
  if (number > git_commit_parentcount(commit)) {
    throw SourceError("`" + std::string(reference) + "`: commit " + id + " has no parent " + std::to_string(number));
  }
  git_commit* parent = nullptr;
  if (git_commit_parent(&parent, commit, number - 1) != 0) {
    refuse_missing(repository, reference, "the parent of commit " + id + " is not in this repository");
  }
  return CommitHandle(parent);
}

/// Takes `~N` or `^N` off the front of `steps`; N is 1 when it is left out.
std::pair<char, unsigned> take_step(std::string_view& steps, std::string_view reference) {
  const char kind = steps.front();
  steps.remove_prefix(1);
  unsigned number = 0;
  std::size_t digits = 0;
  for (; digits < steps.size() && steps[digits] >= '0' && steps[digits] <= '9' && number <= k_longest_step; ++digits) {
    number = number * 10 + static_cast<unsigned>(steps[digits] - '0');
  }
  steps.remove_prefix(digits);
  if ((kind != '~' && kind != '^') || number > k_longest_step) {
    throw SourceError("`" + std::string(reference) + "`: only ~N and ^N may follow a name", "e.g. HEAD~1, origin/main^2");
  }
  return {kind, digits == 0 ? 1 : number};
}

}  // namespace

std::string missing_commit_hint(git_repository* repository, std::string_view name) {
  if (git_repository_is_shallow(repository) == 1) {
    return "this is a shallow clone: fetch what is missing, e.g. `git fetch --depth=100 origin BRANCH` or `git fetch --unshallow` "
           "(GitLab: GIT_DEPTH: 0, "
           "GitHub: fetch-depth: 0)";
  }
  constexpr std::string_view k_origin = "origin/";
  if (name.substr(0, k_origin.size()) == k_origin) return "fetch it first: `git fetch origin`";
  return "accepted are HEAD, a branch, a tag, origin/BRANCH, refs/..., an object id of at least 7 digits, each with ~N or ^N";
}

CommitHandle resolve_commit(git_repository* repository, std::string_view reference) {
  const std::size_t name_bytes = std::min(reference.find_first_of("~^"), reference.size());
  CommitHandle commit = find_one(repository, reference.substr(0, name_bytes));
  for (std::string_view steps = reference.substr(name_bytes); !steps.empty();) {
    const auto [kind, number] = take_step(steps, reference);
    if (kind == '^') {
      if (number != 0) commit = parent_of(repository, commit.get(), number, reference);
      continue;
    }
    for (unsigned i = 0; i < number; ++i) commit = parent_of(repository, commit.get(), 1, reference);
  }
  return commit;
}

}  // namespace postern::acquire
