#include "index/lexical/lexical_index.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_format.h"
#include "index/lexical/max_score_search.h"
#include "index/status/status_macros.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {
namespace {

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("lexical index: ", what, "; restore or rebuild the generation"));
}

absl::Status CheckVersion(absl::string_view what, uint32_t wanted, uint32_t got) {
  if (wanted == got) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("lexical index: ", what, " version ", got, ", this binary reads ",
                                                    wanted,
                                                    "; reindex with this binary, or use the one that wrote it"));
}

}  // namespace

struct LexicalIndex::Layout {
  std::string bytes;
  LexicalHeader header;
  PackedArray<LexicalTermEntry> entries;
  PackedArray<uint32_t> postings;
  PackedArray<float> impacts;
  PackedArray<float> max_impacts;
  absl::string_view text;

  absl::Status ReadHeader();
  absl::Status LocateSections();
  absl::Status CheckEntries() const;
  absl::Status CheckPostings() const;

  absl::string_view TermText(size_t term) const {
    const size_t begin = entries[term].text_begin;
    return text.substr(begin, entries[term + 1].text_begin - begin);
  }
  size_t Postings(size_t term) const { return entries[term + 1].postings_begin - entries[term].postings_begin; }
  double IdfOf(size_t holders) const { return Idf(static_cast<double>(header.passages), static_cast<double>(holders)); }
  absl::optional<size_t> FindTerm(absl::string_view term) const;
};

absl::Status LexicalIndex::Layout::ReadHeader() {
  if (bytes.size() < sizeof(header)) {
    return Damaged(absl::StrCat(bytes.size(), " bytes, a header takes ", sizeof(header)));
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (absl::string_view(header.magic, sizeof(header.magic)) != kLexicalMagic) {
    return Damaged("the bytes do not begin as those of a lexical index do");
  }
  RETURN_IF_ERROR(CheckVersion("format", kFormatVersion, header.format_version));
  return CheckVersion("analyser", LexicalAnalyzer::kVersion, header.analyzer_version);
}

absl::Status LexicalIndex::Layout::LocateSections() {
  // Each count is bounded by the bytes before sizes are multiplied, so that nothing overflows.
  const uint64_t limit = bytes.size();
  if (header.passages > uint64_t{1} << 32 || header.terms > limit || header.postings > limit ||
      header.text_bytes > limit) {
    return Damaged("the header counts more than the bytes could hold");
  }
  const uint64_t entries_at = sizeof(header);
  const uint64_t postings_at = entries_at + (header.terms + 1) * sizeof(LexicalTermEntry);
  const uint64_t impacts_at = postings_at + header.postings * sizeof(uint32_t);
  const uint64_t max_impacts_at = impacts_at + header.postings * sizeof(float);
  const uint64_t text_at = max_impacts_at + header.terms * sizeof(float);
  if (text_at + header.text_bytes != limit) {
    return Damaged(absl::StrCat(limit, " bytes, the header asks for ", text_at + header.text_bytes));
  }
  entries = PackedArray<LexicalTermEntry>(bytes.data() + entries_at);
  postings = PackedArray<uint32_t>(bytes.data() + postings_at);
  impacts = PackedArray<float>(bytes.data() + impacts_at);
  max_impacts = PackedArray<float>(bytes.data() + max_impacts_at);
  text = absl::string_view(bytes.data() + text_at, header.text_bytes);
  return absl::OkStatus();
}

absl::Status LexicalIndex::Layout::CheckEntries() const {
  const LexicalTermEntry first = entries[0];
  const LexicalTermEntry last = entries[header.terms];
  if (first.text_begin != 0 || first.postings_begin != 0 || last.text_begin != header.text_bytes ||
      last.postings_begin != header.postings) {
    return Damaged("the terms do not cover the text and the postings");
  }
  for (size_t term = 0; term < header.terms; ++term) {
    const LexicalTermEntry entry = entries[term];
    const LexicalTermEntry end = entries[term + 1];
    if (entry.text_begin > end.text_begin || end.text_begin > header.text_bytes ||
        entry.postings_begin >= end.postings_begin || end.postings_begin > header.postings) {
      return Damaged(absl::StrCat("term ", term, " of ", header.terms, " has an offset out of order"));
    }
    if (term > 0 && TermText(term - 1) >= TermText(term)) {
      return Damaged(absl::StrCat("term ", term, " of ", header.terms, " is not after the one before it"));
    }
  }
  return absl::OkStatus();
}

absl::Status LexicalIndex::Layout::CheckPostings() const {
  for (size_t term = 0; term < header.terms; ++term) {
    const size_t end = entries[term + 1].postings_begin;
    uint64_t lowest = 0;
    float max_impact = 0;
    for (size_t i = entries[term].postings_begin; i < end; ++i) {
      if (postings[i] < lowest || postings[i] >= header.passages) {
        return Damaged(absl::StrCat("term ", term, " of ", header.terms, ": passage ", postings[i], " of ",
                                    header.passages, " is out of range or out of order"));
      }
      lowest = uint64_t{postings[i]} + 1;
      // Written so that NaN fails too.
      if (!(impacts[i] > 0 && impacts[i] <= 1)) {
        return Damaged(absl::StrCat("term ", term, " of ", header.terms, " has an impact outside (0, 1]"));
      }
      max_impact = std::max(max_impact, impacts[i]);
    }
    if (max_impacts[term] != max_impact) {
      return Damaged(absl::StrCat("term ", term, " of ", header.terms, " has a false maximum"));
    }
  }
  return absl::OkStatus();
}

absl::optional<size_t> LexicalIndex::Layout::FindTerm(absl::string_view term) const {
  size_t low = 0;
  size_t high = header.terms;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = TermText(middle).compare(term);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return absl::nullopt;
}

LexicalIndex::LexicalIndex(std::unique_ptr<Layout> layout) : layout_(std::move(layout)) {}
LexicalIndex::~LexicalIndex() = default;

absl::StatusOr<std::unique_ptr<LexicalIndex>> LexicalIndex::Open(std::string bytes) {
  auto layout = std::make_unique<Layout>();
  layout->bytes = std::move(bytes);
  RETURN_IF_ERROR(layout->ReadHeader());
  RETURN_IF_ERROR(layout->LocateSections());
  RETURN_IF_ERROR(layout->CheckEntries());
  RETURN_IF_ERROR(layout->CheckPostings());
  return std::unique_ptr<LexicalIndex>(new LexicalIndex(std::move(layout)));
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const WeightedTerm> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  std::map<size_t, double> weights;
  for (const WeightedTerm& term : terms) {
    if (const absl::optional<size_t> id = layout_->FindTerm(term.term); id.has_value()) weights[*id] += term.weight;
  }
  if (weights.empty() || k == 0) return {};
  std::vector<TermCursor> cursors;
  for (const auto& [term, weight] : weights) {
    const size_t begin = layout_->entries[term].postings_begin;
    const size_t end = layout_->entries[term + 1].postings_begin;
    const float factor = static_cast<float>(weight * layout_->IdfOf(end - begin));
    cursors.emplace_back(layout_->postings, layout_->impacts, begin, end, factor, layout_->max_impacts[term]);
  }
  return MaxScoreSearch(std::move(cursors), allowed, k).Run();
}

std::vector<ScoredPassage> LexicalIndex::Search(absl::Span<const std::string> terms, const PassageBitmap& allowed,
                                                size_t k) const {
  std::vector<WeightedTerm> weighted;
  for (const std::string& term : terms) weighted.push_back({term, 1.0F});
  return Search(weighted, allowed, k);
}

size_t LexicalIndex::DocumentFrequency(const std::string& term) const {
  const absl::optional<size_t> id = layout_->FindTerm(term);
  return id.has_value() ? layout_->Postings(*id) : 0;
}

double LexicalIndex::InverseDocumentFrequency(absl::string_view term) const {
  const absl::optional<size_t> id = layout_->FindTerm(term);
  return layout_->IdfOf(id.has_value() ? layout_->Postings(*id) : 0);
}

size_t LexicalIndex::passages() const { return layout_->header.passages; }

size_t LexicalIndex::terms() const { return layout_->header.terms; }

absl::string_view LexicalIndex::term(size_t i) const { return layout_->TermText(i); }

size_t LexicalIndex::DocumentFrequency(size_t i) const { return layout_->Postings(i); }

}  // namespace bedside
