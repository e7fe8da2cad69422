#include "services/access/strict_json.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bedside {
namespace {

constexpr size_t kMostDepth = 16;
constexpr size_t kMostValues = 100'000;

// Follows a parse that keeps nothing, and ends it where a strict one would not go on.
class StrictReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return Count(); }
  bool boolean(bool) override { return Count(); }
  bool number_integer(number_integer_t) override { return Count(); }
  bool number_unsigned(number_unsigned_t) override { return Count(); }
  bool number_float(number_float_t, const string_t&) override { return Count(); }
  bool string(string_t&) override { return Count(); }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override { return Open(); }
  bool key(string_t& key) override { return keys_.back().insert(key).second; }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open(); }
  bool end_array() override { return Close(); }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool Count() { return ++values_ <= kMostValues; }
  bool Open() {
    keys_.emplace_back();
    return keys_.size() <= kMostDepth && Count();
  }
  bool Close() {
    keys_.pop_back();
    return true;
  }

  size_t values_ = 0;
  // Of each object that is open, and an empty set for each array.
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

absl::optional<nlohmann::json> ParseStrictJson(absl::string_view text) {
  StrictReader reader;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) return absl::nullopt;
  nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::nullopt;
  return json;
}

const std::string* FindString(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace bedside
