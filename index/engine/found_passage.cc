#include "index/engine/found_passage.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {

absl::StatusOr<std::vector<FoundPassage>> JoinWithDocuments(
    const Generation& generation, absl::Span<const PassageOrdinal> passages, std::vector<storage::Passage> stored,
    const std::function<absl::StatusOr<std::shared_ptr<const storage::Document>>(size_t document)>& read_document) {
  absl::flat_hash_map<size_t, std::shared_ptr<const storage::Document>> documents;
  std::vector<FoundPassage> found;
  for (size_t i = 0; i < passages.size(); ++i) {
    const size_t index = generation.DocumentOf(passages[i]);
    std::shared_ptr<const storage::Document>& document = documents[index];
    if (document == nullptr) {
      ASSIGN_OR_RETURN(document, read_document(index));
    }
    const bool inside = stored[i].begin() <= stored[i].end() && stored[i].end() <= document->text().size();
    if (stored[i].document() != generation.documents().place(index).entry || !inside) {
      return absl::DataLossError(absl::StrCat("passage ", IndexOf(passages[i]), " is not one of document ",
                                              document->id(), ". Activate an earlier generation, or reindex."));
    }
    found.push_back({std::move(stored[i]), document, index});
  }
  return found;
}

}  // namespace bedside
