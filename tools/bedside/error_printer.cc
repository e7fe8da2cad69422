#include "tools/bedside/error_printer.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "nlohmann/json.hpp"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

void PrintLine(absl::string_view text, absl::string_view indent, const Console& console) {
  *console.err << Wrapped(text, indent, absl::StrCat(indent, "  "), console.width);
}

// What a detail says, a line for each thing.
std::vector<std::string> LinesOf(const google::protobuf::Any& detail) {
  google::rpc::BadRequest bad_request;
  google::rpc::PreconditionFailure precondition;
  google::rpc::RetryInfo retry;
  google::rpc::Help help;
  std::vector<std::string> lines;
  if (detail.UnpackTo(&bad_request)) {
    for (const auto& field : bad_request.field_violations()) {
      lines.push_back(absl::StrCat(field.field(), ": ", field.description()));
    }
  } else if (detail.UnpackTo(&precondition)) {
    for (const auto& violation : precondition.violations()) {
      lines.push_back(absl::StrCat(violation.subject(), ": ", violation.description()));
    }
  } else if (detail.UnpackTo(&retry)) {
    const double seconds = retry.retry_delay().seconds() + retry.retry_delay().nanos() / 1e9;
    lines.push_back(absl::StrCat("try again in ", seconds, " s"));
  } else if (detail.UnpackTo(&help)) {
    for (const auto& link : help.links()) lines.push_back(absl::StrCat(link.description(), ": ", link.url()));
  }
  return lines;
}

// Leaves out what the message says already.
void PrintDetails(const google::rpc::Status& status, const Console& console) {
  for (const google::protobuf::Any& detail : status.details()) {
    for (const std::string& line : LinesOf(detail)) {
      if (!absl::StrContains(status.message(), line)) PrintLine(line, "  ", console);
    }
  }
}

// Every error of a Bedside server carries details; this one was made by gRPC on this side.
bool IsConnectionFailure(const google::rpc::Status& status) {
  return status.code() == google::rpc::UNAVAILABLE && status.details_size() == 0;
}

std::string NoAnswer(const std::string& server) { return absl::StrCat("no server answers at ", server); }

std::string CodeName(const google::rpc::Status& status) {
  const auto code = static_cast<google::rpc::Code>(status.code());
  return google::rpc::Code_IsValid(code) ? google::rpc::Code_Name(code) : absl::StrCat(code);
}

std::string NextStep(const google::rpc::Status& status) {
  switch (status.code()) {
    case google::rpc::DEADLINE_EXCEEDED:
      return "Give it more time with --timeout, or see what the server is busy with.";
    case google::rpc::RESOURCE_EXHAUSTED:
      return "The server has more requests than it can take; try again shortly.";
    case google::rpc::ABORTED:
      return "Something else changed the corpus or is changing it; try again.";
    case google::rpc::UNIMPLEMENTED:
      return "What listens there is no Bedside server, or another version of it.";
    case google::rpc::DATA_LOSS:
      return "The store is damaged: run `bedside doctor --config=FILE` where the server runs.";
    default:
      return "";
  }
}

}  // namespace

google::rpc::Status RpcStatusOf(const grpc::Status& status) {
  google::rpc::Status rpc_status;
  if (!rpc_status.ParseFromString(status.error_details())) rpc_status.Clear();
  rpc_status.set_code(status.error_code());
  rpc_status.set_message(status.error_message());
  return rpc_status;
}

void PrintError(const google::rpc::Status& status, const std::string& server, const Console& console) {
  if (IsConnectionFailure(status)) {
    PrintLine(absl::StrCat("bedside: ", NoAnswer(server), "."), "", console);
    PrintLine("Start one with `bedside_server --config=FILE`, or name another with --server=HOST:PORT.", "", console);
    return;
  }
  PrintLine(absl::StrCat("bedside: ", status.message(), " (", CodeName(status), ")"), "", console);
  PrintDetails(status, console);
  PrintLine(NextStep(status), "", console);
}

std::string ErrorJson(const google::rpc::Status& status, const std::string& server) {
  std::string reason;
  auto fields = nlohmann::ordered_json::array();
  for (const google::protobuf::Any& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    if (detail.UnpackTo(&info)) reason = info.reason();
    if (!detail.UnpackTo(&bad_request)) continue;
    for (const auto& field : bad_request.field_violations()) {
      fields.push_back({{"field", field.field()}, {"description", field.description()}});
    }
  }
  nlohmann::ordered_json json;
  json["error"] = {{"code", CodeName(status)},
                   {"message", IsConnectionFailure(status) ? NoAnswer(server) : status.message()},
                   {"reason", reason},
                   {"field_violations", fields}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace bedside
