#include "services/hooks/hook_record.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "services/fhir/fhir_reader.h"
#include "services/hooks/search_page.h"

namespace bedside {
namespace {

using nlohmann::json;

bool IsPatient(const json& resource) {
  return resource.is_object() && resource.value("resourceType", json()) == json("Patient");
}

// Whether `root` is a Patient, or a Bundle with one.
bool HasPatient(const json& root) {
  if (IsPatient(root)) return true;
  if (!root.is_object() || !root.contains("entry") || !root["entry"].is_array()) return false;
  return absl::c_any_of(root["entry"], [](const json& entry) {
    return entry.is_object() && entry.contains("resource") && IsPatient(entry["resource"]);
  });
}

// So that resources of others are told from the patient's where no Patient came.
json PatientNamed(const std::string& id) { return {{"resourceType", "Patient"}, {"id", id}}; }

absl::StatusOr<PatientReading> ReadRecord(const HookCall& call, absl::Time now) {
  if (absl::c_any_of(call.prefetch, HasPatient)) return ReadParsedPrefetch(call.prefetch, now);
  json prefetch = call.prefetch;
  prefetch["context"] = PatientNamed(call.patient_id);
  return ReadParsedPrefetch(prefetch, now);
}

absl::StatusOr<PatientReading> ReadOrders(const HookCall& call, absl::Time now) {
  json entries = json::array();
  for (const json& order : call.orders) entries.push_back({{"resource", order}});
  return ReadParsedPrefetch({{"context", PatientNamed(call.patient_id)},
                             {"draftOrders", {{"resourceType", "Bundle"}, {"entry", std::move(entries)}}}},
                            now);
}

}  // namespace

absl::StatusOr<HookRecord> ReadHookRecord(const HookCall& call, absl::Time now) {
  HookRecord read;
  ASSIGN_OR_RETURN(PatientReading record, ReadRecord(call, now));
  ASSIGN_OR_RETURN(PatientReading orders, ReadOrders(call, now));
  for (const auto& [key, value] : call.prefetch.items()) {
    if (NextPageOf(value).empty()) read.known.insert(key);
  }
  read.record = record.context;
  read.summary = Summarise(v1::PatientFacts(), std::move(record));
  read.orders = std::move(orders.context);
  return read;
}

}  // namespace bedside
