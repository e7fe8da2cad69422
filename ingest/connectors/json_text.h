// JSON from outside: never throws, whatever it is given, and is bounded in depth.
#ifndef BEDSIDE_INGEST_CONNECTORS_JSON_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_JSON_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace bedside {

constexpr size_t kMaxJsonDepth = 64;
constexpr size_t kMaxJsonBytes = size_t{32} << 20;

// is_discarded() when `text` is not JSON in UTF-8, is nested deeper than kMaxJsonDepth, or longer than kMaxJsonBytes.
nlohmann::json ParseJson(absl::string_view text);

// The string at `key`; "" when `object` is no object or has no string there.
const std::string& JsonString(const nlohmann::json& object, const char* key);

// The strings in the array at `key`, what is no string left out; empty when there is none.
std::vector<std::string> JsonStrings(const nlohmann::json& object, const char* key);

// The members of a large JSON object, one at a time, so that one that is wrong does not take the others with it and the
// whole is never in memory twice. Only the structure is checked: values are for ParseJson.
//
//   JsonMembers members(text);
//   while (absl::optional<JsonMembers::Member> member = members.Next()) { ... }
//   if (!members.complete()) ...
class JsonMembers {
 public:
  struct Member {
    std::string key;
    // A view of `text`.
    absl::string_view value;
  };

  // `text` must outlive the object.
  explicit JsonMembers(absl::string_view text);

  // Unset after the last member, and at the first byte that fits nowhere.
  absl::optional<Member> Next();

  // Whether the object was read to its end and nothing follows it.
  bool complete() const { return complete_; }

 private:
  void SkipSpace();
  bool Take(char c);

  absl::string_view rest_;
  bool first_ = true;
  bool complete_ = false;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JSON_TEXT_H_
