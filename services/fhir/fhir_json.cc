#include "services/fhir/fhir_json.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

using nlohmann::json;

// `text` only where it is a string: as an object it is narrative. `extension` for the sex at birth (US Core): of others
// nothing is kept but url and code.
constexpr absl::string_view kElementsRead =
    "resourceType fhirVersion id fullUrl entry resource contained status code coding system text subject patient "
    "reference type class intent extension url valueCode "
    "gender birthDate clinicalStatus verificationStatus abatementDateTime abatementPeriod abatementAge abatementRange "
    "abatementString onsetDateTime "
    "medicationCodeableConcept medicationReference medication doNotPerform taken criticality reaction manifestation "
    "substance "
    "valueQuantity value unit comparator effectiveDateTime effectivePeriod effectiveInstant component "
    "valueCodeableConcept dataAbsentReason start end performedDateTime performedPeriod occurrenceDateTime "
    "occurrencePeriod vaccineCode notDone notGiven actualPeriod concept link relation issue severity";

bool IsRead(absl::string_view element) {
  static const auto& read =
      *new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kElementsRead, ' ', absl::SkipEmpty()));
  return read.contains(element);
}

// What narrative, and free text that is no string, is not.
bool MayBeObject(absl::string_view element) { return element != "text"; }

// Objects around resources, whose elements are not those of FHIR.
size_t LevelsOfCallersOwn(FhirRoot root) {
  switch (root) {
    case FhirRoot::kResource:
      return 0;
    case FhirRoot::kPrefetch:
      return 1;
    case FhirRoot::kHookCall:
      return 2;
  }
  return 0;
}

// How places begin.
std::string NameOf(FhirRoot root) {
  switch (root) {
    case FhirRoot::kResource:
      return "Bundle";
    case FhirRoot::kPrefetch:
      return "prefetch";
    case FhirRoot::kHookCall:
      return "call";
  }
  return "Bundle";
}

class TreeBuilder : public json::json_sax_t {
 public:
  explicit TreeBuilder(FhirRoot root) : root_(root) {}

  json Take() { return std::move(tree_); }
  const std::string& problem() const { return problem_; }

  bool null() override { return Value(json()); }
  bool boolean(bool value) override { return Value(value); }
  bool number_integer(json::number_integer_t value) override { return Value(value); }
  bool number_unsigned(json::number_unsigned_t value) override { return Value(value); }
  bool number_float(json::number_float_t value, const std::string& /*text*/) override { return Value(value); }
  bool string(std::string& value) override { return Value(std::move(value)); }
  bool binary(json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*elements*/) override { return Open(json::object()); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t /*elements*/) override { return Open(json::array()); }
  bool end_array() override { return Close(); }

  bool key(std::string& name) override {
    if (skipped_ > 0) return true;
    Frame& frame = frames_.back();
    const bool is_callers_own = frames_.size() <= LevelsOfCallersOwn(root_);
    frame.key = is_callers_own || IsReadHere(name) ? std::move(name) : "";
    frame.has_key = true;
    if (frame.key.empty() || !frame.value->contains(frame.key)) return true;
    return Fail("has this element twice");
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return Fail(absl::StrCat("is no JSON in UTF-8 from byte ", position, " on"));
  }

 private:
  // An object or array that is open.
  struct Frame {
    json* value;
    std::string key;
    bool has_key;
  };

  // The display of a reference is the name of a person, that of a coding is not.
  bool IsReadHere(absl::string_view element) const {
    if (element != "display") return IsRead(element);
    return frames_.size() >= 3 && frames_[frames_.size() - 3].key == "coding";
  }

  bool Fail(absl::string_view what) {
    problem_ = absl::StrCat(Place(), " ", what);
    return false;
  }

  std::string Place() const {
    std::string place = NameOf(root_);
    if (frames_.empty()) return place;
    const auto type = frames_.front().value->find("resourceType");
    if (root_ == FhirRoot::kResource && type != frames_.front().value->end() && type->is_string()) {
      place = std::string(PlaceOfKey(type->get_ref<const std::string&>()));
    }
    for (const Frame& frame : frames_) {
      if (frame.value->is_array()) {
        absl::StrAppend(&place, "[", frame.value->empty() ? 0 : frame.value->size() - 1, "]");
      } else if (frame.has_key && !frame.key.empty()) {
        absl::StrAppend(&place, ".", PlaceOfKey(frame.key));
      }
    }
    return place;
  }

  // Whether what comes next is passed over.
  bool IsPassedOver(bool is_object) const {
    if (skipped_ > 0) return true;
    if (frames_.empty() || !frames_.back().has_key) return false;
    const std::string& key = frames_.back().key;
    return key.empty() || (is_object && !MayBeObject(key));
  }

  template <typename T>
  bool Value(T value) {
    if (!IsPassedOver(/*is_object=*/false)) Put(json(std::move(value)));
    return true;
  }

  json* Put(json value) {
    if (frames_.empty()) {
      tree_ = std::move(value);
      return &tree_;
    }
    Frame& frame = frames_.back();
    if (frame.value->is_array()) {
      frame.value->push_back(std::move(value));
      return &frame.value->back();
    }
    return &((*frame.value)[frame.key] = std::move(value));
  }

  bool Open(json empty) {
    if (++depth_ > kMaxFhirDepth) {
      return Fail(absl::StrCat("nests too deep: wanted at most ", kMaxFhirDepth, " levels"));
    }
    if (IsPassedOver(empty.is_object())) {
      ++skipped_;
      return true;
    }
    frames_.push_back({Put(std::move(empty)), "", false});
    return true;
  }

  bool Close() {
    --depth_;
    if (skipped_ > 0) {
      --skipped_;
    } else {
      frames_.pop_back();
    }
    return true;
  }

  const FhirRoot root_;
  json tree_;
  std::vector<Frame> frames_;
  int depth_ = 0;
  // Objects and arrays that are open and passed over.
  int skipped_ = 0;
  std::string problem_;
};

}  // namespace

absl::string_view PlaceOfKey(absl::string_view key) {
  constexpr size_t kLongestKey = 40;
  const bool is_plain = absl::c_all_of(
      key, [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; });
  return is_plain && key.size() <= kLongestKey ? key : "?";
}

absl::StatusOr<json> ParseFhirJson(absl::string_view text, FhirRoot root) {
  if (text.size() > kMaxFhirBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("wanted at most ", kMaxFhirBytes >> 20, " MiB of FHIR, got ", text.size(), " bytes"));
  }
  TreeBuilder builder(root);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) return absl::InvalidArgumentError(builder.problem());
  json tree = builder.Take();
  if (!tree.is_object()) {
    return absl::InvalidArgumentError(absl::StrCat("wanted a JSON object, got ", tree.type_name()));
  }
  return tree;
}

}  // namespace bedside
