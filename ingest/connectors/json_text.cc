#include "ingest/connectors/json_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace bedside {
namespace {

// Bytes of the string at the beginning of `text`, with both quotes; 0 when it does not end.
// REQUIRES: text begins with '"'
size_t StringBytes(absl::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return 0;
}

struct Extent {
  // 0 when the value does not end.
  size_t bytes = 0;
  size_t depth = 0;
};

// Of the array, object or string at the beginning of `text`.
Extent NestedExtent(absl::string_view text) {
  size_t depth = 0;
  Extent extent;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const size_t bytes = StringBytes(text.substr(i));
      if (bytes == 0) return {0, extent.depth};
      i += bytes - 1;
    } else if (c == '[' || c == '{') {
      extent.depth = std::max(extent.depth, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
    if (depth == 0) return {i + 1, extent.depth};
  }
  return {0, extent.depth};
}

}  // namespace

nlohmann::json ParseJson(absl::string_view text) {
  const absl::string_view value = absl::StripLeadingAsciiWhitespace(text);
  const bool nests = !value.empty() && (value[0] == '[' || value[0] == '{');
  if (text.size() > kMaxJsonBytes || (nests && NestedExtent(value).depth > kMaxJsonDepth)) {
    return nlohmann::json(nlohmann::json::value_t::discarded);
  }
  return nlohmann::json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
}

const std::string& JsonString(const nlohmann::json& object, const char* key) {
  static const std::string& none = *new std::string();
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return none;
  return found->get_ref<const std::string&>();
}

std::vector<std::string> JsonStrings(const nlohmann::json& object, const char* key) {
  std::vector<std::string> strings;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return strings;
  for (const nlohmann::json& item : *found) {
    if (item.is_string()) strings.push_back(item.get<std::string>());
  }
  return strings;
}

JsonMembers::JsonMembers(absl::string_view text) : rest_(text) {}

void JsonMembers::SkipSpace() { rest_ = absl::StripLeadingAsciiWhitespace(rest_); }

bool JsonMembers::Take(char c) {
  SkipSpace();
  if (rest_.empty() || rest_[0] != c) return false;
  rest_.remove_prefix(1);
  return true;
}

absl::optional<JsonMembers::Member> JsonMembers::Next() {
  const bool first = std::exchange(first_, false);
  if (first && !Take('{')) return absl::nullopt;
  if (Take('}')) {
    SkipSpace();
    complete_ = rest_.empty();
    return absl::nullopt;
  }
  if (!first && !Take(',')) return absl::nullopt;
  SkipSpace();
  if (rest_.empty() || rest_[0] != '"') return absl::nullopt;
  const size_t key_bytes = StringBytes(rest_);
  const nlohmann::json key = ParseJson(rest_.substr(0, key_bytes));
  rest_.remove_prefix(key_bytes);
  if (!key.is_string() || !Take(':')) return absl::nullopt;
  SkipSpace();
  const bool nests = !rest_.empty() && (rest_[0] == '{' || rest_[0] == '[' || rest_[0] == '"');
  const size_t value_bytes = nests ? NestedExtent(rest_).bytes : std::min(rest_.find_first_of(",}"), rest_.size());
  if (value_bytes == 0) return absl::nullopt;
  Member member = {key.get<std::string>(), rest_.substr(0, value_bytes)};
  rest_.remove_prefix(value_bytes);
  return member;
}

}  // namespace bedside
