// SPDX-License-Identifier: Apache-2.0
// How powers lead to further powers: over accounts that can be taken, and by changing what is granted.
#pragma once
#include <map>
#include <vector>

#include "derive/privilege/subjects.h"

namespace postern::derive {

/// What a subject can get at, with the shortest way to it, step by step: `create pods in shop > shop/serviceaccounts/deployer >
/// cluster-admin`.
using Escalations = std::map<model::Symbol, model::Symbol>;

/// The escalations of every subject by its own powers, in the order of the subjects. `used` says which accounts have their token in
/// some pod: only those can be taken by getting into a pod. The goals are `cluster-admin`, `read secrets cluster-wide`, and
/// `secrets and accounts in NS`; a smaller goal is left out where a greater one is reached. One search for each goal, over subjects
/// and namespaces.
[[nodiscard]] std::vector<Escalations> escalations_of(const SubjectTable& subjects, const std::vector<bool>& used);

}  // namespace postern::derive
