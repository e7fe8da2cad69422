#include "tools/eval/found_evidence.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_set.h"

namespace bedside {
namespace {

using Passages = std::vector<const FoundPassage*>;

// By a rank of its own, with nullptr where nothing that was found has the rank.
Passages ByRank(const FoundEvidence& evidence, absl::optional<int> FoundPassage::*rank) {
  Passages passages;
  for (const FoundPassage& passage : evidence.passages) {
    if (!(passage.*rank).has_value() || *(passage.*rank) < 1) continue;
    const auto place = static_cast<size_t>(*(passage.*rank));
    if (passages.size() < place) passages.resize(place);
    passages[place - 1] = &passage;
  }
  return passages;
}

Passages ByFusedScore(const FoundEvidence& evidence) {
  Passages passages;
  for (const FoundPassage& passage : evidence.passages) {
    if (passage.fused_score.has_value()) passages.push_back(&passage);
  }
  std::stable_sort(passages.begin(), passages.end(),
                   [](const FoundPassage* a, const FoundPassage* b) { return *a->fused_score > *b->fused_score; });
  return passages;
}

Passages AsFound(const FoundEvidence& evidence) {
  Passages passages;
  for (const FoundPassage& passage : evidence.passages) passages.push_back(&passage);
  return passages;
}

Passages Ordered(const FoundEvidence& evidence, Stage stage) {
  switch (stage) {
    case Stage::kLexical:
      return ByRank(evidence, &FoundPassage::lexical_rank);
    case Stage::kDense:
      return ByRank(evidence, &FoundPassage::dense_rank);
    case Stage::kFused:
      return ByFusedScore(evidence);
    case Stage::kFinal:
      break;
  }
  return AsFound(evidence);
}

}  // namespace

absl::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kLexical:
      return "lexical";
    case Stage::kDense:
      return "dense";
    case Stage::kFused:
      return "fused";
    case Stage::kFinal:
      break;
  }
  return "final";
}

std::vector<std::string> RankedDocuments(const FoundEvidence& evidence, Stage stage) {
  std::vector<std::string> documents;
  absl::flat_hash_set<absl::string_view> seen;
  for (const FoundPassage* passage : Ordered(evidence, stage)) {
    if (passage == nullptr) {
      documents.emplace_back();
    } else if (seen.insert(passage->document).second) {
      documents.push_back(passage->document);
    }
  }
  return documents;
}

}  // namespace bedside
