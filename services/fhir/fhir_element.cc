#include "services/fhir/fhir_element.h"

#include "absl/strings/str_cat.h"

namespace bedside {

using nlohmann::json;

const json* FhirElement::Find(absl::string_view name) const {
  if (json_ == nullptr || !json_->is_object()) return nullptr;
  const auto found = json_->find(std::string(name));
  return found == json_->end() ? nullptr : &*found;
}

const json* FhirElement::Checked(absl::string_view name, bool (json::*is_wanted)() const noexcept,
                                 absl::string_view wanted) const {
  const json* found = Find(name);
  if (found == nullptr || (found->*is_wanted)()) return found;
  Note(name, wanted, found->type_name());
  return nullptr;
}

FhirElement FhirElement::Object(absl::string_view name) const {
  return {Checked(name, &json::is_object, "an object"), absl::StrCat(path_, ".", name), fault_};
}

std::vector<FhirElement> FhirElement::List(absl::string_view name) const {
  const json* list = Checked(name, &json::is_array, "an array");
  std::vector<FhirElement> elements;
  if (list == nullptr) return elements;
  for (size_t i = 0; i < list->size(); ++i) {
    const std::string place = absl::StrCat(name, "[", i, "]");
    if (!(*list)[i].is_object()) {
      Note(place, "an object", (*list)[i].type_name());
      return {};
    }
    elements.emplace_back(&(*list)[i], absl::StrCat(path_, ".", place), fault_);
  }
  return elements;
}

absl::string_view FhirElement::String(absl::string_view name) const {
  const json* found = Checked(name, &json::is_string, "a string");
  return found == nullptr ? absl::string_view() : absl::string_view(found->get_ref<const std::string&>());
}

absl::optional<double> FhirElement::Number(absl::string_view name) const {
  const json* found = Checked(name, &json::is_number, "a number");
  return found == nullptr ? absl::nullopt : absl::make_optional(found->get<double>());
}

bool FhirElement::Bool(absl::string_view name) const {
  const json* found = Checked(name, &json::is_boolean, "a boolean");
  return found != nullptr && found->get<bool>();
}

void FhirElement::Note(absl::string_view name, absl::string_view wanted, absl::string_view got) const {
  if (!fault_->ok()) return;
  *fault_ = absl::InvalidArgumentError(
      absl::StrCat(path_, name.empty() ? "" : ".", name, ": wanted ", wanted, ", got ", got));
}

}  // namespace bedside
