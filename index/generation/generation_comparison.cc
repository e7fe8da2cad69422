#include "index/generation/generation_comparison.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

struct HeldDocument {
  std::string version;
  uint32_t passages;
};

using HeldDocuments = std::map<std::string, HeldDocument>;

absl::StatusOr<HeldDocuments> DocumentsOf(const SegmentStore& segments, const storage::Manifest& manifest) {
  HeldDocuments documents;
  for (const storage::SegmentManifest& segment : manifest.segments()) {
    ASSIGN_OR_RETURN(const std::string bytes, segments.GetIndex(segment, "documents"));
    storage::DocumentTable table;
    if (!table.ParseFromString(bytes)) {
      return absl::DataLossError(
          absl::StrCat("the document table of generation ", manifest.generation(), " does not parse"));
    }
    for (const storage::DocumentEntry& entry : table.entries()) {
      documents.insert_or_assign(entry.id(), HeldDocument{entry.version(), entry.passages()});
    }
  }
  return documents;
}

DocumentDifference DifferenceOf(const std::string& id, const HeldDocument* base, const HeldDocument* other) {
  DocumentDifference difference;
  difference.id = id;
  difference.in_base = base != nullptr;
  difference.in_other = other != nullptr;
  if (base != nullptr) difference.base_passages = base->passages;
  if (other != nullptr) difference.other_passages = other->passages;
  return difference;
}

const HeldDocument* Find(const HeldDocuments& documents, const std::string& id) {
  const auto found = documents.find(id);
  return found == documents.end() ? nullptr : &found->second;
}

}  // namespace

absl::StatusOr<GenerationComparison> CompareGenerations(const SegmentStore& segments, const storage::Manifest& base,
                                                        const storage::Manifest& other) {
  ASSIGN_OR_RETURN(HeldDocuments base_documents, DocumentsOf(segments, base));
  ASSIGN_OR_RETURN(const HeldDocuments other_documents, DocumentsOf(segments, other));
  GenerationComparison comparison{base, other, {}, 0};
  HeldDocuments all = base_documents;
  all.insert(other_documents.begin(), other_documents.end());
  for (const auto& [id, unused] : all) {
    const HeldDocument* before = Find(base_documents, id);
    const HeldDocument* after = Find(other_documents, id);
    const bool same = before != nullptr && after != nullptr && before->version == after->version &&
                      before->passages == after->passages;
    if (same) {
      ++comparison.unchanged;
    } else {
      comparison.differences.push_back(DifferenceOf(id, before, after));
    }
  }
  return comparison;
}

}  // namespace bedside
