// Whether a request that was sent again asks for the same.
#ifndef BEDSIDE_INDEX_ENGINE_REPEATED_NOTICE_H_
#define BEDSIDE_INDEX_ENGINE_REPEATED_NOTICE_H_

#include "absl/status/status.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

// OK where `notice` is the one that `earlier` recorded; its date is that of the request, and may differ.
// INVALID_ARGUMENT: it is another one.
absl::Status CheckRepeated(const storage::Change& earlier, const storage::StatusNotice& notice);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_ENGINE_REPEATED_NOTICE_H_
