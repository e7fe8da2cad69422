#include "services/hooks/hook_call.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "services/fhir/fhir_element.h"
#include "services/fhir/fhir_json.h"

namespace bedside {
namespace {

using nlohmann::json;

constexpr size_t kMostIdBytes = 64;
constexpr size_t kMostTokenBytes = 8192;
constexpr size_t kMostUrlBytes = 2048;
constexpr config::Hook kHooks[] = {config::HOOK_PATIENT_VIEW, config::HOOK_ORDER_SELECT, config::HOOK_ORDER_SIGN};

// FHIR R4, datatypes, id.
bool IsFhirId(absl::string_view text) {
  return !text.empty() && text.size() <= kMostIdBytes && absl::c_all_of(text, [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.';
  });
}

// RFC 4122, section 3.
bool IsUuid(absl::string_view text) {
  constexpr absl::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kForm.size()) return false;
  for (size_t i = 0; i < kForm.size(); ++i) {
    const bool is_hex = absl::ascii_isxdigit(static_cast<unsigned char>(text[i]));
    if (kForm[i] == 'x' ? !is_hex : text[i] != '-') return false;
  }
  return true;
}

// What may stand in a header.
bool IsToken(absl::string_view text) {
  return !text.empty() && text.size() <= kMostTokenBytes &&
         absl::c_all_of(text, [](char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); });
}

absl::string_view Required(const FhirElement& object, absl::string_view name) {
  const absl::string_view text = object.String(name);
  if (!object.Has(name)) object.Note(name, "a string", "nothing");
  if (object.Has(name) && text.empty()) object.Note(name, "a string that is not empty", "an empty one");
  return text;
}

config::Hook ReadHook(const FhirElement& call) {
  const absl::string_view name = Required(call, "hook");
  const auto* const found = absl::c_find_if(kHooks, [name](config::Hook hook) { return NameOf(hook) == name; });
  if (found != std::end(kHooks)) return *found;
  call.Note("hook", "patient-view, order-select or order-sign", "another");
  return config::HOOK_UNSPECIFIED;
}

void ReadAuthorization(const FhirElement& root, HookCall* call) {
  const absl::string_view server = root.String("fhirServer");
  if (server.size() > kMostUrlBytes) root.Note("fhirServer", "a URL of at most 2048 bytes", "a longer one");
  call->fhir_server = std::string(server);
  const FhirElement authorization = root.Object("fhirAuthorization");
  if (!authorization.exists()) return;
  if (server.empty()) root.Note("fhirServer", "the server that fhirAuthorization is for", "nothing");
  for (const absl::string_view name : {"scope", "subject"}) Required(authorization, name);
  if (!authorization.Number("expires_in").has_value()) authorization.Note("expires_in", "a number", "nothing");
  if (Required(authorization, "token_type") != "Bearer") authorization.Note("token_type", "Bearer", "another");
  const absl::string_view token = Required(authorization, "access_token");
  if (!IsToken(token)) authorization.Note("access_token", "at most 8192 visible characters", "others");
  call->access_token = std::string(token);
}

// "MedicationRequest/103" of a resource.
std::string ReferenceOf(const FhirElement& resource) {
  return absl::StrCat(resource.String("resourceType"), "/", resource.String("id"));
}

absl::flat_hash_set<std::string> Selections(const FhirElement& context) {
  absl::flat_hash_set<std::string> selected;
  const json* const list = context.Has("selections") ? &context.value()["selections"] : nullptr;
  const bool is_list =
      list != nullptr && list->is_array() && absl::c_all_of(*list, [](const json& one) { return one.is_string(); });
  if (!is_list) context.Note("selections", "a list of strings", list == nullptr ? "nothing" : "something else");
  if (is_list) {
    for (const json& one : *list) selected.insert(one.get<std::string>());
  }
  return selected;
}

void ReadOrders(const FhirElement& context, HookCall* call) {
  if (call->hook == config::HOOK_PATIENT_VIEW) return;
  const bool only_selected = call->hook == config::HOOK_ORDER_SELECT;
  const absl::flat_hash_set<std::string> selected =
      only_selected ? Selections(context) : absl::flat_hash_set<std::string>();
  const FhirElement drafts = context.Object("draftOrders");
  if (!drafts.exists()) return context.Note("draftOrders", "a Bundle", "nothing");
  if (drafts.String("resourceType") != "Bundle") return drafts.Note("resourceType", "Bundle", "another");
  for (const FhirElement& entry : drafts.List("entry")) {
    const FhirElement order = entry.Object("resource");
    if (!order.exists()) continue;
    // What is ordered may be named in a resource of its own.
    const bool is_meant = !only_selected || order.String("resourceType") == "Medication";
    if (is_meant || selected.contains(ReferenceOf(order))) call->orders.push_back(order.value());
  }
}

void ReadContext(const FhirElement& context, HookCall* call) {
  if (!context.exists()) return context.Note("", "an object", "nothing");
  Required(context, "userId");
  call->patient_id = std::string(Required(context, "patientId"));
  if (!IsFhirId(call->patient_id)) context.Note("patientId", "an id of FHIR", "something else");
  ReadOrders(context, call);
}

// Resources in `root`, which may be a Bundle.
std::vector<FhirElement> ResourcesIn(const FhirElement& root) {
  if (root.String("resourceType") != "Bundle") return {root};
  std::vector<FhirElement> resources;
  for (const FhirElement& entry : root.List("entry")) {
    if (entry.Has("resource")) resources.push_back(entry.Object("resource"));
  }
  return resources;
}

// Beside what was found, an outcome may be a hint or a warning.
bool IsError(const FhirElement& outcome) {
  const std::vector<FhirElement> issues = outcome.List("issue");
  return issues.empty() || absl::c_any_of(issues, [](const FhirElement& issue) {
           const absl::string_view severity = issue.String("severity");
           return severity != "warning" && severity != "information";
         });
}

// Whether what is under this key is what could not be got.
bool IsFailure(const FhirElement& root) {
  if (root.String("resourceType") == "OperationOutcome") return true;
  return absl::c_any_of(ResourcesIn(root), [](const FhirElement& one) {
    return one.String("resourceType") == "OperationOutcome" && IsError(one);
  });
}

// A Patient in it must be this one.
void CheckPatient(const FhirElement& root, absl::string_view patient_id) {
  for (const FhirElement& one : ResourcesIn(root)) {
    const bool is_other = one.String("resourceType") == "Patient" && one.String("id") != patient_id;
    if (is_other) one.Note("id", "that of context.patientId", "another");
  }
}

// Keys of what could not be got at the client.
std::vector<std::string> FailuresIn(const json& prefetch, const std::string& path, absl::string_view patient_id,
                                    absl::Status* fault) {
  std::vector<std::string> failures;
  for (const auto& [key, value] : prefetch.items()) {
    if (value.is_null()) continue;
    const FhirElement root(&value, absl::StrCat(path, ".", PlaceOfKey(key)), fault);
    if (!value.is_object()) root.Note("", "an object or null", value.type_name());
    CheckPatient(root, patient_id);
    if (IsFailure(root)) failures.push_back(key);
  }
  return failures;
}

}  // namespace

absl::string_view NameOf(config::Hook hook) {
  switch (hook) {
    case config::HOOK_PATIENT_VIEW:
      return "patient-view";
    case config::HOOK_ORDER_SELECT:
      return "order-select";
    case config::HOOK_ORDER_SIGN:
      return "order-sign";
    default:
      return "";
  }
}

bool IsOfPatient(const json& resource, absl::string_view patient_id) {
  absl::Status fault;
  const FhirElement root(&resource, "resource", &fault);
  CheckPatient(root, patient_id);
  return !root.String("resourceType").empty() && !IsFailure(root) && fault.ok();
}

absl::StatusOr<HookCall> ParseHookCall(absl::string_view body) {
  ASSIGN_OR_RETURN(json parsed, ParseFhirJson(body, FhirRoot::kHookCall));
  absl::Status fault;
  const FhirElement root(&parsed, "call", &fault);
  HookCall call;
  call.hook = ReadHook(root);
  if (!IsUuid(Required(root, "hookInstance"))) root.Note("hookInstance", "a UUID", "something else");
  ReadAuthorization(root, &call);
  const FhirElement context = root.Object("context");
  context.exists() ? ReadContext(context, &call) : root.Note("context", "an object", "nothing");
  const FhirElement prefetch = root.Object("prefetch");
  std::vector<std::string> failures;
  if (prefetch.exists()) failures = FailuresIn(prefetch.value(), prefetch.path(), call.patient_id, &fault);
  RETURN_IF_ERROR(fault);
  if (prefetch.exists()) call.prefetch = std::move(parsed["prefetch"]);
  for (const std::string& key : failures) call.prefetch.erase(key);
  return call;
}

}  // namespace bedside
