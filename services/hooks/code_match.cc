#include "services/hooks/code_match.h"

#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/patient/substances.h"

namespace bedside {
namespace {

// `code` itself, or one below it: "I48" is also "I48.91", and "C10AA" "C10AA05".
bool IsAtOrBelow(absl::string_view code, absl::string_view above) { return absl::StartsWith(code, above); }

bool IsWordCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// As whole words. REQUIRES: both in lower case
bool HasWords(absl::string_view text, absl::string_view words) {
  for (size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
    const size_t end = at + words.size();
    const bool begins = at == 0 || !IsWordCharacter(text[at - 1]);
    if (begins && (end == text.size() || !IsWordCharacter(text[end]))) return true;
  }
  return false;
}

bool HasName(const v1::ClinicalCode& drug, absl::string_view name) {
  if (HasWords(absl::AsciiStrToLower(drug.display()), name)) return true;
  return absl::c_any_of(SubstancesIn(drug.display()), [name](const NamedSubstance& substance) {
    return absl::EqualsIgnoreCase(substance.drug_class, name);
  });
}

}  // namespace

bool Matches(const config::CodeSet& set, const v1::ClinicalCode& code) {
  switch (code.system()) {
    case v1::CODE_SYSTEM_SNOMED_CT:
      return absl::c_linear_search(set.snomed_ct(), code.code());
    case v1::CODE_SYSTEM_LOINC:
      return absl::c_linear_search(set.loinc(), code.code());
    case v1::CODE_SYSTEM_ICD_10:
    case v1::CODE_SYSTEM_ICD_10_CM:
      return absl::c_any_of(set.icd10(), [&](const std::string& above) { return IsAtOrBelow(code.code(), above); });
    default:
      return false;
  }
}

bool Matches(const config::DrugSet& set, const v1::ClinicalCode& drug) {
  if (drug.system() == v1::CODE_SYSTEM_RXNORM && absl::c_linear_search(set.rxnorm(), drug.code())) return true;
  const auto is_below = [&](const std::string& above) { return IsAtOrBelow(drug.code(), above); };
  if (drug.system() == v1::CODE_SYSTEM_ATC && absl::c_any_of(set.atc(), is_below)) return true;
  return absl::c_any_of(set.names(), [&](const std::string& name) { return HasName(drug, name); });
}

bool IsComparable(const config::CodeSet& set, const v1::ClinicalCode& code) {
  if (code.code().empty()) return false;
  switch (code.system()) {
    case v1::CODE_SYSTEM_SNOMED_CT:
      return !set.snomed_ct().empty();
    case v1::CODE_SYSTEM_LOINC:
      return !set.loinc().empty();
    case v1::CODE_SYSTEM_ICD_10:
    case v1::CODE_SYSTEM_ICD_10_CM:
      return !set.icd10().empty();
    default:
      return false;
  }
}

bool IsComparable(const config::DrugSet& set, const v1::ClinicalCode& drug) {
  if (drug.system() == v1::CODE_SYSTEM_ATC && !drug.code().empty() && !set.atc().empty()) return true;
  if (!set.names().empty()) return !drug.display().empty();
  return drug.system() == v1::CODE_SYSTEM_RXNORM && !drug.code().empty() && !set.rxnorm().empty();
}

std::string MatchedName(const config::CodeSet& /*set*/, const v1::ClinicalCode& code) {
  return code.display().empty() ? code.code() : code.display();
}

std::string MatchedName(const config::DrugSet& set, const v1::ClinicalCode& drug) {
  for (NamedSubstance& substance : SubstancesIn(drug.display())) {
    const bool is_meant = absl::c_any_of(set.names(), [&](const std::string& name) {
      return absl::EqualsIgnoreCase(substance.name, name) || absl::EqualsIgnoreCase(substance.drug_class, name);
    });
    if (is_meant) return std::move(substance.name);
  }
  return drug.display().empty() ? drug.code() : DrugNameIn(drug.display());
}

}  // namespace bedside
