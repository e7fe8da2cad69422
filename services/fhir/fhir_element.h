// An element of a FHIR resource, and where it stands. What it holds is asked for by name and type; the first that is of
// another type is noted, so that a reader need not look after each step:
//
//   absl::Status fault;
//   FhirElement quantity = FhirElement(&json, "Observation", &fault).Object("valueQuantity");
//   const absl::optional<double> value = quantity.Number("value");
//   RETURN_IF_ERROR(fault);   // "Observation.valueQuantity.value: wanted a number, got string"
//
// An element that is not there has no elements itself. Not thread-safe.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_ELEMENT_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_ELEMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace bedside {

class FhirElement {
 public:
  // `json` (null: it is not there) and `fault` must outlive it.
  FhirElement(const nlohmann::json* json, std::string path, absl::Status* fault)
      : json_(json), path_(std::move(path)), fault_(fault) {}

  bool exists() const { return json_ != nullptr; }
  // "Bundle.entry[12].resource".
  const std::string& path() const { return path_; }
  // REQUIRES: exists()
  const nlohmann::json& value() const { return *json_; }

  // Whether there is one of any type.
  bool Has(absl::string_view name) const { return Find(name) != nullptr; }
  FhirElement Object(absl::string_view name) const;
  // Of objects.
  std::vector<FhirElement> List(absl::string_view name) const;
  // Empty: it is not there.
  absl::string_view String(absl::string_view name) const;
  absl::optional<double> Number(absl::string_view name) const;
  bool Bool(absl::string_view name) const;

  // Notes that the element `name` (empty: this one) is otherwise than wanted. `got`: never what stands there.
  void Note(absl::string_view name, absl::string_view wanted, absl::string_view got) const;

 private:
  const nlohmann::json* Find(absl::string_view name) const;
  // Null where it is not there, or not `is_wanted`, which is noted.
  const nlohmann::json* Checked(absl::string_view name, bool (nlohmann::json::*is_wanted)() const noexcept,
                                absl::string_view wanted) const;

  const nlohmann::json* json_;
  std::string path_;
  absl::Status* fault_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_ELEMENT_H_
