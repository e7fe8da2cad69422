// Server-sent events, as the WHATWG HTML standard defines their stream format (section 9.2.6). Only the data of an
// event is kept: chat servers use no other field.
//
//   SseParser parser;
//   RETURN_IF_ERROR(parser.Feed(bytes, [&](absl::string_view data) { return Handle(data); }));
//
// Bytes may arrive cut anywhere. Holds at most one event. Not thread-safe.
#ifndef BEDSIDE_SERVICES_GENERATION_SSE_PARSER_H_
#define BEDSIDE_SERVICES_GENERATION_SSE_PARSER_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bedside {

class SseParser {
 public:
  // Calls `on_event` with the data of every event that `bytes` completes; its lines are joined by "\n". Stops at the
  // first status that is not OK, and returns it. An event that the stream does not end with an empty line is not one.
  absl::Status Feed(absl::string_view bytes, const std::function<absl::Status(absl::string_view)>& on_event);

 private:
  absl::Status EndLine(const std::function<absl::Status(absl::string_view)>& on_event);

  std::string line_;
  std::string data_;
  bool has_data_ = false;
  bool after_carriage_return_ = false;
  bool first_line_ = true;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_SSE_PARSER_H_
