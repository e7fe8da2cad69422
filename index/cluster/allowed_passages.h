// Which passages of a segment a search may return, as a query of the cluster says it: a Roaring bitmap of what is
// allowed or, where that is shorter, of what is not.
// Source: "terms" with value_type bitmap, OpenSearch 2.17 and later; the portable format of
// https://github.com/RoaringBitmap/RoaringFormatSpec.
#ifndef BEDSIDE_INDEX_CLUSTER_ALLOWED_PASSAGES_H_
#define BEDSIDE_INDEX_CLUSTER_ALLOWED_PASSAGES_H_

#include <string>

#include "index/passage/passage_bitmap.h"

namespace bedside {

// The text of a JSON object with the clauses "filter" or "must_not" of a bool query; empty: all are allowed. Linear in
// the passages. REQUIRES: one is allowed
std::string BoolClausesOf(const PassageBitmap& allowed);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_ALLOWED_PASSAGES_H_
