#include "index/engine/document_standing.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using DocumentsByIdentifier = absl::flat_hash_map<std::string, std::vector<int>>;

std::string ExternalKey(const v1::ExternalId& id) {
  return absl::StrCat(id.scheme(), ":", absl::AsciiStrToLower(id.value()));
}
// Of a document that is meant by its id alone, and no other.
std::string ExactKey(absl::string_view id) { return absl::StrCat("=", id); }
// Of whatever a "supersedes" list may mean: such lists name identifiers without their scheme.
std::string MentionKey(absl::string_view id) { return absl::StrCat("#", absl::AsciiStrToLower(id)); }

DocumentsByIdentifier IndexIdentifiers(const storage::DocumentTable& documents) {
  DocumentsByIdentifier index;
  for (int i = 0; i < documents.entries_size(); ++i) {
    const storage::DocumentEntry& entry = documents.entries(i);
    index[ExactKey(entry.id())].push_back(i);
    index[MentionKey(entry.id())].push_back(i);
    for (const v1::ExternalId& id : entry.external_ids()) {
      index[ExternalKey(id)].push_back(i);
      index[MentionKey(id.value())].push_back(i);
    }
  }
  return index;
}

// The order of the enum is the order of gravity.
void Worsen(v1::DocumentStatus status, std::string reason, Standing* standing) {
  if (status > standing->status) *standing = {status, std::move(reason)};
}

absl::string_view OriginName(storage::StatusOrigin origin) {
  switch (origin) {
    case storage::STATUS_ORIGIN_OPERATOR:
      return "operator";
    case storage::STATUS_ORIGIN_DELETION:
      return "deletion";
    default:
      return "status feed";
  }
}

const std::vector<int>& Find(const DocumentsByIdentifier& index, const std::string& key) {
  static const std::vector<int>& none = *new std::vector<int>();
  const auto found = index.find(key);
  return found == index.end() ? none : found->second;
}

void ApplyNotices(const std::vector<storage::StatusNotice>& notices, const DocumentsByIdentifier& index,
                  std::vector<Standing>* standings) {
  for (const storage::StatusNotice& notice : notices) {
    const std::string key =
        notice.has_document_id() ? ExactKey(notice.document_id()) : ExternalKey(notice.external_id());
    for (int document : Find(index, key)) {
      std::string reason =
          absl::StrCat(OriginName(notice.origin()), notice.reason().empty() ? "" : ": ", notice.reason());
      Worsen(notice.status(), std::move(reason), &(*standings)[document]);
    }
  }
}

void ApplySupersession(const storage::DocumentTable& documents, const DocumentsByIdentifier& index,
                       std::vector<Standing>* standings) {
  const std::vector<Standing> stated = *standings;
  for (int newer = 0; newer < documents.entries_size(); ++newer) {
    const storage::DocumentEntry& entry = documents.entries(newer);
    if (!entry.superseded_by().empty()) {
      Worsen(v1::DOCUMENT_STATUS_SUPERSEDED, absl::StrCat("superseded by ", entry.superseded_by(0)),
             &(*standings)[newer]);
    }
    if (stated[newer].status >= v1::DOCUMENT_STATUS_WITHDRAWN) continue;
    for (const std::string& older_id : entry.supersedes()) {
      for (int older : Find(index, MentionKey(older_id))) {
        if (older == newer) continue;
        Worsen(v1::DOCUMENT_STATUS_SUPERSEDED, absl::StrCat("superseded by ", entry.id()), &(*standings)[older]);
      }
    }
  }
}

}  // namespace

std::vector<Standing> ResolveStandings(const storage::DocumentTable& documents,
                                       const std::vector<storage::StatusNotice>& notices) {
  std::vector<Standing> standings(documents.entries_size());
  for (int i = 0; i < documents.entries_size(); ++i) {
    const v1::DocumentStatus stated = documents.entries(i).stated_status();
    if (stated > v1::DOCUMENT_STATUS_CURRENT) Worsen(stated, "stated by the document", &standings[i]);
  }
  const DocumentsByIdentifier index = IndexIdentifiers(documents);
  ApplyNotices(notices, index, &standings);
  ApplySupersession(documents, index, &standings);
  return standings;
}

bool IsInForce(v1::DocumentStatus status, bool include_superseded) {
  switch (status) {
    case v1::DOCUMENT_STATUS_CURRENT:
    case v1::DOCUMENT_STATUS_CORRECTED:
    case v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN:
      return true;
    case v1::DOCUMENT_STATUS_SUPERSEDED:
      return include_superseded;
    default:
      return false;
  }
}

}  // namespace bedside
