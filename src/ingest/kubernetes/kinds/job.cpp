// SPDX-License-Identifier: Apache-2.0
// Job and CronJob: a pod template that runs to its end.
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/kinds/workload.h>
#include <ingest/kubernetes/pod.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {FieldRow{"schedule", &model::attribute::schedule}};

void read_job_spec(ObjectReader& reader, const Node& spec, model::EntityFact& entity) {
  if (const Node pod_template = reader.required_mapping(spec, "template")) read_pod_template(reader, pod_template, entity);
}

}  // namespace

void read_job(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::job);
  if (const Node spec = required_spec(reader)) read_job_spec(reader, spec, entity);
  reader.emit(std::move(entity));
}

void read_cron_job(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::job);
  if (const Node spec = required_spec(reader)) {
    read_fields(reader, spec, k_fields, entity.attributes);
    const Node job = reader.required_mapping(spec, "jobTemplate");
    const Node job_spec = job ? reader.required_mapping(job, "spec") : Node();
    if (job_spec) read_job_spec(reader, job_spec, entity);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
