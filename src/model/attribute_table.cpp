// SPDX-License-Identifier: Apache-2.0
// The table of attributes: every name, type, subject and meaning, once. `postern list attributes` and the reference print it.
#include <postern/model/attribute.h>

#include <array>

namespace postern::model {
namespace attribute {

using enum ValueType;
using enum AttributeOrigin;
using S = AttributeSubject;
using D = AttributeDefinition;

// clang-format off
constinit const D workload_kind{"workload_kind", text, S::workload, declared, "Kind of the object that runs it: Deployment, StatefulSet..."};
constinit const D replicas{"replicas", integer, S::workload, declared, "Number of replicas, where declared"};
constinit const D service_account{"service_account", text, S::workload, declared, "Service account that it runs as"};
constinit const D automount_service_account_token{"automount_service_account_token", boolean, S::workload, declared, "Whether the account's token is mounted"};
constinit const D host_network{"host_network", boolean, S::workload, declared, "Shares the network of the node"};
constinit const D host_pid{"host_pid", boolean, S::workload, declared, "Shares the processes of the node"};
constinit const D host_ipc{"host_ipc", boolean, S::workload, declared, "Shares the memory segments of the node"};
constinit const D share_process_namespace{"share_process_namespace", boolean, S::workload, declared, "Its containers see the processes of one another"};
constinit const D run_as_user{"run_as_user", integer, S::container, declared, "User id that it runs as"};
constinit const D run_as_group{"run_as_group", integer, S::container, declared, "Group id that it runs as"};
constinit const D run_as_non_root{"run_as_non_root", boolean, S::container, declared, "Refuses to run as root"};
constinit const D fs_group{"fs_group", integer, S::workload, declared, "Group that owns mounted volumes"};
constinit const D seccomp_profile{"seccomp_profile", text, S::container, declared, "System-call filter"};
constinit const D volumes{"volumes", text_set, S::workload, declared, "What is mounted: emptyDir, hostPath:/x, persistentVolumeClaim:NAME..."};
constinit const D schedule{"schedule", text, S::workload, declared, "When it runs, in cron's form"};
constinit const D spread{"spread", text_set, S::workload, declared, "How its pods are spread: TOPOLOGY KEY, whether that is required, the largest skew"};
constinit const D anti_affinity{"anti_affinity", text_set, S::workload, declared, "Which pods it keeps away from: required or preferred, TOPOLOGY KEY, labels"};
constinit const D privileged{"privileged", boolean, S::container, declared, "Runs with all privileges of the node"};
constinit const D proc_mount{"proc_mount", text, S::container, declared, "How /proc is mounted: Default, or Unmasked with all that is hidden and read-only otherwise"};
constinit const D allow_privilege_escalation{"allow_privilege_escalation", boolean, S::container, declared, "May gain more privileges than its parent"};
constinit const D read_only_root_filesystem{"read_only_root_filesystem", boolean, S::container, declared, "Cannot write its own file system"};
constinit const D capabilities_added{"capabilities_added", text_set, S::container, declared, "Linux capabilities added"};
constinit const D capabilities_dropped{"capabilities_dropped", text_set, S::container, declared, "Linux capabilities dropped"};
constinit const D image{"image", text, S::container, declared, "Image reference as written"};
constinit const D ports{"ports", text_set, S::entity, declared, "Ports: PORT/PROTOCOL of a container, NAME:PORT->TARGET/PROTOCOL of an endpoint"};
constinit const D host_ports{"host_ports", text_set, S::container, declared, "Ports opened on the node"};
constinit const D cpu_request{"cpu_request", integer, S::container, declared, "Requested processor time, in thousandths of a core"};
constinit const D cpu_limit{"cpu_limit", integer, S::container, declared, "Limit of processor time, in thousandths of a core"};
constinit const D memory_request{"memory_request", integer, S::container, declared, "Requested memory, in bytes"};
constinit const D memory_limit{"memory_limit", integer, S::container, declared, "Limit of memory, in bytes"};
constinit const D ephemeral_storage_request{"ephemeral_storage_request", integer, S::container, declared, "Requested local storage, in bytes"};
constinit const D ephemeral_storage_limit{"ephemeral_storage_limit", integer, S::container, declared, "Limit of local storage, in bytes"};
constinit const D liveness_probe{"liveness_probe", text, S::container, declared, "How it is checked to be alive"};
constinit const D readiness_probe{"readiness_probe", text, S::container, declared, "How it is checked to be ready"};
constinit const D startup_probe{"startup_probe", text, S::container, declared, "How it is checked to have started"};
constinit const D command{"command", text_list, S::container, declared, "Program and arguments, redacted"};
constinit const D args{"args", text_list, S::container, declared, "Arguments, redacted"};
constinit const D environment{"environment", text, S::container, declared, "A variable that is not an address, by name; redacted"};
constinit const D environment_from{"environment_from", text_set, S::container, declared, "Objects whose every key becomes a variable"};
constinit const D plaintext_secrets{"plaintext_secrets", text_set, S::container, declared, "Variables that hold a secret in clear text"};
constinit const D container_role{"container_role", text, S::container, declared, "init, main, sidecar or ephemeral"};
constinit const D endpoint_type{"endpoint_type", text, S::endpoint, declared, "ClusterIP, NodePort, LoadBalancer or ExternalName"};
constinit const D selector{"selector", text_set, S::entity, declared, "Labels of the workloads that it means"};
constinit const D external_name{"external_name", text, S::endpoint, declared, "Outside name that it stands for"};
constinit const D node_ports{"node_ports", text_set, S::endpoint, declared, "Ports opened on every node"};
constinit const D load_balancer_source_ranges{"load_balancer_source_ranges", text_set, S::endpoint, declared, "Address ranges that may use the load balancer"};
constinit const D external_ips{"external_ips", text_set, S::endpoint, declared, "Outside addresses at which it is reachable"};
constinit const D headless{"headless", boolean, S::endpoint, declared, "Has no address of its own: names its workloads one by one"};
constinit const D internal_load_balancer{"internal_load_balancer", boolean, S::endpoint, declared, "Its load balancer is reachable from the private network only"};
constinit const D hosts{"hosts", text_set, S::gateway, declared, "Host names that it answers"};
constinit const D paths{"paths", text_set, S::gateway, declared, "Routes: HOST/PATH -> SERVICE:PORT"};
constinit const D tls_hosts{"tls_hosts", text_set, S::gateway, declared, "Host names that it serves over TLS"};
constinit const D tls_redirect{"tls_redirect", boolean, S::gateway, declared, "Whether it sends requests in clear text on to TLS, where that is declared"};
constinit const D authentication{"authentication", text_set, S::gateway, declared, "What checks who sends requests before they are handed on: KIND NAME"};
constinit const D ingress_class{"ingress_class", text, S::gateway, declared, "Controller that serves it"};
constinit const D gateway_internal{"gateway_internal", boolean, S::gateway, declared, "Reachable from the private network only"};
constinit const D gateway_source_ranges{"gateway_source_ranges", text_set, S::gateway, declared, "Address ranges that may use it"};
constinit const D policy_types{"policy_types", text_set, S::network_policy, declared, "Directions that it restricts"};
constinit const D ingress_rules{"ingress_rules", text_set, S::network_policy, declared, "Incoming traffic that it allows"};
constinit const D egress_rules{"egress_rules", text_set, S::network_policy, declared, "Outgoing traffic that it allows"};
constinit const D rules{"rules", text_set, S::role, declared, "What it allows: verbs and resources"};
constinit const D bound_subjects{"bound_subjects", text_set, S::role, declared, "Users and groups that get the role"};
constinit const D keys{"keys", text_set, S::configuration, declared, "Names of the keys"};
constinit const D data{"data", text, S::configuration, declared, "Text of a key, redacted; a digest of the redacted text for files"};
constinit const D secret_type{"secret_type", text, S::secret, declared, "Type of the secret object"};
constinit const D min_available{"min_available", text, S::budget, declared, "Least number of instances that stay"};
constinit const D max_unavailable{"max_unavailable", text, S::budget, declared, "Largest number of instances that may be away"};
constinit const D min_replicas{"min_replicas", integer, S::autoscaler, declared, "Least number of replicas"};
constinit const D max_replicas{"max_replicas", integer, S::autoscaler, declared, "Largest number of replicas"};
constinit const D storage_request{"storage_request", integer, S::volume, declared, "Requested storage, in bytes"};
constinit const D storage_class{"storage_class", text, S::volume, declared, "Class of storage"};
constinit const D access_modes{"access_modes", text_set, S::volume, declared, "How it may be mounted"};
constinit const D pod_security{"pod_security", text, S::namespace_, declared, "Enforced level of the pod security standards"};
constinit const D listeners{"listeners", text_set, S::entity, declared, "What it listens on: NAME PORT/PROTOCOL, encryption and authentication where they are said"};
constinit const D cluster_local{"cluster_local", boolean, S::entity, declared, "Reachable from inside of the cluster only"};
constinit const D grants{"grants", text_set, S::entity, declared, "References from elsewhere that it allows; of a store: what each role (the key) may do with which tables"};
constinit const D callers{"callers", text, S::entity, declared, "Whom an access policy lets call: nobody, named, authenticated, some_requests (everybody, for some requests) or everybody"};
constinit const D action{"action", text, S::entity, declared, "What an access policy does with the requests that it matches: ALLOW, DENY, AUDIT, CUSTOM"};
constinit const D access_rules{"access_rules", text_set, S::entity, declared, "The requests that an access policy matches"};
constinit const D policy_scope{"policy_scope", text, S::entity, declared, "How far a policy of the mesh reaches: mesh, namespace, workload or target"};
constinit const D mutual_tls_mode{"mutual_tls_mode", text, S::entity, declared, "Whether callers must prove who they are by mutual TLS: STRICT, PERMISSIVE, DISABLE"};
constinit const D port_mutual_tls{"port_mutual_tls", text_set, S::entity, declared, "Ports with another mode of mutual TLS"};
constinit const D issuers{"issuers", text_set, S::entity, declared, "Who issues the tokens that are accepted"};
constinit const D tls_mode{"tls_mode", text, S::entity, declared, "How callers encrypt what they send to a name: DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL"};
constinit const D subsets{"subsets", text_set, S::entity, declared, "Named parts of the workloads behind a name, with their labels"};
constinit const D egress_hosts{"egress_hosts", text_set, S::entity, declared, "Names to which the mesh lets a workload send"};
constinit const D version{"version", text, S::entity, declared, "Version that the object asks for"};
constinit const D resource_type{"resource_type", text, S::entity, declared, "Type by which the provider of infrastructure knows it: aws_db_instance, AWS::RDS::DBInstance..."};
constinit const D engine{"engine", text, S::entity, declared, "Product that a managed store or service runs, as the provider calls it"};
constinit const D engine_version{"engine_version", text, S::entity, declared, "Version of that product"};
constinit const D instance_class{"instance_class", text, S::entity, declared, "Size of its machines, as the provider calls it"};
constinit const D instances{"instances", integer, S::entity, declared, "Number of its machines or copies, where declared"};
constinit const D multi_zone{"multi_zone", boolean, S::entity, declared, "Runs in several zones, or takes over in another one"};
constinit const D zones{"zones", text_set, S::entity, declared, "Availability zones that it is in"};
constinit const D address_ranges{"address_ranges", text_set, S::entity, declared, "Address ranges of a network"};
constinit const D public_access{"public_access", boolean, S::entity, declared, "Has an address that the internet can reach, whoever it then lets in"};
constinit const D source_ranges{"source_ranges", text_set, S::entity, declared, "Who may send to it: ADDRESS RANGE PORTS/PROTOCOL"};
constinit const D encrypted_at_rest{"encrypted_at_rest", boolean, S::entity, declared, "Encrypts what it stores"};
constinit const D encryption_key{"encryption_key", text, S::entity, declared, "Key that it encrypts with, where one is named"};
constinit const D encryption_in_transit{"encryption_in_transit", boolean, S::entity, declared, "Accepts encrypted connections only"};
constinit const D minimum_tls{"minimum_tls", text, S::entity, declared, "Oldest version of TLS that it accepts, as the provider writes it"};
constinit const D local_authentication{"local_authentication", boolean, S::entity, declared, "Accepts keys and passwords of its own beside identities of the platform"};
constinit const D backup_retention{"backup_retention", integer, S::entity, declared, "Days for which its backups are kept; 0: there are none"};
constinit const D deletion_protection{"deletion_protection", boolean, S::entity, declared, "Cannot be deleted by mistake"};
constinit const D access_logging{"access_logging", boolean, S::entity, declared, "Writes down who used it"};
constinit const D versioned{"versioned", boolean, S::entity, declared, "Keeps older versions of what it stores"};
constinit const D policy_statements{"policy_statements", text_set, S::entity, declared, "Statements of the policy that it carries: EFFECT PRINCIPALS ACTIONS RESOURCES CONDITIONS"};
constinit const D declared_region{"declared_region", text, S::entity, declared, "Region that it is declared to be in"};
constinit const D condition{"condition", text, S::entity, declared, "On what it depends whether it exists"};
constinit const D settings{"settings", text, S::entity, declared, "A setting of a resource that has no attribute of its own, by name; redacted"};
constinit const D operation{"operation", text, S::entity, declared, "An operation of an interface (the key: METHOD PATH, or the channel): who may call it"};
constinit const D operation_data{"operation_data", text_set, S::entity, declared, "Fields that an operation (the key) takes and gives: in NAME, out NAME"};
constinit const D column{"column", text, S::entity, declared, "A column of a store (the key: TABLE.COLUMN): its type and constraints"};
constinit const D field_classes{"field_classes", text_set, S::entity, derived, "Classes of data of a column (key: TABLE.COLUMN), or of what an operation takes (in METHOD PATH) and gives (out METHOD PATH)"};
constinit const D lifecycle{"lifecycle", text, S::entity, declared, "How far it is, as a catalogue says: experimental, production, deprecated"};
constinit const D system{"system", text, S::entity, declared, "System that it is part of, as a catalogue or a label says"};
constinit const D api_version{"api_version", text, S::entity, declared, "Version of an interface"};
constinit const D profiles{"profiles", text_set, S::entity, declared, "Profiles with which it is started; none: always"};
constinit const D networks{"networks", text_set, S::entity, declared, "Networks that it is connected to"};
constinit const D restart_policy{"restart_policy", text, S::entity, declared, "When it is started again after it ended"};
constinit const D depends_on{"depends_on", text_set, S::entity, declared, "What must be started before it"};
constinit const D libraries{"libraries", integer, S::entity, declared, "Number of libraries that its bills of materials list; unknown where none came with its image"};
constinit const D versions{"versions", text_set, S::entity, declared, "Versions of a library that are there"};
constinit const D licences{"licences", text_set, S::entity, declared, "Licences of a library: SPDX identifiers and expressions, or names"};
constinit const D purl{"purl", text, S::entity, declared, "Package URL without version, qualifiers and subpath"};
constinit const D package_type{"package_type", text, S::entity, declared, "Ecosystem of a library: npm, maven, golang, deb..."};
constinit const D component_type{"component_type", text, S::entity, declared, "library, framework, application, container, operating-system, platform or other"};
constinit const D component_scope{"component_scope", text, S::entity, declared, "Whether a library runs where the whole is deployed: required, optional or excluded"};
constinit const D directness{"directness", text, S::entity, declared, "direct: named by what contains it; transitive: comes with another library. Not compared"};
constinit const D introduced_by{"introduced_by", text, S::entity, declared, "Direct dependency through which a library comes. Not compared"};
constinit const D provider_type{"provider_type", text, S::entity, declared, "What gives the secrets or certificates: vault, aws, acme..."};
constinit const D triggers{"triggers", text_set, S::autoscaler, declared, "What an autoscaler watches"};
constinit const D mutual_tls{"mutual_tls", text, S::workload, derived, "Whether the policies of the mesh make callers prove who they are: STRICT, PARTIAL, PERMISSIVE, DISABLE"};
constinit const D authorization{"authorization", text, S::workload, derived, "Whom the policies of the mesh let call: nobody, named, authenticated, some_requests, delegated, some_denied or everybody"};
constinit const D denials{"denials", text_set, S::entity, derived, "Requests that the policies of the mesh refuse: from.principals=a,b to.paths=/admin*; * for all"};
constinit const D token_issuers{"token_issuers", text_set, S::workload, derived, "Issuers of the tokens that the mesh checks before it"};
constinit const D client_tls{"client_tls", text, S::entity, derived, "How the mesh makes callers encrypt what they send there"};
constinit const D permissions{"permissions", text_set, S::identity, derived, "What the roles bound to it allow, all together: VERBS RESOURCE.GROUP, the names, where"};
constinit const D privileges{"privileges", text_set, S::entity, derived, "Powers that its own bindings give it (a workload: those of the account whose token it has): read secrets in NS, create pods cluster-wide..."};
constinit const D inherited_privileges{"inherited_privileges", text_set, S::entity, derived, "Powers that it has because every account is in groups such as system:authenticated"};
constinit const D privilege_grants{"privilege_grants", text, S::entity, derived, "The binding and the roles that give a power (the key)"};
constinit const D escalation{"escalation", text, S::entity, derived, "How it can get at more (the key) than it was given: power > account > power"};
constinit const D least_replicas{"least_replicas", integer, S::workload, derived, "Replicas that there are at least: of the autoscaler, else as declared, else 1"};
constinit const D most_replicas{"most_replicas", integer, S::workload, derived, "Replicas that an autoscaler may make of it"};
constinit const D disruption_protection{"disruption_protection", text, S::workload, derived, "What its disruption budgets come to: limited, ineffective (all instances may go at once), blocked (none may ever go)"};
constinit const D owner{"owner", text, S::entity, declared, "Who owns it"};
constinit const D tier{"tier", text, S::entity, declared, "Business criticality: mission-critical, high, normal, low"};
constinit const D data_classes{"data_classes", text_set, S::entity, declared, "Classes of data that it holds or handles: PII, PCI, PHI..."};
constinit const D technology{"technology", text, S::entity, derived, "What it is: postgres, redis, kafka..."};
constinit const D domain{"domain", text, S::entity, derived, "Registered part of an outside name: example.co.uk of api.example.co.uk"};
constinit const D business_function{"business_function", text, S::entity, derived, "What it is for, by its name: payments, identity, orders..."};
constinit const D criticality{"criticality", text, S::entity, derived, "Business criticality where no tier is declared: high, by function, data or position"};
constinit const D criticality_reason{"criticality_reason", text, S::entity, derived, "Why it counts as that critical. Not compared"};
constinit const D vendor{"vendor", text, S::entity, derived, "Company behind an outside host"};
constinit const D vendor_category{"vendor_category", text, S::entity, derived, "What the vendor does: payments, analytics, ai..."};
constinit const D region{"region", text, S::entity, derived, "Cloud region, where the configuration says it"};
constinit const D jurisdictions{"jurisdictions", text_set, S::entity, derived, "Countries and unions whose law applies"};
constinit const D role{"role", text, S::entity, derived, "What it does for others: datastore, cache, queue, monitoring..."};
constinit const D exposure{"exposure", text, S::workload, derived, "From where it can be reached: internet, internal, cluster, none"};
constinit const D entry_paths{"entry_paths", text_set, S::workload, derived, "Ways in from outside, entity by entity"};
constinit const D ingress_isolated{"ingress_isolated", boolean, S::workload, derived, "A network policy restricts who may call it"};
constinit const D egress_isolated{"egress_isolated", boolean, S::workload, derived, "A network policy restricts whom it may call"};
constinit const D data_reach{"data_reach", text_set, S::workload, derived, "Classes of data that can be reached from it"};
constinit const D attack_path{"attack_path", text, S::entity, derived, "Shortest way from an entry (the key) to a store, secret or outside host"};
constinit const D entity_kind{"kind", text, S::entity, derived, "Kind of entity"};
constinit const D relation_ports{"ports", text_set, S::relation, declared, "Ports that are mentioned"};
constinit const D schemes{"schemes", text_set, S::relation, declared, "Schemes that are mentioned"};
constinit const D transport{"transport", text, S::relation, declared, "encrypted, plaintext or unknown"};
constinit const D spoken_technology{"technology", text_set, S::relation, declared, "Technologies that the mention names: postgres, kafka..."};
constinit const D databases{"databases", text_set, S::relation, declared, "Databases, virtual hosts or indexes that are mentioned"};
constinit const D entrances{"entrances", text_set, S::relation, declared, "Gateways at which requests take this way; every one of the route where there is none"};
constinit const D forwarding{"forwarding", text_set, S::relation, declared, "What a route does with requests where it does not only hand them on: mirror, redirect"};
constinit const D via{"via", text_set, S::relation, derived, "Endpoints through which the name leads to the target"};
constinit const D link_rule{"link_rule", text_set, S::relation, derived, "Rules by which the mention was linked"};
constinit const D relation_kind{"kind", text, S::relation, derived, "What the relation does"};
constinit const D network_policy_blocked{"network_policy_blocked", boolean, S::relation, derived, "A network policy does not allow it"};
// clang-format on

}  // namespace attribute

namespace {

using namespace attribute;

constexpr std::array k_all = {
    &workload_kind,
    &replicas,
    &service_account,
    &automount_service_account_token,
    &host_network,
    &host_pid,
    &host_ipc,
    &share_process_namespace,
    &run_as_user,
    &run_as_group,
    &run_as_non_root,
    &fs_group,
    &seccomp_profile,
    &volumes,
    &schedule,
    &spread,
    &anti_affinity,
    &privileged,
    &proc_mount,
    &allow_privilege_escalation,
    &read_only_root_filesystem,
    &capabilities_added,
    &capabilities_dropped,
    &image,
    &ports,
    &host_ports,
    &cpu_request,
    &cpu_limit,
    &memory_request,
    &memory_limit,
    &ephemeral_storage_request,
    &ephemeral_storage_limit,
    &liveness_probe,
    &readiness_probe,
    &startup_probe,
    &command,
    &args,
    &environment,
    &environment_from,
    &plaintext_secrets,
    &container_role,
    &endpoint_type,
    &selector,
    &external_name,
    &node_ports,
    &load_balancer_source_ranges,
    &external_ips,
    &headless,
    &internal_load_balancer,
    &hosts,
    &paths,
    &tls_hosts,
    &tls_redirect,
    &authentication,
    &ingress_class,
    &gateway_internal,
    &gateway_source_ranges,
    &policy_types,
    &ingress_rules,
    &egress_rules,
    &rules,
    &bound_subjects,
    &keys,
    &data,
    &secret_type,
    &min_available,
    &max_unavailable,
    &min_replicas,
    &max_replicas,
    &storage_request,
    &storage_class,
    &access_modes,
    &pod_security,
    &listeners,
    &cluster_local,
    &grants,
    &callers,
    &action,
    &access_rules,
    &policy_scope,
    &mutual_tls_mode,
    &port_mutual_tls,
    &issuers,
    &tls_mode,
    &subsets,
    &egress_hosts,
    &version,
    &provider_type,
    &triggers,
    &resource_type,
    &engine,
    &engine_version,
    &instance_class,
    &instances,
    &multi_zone,
    &zones,
    &address_ranges,
    &public_access,
    &source_ranges,
    &encrypted_at_rest,
    &encryption_key,
    &encryption_in_transit,
    &minimum_tls,
    &local_authentication,
    &backup_retention,
    &deletion_protection,
    &access_logging,
    &versioned,
    &policy_statements,
    &declared_region,
    &condition,
    &settings,
    &operation,
    &operation_data,
    &column,
    &api_version,
    &field_classes,
    &lifecycle,
    &system,
    &profiles,
    &networks,
    &restart_policy,
    &depends_on,
    &libraries,
    &versions,
    &licences,
    &purl,
    &package_type,
    &component_type,
    &component_scope,
    &directness,
    &introduced_by,
    &mutual_tls,
    &authorization,
    &denials,
    &token_issuers,
    &client_tls,
    &permissions,
    &privileges,
    &inherited_privileges,
    &privilege_grants,
    &escalation,
    &least_replicas,
    &most_replicas,
    &disruption_protection,
    &owner,
    &tier,
    &data_classes,
    &technology,
    &domain,
    &business_function,
    &criticality,
    &criticality_reason,
    &vendor,
    &vendor_category,
    &region,
    &jurisdictions,
    &role,
    &exposure,
    &entry_paths,
    &ingress_isolated,
    &egress_isolated,
    &data_reach,
    &attack_path,
    &entity_kind,
    &relation_ports,
    &schemes,
    &transport,
    &spoken_technology,
    &databases,
    &entrances,
    &forwarding,
    &via,
    &link_rule,
    &relation_kind,
    &network_policy_blocked,
};

}  // namespace

std::span<const AttributeDefinition* const> all_attributes() { return k_all; }

}  // namespace postern::model
