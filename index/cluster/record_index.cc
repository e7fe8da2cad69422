#include "index/cluster/record_index.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "index/cluster/bulk_writer.h"
#include "index/cluster/segment_schema.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

using Json = nlohmann::json;

constexpr char kRecord[] = "record";
constexpr int kPage = 1000;

Json BodyOf(const config::ClusterConfig& config, const std::vector<std::string>& fields) {
  Json properties = {{kRecord, {{"type", "binary"}}}};
  for (const std::string& field : fields) properties[field] = {{"type", "keyword"}};
  return {{"settings", RecordIndexSettings(config)}, {"mappings", {{"dynamic", "strict"}, {"properties", properties}}}};
}

Json SourceOf(const IndexedRecord& record) {
  Json source = record.keywords;
  source[kRecord] = absl::Base64Escape(record.bytes);
  return source;
}

Json QueryOf(const std::map<std::string, std::string>& keywords) {
  Json filter = Json::array();
  for (const auto& [field, value] : keywords) filter.push_back({{"term", {{field, value}}}});
  return {{"bool", {{"filter", filter}}}};
}

absl::StatusOr<std::string> BytesOf(const Json& document) {
  const Json& source = document.at("_source");
  const bool has_record = source.contains(kRecord) && source.at(kRecord).is_string();
  std::string bytes;
  if (has_record && absl::Base64Unescape(source.at(kRecord).get<std::string>(), &bytes)) return bytes;
  return absl::DataLossError(absl::StrCat(document.at("_id").get<std::string>(), " in index ",
                                          document.at("_index").get<std::string>(), " of the cluster is no record"));
}

}  // namespace

RecordIndex::RecordIndex(const ClusterClient* client, const config::ClusterConfig& config, std::string name,
                         const std::vector<std::string>& fields)
    : client_(client), name_(std::move(name)), body_(BodyOf(config, fields)) {}

// One that the cluster makes by itself has no such mappings.
absl::Status RecordIndex::MakeSure() const {
  const absl::Status known = client_->Head("/" + name_);
  if (!absl::IsNotFound(known)) return known;
  const absl::Status made = client_->Put("/" + name_, body_).status();
  return absl::IsAborted(made) ? absl::OkStatus() : made;
}

absl::Status RecordIndex::Write(absl::Span<const IndexedRecord> records) const {
  RETURN_IF_ERROR(MakeSure());
  // Whoever writes tries again.
  BulkWriter writer(client_, name_, Patience(&absl::SleepFor, /*attempts=*/1));
  for (const IndexedRecord& record : records) RETURN_IF_ERROR(writer.Add(record.id, SourceOf(record).dump()));
  return writer.Flush();
}

absl::Status RecordIndex::Create(const IndexedRecord& record) const {
  RETURN_IF_ERROR(MakeSure());
  return client_->Put(absl::StrCat("/", name_, "/_create/", record.id, "?refresh=true"), SourceOf(record)).status();
}

absl::StatusOr<absl::optional<std::string>> RecordIndex::Get(absl::string_view id) const {
  const auto answer = client_->Post(absl::StrCat("/", name_, "/_mget"), {{"ids", {std::string(id)}}});
  if (absl::IsNotFound(answer.status())) return absl::optional<std::string>();
  RETURN_IF_ERROR(answer.status());
  try {
    const Json& document = answer->at("docs").at(0);
    if (document.contains("error")) {
      const auto type = document.at("error").at("type").get<std::string>();
      if (type == "index_not_found_exception") return absl::optional<std::string>();
      return absl::UnavailableError("the cluster cannot read a record now. Look at its health.");
    }
    if (!document.at("found").get<bool>()) return absl::optional<std::string>();
    ASSIGN_OR_RETURN(std::string bytes, BytesOf(document));
    return absl::make_optional(std::move(bytes));
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
}

absl::StatusOr<Json> RecordIndex::Search(const Json& body) const {
  auto answer = client_->Post(absl::StrCat("/", name_, "/_search?allow_partial_search_results=false"), body);
  if (absl::IsNotFound(answer.status())) return Json::object();
  return answer;
}

absl::StatusOr<size_t> RecordIndex::Count(const std::map<std::string, std::string>& keywords) const {
  ASSIGN_OR_RETURN(const Json answer, Search({{"size", 0}, {"track_total_hits", true}, {"query", QueryOf(keywords)}}));
  if (answer.empty()) return 0;
  try {
    return answer.at("hits").at("total").at("value").get<size_t>();
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
}

absl::Status RecordIndex::ForEach(const std::map<std::string, std::string>& keywords,
                                  const std::vector<std::string>& order,
                                  const std::function<bool(const std::string& bytes)>& visit) const {
  Json body = {{"size", kPage}, {"query", QueryOf(keywords)}, {"sort", order}, {"_source", {kRecord}}};
  for (;;) {
    ASSIGN_OR_RETURN(const Json answer, Search(body));
    if (answer.empty()) return absl::OkStatus();
    try {
      const Json& hits = answer.at("hits").at("hits");
      for (const Json& hit : hits) {
        ASSIGN_OR_RETURN(const std::string bytes, BytesOf(hit));
        if (!visit(bytes)) return absl::OkStatus();
      }
      if (hits.size() < kPage) return absl::OkStatus();
      body["search_after"] = hits.back().at("sort");
    } catch (const Json::exception&) {
      return UnexpectedAnswer();
    }
  }
}

absl::StatusOr<RecordIndex::Beginning> RecordIndex::FirstBy(const std::string& field, size_t limit) const {
  ASSIGN_OR_RETURN(const Json answer,
                   Search({{"size", limit}, {"track_total_hits", true}, {"sort", {field}}, {"_source", false}}));
  Beginning beginning;
  if (answer.empty()) return beginning;
  try {
    beginning.records = answer.at("hits").at("total").at("value").get<size_t>();
    for (const Json& hit : answer.at("hits").at("hits")) beginning.ids.push_back(hit.at("_id").get<std::string>());
  } catch (const Json::exception&) {
    return UnexpectedAnswer();
  }
  return beginning;
}

absl::Status RecordIndex::Remove(const std::string& field, absl::Span<const std::string> values) const {
  const Json wanted = std::vector<std::string>(values.begin(), values.end());
  return RemoveBy({{"terms", {{field, wanted}}}});
}

absl::Status RecordIndex::RemoveBelow(const std::string& field, const std::string& value) const {
  return RemoveBy({{"range", {{field, {{"lt", value}}}}}});
}

absl::Status RecordIndex::RemoveBy(const Json& query) const {
  // Others may remove the same.
  const auto removed =
      client_->Post(absl::StrCat("/", name_, "/_delete_by_query?conflicts=proceed&refresh=true"), {{"query", query}});
  return absl::IsNotFound(removed.status()) ? absl::OkStatus() : removed.status();
}

}  // namespace bedside
