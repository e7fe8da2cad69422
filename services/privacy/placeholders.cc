#include "services/privacy/placeholders.h"

#include <re2/re2.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bedside {
namespace {

constexpr int kLetters = 26;
constexpr absl::string_view kOld = "[AGED OVER 89]";
// Whatever is given is of one patient.
constexpr absl::string_view kGiven = "[PATIENT]";

absl::string_view LabelOf(v1::IdentifierKind kind) {
  static const auto& labels = *new std::map<v1::IdentifierKind, absl::string_view>{
      {v1::IDENTIFIER_KIND_NAME, "NAME"},
      {v1::IDENTIFIER_KIND_PLACE, "PLACE"},
      {v1::IDENTIFIER_KIND_ADDRESS, "ADDRESS"},
      {v1::IDENTIFIER_KIND_POSTCODE, "POSTCODE"},
      {v1::IDENTIFIER_KIND_DATE, "DATE"},
      {v1::IDENTIFIER_KIND_PHONE, "PHONE"},
      {v1::IDENTIFIER_KIND_FAX, "FAX"},
      {v1::IDENTIFIER_KIND_EMAIL, "EMAIL"},
      {v1::IDENTIFIER_KIND_NATIONAL_ID, "NATIONAL ID"},
      {v1::IDENTIFIER_KIND_MEDICAL_RECORD, "RECORD"},
      {v1::IDENTIFIER_KIND_HEALTH_PLAN, "HEALTH PLAN"},
      {v1::IDENTIFIER_KIND_ACCOUNT, "ACCOUNT"},
      {v1::IDENTIFIER_KIND_LICENCE, "LICENCE"},
      {v1::IDENTIFIER_KIND_VEHICLE, "VEHICLE"},
      {v1::IDENTIFIER_KIND_DEVICE, "DEVICE"},
      {v1::IDENTIFIER_KIND_URL, "URL"},
      {v1::IDENTIFIER_KIND_IP_ADDRESS, "IP ADDRESS"},
      {v1::IDENTIFIER_KIND_BIOMETRIC, "BIOMETRIC"},
      {v1::IDENTIFIER_KIND_IMAGE, "IMAGE"},
  };
  const auto found = labels.find(kind);
  return found == labels.end() ? "IDENTIFIER" : found->second;
}

const RE2& Form() {
  static const RE2& form = *new RE2(
      R"((\[(?:AGED OVER 89|PATIENT|(NAME|PLACE|ADDRESS|POSTCODE|DATE|PHONE|FAX|EMAIL|NATIONAL ID|RECORD|HEALTH PLAN|ACCOUNT|LICENCE|VEHICLE|DEVICE|URL|IP ADDRESS|BIOMETRIC|IMAGE|IDENTIFIER)(?: ([A-Z]))?(?:, (?:19[5-9]|20\d)\d)?)\]))");
  return form;
}

std::vector<v1::IdentifierKind> KindsOf(absl::string_view label) {
  std::vector<v1::IdentifierKind> kinds;
  for (int kind = 1; kind < v1::IdentifierKind_ARRAYSIZE; ++kind) {
    if (LabelOf(static_cast<v1::IdentifierKind>(kind)) == label) kinds.push_back(static_cast<v1::IdentifierKind>(kind));
  }
  return kinds;
}

// Lower case, what is neither letter nor digit a single space.
std::string KeyOf(absl::string_view folded) {
  std::string key;
  for (const unsigned char c : folded) {
    const bool counts = absl::ascii_isalnum(c) || c >= 0x80;
    if (counts) key.push_back(absl::ascii_tolower(c));
    if (!counts && !key.empty() && key.back() != ' ') key.push_back(' ');
  }
  absl::StripTrailingAsciiWhitespace(&key);
  return key;
}

// ", 2021", or nothing.
std::string YearIn(absl::string_view date) {
  static const RE2& year = *new RE2(R"((?:^|\D)((?:19[5-9]|20\d)\d)(?:\D|$))");
  std::string found;
  return RE2::PartialMatch({date.data(), date.size()}, year, &found) ? ", " + found : "";
}

}  // namespace

std::vector<Span> Placeholders::In(absl::string_view text) {
  std::vector<Span> spans;
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece found;
  while (RE2::FindAndConsume(&rest, Form(), &found)) {
    const auto begin = static_cast<uint32_t>(found.data() - text.data());
    spans.push_back({begin, begin + static_cast<uint32_t>(found.size())});
  }
  return spans;
}

void Placeholders::Reserve(absl::string_view text) {
  re2::StringPiece rest(text.data(), text.size());
  std::string found, label, letter;
  while (RE2::FindAndConsume(&rest, Form(), &found, &label, &letter)) {
    if (letter.empty()) continue;
    for (const v1::IdentifierKind kind : KindsOf(label)) next_[kind] = std::max(next_[kind], letter[0] - 'A' + 1);
  }
}

std::string Placeholders::NewLetter(v1::IdentifierKind kind) {
  const int number = next_[kind]++;
  return number < kLetters ? std::string({' ', static_cast<char>('A' + number)}) : "";
}

std::string Placeholders::LetterOf(v1::IdentifierKind kind, absl::string_view folded) {
  const std::string key = KeyOf(folded);
  const auto known = letters_.find({kind, key});
  if (known != letters_.end()) return known->second;
  const bool has_words = kind == v1::IDENTIFIER_KIND_NAME;
  const std::vector<std::string> words = absl::StrSplit(key, ' ', absl::SkipEmpty());
  // "Mr Smith", then "John Smith": the same.
  const auto last = has_words && words.size() > 1 ? letters_.find({kind, words.back()}) : letters_.end();
  const std::string letter = last != letters_.end() ? last->second : NewLetter(kind);
  letters_.emplace(std::make_pair(static_cast<int>(kind), key), letter);
  for (const std::string& word : words) {
    if (has_words && word.size() > 1) letters_.emplace(std::make_pair(static_cast<int>(kind), word), letter);
  }
  return letter;
}

std::string Placeholders::For(v1::IdentifierKind kind, absl::string_view folded) {
  if (kind == v1::IDENTIFIER_KIND_AGE) return std::string(kOld);
  if (kind == v1::IDENTIFIER_KIND_GIVEN) return std::string(kGiven);
  const std::string year = kind == v1::IDENTIFIER_KIND_DATE ? YearIn(folded) : "";
  return absl::StrCat("[", LabelOf(kind), LetterOf(kind, folded), year, "]");
}

}  // namespace bedside
