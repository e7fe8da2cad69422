// The conditions of a v1::EvidenceFilter that concern the document itself; its status and its trust are not among them.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_ENGINE_DOCUMENT_FILTER_H_
#define BEDSIDE_INDEX_ENGINE_DOCUMENT_FILTER_H_

#include <string>
#include <vector>

#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/evidence_service.pb.h"

namespace bedside {

class DocumentFilter {
 public:
  explicit DocumentFilter(const v1::EvidenceFilter& filter);

  bool Admits(const storage::DocumentEntry& document) const;

 private:
  bool AdmitsDate(const v1::Date& date) const;

  v1::EvidenceFilter filter_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_DOCUMENT_FILTER_H_
