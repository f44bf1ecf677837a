// SPDX-License-Identifier: Apache-2.0
// The table of the codes P12xx.
#include <ingest/codes.h>

#include <array>

namespace postern::ingest {
namespace {

constexpr std::array k_codes = {
    base::CodeRow{
        code::k_wrong_type, "A field has the wrong type",
        "A known object holds a value of another type than the platform defines for that field, so the platform would refuse "
        "the object and nothing can be said about the field. The rest of the object was read. Correct the value."},
    base::CodeRow{code::k_missing_part, "A required part is missing",
                  "A known object lacks a field that the platform requires, so the object cannot be applied. Add the field."},
    base::CodeRow{
        code::k_template, "A template that was not rendered",
        "The file holds template expressions ({{ ... }}). Its values are known only after rendering, so it is not judged. "
        "Render it (`helm template RELEASE CHART > rendered.yaml`) and give the result to Postern."},
    base::CodeRow{
        code::k_chart, "A chart needs rendering",
        "Files below a Helm chart are templates and values, not objects. Render the chart with the values of the environment "
        "(`helm template RELEASE CHART --values VALUES > rendered.yaml`) and give the result to Postern."},
    base::CodeRow{
        code::k_kustomization, "A kustomization needs rendering",
        "Files below a kustomization are patched before they are applied, so their raw text is not what will run. Render it "
        "(`kustomize build DIR > rendered.yaml`) and give the result to Postern."},
    base::CodeRow{code::k_generated_name, "The name is chosen when the object is created",
                  "The object has generateName instead of name. It is identified by that prefix; give it a name if several objects "
                  "share the prefix."},
    base::CodeRow{
        code::k_empty_file, "An input file is empty",
        "The file holds nothing at all, which is what a failed rendering or an interrupted download leaves behind. Whatever "
        "it should declare is unknown. Render it again, or delete the file."},
    base::CodeRow{code::k_bad_quantity, "A quantity cannot be read",
                  "Quantities are a number with an optional suffix: 500m, 0.5, 128Mi, 1G, 1e3. Correct the value."},
    base::CodeRow{code::k_misspelt_field, "A security field is misspelt",
                  "The platform ignores fields that it does not know, so a misspelt security setting silently does nothing. "
                  "Correct the spelling."},
    base::CodeRow{code::k_bad_base64, "A value under data is not base64",
                  "Values under data of a Secret and binaryData of a ConfigMap are base64. Encode the value or use stringData."},
    base::CodeRow{
        code::k_out_of_range, "A number is out of range",
        "The number lies outside the range that the platform allows (ports: 1 to 65535), so the object would be refused."},
    base::CodeRow{code::k_not_text, "A number or boolean where text is expected",
                  "The platform expects text here and refuses other scalars. The value was read as it is written; quote it."},
    base::CodeRow{
        code::k_unreadable_json, "A JSON file cannot be read",
        "The file is not valid JSON, and nothing in it hints at an input of a known format, so it was passed over. If it is "
        "an input, correct it."},
    base::CodeRow{
        code::k_bad_name, "A name holds forbidden characters",
        "Names of objects and namespaces hold no slash, percent sign, space or control character. The object was not read, "
        "because such a name could pose as another object's address."},
    base::CodeRow{code::k_field_without_effect, "A security field stands where it has no effect",
                  "The field exists, but not at this level (pod or container), so the platform ignores it. Move it."},
    base::CodeRow{code::k_not_evaluated, "A policy that is not fully evaluated",
                  "The policy holds rules that have no exact counterpart here: denials, conditions on requests, orders between "
                  "policies, other "
                  "identities than pods and addresses. What it lets through is counted in full, what it forbids only as far as it "
                  "is exact, so "
                  "that no protection is assumed that is not there."},
    base::CodeRow{code::k_unknown_version, "A bill of materials of an unknown version",
                  "CycloneDX is read from 1.2 to 1.7 (XML from 1.0), SPDX as 2.1 to 2.3 and 3.0, Syft with the schemas 1 to 16. A "
                  "later version with the same first number is read as the "
                  "newest known one; any other is not read, and its libraries are unknown. Write it in a known version."},
    base::CodeRow{
        code::k_duplicate_reference, "A reference stands for two components",
        "References within a bill of materials (bom-ref, SPDXID) must be unique. Both components are kept; dependencies are "
        "counted for the first."},
    base::CodeRow{
        code::k_dangling_reference, "A dependency on nothing",
        "A dependency names a reference that no component has. It is left out, so which libraries are direct may be wrong. "
        "Generate the bill of materials again."},
    base::CodeRow{code::k_no_components, "A bill of materials without components",
                  "It lists nothing, which is what a failed scan leaves behind. The libraries count as unknown, and none counts as "
                  "removed. Check the generator."},
    base::CodeRow{code::k_bad_purl, "Not a package URL",
                  "A package URL is pkg:TYPE/NAMESPACE/NAME@VERSION. The component is known by its name instead, so it may not be "
                  "recognised in the bill of materials of another generator."},
    base::CodeRow{code::k_unknown_type, "A component of unknown type",
                  "The type of the component is none that the specification names. The component is kept."},
    base::CodeRow{
        code::k_cut_off, "A file that seems to be cut off",
        "The file can be read, but it holds half an object: one without kind or apiVersion among others, or a last one that "
        "ends with a field without a value in the middle of a line. Whatever followed is unknown. Render or fetch the file "
        "again."},
    base::CodeRow{
        code::k_lock_file, "A lock file that cannot be read",
        "A lock file (package-lock.json, go.mod, poetry.lock...) is cut off, holds the marks of a merge that was not finished, or "
        "names something that is no package. What it lists is unknown as far as it could not be read. Write it again with its "
        "package "
        "manager."},
    base::CodeRow{
        code::k_sbom_rule, "A bill of materials breaks a rule of its format",
        "The specification does not allow what stands there, and nothing that is read depends on it: a malformed hash, time or "
        "serial "
        "number, a licence that is not on the list, a word that is not among those that it names. All else is read. Correct the "
        "generator, since whoever else reads the file may refuse it."},
    base::CodeRow{
        code::k_drift, "A resource was changed outside of Terraform",
        "The plan says under resource_drift that the real thing differs from what was last applied. What the plan makes of "
        "it is judged; who changed it is for you to find out."},
    base::CodeRow{
        code::k_hcl_syntax, "A Terraform file cannot be read",
        "The file is not valid HCL at the named place. What its module declares is not fully known. Run `terraform validate`."},
    base::CodeRow{
        code::k_module_not_expanded, "A module whose content is not here",
        "The module comes from a registry or another repository, so what it creates is not known. It is one entity with the "
        "inputs that it gets. Judge the plan (`terraform show -json PLAN`) to see everything that it creates."},
    base::CodeRow{
        code::k_too_much, "More than is read",
        "The configuration makes more instances, deeper modules or longer expressions than are followed. What is beyond is "
        "unknown. Split the configuration, or judge its plan."},
    base::CodeRow{
        code::k_compose_unset, "A variable of a Compose file has no value",
        "Neither .env nor the file's own defaults give it a value; where Compose is started it may have one. What it says "
        "counts as unknown. Put it into .env, give it a default (${NAME:-default}), or name a file of variables under "
        "`values` of the environment."},
    base::CodeRow{code::k_compose_optional, "A Compose file that is not merged",
                  "Compose reads the file only when it is named (`docker compose -f FILE`), because it has another name than "
                  "compose.yaml, docker-compose.yml and their overrides. To have it judged as part of the project, name it under "
                  "`values` of the environment."},
    base::CodeRow{code::k_compose_missing_file, "A file of a Compose project is missing",
                  "The project names a file that is not part of this source, so what it says is unknown. Give Postern the folder "
                  "that holds all files of the project."},
    base::CodeRow{code::k_compose_cycle, "Compose files or services that need themselves",
                  "A file includes itself, a service extends itself, or they do so too deeply (16 steps). Compose refuses it. What "
                  "could be read was read."},
    base::CodeRow{code::k_compose_missing_service, "A service extends one that is not there",
                  "Compose refuses it. The service was read without what it extends."},
    base::CodeRow{code::k_compose_bad_value, "A value of a Compose file cannot be read",
                  "A port, a size or a number is not written as Compose expects it, so nothing is known of it. Correct the value."},
    base::CodeRow{code::k_compose_too_large, "A Compose project is too large",
                  "Anchors, includes and extended services make more values than a project may have, or a list is longer than "
                  "anybody would write it. What is beyond was not read."},
    base::CodeRow{code::k_compose_bad_variable, "A variable of a Compose file is malformed",
                  "Variables are $NAME, ${NAME}, ${NAME:-default}, ${NAME:?text} and ${NAME:+other}; a dollar is $$. The text was "
                  "read as it stands."},
    base::CodeRow{code::k_not_rendered, "A chart or kustomization could not be rendered",
                  "helm or kustomize was run on a copy, without network and with limits, and did not succeed; its first line says "
                  "why. Dependencies must be part of the source (`helm dependency build`), remote bases cannot be used. What it "
                  "declares is unknown. Correct it, name the environment's values under `values`, or render it yourself."},
    base::CodeRow{
        code::k_sql_cut_off, "A quote or comment of a script never ends",
        "The script was read up to where the quote or comment begins; what it defines after that is unknown. Close it, or "
        "exclude the file if it is no script."},
    base::CodeRow{code::k_sql_unknown_table, "A script alters a table that nobody creates",
                  "None of the scripts that belong together creates the table, so its columns are not known in full. Give Postern "
                  "the whole series of scripts, from the first on."},
    base::CodeRow{
        code::k_api_reference, "A reference of an interface leads nowhere",
        "A $ref of the specification names a place that is not in the document, or a file that is not in the tree. What it "
        "would describe is unknown. Correct it, or give Postern the file."},
    base::CodeRow{code::k_api_part, "A part of an interface cannot be read",
                  "A part of the specification has another type than its format defines. The rest was read. Correct the value."},
    base::CodeRow{code::k_interface_syntax, "The description of an interface cannot be read",
                  "The file breaks the rules of its language (protobuf, GraphQL); what follows is not read, so operations may be "
                  "missing. Correct the file."},
    base::CodeRow{
        code::k_serverless_missing_file, "A file of a serverless service is missing",
        "The service takes a part from a file (`${file(PATH)}`) that is not in this source, so what it says is unknown. Give "
        "Postern the folder that holds all files of the service."},
    base::CodeRow{
        code::k_export_partial, "An export of what runs lacks parts",
        "Some rows of the export have no content (a query that selects few columns, a recorder that leaves types out, an answer in "
        "pages of which one is there), so what they say is unknown. Export everything: all columns, all pages."},
    base::CodeRow{code::k_inventory_line, "A line of an inventory cannot be read",
                  "Inventories have a host and its variables, or a [group], a line. What the line says is unknown. Correct it."},
    base::CodeRow{code::k_inventory_too_large, "A range of an inventory is too large",
                  "A range of hosts makes more than 10,000 of them. What is beyond was not read. Split the inventory."},
    base::CodeRow{
        code::k_report_row, "A row of a report cannot be read",
        "A finding in the report of another tool has another shape than the tool's format defines. It is left out and the "
        "rest is read, so a weakness may be missing. Make the report again with a current version of the tool."},
    base::CodeRow{
        code::k_report_failed, "The run of another tool failed",
        "The report itself says that the tool did not get to its end. What it does not show may be there all the same, so "
        "the verdict cannot be a pass. Run the tool again."},
    base::CodeRow{code::k_report_partial, "Another tool did not look at everything",
                  "The report names files or checks that the tool passed over (files that it could not parse, checks without a "
                  "result). The rest of it counts. See whether what is missing matters."},
    base::CodeRow{
        code::k_report_unknown, "A file of findings that no reader knows",
        "The file was named with --findings, but it is empty, or its content is of none of the formats that `postern list "
        "formats` prints. An empty list says neither which tool ran nor that it ran: have the tool write SARIF, or another "
        "format that names it."},
    base::CodeRow{
        code::k_report_cut_off, "A report that is cut off",
        "The file begins like the report of another tool and cannot be read to its end. Whatever it reported is unknown, so "
        "the verdict cannot be a pass. Make the report again."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::ingest
