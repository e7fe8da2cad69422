#include "ingest/pipeline/document_selection.h"

#include <algorithm>
#include <map>

namespace bedside {
namespace {

bool IsSame(const std::vector<SelectedDocument>& selected, const LiveDocuments& active) {
  return std::equal(selected.begin(), selected.end(), active.entries().begin(), active.entries().end(),
                    [](const SelectedDocument& document, const storage::DocumentEntry* entry) {
                      return document.id == entry->id() && document.version == entry->version();
                    });
}

}  // namespace

DocumentSelection SelectDocuments(const DocumentHeads& read, const LiveDocuments& active, const KeptDocuments& kept,
                                  const NoticeLedger& notices) {
  DocumentSelection selection;
  std::map<std::string, std::string> versions;
  for (const auto& [id, head] : read) versions.emplace(id, head.version);
  for (const storage::DocumentEntry* entry : active.entries()) {
    const auto found = read.find(entry->id());
    if (found != read.end() && found->second.version == entry->version()) ++selection.unchanged;
    if (kept.same_set || entry->source_set() != kept.source_set) versions.emplace(entry->id(), entry->version());
  }
  selection.changed = static_cast<int64_t>(read.size()) - selection.unchanged;
  for (const auto& [id, version] : versions) {
    if (!notices.IsDeleted(id)) selection.documents.push_back({id, version});
  }
  selection.same_as_active = IsSame(selection.documents, active);
  return selection;
}

DocumentChanges ChangesBetween(const LiveDocuments& active, const std::vector<SelectedDocument>& documents) {
  DocumentChanges changes;
  auto entry = active.entries().begin();
  const auto remove_until = [&](const std::string* id) {
    for (; entry != active.entries().end() && (id == nullptr || (*entry)->id() < *id); ++entry) {
      changes.removed.push_back((*entry)->id());
    }
  };
  for (const SelectedDocument& document : documents) {
    remove_until(&document.id);
    const bool is_known = entry != active.entries().end() && (*entry)->id() == document.id;
    if (!is_known || (*entry)->version() != document.version) changes.changed.push_back(document);
    if (is_known) ++entry;
  }
  remove_until(nullptr);
  return changes;
}

}  // namespace bedside
