#include "index/engine/document_standing.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/store/notice_subject.h"

namespace bedside {
namespace {

using DocumentsByIdentifier = absl::flat_hash_map<std::string, std::vector<int>>;

// Of whatever a "supersedes" list may mean: such lists name identifiers without their scheme.
std::string MentionKey(absl::string_view id) { return absl::StrCat("#", absl::AsciiStrToLower(id)); }

// Keys of what notices and documents speak of, which documents are looked up by; of no document yet.
DocumentsByIdentifier KeysSpokenOf(const LiveDocuments& documents, const std::vector<storage::StatusNotice>& notices) {
  DocumentsByIdentifier index;
  for (const storage::StatusNotice& notice : notices) index[SubjectOf(notice)];
  for (const storage::DocumentEntry* entry : documents.entries()) {
    for (const auto* mentioned : {&entry->supersedes(), &entry->superseded_by()}) {
      for (const std::string& id : *mentioned) index[MentionKey(id)];
    }
  }
  return index;
}

void AddWhereSpokenOf(const std::string& key, int document, DocumentsByIdentifier* index) {
  const auto found = index->find(key);
  if (found != index->end()) found->second.push_back(document);
}

// The external ids of all documents, which connect copies, and beside them only what is spoken of: of a million
// documents nobody looks for most.
DocumentsByIdentifier IndexIdentifiers(const LiveDocuments& documents,
                                       const std::vector<storage::StatusNotice>& notices) {
  DocumentsByIdentifier index = KeysSpokenOf(documents, notices);
  for (int i = 0; i < static_cast<int>(documents.size()); ++i) {
    const storage::DocumentEntry& entry = documents.entry(i);
    AddWhereSpokenOf(SubjectOf(entry.id()), i, &index);
    AddWhereSpokenOf(MentionKey(entry.id()), i, &index);
    AddWhereSpokenOf(SubjectOfSourceSet(NameOfSourceSet(entry.source_set())), i, &index);
    for (const v1::ExternalId& id : entry.external_ids()) {
      index[SubjectOf(id)].push_back(i);
      AddWhereSpokenOf(MentionKey(id.value()), i, &index);
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

// Of a page on which several documents may be shown; the other identifiers name one work.
constexpr absl::string_view kPageScheme = "url";

// Whether a status is about what was published, whoever holds a copy of it.
bool IsOfTheWork(v1::DocumentStatus status) {
  return status == v1::DOCUMENT_STATUS_CORRECTED || status == v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN ||
         status == v1::DOCUMENT_STATUS_WITHDRAWN || status == v1::DOCUMENT_STATUS_RETRACTED;
}

// Whether each document is heard where it speaks of others.
std::vector<bool> FindHeard(const LiveDocuments& documents, const std::vector<storage::StatusNotice>& notices,
                            const SourceTrust& trust) {
  absl::flat_hash_set<absl::string_view> withdrawn;
  for (const storage::StatusNotice& notice : notices) {
    if (notice.has_source_set()) withdrawn.insert(notice.source_set());
  }
  std::vector<bool> heard;
  for (const storage::DocumentEntry* entry : documents.entries()) {
    const absl::string_view set = NameOfSourceSet(entry->source_set());
    heard.push_back(trust.Trusts(set) && !withdrawn.contains(set));
  }
  return heard;
}

// Documents that are copies of one work: those that identifiers connect, directly or through other copies. What is not
// heard connects nothing.
class Works {
 public:
  // All must outlive the works.
  Works(const LiveDocuments& documents, const DocumentsByIdentifier& index, const std::vector<bool>& heard)
      : documents_(documents), index_(index), heard_(heard), parents_(heard.size()), worst_(heard.size()) {
    for (int i = 0; i < static_cast<int>(documents.size()); ++i) parents_[i] = i;
    for (int i = 0; i < static_cast<int>(documents.size()); ++i) {
      if (!heard_[i]) continue;
      for (int copy : FirstCopies(i)) parents_[RootOf(i)] = RootOf(copy);
    }
  }

  // Notes what is said of one copy.
  void Note(int copy, v1::DocumentStatus status, const std::string& reason) {
    if (heard_[copy] && IsOfTheWork(status)) Worsen(status, reason, &worst_[RootOf(copy)]);
  }

  // The gravest that was said of any copy.
  Standing WorstOf(int document) {
    Standing worst;
    for (int copy : FirstCopies(document)) Worsen(worst_[RootOf(copy)].status, worst_[RootOf(copy)].reason, &worst);
    return worst;
  }

 private:
  // Of the heard documents that share an identifier with `document`, the first for each: it may be the document itself.
  std::vector<int> FirstCopies(int document) const {
    std::vector<int> copies;
    for (const v1::ExternalId& id : documents_.entry(document).external_ids()) {
      if (id.scheme() == kPageScheme) continue;
      const std::vector<int>& holders = Find(index_, SubjectOf(id));
      const auto first = std::find_if(holders.begin(), holders.end(), [this](int holder) { return heard_[holder]; });
      if (first != holders.end()) copies.push_back(*first);
    }
    return copies;
  }

  int RootOf(int document) {
    while (parents_[document] != document) document = parents_[document] = parents_[parents_[document]];
    return document;
  }

  const LiveDocuments& documents_;
  const DocumentsByIdentifier& index_;
  const std::vector<bool>& heard_;
  std::vector<int> parents_;
  std::vector<Standing> worst_;  // by root
};

void ApplyStatedStatuses(const LiveDocuments& documents, Works* works, std::vector<Standing>* standings) {
  for (int i = 0; i < static_cast<int>(documents.size()); ++i) {
    const v1::DocumentStatus stated = documents.entry(i).stated_status();
    if (stated <= v1::DOCUMENT_STATUS_CURRENT) continue;
    Worsen(stated, "stated by the document", &(*standings)[i]);
    works->Note(i, stated, absl::StrCat("stated by ", documents.entry(i).id(), ", another copy"));
  }
}

void ApplyNotices(const std::vector<storage::StatusNotice>& notices, const DocumentsByIdentifier& index, Works* works,
                  std::vector<Standing>* standings) {
  for (const storage::StatusNotice& notice : notices) {
    const std::string reason =
        absl::StrCat(OriginName(notice.origin()), notice.reason().empty() ? "" : ": ", notice.reason());
    for (int document : Find(index, SubjectOf(notice))) {
      Worsen(notice.status(), reason, &(*standings)[document]);
      if (notice.has_external_id()) works->Note(document, notice.status(), reason);
    }
  }
}

bool WasFoundWrong(const Standing& standing) {
  return standing.status == v1::DOCUMENT_STATUS_WITHDRAWN || standing.status == v1::DOCUMENT_STATUS_RETRACTED;
}

// The id by which `older` names a document that replaces it; "" when there is none. One that is not here, is not heard
// where `older` is, or was deleted and will not be here after the next import, is believed.
std::string SuccessorOf(int older, const LiveDocuments& documents, const DocumentsByIdentifier& index,
                        const std::vector<bool>& heard, const std::vector<Standing>& standings) {
  for (const std::string& id : documents.entry(older).superseded_by()) {
    bool is_here = false;
    for (int successor : Find(index, MentionKey(id))) {
      if (heard[older] && !heard[successor]) continue;
      is_here = true;
      if (successor != older && !WasFoundWrong(standings[successor])) return id;
    }
    if (!is_here) return id;
  }
  return "";
}

void ApplySupersession(const LiveDocuments& documents, const DocumentsByIdentifier& index,
                       const std::vector<bool>& heard, std::vector<Standing>* standings) {
  const std::vector<Standing> before = *standings;
  for (int i = 0; i < static_cast<int>(documents.size()); ++i) {
    const storage::DocumentEntry& entry = documents.entry(i);
    const std::string successor = SuccessorOf(i, documents, index, heard, before);
    if (!successor.empty()) {
      Worsen(v1::DOCUMENT_STATUS_SUPERSEDED, absl::StrCat("superseded by ", successor), &(*standings)[i]);
    }
    if (before[i].status >= v1::DOCUMENT_STATUS_WITHDRAWN) continue;
    for (const std::string& older_id : entry.supersedes()) {
      for (int older : Find(index, MentionKey(older_id))) {
        if (older == i || (heard[older] && !heard[i])) continue;
        Worsen(v1::DOCUMENT_STATUS_SUPERSEDED, absl::StrCat("superseded by ", entry.id()), &(*standings)[older]);
      }
    }
  }
}

}  // namespace

std::vector<Standing> ResolveStandings(const LiveDocuments& documents,
                                       const std::vector<storage::StatusNotice>& notices, const SourceTrust& trust) {
  std::vector<Standing> standings(documents.size());
  const DocumentsByIdentifier index = IndexIdentifiers(documents, notices);
  const std::vector<bool> heard = FindHeard(documents, notices, trust);
  Works works(documents, index, heard);
  ApplyStatedStatuses(documents, &works, &standings);
  ApplyNotices(notices, index, &works, &standings);
  for (int i = 0; i < static_cast<int>(documents.size()); ++i) {
    const Standing worst = works.WorstOf(i);
    Worsen(worst.status, worst.reason, &standings[i]);
  }
  ApplySupersession(documents, index, heard, &standings);
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
