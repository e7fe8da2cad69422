#include "services/access/strict_json.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bedside {
namespace {

constexpr int kMostDepth = 16;

// Follows a parse, and notices what the parser would let pass.
class Strictness {
 public:
  bool holds() const { return holds_; }

  void Note(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
    if (depth > kMostDepth) holds_ = false;
    if (event == nlohmann::json::parse_event_t::object_start) keys_.emplace_back();
    if (event == nlohmann::json::parse_event_t::object_end) keys_.pop_back();
    if (event != nlohmann::json::parse_event_t::key) return;
    if (!keys_.back().insert(parsed.get_ref<const std::string&>()).second) holds_ = false;
  }

 private:
  bool holds_ = true;
  // Of each object that is open.
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

absl::optional<nlohmann::json> ParseStrictJson(absl::string_view text) {
  Strictness strictness;
  const auto note = [&strictness](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    strictness.Note(depth, event, parsed);
    return true;
  };
  nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), note, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object() || !strictness.holds()) return absl::nullopt;
  return json;
}

const std::string* FindString(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace bedside
