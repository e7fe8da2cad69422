// Which parts of a record the rules look at, and how a FHIR server is asked for each: keys and queries of CDS Hooks'
// prefetch templates, with no other search parameters than the specification recommends.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_PREFETCH_TEMPLATE_H_
#define BEDSIDE_SERVICES_HOOKS_PREFETCH_TEMPLATE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/config/hook_rules.pb.h"

namespace bedside {

constexpr char kPatientKey[] = "patient";
constexpr char kConditionsKey[] = "conditions";
constexpr char kMedicationsKey[] = "medications";
constexpr char kAllergiesKey[] = "allergies";
constexpr char kObservationsKey[] = "observations";
constexpr char kSmokingKey[] = "smoking";

// Key to template: "Condition?patient={{context.patientId}}&clinical-status=active".
using PrefetchTemplates = std::map<std::string, std::string>;

// What `rules` look at, and what answers make use of: patient, conditions, medications and allergies always.
PrefetchTemplates TemplatesFor(const std::vector<const config::HookRule*>& rules);

// The query of a template for this patient: "Condition?patient=12&clinical-status=active".
// REQUIRES: patient_id is one of FHIR (HookCall)
std::string QueryOf(absl::string_view prefetch_template, absl::string_view patient_id);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_PREFETCH_TEMPLATE_H_
