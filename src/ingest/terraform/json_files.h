// SPDX-License-Identifier: Apache-2.0
// Plans and states of Terraform and OpenTofu as JSON: `terraform show -json PLAN`, `terraform show -json`, and a raw state.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <vector>

namespace postern::ingest::terraform {

/// A plan: what is, and what will be.
[[nodiscard]] bool is_plan(const document::Node& root);
/// A plan, a state as `terraform show -json` writes it, or a raw state of version 4.
[[nodiscard]] bool is_plan_or_state(const document::Node& root);

/// What will be once a plan is applied, or what a state says.
void extract_planned(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);
/// What was before a plan: the state that it was made from. Of a state the same as extract_planned.
void extract_prior(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);

}  // namespace postern::ingest::terraform
