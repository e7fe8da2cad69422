#include "services/privacy/deidentifier.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/text/utf8.h"
#include "services/privacy/folded_text.h"
#include "services/privacy/person_names.h"
#include "services/privacy/places.h"
#include "services/privacy/word_scan.h"

namespace bedside {
namespace {

// What is taken out may leave something beside it that reads like another identifier, but seldom twice.
constexpr int kMostPasses = 8;

// A stretch of the original that stands in the text that was made of it.
struct KeptStretch {
  uint32_t made;
  uint32_t original;
};

struct Made {
  std::string text;
  std::vector<KeptStretch> kept;
};

Made Replace(absl::string_view original, const std::vector<IdentifiedSpan>& spans, Placeholders* placeholders) {
  Made made;
  uint32_t next = 0;
  for (const IdentifiedSpan& identified : spans) {
    made.kept.push_back({static_cast<uint32_t>(made.text.size()), next});
    const absl::string_view written = original.substr(identified.span.begin, identified.span.size());
    absl::StrAppend(&made.text, original.substr(next, identified.span.begin - next),
                    placeholders->For(identified.kind, FoldedText(written).text()));
    next = identified.span.end;
  }
  made.kept.push_back({static_cast<uint32_t>(made.text.size()), next});
  absl::StrAppend(&made.text, original.substr(next));
  return made;
}

// What stands at `span` of the text that was made; no place-holder is in it.
Span InOriginal(const Made& made, Span span) {
  const auto behind = absl::c_upper_bound(
      made.kept, span.begin, [](uint32_t begin, const KeptStretch& stretch) { return begin < stretch.made; });
  const KeptStretch& stretch = *(behind - 1);
  return {span.begin - stretch.made + stretch.original, span.end - stretch.made + stretch.original};
}

// Ascending, overlapping ones joined into one of the kind of the lowest rank.
IdentifierCandidates Joined(IdentifierCandidates candidates) {
  absl::c_sort(candidates, [](const IdentifierCandidate& a, const IdentifierCandidate& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.rank < b.rank;
  });
  IdentifierCandidates joined;
  for (const IdentifierCandidate& candidate : candidates) {
    if (joined.empty() || joined.back().span.end <= candidate.span.begin) {
      joined.push_back(candidate);
      continue;
    }
    IdentifierCandidate& last = joined.back();
    last.span.end = std::max(last.span.end, candidate.span.end);
    if (candidate.rank < last.rank) {
      last.rank = candidate.rank;
      last.kind = candidate.kind;
    }
  }
  return joined;
}

bool SaysSomething(absl::string_view text) {
  return absl::c_any_of(text, [](unsigned char c) { return absl::ascii_isalnum(c) || c >= 0x80; });
}

// The parts of `span` outside of `covered`, which is ascending, that say something.
void AppendOutside(absl::string_view text, v1::IdentifierKind kind, Span span, const std::vector<Span>& covered,
                   std::vector<IdentifiedSpan>* spans) {
  const auto append = [&](uint32_t begin, uint32_t end) {
    if (begin < end && SaysSomething(text.substr(begin, end - begin))) spans->push_back({kind, {begin, end}});
  };
  auto next = absl::c_lower_bound(covered, span.begin, [](const Span& c, uint32_t begin) { return c.end <= begin; });
  for (; next != covered.end() && next->begin < span.end; ++next) {
    append(span.begin, next->begin);
    span.begin = std::max(span.begin, next->end);
  }
  append(span.begin, span.end);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Deidentifier>> Deidentifier::Create() {
  auto deidentifier = absl::WrapUnique(new Deidentifier());
  ASSIGN_OR_RETURN(deidentifier->structured_, StructuredIdentifiers::Create());
  return deidentifier;
}

std::vector<IdentifiedSpan> Deidentifier::Find(absl::string_view text, const GivenIdentifiers& given) const {
  const FoldedText folded(text);
  const std::vector<ScannedWord> words = ScanWords(folded.text(), Placeholders::In(folded.text()));
  IdentifierCandidates candidates;
  given.Find(folded.text(), words, &candidates);
  structured_->Find(folded.text(), &candidates);
  FindPersonNames(folded.text(), words, &candidates);
  FindPlaces(words, &candidates);
  for (IdentifierCandidate& candidate : candidates) candidate.span = folded.InOriginal(candidate.span);
  const std::vector<Span> covered = Placeholders::In(text);
  std::vector<IdentifiedSpan> spans;
  for (const IdentifierCandidate& candidate : Joined(std::move(candidates))) {
    AppendOutside(text, candidate.kind, candidate.span, covered, &spans);
  }
  return spans;
}

absl::StatusOr<DeidentifiedText> Deidentifier::Deidentify(absl::string_view text, const GivenIdentifiers& given,
                                                          Placeholders* placeholders) const {
  if (text.size() > kMaxDeidentifiedBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("a text of ", text.size(),
                                                     " bytes is too long to be de-identified,"
                                                     " wanted at most ",
                                                     kMaxDeidentifiedBytes));
  }
  if (!IsValidUtf8(text)) return absl::InvalidArgumentError("a text that is not UTF-8 cannot be de-identified");
  placeholders->Reserve(text);
  std::vector<IdentifiedSpan> spans;
  Made made{std::string(text), {{0, 0}}};
  for (int pass = 0; pass < kMostPasses; ++pass) {
    const std::vector<IdentifiedSpan> found = Find(made.text, given);
    if (found.empty()) return DeidentifiedText{std::move(made.text), std::move(spans)};
    for (const IdentifiedSpan& identified : found) {
      spans.push_back({identified.kind, InOriginal(made, identified.span)});
    }
    absl::c_sort(spans, [](const IdentifiedSpan& a, const IdentifiedSpan& b) { return a.span.begin < b.span.begin; });
    made = Replace(text, spans, placeholders);
  }
  return absl::InternalError(absl::StrCat("de-identification found more after each of ", kMostPasses, " passes"));
}

}  // namespace bedside
