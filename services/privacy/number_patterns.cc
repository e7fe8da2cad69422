// Numbers that are one person's. Sources of the forms: 45 CFR 164.514(b)(2)(i) for the kinds; SSA, "Social Security
// Number Randomization"; NHS Data Model and Dictionary, "NHS NUMBER"; HMRC manual NIM39110 for national insurance
// numbers; CMS, "Understanding the Medicare Beneficiary Identifier (MBI) Format"; ISO 13616-1 (IBAN); ISO/IEC 7812-1
// (cards); 49 CFR 565.15 (VIN); 21 CFR 801 subpart B (UDI); 3GPP TS 23.003 (IMEI); RFC 4122 (UUID).
#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/privacy/checksums.h"
#include "services/privacy/identifier_pattern.h"

namespace bedside {
namespace {

constexpr size_t kShortestIban = 15;

size_t DigitsOf(absl::string_view value) {
  return static_cast<size_t>(absl::c_count_if(value, [](unsigned char c) { return absl::ascii_isdigit(c); }));
}

size_t WholeIf(bool is, absl::string_view value) { return is ? value.size() : 0; }

size_t ThreeDigits(absl::string_view value) { return WholeIf(DigitsOf(value) >= 3, value); }
size_t FourSigns(absl::string_view value) { return WholeIf(DigitsOf(value) >= 2 && value.size() >= 4, value); }
size_t Card(absl::string_view value) { return WholeIf(IsCardNumber(value), value); }
size_t Nhs(absl::string_view value) { return WholeIf(IsNhsNumber(value), value); }
size_t Vin(absl::string_view value) { return WholeIf(IsVin(value) && DigitsOf(value) >= 2, value); }
// A plate has letters or digits in plenty, and a digit.
size_t Plate(absl::string_view value) { return WholeIf(DigitsOf(value) >= 1 && value.size() >= 4, value); }
size_t Dea(absl::string_view value) { return WholeIf(IsDeaNumber(value), value); }

// The longest front that is one: what follows may look like more of it.
size_t Iban(absl::string_view value) {
  while (value.size() >= kShortestIban && !IsIban(value)) value.remove_suffix(1);
  return value.size() >= kShortestIban ? value.size() : 0;
}

// Counts end in zeros.
size_t NotRound(absl::string_view value) { return WholeIf(!absl::EndsWith(value, "000"), value); }

size_t TenDigits(absl::string_view value) { return WholeIf(DigitsOf(value) >= 10, value); }

}  // namespace

const std::vector<IdentifierPattern>& NumberPatterns() {
  static const auto& patterns = *new std::vector<IdentifierPattern>{
      // National numbers.
      {v1::IDENTIFIER_KIND_NATIONAL_ID,
       R"(\b(?:ssn|social security|soc sec|nhs|nino|national insurance|national id(?:entity)?|chi|tax(?:payer)? id|itin)(?:<no><is>|<gap>)<code>)",
       &ThreeDigits},
      {v1::IDENTIFIER_KIND_NATIONAL_ID, R"(\b(\d{3}-\d{2}-\d{4})\b)"},
      {v1::IDENTIFIER_KIND_NATIONAL_ID, R"(\b(\d{3}[ .]\d{2}[ .]\d{4})\b)"},
      {v1::IDENTIFIER_KIND_NATIONAL_ID, R"(\b((?-i:[A-Z]{2}) ?\d\d ?\d\d ?\d\d ?(?-i:[A-D]))\b)"},
      {v1::IDENTIFIER_KIND_NATIONAL_ID, R"(\b(\d{3}[ -]\d{3}[ -]\d{4})\b)", &Nhs},
      {v1::IDENTIFIER_KIND_MEDICAL_RECORD, R"(\b(?:mrn|ssn|nhs|chi|id|no)(\d{5,20})\b)"},
      // Records.
      {v1::IDENTIFIER_KIND_MEDICAL_RECORD,
       R"(\b(?:[eu]?mrn|pmrn|emrn|med(?:ical)?\.? rec(?:ord)?s?|health record)(?:<no><is>|<gap>)<code>)", &ThreeDigits},
      {v1::IDENTIFIER_KIND_MEDICAL_RECORD, R"(\b(?:hospital|hosp|patient|pt|unit|chart|record|file)<no><is><code>)",
       &ThreeDigits},
      {v1::IDENTIFIER_KIND_HEALTH_PLAN,
       R"(\b(?:(?:health )?(?:plan|insurance|policy|member(?:ship)?|subscriber|beneficiary|group|medicare|medicaid|insured|payer|hmo|ppo)(?: (?:member|policy|plan|card|beneficiary|claim))?(?:<no><is>|[ ]?[:#][ ]?)|(?:mbi|hicn|medicare|medicaid)<gap>)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_HEALTH_PLAN,
       R"(\b([1-9](?-i:[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9])\d-?(?-i:[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9])\d-?(?-i:[AC-HJKMNP-RT-Y]{2})\d{2})\b)"},
      // Money.
      {v1::IDENTIFIER_KIND_ACCOUNT, R"(\b([a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?)\b)", &Iban},
      {v1::IDENTIFIER_KIND_ACCOUNT, R"((?:^|[^\w./-])(\d(?:[ -]?\d){12,18})\b)", &Card},
      {v1::IDENTIFIER_KIND_ACCOUNT,
       R"(\b(?:(?:bank )?account|acct?\.?|a/c|routing|invoice|billing|credit card|debit card|card|iban|swift|bic)(?:<no><is>|[ ]?[:#][ ]?)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_ACCOUNT,
       R"(\b(?:(?:bank )?account|acct?\.?|a/c|credit card|debit card|iban)<gap>(\d[\d -]{4,24}\d)\b)"},
      {v1::IDENTIFIER_KIND_ACCOUNT, R"(\bsort code<gap>(\d\d[- ]?\d\d[- ]?\d\d)\b)"},
      // Vehicles before licences: a licence plate is of a vehicle.
      {v1::IDENTIFIER_KIND_VEHICLE, R"(\b([a-hj-npr-z0-9]{17})\b)", &Vin},
      {v1::IDENTIFIER_KIND_VEHICLE, R"(\b(?:vin|vehicle id(?:entification)?|chassis)(?:<no><is>|<gap>)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_VEHICLE,
       R"(\b(?:(?:licen[cs]e|number|registration|vehicle|car) plates?|plates?<no>|car reg(?:istration)?|vehicle reg(?:istration)?|reg(?:istration)? (?:plate|mark))(?:<no><is>|<gap>)((?-i:[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,5}){1,2}))\b)",
       &Plate},
      // Licences and certificates.
      {v1::IDENTIFIER_KIND_LICENCE,
       R"(\b(?:(?:driver'?s?|driving|medical|nursing|pharmacy|professional|state|pilot'?s?|firearms?)? ?licen[cs]e|dl|certificate|certification|passport|visa|gmc|nmc|npi|dea|permit|green card)(?:<no><is>|<gap>)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_LICENCE, R"(\b(?-i:([A-Z][A-Z9]\d{7}))\b)", &Dea},
      // Devices.
      {v1::IDENTIFIER_KIND_DEVICE, R"((\(01\)\d{14}(?:\((?:10|11|17|21)\)[a-z0-9/-]{1,20}){0,4}))"},
      {v1::IDENTIFIER_KIND_DEVICE,
       R"(\b(?:serial|s/n|sn|imei|imsi|udi|device|implant|pacemaker|icd|pump|stent|prosthesis|hearing aid|cgm|sensor|meter)(?: (?:serial|device|unit))?(?:<no><is>|[ ]?[:#][ ]?)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_DEVICE, R"(\b(?:serial|s/n|imei|udi)<gap><code>)", &FourSigns},
      {v1::IDENTIFIER_KIND_DEVICE, R"(\b((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})\b)"},
      {v1::IDENTIFIER_KIND_BIOMETRIC,
       R"(\b(?:finger ?prints?|retinal? scan|iris(?: scan)?|voice ?prints?|palm ?prints?|face ?prints?|facial recognition|biometric|dna profile)(?: (?:template|hash|record|code|sample|scan))?(?:<no><is>|<gap>)<code>)",
       &FourSigns},
      // Whatever else is numbered.
      {v1::IDENTIFIER_KIND_OTHER, R"(\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b)"},
      {v1::IDENTIFIER_KIND_OTHER,
       R"(\b(?:accession|specimen|sample|study|subject|participant|encounter|visit|order|episode|claim|case|referral|employee|staff|badge|student|ticket|barcode|report|session|prescription|rx|requisition|lab|donor|registry|user|customer|client|booking|appointment|incident|event|military|service|veteran|inmate|prisoner|enrol+ment)(?: (?:tracking|reference|identification))?(?:<no><is>|[ ]?#[ ]?)<code>)",
       &FourSigns},
      {v1::IDENTIFIER_KIND_OTHER, R"(\b(?:ref(?:erence)?|id)(?:<no><is>|[ ]?[:#][ ]?)<code>)", &FourSigns},
      {v1::IDENTIFIER_KIND_OTHER,
       R"(\b(?:user ?name|login|screen name|skype|twitter|instagram|facebook|handle)(?: id)?(?: is |[ ]?[:=][ ]?)([^\s,;]{3,64}))"},
  };
  return patterns;
}

const std::vector<IdentifierPattern>& BareNumberPatterns() {
  static const auto& patterns = *new std::vector<IdentifierPattern>{
      {v1::IDENTIFIER_KIND_NATIONAL_ID, R"(\b(\d{10})\b)", &Nhs},
      {v1::IDENTIFIER_KIND_OTHER, R"((?:^|[\s(:;,#="'])(\d{7,32})(?:[\s),;:?!"']|\.(?:\s|$)|$))", &NotRound},
      {v1::IDENTIFIER_KIND_OTHER, R"(\b(\d{3,6}(?:[ -]\d{3,6}){2,5})\b)", &TenDigits},
  };
  return patterns;
}

absl::string_view RegisterPattern() {
  return R"(\b((?:pmid|pubmed|pmcid|pmc|nct|isrctn|eudract|clinicaltrials\.gov|snomed(?: ?ct)?|sctid|concept|cui|rxcui|rxnorm|isbn|issn|o?mim|cas|loinc|entrez|gene|geneid|cid|taxid|unii)(?: ?(?:id|no\.?|number|:|#)){0,3} ?\d[\d-]{0,20})\b)";
}

}  // namespace bedside
