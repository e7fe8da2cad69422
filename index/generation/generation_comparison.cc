#include "index/generation/generation_comparison.h"

#include <utility>

#include "index/generation/live_documents.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

DocumentDifference DifferenceOf(const storage::DocumentEntry* base, const storage::DocumentEntry* other) {
  DocumentDifference difference;
  difference.id = base != nullptr ? base->id() : other->id();
  difference.in_base = base != nullptr;
  difference.in_other = other != nullptr;
  if (base != nullptr) difference.base_passages = base->passages();
  if (other != nullptr) difference.other_passages = other->passages();
  return difference;
}

bool IsSame(const storage::DocumentEntry& base, const storage::DocumentEntry& other) {
  return base.version() == other.version() && base.passages() == other.passages();
}

}  // namespace

absl::StatusOr<GenerationComparison> CompareGenerations(const SegmentStore& segments, const storage::Manifest& base,
                                                        const storage::Manifest& other) {
  ASSIGN_OR_RETURN(const LiveDocuments base_documents, LiveDocuments::Read(segments, base));
  ASSIGN_OR_RETURN(const LiveDocuments other_documents, LiveDocuments::Read(segments, other));
  GenerationComparison comparison{base, other, {}, 0};
  auto before = base_documents.entries().begin();
  auto after = other_documents.entries().begin();
  const auto before_end = base_documents.entries().end();
  const auto after_end = other_documents.entries().end();
  while (before != before_end || after != after_end) {
    const bool only_before = after == after_end || (before != before_end && (*before)->id() < (*after)->id());
    const bool only_after = before == before_end || (after != after_end && (*after)->id() < (*before)->id());
    if (!only_before && !only_after && IsSame(**before, **after)) {
      ++comparison.unchanged;
    } else {
      comparison.differences.push_back(DifferenceOf(only_after ? nullptr : *before, only_before ? nullptr : *after));
    }
    if (!only_after) ++before;
    if (!only_before) ++after;
  }
  return comparison;
}

}  // namespace bedside
