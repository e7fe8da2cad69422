// A part of what sources name, where several workers read a part each: files are dealt by a hash of their path below
// the source, so that all agree without a word, and a file stays in its part when others come and go.
//
// A file is dealt as a whole, an archive with all its members.
#ifndef BEDSIDE_INGEST_CONNECTORS_SOURCE_SHARD_H_
#define BEDSIDE_INGEST_CONNECTORS_SOURCE_SHARD_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace bedside {

struct SourceShard {
  // REQUIRES: number < count
  uint32_t number = 0;
  uint32_t count = 1;

  // The same on every machine. `path_below`: of a file, see SourceFile.path_below.
  bool Has(absl::string_view path_below) const;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SOURCE_SHARD_H_
