#include "index/engine/repeated_notice.h"

#include <google/protobuf/util/message_differencer.h>

namespace bedside {

absl::Status CheckRepeated(const storage::Change& earlier, const storage::StatusNotice& notice) {
  storage::StatusNotice recorded = earlier.status();
  storage::StatusNotice repeated = notice;
  recorded.clear_date();
  repeated.clear_date();
  if (google::protobuf::util::MessageDifferencer::Equals(recorded, repeated)) return absl::OkStatus();
  return absl::InvalidArgumentError("this id was used for another change; nothing was changed. Use a new one.");
}

}  // namespace bedside
