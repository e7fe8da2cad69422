#include "services/fhir/fhir_codes.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "services/patient/clinical_display.h"
#include "services/patient/substances.h"

namespace bedside {
namespace {

struct System {
  absl::string_view uri;
  v1::CodeSystem system;
};

// hl7.org/fhir/R4/terminologies-systems.html
constexpr System kSystems[] = {
    {"http://snomed.info/sct", v1::CODE_SYSTEM_SNOMED_CT},
    {"http://hl7.org/fhir/sid/icd-10", v1::CODE_SYSTEM_ICD_10},
    {"http://hl7.org/fhir/sid/icd-10-cm", v1::CODE_SYSTEM_ICD_10_CM},
    {"http://www.nlm.nih.gov/research/umls/rxnorm", v1::CODE_SYSTEM_RXNORM},
    {"http://www.whocc.no/atc", v1::CODE_SYSTEM_ATC},
    {"http://loinc.org", v1::CODE_SYSTEM_LOINC},
    {"http://hl7.org/fhir/sid/cvx", v1::CODE_SYSTEM_CVX},
    {"http://fdasis.nlm.nih.gov", v1::CODE_SYSTEM_UNII},
    {"http://hl7.org/fhir/sid/ndc", v1::CODE_SYSTEM_NDC},
};

v1::CodeSystem SystemOf(absl::string_view uri) {
  const auto found = absl::c_find_if(kSystems, [uri](const System& one) { return one.uri == uri; });
  return found == std::end(kSystems) ? v1::CODE_SYSTEM_UNSPECIFIED : found->system;
}

bool IsPlainCode(absl::string_view code) {
  constexpr size_t kLongestCode = 64;
  return code.size() <= kLongestCode && absl::c_all_of(code, [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-._:", std::string(1, c));
         });
}

}  // namespace

std::vector<v1::ClinicalCode> CodesOf(const FhirElement& codeable) {
  std::vector<v1::ClinicalCode> codes;
  for (const FhirElement& coding : codeable.List("coding")) {
    const v1::CodeSystem system = SystemOf(coding.String("system"));
    const absl::string_view code = coding.String("code");
    const std::string display = PlainDisplay(coding.String("display"));
    if (system == v1::CODE_SYSTEM_UNSPECIFIED || !IsPlainCode(code)) continue;
    v1::ClinicalCode& read = codes.emplace_back();
    read.set_system(system);
    read.set_code(std::string(code));
    read.set_display(display);
  }
  return codes;
}

v1::ClinicalCode CodeOf(const FhirElement& codeable) {
  const std::vector<v1::ClinicalCode> codes = CodesOf(codeable);
  const auto named = absl::c_find_if(codes, [](const v1::ClinicalCode& code) { return !code.display().empty(); });
  if (named != codes.end()) return *named;
  return codes.empty() ? v1::ClinicalCode() : codes.front();
}

v1::ClinicalCode SubstanceOf(const FhirElement& codeable) {
  v1::ClinicalCode code = CodeOf(codeable);
  if (!code.display().empty()) return code;
  std::vector<std::string> names;
  for (const NamedSubstance& named : SubstancesIn(codeable.String("text"))) names.push_back(named.name);
  code.set_display(absl::StrJoin(names, " "));
  return code;
}

bool HasCode(const FhirElement& codeable, std::initializer_list<absl::string_view> codes) {
  return absl::c_any_of(codeable.List("coding"),
                        [&](const FhirElement& coding) { return absl::c_linear_search(codes, coding.String("code")); });
}

}  // namespace bedside
