#include "index/cluster/bulk_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

// Others with HTTP 400 are of the index, as "index_closed_exception".
bool IsOfTheDocument(absl::string_view type) {
  return type == "mapper_parsing_exception" || type == "illegal_argument_exception";
}

// What became of a line, by its item in the answer.
absl::Status StatusOfItem(const Json& item) {
  const Json& result = item.at("index");
  const int http_status = result.at("status").get<int>();
  if (http_status / 100 == 2) return absl::OkStatus();
  const auto error = result.find("error");
  const std::string type = error == result.end() ? "" : error->at("type").get<std::string>();
  const absl::Status status = ClusterError(http_status, type);
  return http_status == 400 && IsOfTheDocument(type) ? absl::InvalidArgumentError(status.message()) : status;
}

}  // namespace

absl::Status BulkWriter::Add(absl::string_view id, absl::string_view source) {
  lines_.push_back({std::string(id), std::string(source)});
  bytes_ += source.size();
  return bytes_ < kBatchBytes ? absl::OkStatus() : Flush();
}

absl::Status BulkWriter::Flush() {
  std::vector<Line> left = std::move(lines_);
  lines_.clear();
  bytes_ = 0;
  return left.empty() ? absl::OkStatus() : patience_.Try([&] { return Send(&left); });
}

ClusterRequest BulkWriter::RequestOf(const std::vector<Line>& lines) const {
  ClusterRequest request;
  request.method = "POST";
  request.path = absl::StrCat("/", index_, "/_bulk?filter_path=errors,items.index.status,items.index.error.type");
  request.is_lines = true;
  for (const Line& line : lines) {
    absl::StrAppend(&request.body, R"({"index":{"_id":")", line.id, "\"}}\n", line.source, "\n");
  }
  return request;
}

absl::Status BulkWriter::Send(std::vector<Line>* lines) const {
  ASSIGN_OR_RETURN(const Json answer, client_->Call(RequestOf(*lines)));
  absl::Status refused;
  std::vector<Line> again;
  try {
    if (!answer.at("errors").get<bool>()) return absl::OkStatus();
    for (size_t i = 0; i < lines->size(); ++i) {
      const absl::Status status = StatusOfItem(answer.at("items").at(i));
      if (status.ok()) continue;
      if (!IsTransient(status)) return status;
      refused = status;
      again.push_back(std::move((*lines)[i]));
    }
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  *lines = std::move(again);
  return refused;
}

}  // namespace bedside
