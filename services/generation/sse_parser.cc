#include "services/generation/sse_parser.h"

#include "absl/strings/strip.h"

namespace bedside {
namespace {

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

}  // namespace

absl::Status SseParser::Feed(absl::string_view bytes, const std::function<absl::Status(absl::string_view)>& on_event) {
  while (!bytes.empty()) {
    if (after_carriage_return_ && bytes[0] == '\n') bytes.remove_prefix(1);
    after_carriage_return_ = false;
    const size_t end = bytes.find_first_of("\r\n");
    const absl::string_view part = bytes.substr(0, end);
    line_.append(part.data(), part.size());
    if (end == absl::string_view::npos) break;
    after_carriage_return_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (absl::Status status = EndLine(on_event); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SseParser::EndLine(const std::function<absl::Status(absl::string_view)>& on_event) {
  absl::string_view line = line_;
  if (first_line_) absl::ConsumePrefix(&line, kByteOrderMark);
  first_line_ = false;
  absl::Status status;
  if (line.empty()) {
    if (has_data_) status = on_event(data_);
    data_.clear();
    has_data_ = false;
  } else if (line == "data" || absl::ConsumePrefix(&line, "data:")) {
    if (line == "data") line = {};
    absl::ConsumePrefix(&line, " ");
    if (has_data_) data_ += '\n';
    data_.append(line.data(), line.size());
    has_data_ = true;
  }
  line_.clear();
  return status;
}

}  // namespace bedside
