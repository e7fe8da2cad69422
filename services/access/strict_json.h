// JSON from strangers: what can be read in two ways is refused.
#ifndef BEDSIDE_SERVICES_ACCESS_STRICT_JSON_H_
#define BEDSIDE_SERVICES_ACCESS_STRICT_JSON_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace bedside {

// The object that `text` is. Unset where it is none, is not UTF-8, nests deeper than 16, has more than 100,000 values,
// or has an object with the same key twice, of which parsers take the first or the last. Nothing is kept of one that is
// refused, and nothing is read behind what refuses it.
absl::optional<nlohmann::json> ParseStrictJson(absl::string_view text);

// The string that `object` has by this name; null where it has none, or something else.
const std::string* FindString(const nlohmann::json& object, const char* name);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ACCESS_STRICT_JSON_H_
