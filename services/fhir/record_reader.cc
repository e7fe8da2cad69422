#include "services/fhir/record_reader.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/fhir/fhir_codes.h"

namespace bedside {
namespace {

// An active problem that says so may be left on a list long after the birth.
constexpr int kLongestPregnancyDays = 300;

struct ResourceType {
  absl::string_view name;
  v1::PatientContextKind kind;
};

constexpr ResourceType kTypes[] = {
    {"Condition", v1::PATIENT_CONTEXT_KIND_PROBLEM},
    {"MedicationRequest", v1::PATIENT_CONTEXT_KIND_DRUG},
    {"MedicationStatement", v1::PATIENT_CONTEXT_KIND_DRUG},
    {"AllergyIntolerance", v1::PATIENT_CONTEXT_KIND_ALLERGY},
    {"Observation", v1::PATIENT_CONTEXT_KIND_OBSERVATION},
    {"Procedure", v1::PATIENT_CONTEXT_KIND_PROCEDURE},
    {"Encounter", v1::PATIENT_CONTEXT_KIND_ENCOUNTER},
    {"Immunization", v1::PATIENT_CONTEXT_KIND_IMMUNIZATION},
    {"ServiceRequest", v1::PATIENT_CONTEXT_KIND_SERVICE_REQUEST},
};

// Whether `text` is one of `words`.
bool IsOneOf(absl::string_view text, std::initializer_list<absl::string_view> words) {
  return absl::c_linear_search(words, text);
}

bool HasAbatement(const FhirElement& condition) {
  return absl::c_any_of(std::initializer_list<absl::string_view>{"abatementDateTime", "abatementPeriod", "abatementAge",
                                                                 "abatementRange", "abatementString"},
                        [&](absl::string_view name) { return condition.Has(name); });
}

bool IsRefuted(const FhirElement& resource) {
  return HasCode(resource.Object("verificationStatus"), {"refuted", "entered-in-error"});
}

bool IsPast(const FhirElement& resource) {
  return HasCode(resource.Object("clinicalStatus"), {"inactive", "remission", "resolved"});
}

// SNOMED CT: pregnant, normal, high-risk and twin pregnancy; ICD-10-CM: supervision of a pregnancy, and its weeks.
bool IsPregnancy(const v1::ClinicalCode& code) {
  if (code.system() == v1::CODE_SYSTEM_SNOMED_CT) {
    return IsOneOf(code.code(), {"77386006", "72892002", "47200007", "65147003"});
  }
  const bool is_icd = code.system() == v1::CODE_SYSTEM_ICD_10 || code.system() == v1::CODE_SYSTEM_ICD_10_CM;
  return is_icd && (code.code() == "Z33.1" || absl::StartsWith(code.code(), "Z34") ||
                    absl::StartsWith(code.code(), "Z3A") || absl::StartsWith(code.code(), "O09"));
}

}  // namespace

void RecordReader::NoteReferred(const FhirElement& resource, absl::string_view full_url) {
  const absl::string_view type = resource.String("resourceType");
  if (type == "Patient") {
    patient_.Take(resource, full_url);
  } else if (type == "Medication") {
    const v1::ClinicalCode code = SubstanceOf(resource.Object("code"));
    for (const absl::string_view id : {LastPartOf(full_url), resource.String("id")}) {
      if (!id.empty()) medications_[std::string(id)] = code;
    }
  }
}

void RecordReader::Read(const FhirElement& resource) {
  const absl::string_view type = resource.String("resourceType");
  if (type == "Patient") {
    return reading_->context.mutable_facts()->MergeFrom(FactsOf(resource, today_));
  }
  const auto known = absl::c_find_if(kTypes, [type](const ResourceType& one) { return one.name == type; });
  if (known == std::end(kTypes)) {
    if (type == "Medication") return;
    return reading_->ignored.Add(v1::PATIENT_CONTEXT_KIND_OTHER_RESOURCE, v1::PATIENT_CONTEXT_REASON_NOT_READ);
  }
  if (!patient_.Is(resource.Object(resource.Has("patient") ? "patient" : "subject"))) {
    return reading_->ignored.Add(known->kind, v1::PATIENT_CONTEXT_REASON_OTHER_PATIENT);
  }
  if (type == "Condition") ReadCondition(resource);
  if (type == "MedicationRequest" || type == "MedicationStatement") ReadMedication(resource);
  if (type == "AllergyIntolerance") ReadAllergy(resource);
  if (type == "Observation") observations_.Read(resource);
  if (type == "Procedure") ReadProcedure(resource);
  if (type == "Encounter") ReadEncounter(resource);
  if (type == "Immunization") ReadImmunization(resource);
  if (type == "ServiceRequest") ReadServiceRequest(resource);
}

void RecordReader::ReadCondition(const FhirElement& condition) {
  const bool over = IsPast(condition) || (!condition.Has("clinicalStatus") && HasAbatement(condition));
  if (over || IsRefuted(condition)) return NotInForce(v1::PATIENT_CONTEXT_KIND_PROBLEM);
  ReadPregnancy(condition);
  *reading_->context.add_problems() = CodeOf(condition.Object("code"));
}

void RecordReader::ReadPregnancy(const FhirElement& condition) {
  if (!absl::c_any_of(CodesOf(condition.Object("code")), IsPregnancy)) return;
  const absl::optional<int> days = DaysSince(condition, "onsetDateTime", today_);
  if (days.value_or(0) > kLongestPregnancyDays) {
    return reading_->stale.Add(v1::PATIENT_CONTEXT_KIND_FACT, v1::PATIENT_CONTEXT_REASON_UNSPECIFIED, "pregnant");
  }
  // An observation goes before.
  if (!reading_->context.facts().has_pregnant()) reading_->context.mutable_facts()->set_pregnant(true);
}

void RecordReader::ReadMedication(const FhirElement& use) {
  const absl::string_view status = use.String("status");
  const bool never = IsOneOf(status, {"entered-in-error", "not-taken", "cancelled"}) || use.Bool("doNotPerform");
  if (never) return NotInForce(v1::PATIENT_CONTEXT_KIND_DRUG);
  v1::PatientDrug& drug = *reading_->context.add_drugs();
  *drug.mutable_drug() = DrugOf(use);
  drug.set_stopped(!IsOneOf(status, {"active", "draft", "intended", ""}));
}

v1::ClinicalCode RecordReader::DrugOf(const FhirElement& use) const {
  if (use.Has("medicationCodeableConcept")) return SubstanceOf(use.Object("medicationCodeableConcept"));
  absl::string_view reference = use.Object("medicationReference").String("reference");
  if (absl::ConsumePrefix(&reference, "#")) {
    for (const FhirElement& contained : use.List("contained")) {
      if (contained.String("id") == reference) return SubstanceOf(contained.Object("code"));
    }
  }
  const auto found = medications_.find(std::string(LastPartOf(reference)));
  return found == medications_.end() ? v1::ClinicalCode() : found->second;
}

void RecordReader::ReadAllergy(const FhirElement& allergy) {
  if (IsPast(allergy) || IsRefuted(allergy)) return NotInForce(v1::PATIENT_CONTEXT_KIND_ALLERGY);
  const FhirElement code = allergy.Object("code");
  // SNOMED CT: no known allergy, no known drug allergy.
  if (HasCode(code, {"716186003", "409137002"})) return reading_->context.set_no_known_allergies(true);
  v1::PatientAllergy& read = *reading_->context.add_allergies();
  *read.mutable_substance() = SubstanceOf(code);
  const absl::string_view criticality = allergy.String("criticality");
  if (criticality == "high") read.set_criticality(v1::ALLERGY_CRITICALITY_HIGH);
  if (criticality == "low") read.set_criticality(v1::ALLERGY_CRITICALITY_LOW);
  for (const FhirElement& reaction : allergy.List("reaction")) {
    v1::ClinicalCode substance = SubstanceOf(reaction.Object("substance"));
    if (read.substance().display().empty() && !substance.display().empty()) {
      *read.mutable_substance() = std::move(substance);
    }
    for (const FhirElement& manifestation : reaction.List("manifestation")) {
      *read.add_reactions() = CodeOf(manifestation);
    }
  }
}

void RecordReader::AddEvent(const v1::ClinicalCode& code, absl::optional<int> age_days,
                            google::protobuf::RepeatedPtrField<v1::PatientEvent>* events) const {
  v1::PatientEvent& event = *events->Add();
  *event.mutable_code() = code;
  if (age_days.has_value() && *age_days >= 0) event.set_age_days(*age_days);
}

void RecordReader::ReadProcedure(const FhirElement& procedure) {
  if (!IsOneOf(procedure.String("status"), {"completed", "in-progress", ""})) {
    return NotInForce(v1::PATIENT_CONTEXT_KIND_PROCEDURE);
  }
  absl::optional<int> days = DaysSince(procedure, "performedDateTime", today_);
  if (!days.has_value()) days = DaysSince(procedure.Object("performedPeriod"), "start", today_);
  AddEvent(CodeOf(procedure.Object("code")), days, reading_->context.mutable_procedures());
}

void RecordReader::ReadEncounter(const FhirElement& encounter) {
  if (!IsOneOf(encounter.String("status"), {"arrived", "triaged", "in-progress", "onleave"})) {
    return NotInForce(v1::PATIENT_CONTEXT_KIND_ENCOUNTER);
  }
  reading_->context.set_encounter_class(std::string(encounter.Object("class").String("code")));
}

void RecordReader::ReadImmunization(const FhirElement& immunization) {
  if (!IsOneOf(immunization.String("status"), {"completed", ""})) {
    return NotInForce(v1::PATIENT_CONTEXT_KIND_IMMUNIZATION);
  }
  AddEvent(CodeOf(immunization.Object("vaccineCode")), DaysSince(immunization, "occurrenceDateTime", today_),
           reading_->context.mutable_immunizations());
}

void RecordReader::ReadServiceRequest(const FhirElement& request) {
  if (!IsOneOf(request.String("status"), {"draft", "active", "on-hold", ""}) || request.Bool("doNotPerform")) {
    return NotInForce(v1::PATIENT_CONTEXT_KIND_SERVICE_REQUEST);
  }
  *reading_->context.add_service_requests() = CodeOf(request.Object("code"));
}

}  // namespace bedside
