// What the documents of a generation are worth: statuses stated by the documents, by feeds, by operators, and derived
// from "B supersedes A". The gravest wins (v1::DocumentStatus is in that order).
#ifndef BEDSIDE_INDEX_ENGINE_DOCUMENT_STANDING_H_
#define BEDSIDE_INDEX_ENGINE_DOCUMENT_STANDING_H_

#include <string>
#include <vector>

#include "index/generation/live_documents.h"
#include "proto/bedside/config/source_trust.h"
#include "proto/bedside/storage/status.pb.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

struct Standing {
  v1::DocumentStatus status = v1::DOCUMENT_STATUS_CURRENT;
  // Who says so; empty for CURRENT.
  std::string reason;
};

// One standing a document, in their order.
//
// - A notice on a document id applies to the document of exactly this id; one on an external id to every document that
//   has it, without regard to letter case; one on a source set to every document of the set, and to no copy elsewhere.
// - A correction, concern, withdrawal or retraction that a document states, or that a notice on an external id brings,
//   is of the work: it applies to every copy, that is to all documents that external ids connect, also through others.
//   URLs do not connect: a page may show several documents.
// - A document supersedes another by its id or by one of its external ids, in any letter case, whichever of the two
//   says so. One that is itself withdrawn or retracted supersedes nothing. What was deleted counts as not being here,
//   as after the next import: it says nothing any more, and is believed where the older document names it. Of two that
//   each supersede the other, neither is in force.
// - What a document of a set that is not trusted, or is withdrawn, says of others is not heard: it supersedes only what
//   is not trusted either, connects no copies, and its stated status is its own. It hears what others say.
//
// Linear in documents and notices and in the documents that each identifier names. Memory while it runs: some 100 bytes
// for each external id, and for each identifier that a notice or a document speaks of.
std::vector<Standing> ResolveStandings(const LiveDocuments& documents,
                                       const std::vector<storage::StatusNotice>& notices,
                                       const SourceTrust& trust = SourceTrust());

// Whether a document of this status may be evidence: always, only when superseded documents are asked for, or never.
bool IsInForce(v1::DocumentStatus status, bool include_superseded);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_DOCUMENT_STANDING_H_
