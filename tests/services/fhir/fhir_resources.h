// Resources of FHIR R4, as short as they may be, for tests.
#ifndef BEDSIDE_TESTS_SERVICES_FHIR_FHIR_RESOURCES_H_
#define BEDSIDE_TESTS_SERVICES_FHIR_FHIR_RESOURCES_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace bedside {

inline std::string FhirBundle(const std::vector<std::string>& resources) {
  std::vector<std::string> entries;
  for (const std::string& resource : resources) entries.push_back(absl::StrCat(R"({"resource":)", resource, "}"));
  return absl::StrCat(R"({"resourceType":"Bundle","type":"collection","entry":[)", absl::StrJoin(entries, ","), "]}");
}

// `more`: further elements, each with a comma before it.
inline std::string FhirResource(absl::string_view type, absl::string_view more = "") {
  return absl::StrCat(R"({"resourceType":")", type, "\"", more, "}");
}

inline std::string FhirPatient(absl::string_view gender, absl::string_view birth_date) {
  return FhirResource("Patient",
                      absl::StrCat(R"(,"id":"p1","gender":")", gender, R"(","birthDate":")", birth_date, "\""));
}

// "code": {...} of one coding.
inline std::string FhirCode(absl::string_view element, absl::string_view system, absl::string_view code,
                            absl::string_view display) {
  return absl::StrCat(",\"", element, R"(":{"coding":[{"system":")", system, R"(","code":")", code, R"(","display":")",
                      display, R"("}]})");
}

constexpr char kSnomed[] = "http://snomed.info/sct";
constexpr char kRxNorm[] = "http://www.nlm.nih.gov/research/umls/rxnorm";
constexpr char kLoinc[] = "http://loinc.org";

inline std::string FhirCondition(absl::string_view display, absl::string_view status = "active") {
  return FhirResource(
      "Condition", absl::StrCat(FhirCode("clinicalStatus", "s", status, ""), FhirCode("code", kSnomed, "1", display)));
}

inline std::string FhirMedication(absl::string_view display, absl::string_view status = "active") {
  return FhirResource("MedicationRequest", absl::StrCat(R"(,"status":")", status, "\"",
                                                        FhirCode("medicationCodeableConcept", kRxNorm, "1", display)));
}

inline std::string FhirAllergy(absl::string_view display, absl::string_view criticality = "high") {
  return FhirResource("AllergyIntolerance",
                      absl::StrCat(FhirCode("clinicalStatus", "s", "active", ""), R"(,"criticality":")", criticality,
                                   "\"", FhirCode("code", kSnomed, "1", display)));
}

inline std::string FhirObservation(absl::string_view loinc, absl::string_view value, absl::string_view unit,
                                   absl::string_view date) {
  return FhirResource("Observation", absl::StrCat(R"(,"status":"final")", FhirCode("code", kLoinc, loinc, "x"),
                                                  R"(,"effectiveDateTime":")", date, R"(","valueQuantity":{"value":)",
                                                  value, R"(,"unit":")", unit,
                                                  R"(","system":"http://unitsofmeasure.org","code":")", unit, R"("})"));
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_FHIR_FHIR_RESOURCES_H_
