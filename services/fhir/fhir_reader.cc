#include "services/fhir/fhir_reader.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "index/status/status_macros.h"
#include "services/fhir/fhir_element.h"
#include "services/fhir/fhir_json.h"
#include "services/fhir/fhir_version.h"
#include "services/fhir/record_reader.h"

namespace bedside {
namespace {

using nlohmann::json;

struct FoundResource {
  FhirElement resource;
  absl::string_view full_url;
};

// Everything in `root`, Bundles opened, in their order.
void Collect(const FhirElement& root, absl::string_view full_url, std::vector<FoundResource>* found) {
  const absl::string_view type = root.String("resourceType");
  if (type.empty()) return root.Note("resourceType", "a type of resource of FHIR R4", "none");
  CheckIsR4(root, type);
  if (type != "Bundle") return found->push_back({root, full_url});
  for (const FhirElement& entry : root.List("entry")) {
    const FhirElement resource = entry.Object("resource");
    if (resource.exists()) Collect(resource, entry.String("fullUrl"), found);
  }
}

absl::StatusOr<PatientReading> ReadAll(const std::vector<std::pair<std::string, const json*>>& roots, absl::Time now) {
  absl::Status fault;
  std::vector<FoundResource> found;
  for (const auto& [path, root] : roots) Collect(FhirElement(root, path, &fault), "", &found);
  PatientReading reading;
  RecordReader reader(absl::ToCivilDay(now, absl::UTCTimeZone()), &reading);
  for (const FoundResource& one : found) reader.NoteReferred(one.resource, one.full_url);
  RETURN_IF_ERROR(fault);
  for (const FoundResource& one : found) reader.Read(one.resource);
  RETURN_IF_ERROR(fault);
  return reading;
}

// How places begin.
std::string RootName(const json& resource) {
  const auto type = resource.find("resourceType");
  return type != resource.end() && type->is_string() ? std::string(PlaceOfKey(type->get_ref<const std::string&>()))
                                                     : "resource";
}

}  // namespace

absl::StatusOr<PatientReading> ReadFhir(absl::string_view text, absl::Time now) {
  ASSIGN_OR_RETURN(const json resource, ParseFhirJson(text, FhirRoot::kResource));
  return ReadAll({{RootName(resource), &resource}}, now);
}

absl::StatusOr<PatientReading> ReadPrefetch(absl::string_view text, absl::Time now) {
  ASSIGN_OR_RETURN(const json prefetch, ParseFhirJson(text, FhirRoot::kPrefetch));
  return ReadParsedPrefetch(prefetch, now);
}

absl::StatusOr<PatientReading> ReadParsedPrefetch(const json& prefetch, absl::Time now) {
  std::vector<std::pair<std::string, const json*>> roots;
  for (const auto& [key, value] : prefetch.items()) {
    const std::string path = "prefetch." + std::string(PlaceOfKey(key));
    if (value.is_null()) continue;
    if (!value.is_object()) {
      return absl::InvalidArgumentError(path + ": wanted an object or null, got " + value.type_name());
    }
    roots.emplace_back(path, &value);
  }
  return ReadAll(roots, now);
}

}  // namespace bedside
