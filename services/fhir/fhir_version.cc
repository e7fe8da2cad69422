#include "services/fhir/fhir_version.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

enum class Form { kAny, kString, kObject, kArray, kHasConcept };

// An element that R4 has not, or not in this form.
struct OtherForm {
  absl::string_view type;
  absl::string_view element;
  Form form;
  absl::string_view version;
};

constexpr OtherForm kOtherForms[] = {
    {"Condition", "clinicalStatus", Form::kString, "STU3"},
    {"AllergyIntolerance", "clinicalStatus", Form::kString, "STU3"},
    {"AllergyIntolerance", "type", Form::kObject, "R5"},
    {"MedicationStatement", "taken", Form::kAny, "STU3"},
    {"MedicationStatement", "medication", Form::kObject, "R5"},
    {"MedicationRequest", "medication", Form::kObject, "R5"},
    {"Procedure", "notDone", Form::kAny, "STU3"},
    {"Procedure", "occurrenceDateTime", Form::kAny, "R5"},
    {"Procedure", "occurrencePeriod", Form::kAny, "R5"},
    {"Encounter", "class", Form::kArray, "R5"},
    {"Encounter", "actualPeriod", Form::kAny, "R5"},
    {"Immunization", "notGiven", Form::kAny, "STU3"},
    {"ServiceRequest", "code", Form::kHasConcept, "R5"},
};

// Types of resources that R4 calls otherwise.
struct OtherType {
  absl::string_view type;
  absl::string_view version;
};

constexpr OtherType kOtherTypes[] = {
    {"MedicationOrder", "DSTU2"}, {"DiagnosticOrder", "DSTU2"},   {"ProcedureRequest", "STU3"},
    {"ReferralRequest", "STU3"},  {"RequestOrchestration", "R5"}, {"DeviceUsage", "R5"},
};

bool HasForm(const nlohmann::json& element, Form form) {
  switch (form) {
    case Form::kAny:
      return true;
    case Form::kString:
      return element.is_string();
    case Form::kObject:
      return element.is_object();
    case Form::kArray:
      return element.is_array();
    case Form::kHasConcept:
      return element.is_object() && element.contains("concept");
  }
  return false;
}

void NoteVersion(const FhirElement& resource, absl::string_view element, absl::string_view version) {
  resource.Note(element, "FHIR R4", absl::StrCat("what only FHIR ", version, " has; send R4 (4.0)"));
}

}  // namespace

void CheckIsR4(const FhirElement& resource, absl::string_view type) {
  if (resource.Has("fhirVersion") && !absl::StartsWith(resource.String("fhirVersion"), "4.")) {
    resource.Note("fhirVersion", "4.0 or 4.3", "another version of FHIR; send R4 (4.0)");
  }
  for (const OtherType& other : kOtherTypes) {
    if (other.type == type) NoteVersion(resource, "resourceType", other.version);
  }
  for (const OtherForm& other : kOtherForms) {
    if (other.type != type) continue;
    const auto found = resource.value().find(std::string(other.element));
    if (found != resource.value().end() && HasForm(*found, other.form)) {
      NoteVersion(resource, other.element, other.version);
    }
  }
}

}  // namespace bedside
