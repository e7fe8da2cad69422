#include "services/privacy/given_identifiers.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "services/privacy/folded_text.h"
#include "services/privacy/language_words.h"

namespace bedside {
namespace {

// Before all others.
constexpr int kGivenRank = -1;
constexpr size_t kFewestSigns = 2;
constexpr size_t kFewestLettersOfAWord = 3;

// Bytes that carry what is said; those of letters outside ASCII are among them.
bool Counts(unsigned char c) { return absl::ascii_isalnum(c) || c >= 0x80; }

struct CompactText {
  std::string text;
  // Where each byte stands.
  std::vector<uint32_t> begins;
};

CompactText CompactOf(absl::string_view folded) {
  CompactText compact;
  for (size_t i = 0; i < folded.size(); ++i) {
    const auto c = static_cast<unsigned char>(folded[i]);
    if (!Counts(c)) continue;
    compact.text.push_back(absl::ascii_tolower(c));
    compact.begins.push_back(static_cast<uint32_t>(i));
  }
  return compact;
}

// Whether no letter or digit touches `span` from outside.
bool IsWhole(absl::string_view text, Span span) {
  const bool free_before = span.begin == 0 || !Counts(static_cast<unsigned char>(text[span.begin - 1]));
  return free_before && (span.end == text.size() || !Counts(static_cast<unsigned char>(text[span.end])));
}

bool IsCommon(absl::string_view lower) { return CommonWords().contains(lower) || NamesThatAreWords().contains(lower); }

}  // namespace

GivenIdentifiers::GivenIdentifiers(const std::vector<std::string>& identifiers) {
  for (const std::string& identifier : identifiers) {
    const FoldedText folded(identifier);
    const std::string compact = CompactOf(folded.text()).text;
    if (compact.size() < kFewestSigns) continue;
    // A word that is a common one as well is looked for as a word only.
    if (!IsCommon(compact)) compact_.push_back(compact);
    AddWords(folded.text());
  }
}

void GivenIdentifiers::AddWords(absl::string_view folded) {
  const bool has_digit = absl::c_any_of(folded, [](unsigned char c) { return absl::ascii_isdigit(c); });
  const std::vector<ScannedWord> words = ScanWords(folded, {});
  for (const ScannedWord& word : words) {
    const bool is_long = word.lower.size() >= kFewestLettersOfAWord || words.size() == 1;
    if (!is_long || (CommonWords().contains(word.lower) && words.size() > 1)) continue;
    words_.emplace(word.lower, !has_digit && !IsCommon(word.lower));
  }
}

void GivenIdentifiers::Find(absl::string_view text, const std::vector<ScannedWord>& words,
                            IdentifierCandidates* found) const {
  if (compact_.empty() && words_.empty()) return;
  const CompactText compact = CompactOf(text);
  for (const std::string& identifier : compact_) {
    for (size_t at = compact.text.find(identifier); at != std::string::npos;
         at = compact.text.find(identifier, at + 1)) {
      const Span span{compact.begins[at], compact.begins[at + identifier.size() - 1] + 1};
      if (IsWhole(text, span)) found->push_back({v1::IDENTIFIER_KIND_GIVEN, span, kGivenRank});
    }
  }
  for (const ScannedWord& word : words) {
    const auto given = words_.find(word.lower);
    const bool is_written = word.capitalised || word.all_caps || word.initial;
    if (given == words_.end() || (!given->second && !is_written)) continue;
    found->push_back({v1::IDENTIFIER_KIND_GIVEN, word.span, kGivenRank});
  }
}

}  // namespace bedside
