// Records of FHIR with what says whom they are of.
#ifndef BEDSIDE_TESTS_SERVICES_FHIR_RECORD_IDENTIFIERS_H_
#define BEDSIDE_TESTS_SERVICES_FHIR_RECORD_IDENTIFIERS_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"

namespace bedside {

// Those of synthetic patients below $BEDSIDE_SHARED/data/fhir; none where that is not there.
inline std::vector<std::string> SharedRecords() {
  std::vector<std::string> records;
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared == nullptr) return records;
  const std::filesystem::path folder = std::filesystem::path(shared) / "data/fhir";
  if (!std::filesystem::exists(folder)) return records;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    records.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return records;
}

// Every string of six bytes or more (shorter ones are in other words by chance) below an element that says who somebody
// is, or by which resources refer to each other.
inline void CollectIdentifiers(const nlohmann::json& value, bool identifies, std::set<std::string>* found) {
  static const auto& identifying = *new std::set<std::string>(
      {"name", "telecom", "address", "identifier", "id", "fullUrl", "reference", "birthDate"});
  // What numbers are of says nothing by itself.
  static const auto& passed_over = *new std::set<std::string>({"system", "use", "type", "country"});
  constexpr size_t kFewestBytes = 6;
  if (value.is_string() && identifies && value.get<std::string>().size() >= kFewestBytes) found->insert(value);
  if (value.is_array()) {
    for (const auto& item : value) CollectIdentifiers(item, identifies, found);
  }
  if (!value.is_object()) return;
  for (const auto& [key, item] : value.items()) {
    if (passed_over.count(key) == 0) CollectIdentifiers(item, identifies || identifying.count(key) != 0, found);
  }
}

inline std::set<std::string> IdentifiersOf(const std::string& record) {
  std::set<std::string> found;
  CollectIdentifiers(nlohmann::json::parse(record), false, &found);
  return found;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_SERVICES_FHIR_RECORD_IDENTIFIERS_H_
