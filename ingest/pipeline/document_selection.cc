#include "ingest/pipeline/document_selection.h"

#include <algorithm>
#include <map>

namespace bedside {
namespace {

bool IsSame(const std::vector<SelectedDocument>& selected, const storage::DocumentTable& active) {
  return std::equal(selected.begin(), selected.end(), active.entries().begin(), active.entries().end(),
                    [](const SelectedDocument& document, const storage::DocumentEntry& entry) {
                      return document.id == entry.id() && document.version == entry.version();
                    });
}

}  // namespace

DocumentSelection SelectDocuments(const DocumentHeads& read, const storage::DocumentTable& active,
                                  const KeptDocuments& kept, const NoticeLedger& notices) {
  DocumentSelection selection;
  std::map<std::string, std::string> versions;
  for (const auto& [id, head] : read) versions.emplace(id, head.version);
  for (const storage::DocumentEntry& entry : active.entries()) {
    const auto found = read.find(entry.id());
    if (found != read.end() && found->second.version == entry.version()) ++selection.unchanged;
    if (kept.same_set || entry.source_set() != kept.source_set) versions.emplace(entry.id(), entry.version());
  }
  selection.changed = static_cast<int64_t>(read.size()) - selection.unchanged;
  for (const auto& [id, version] : versions) {
    if (!notices.IsDeleted(id)) selection.documents.push_back({id, version});
  }
  selection.same_as_active = IsSame(selection.documents, active);
  return selection;
}

}  // namespace bedside
