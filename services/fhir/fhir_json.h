// JSON of a FHIR resource from a stranger, without what nobody here reads: names, addresses, telephone numbers,
// identifiers, narrative, notes, pictures and other free text are passed over while the text is parsed, and are in no
// memory of ours but the text itself. Of what says who the patient is, the date of birth and the ids by which resources
// refer to each other are kept for the reader (fhir_reader.h), which lets neither out.
//
// Thread-safe. Some 6 ms a megabyte; memory: what is kept.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_JSON_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_JSON_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace bedside {

constexpr size_t kMaxFhirBytes = 16 << 20;
constexpr int kMaxFhirDepth = 40;

enum class FhirRoot {
  // A resource, which may be a Bundle.
  kResource,
  // An object whose members are such, by keys of the caller's own.
  kPrefetch,
  // A call of CDS Hooks: an object of values, and of objects whose members are values or such.
  kHookCall,
};

// The object that `text` is, with the elements that fhir_json.cc lists. INVALID_ARGUMENT: it is longer than
// kMaxFhirBytes, no JSON in UTF-8, no object, nests deeper than kMaxFhirDepth, or has an element twice that is read.
// The message says where, and nothing of what stands there.
absl::StatusOr<nlohmann::json> ParseFhirJson(absl::string_view text, FhirRoot root);

// A key as a place may name it: "?" where a caller may have written anything.
absl::string_view PlaceOfKey(absl::string_view key);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_JSON_H_
