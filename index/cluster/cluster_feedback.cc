#include "index/cluster/cluster_feedback.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "index/cluster/index_names.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

std::string IdOf(absl::string_view corpus, const storage::Feedback& feedback) {
  return absl::StrCat(corpus, ".", feedback.answer(), ".", feedback.id());
}

absl::Status Damaged(absl::string_view corpus) {
  return absl::DataLossError(absl::StrCat("feedback on an answer of corpus ", corpus, " in the cluster is damaged"));
}

}  // namespace

RecordIndex FeedbackIndex(const ClusterClient* client, const config::ClusterConfig& config) {
  return RecordIndex(client, config, IndexNames(config).Feedback(), {"corpus", "answer", "id"});
}

absl::StatusOr<absl::optional<storage::Feedback>> ClusterFeedback::Find(absl::string_view corpus,
                                                                        const std::string& id) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, index_.Get(id));
  absl::optional<storage::Feedback> found;
  if (bytes.has_value() && !found.emplace().ParseFromString(*bytes)) return Damaged(corpus);
  return found;
}

absl::StatusOr<storage::Feedback> ClusterFeedback::Put(absl::string_view corpus, const storage::Feedback& feedback) {
  IndexedRecord record;
  record.id = IdOf(corpus, feedback);
  record.bytes = feedback.SerializeAsString();
  record.keywords = {{"corpus", {std::string(corpus)}}, {"answer", {feedback.answer()}}, {"id", {feedback.id()}}};
  ASSIGN_OR_RETURN(absl::optional<storage::Feedback> earlier, Find(corpus, record.id));
  if (earlier.has_value()) return Repeated(*earlier, feedback);
  ASSIGN_OR_RETURN(const size_t count, index_.Count({{"answer", feedback.answer()}, {"corpus", std::string(corpus)}}));
  RETURN_IF_ERROR(CheckRoom(count));
  const absl::Status created = index_.Create(record);
  if (!absl::IsAborted(created)) return created.ok() ? absl::StatusOr<storage::Feedback>(feedback) : created;
  // Another server was told the same.
  ASSIGN_OR_RETURN(earlier, Find(corpus, record.id));
  return earlier.has_value() ? Repeated(*earlier, feedback) : created;
}

absl::Status ClusterFeedback::List(absl::string_view corpus, absl::string_view answer,
                                   const std::function<bool(const storage::Feedback&)>& visit) const {
  std::map<std::string, std::string> keywords = {{"corpus", std::string(corpus)}};
  if (!answer.empty()) keywords["answer"] = std::string(answer);
  bool readable = true;
  RETURN_IF_ERROR(index_.ForEach(keywords, {"answer", "id"}, [&](const std::string& bytes) {
    storage::Feedback feedback;
    readable = feedback.ParseFromString(bytes);
    return readable && visit(feedback);
  }));
  return readable ? absl::OkStatus() : Damaged(corpus);
}

}  // namespace bedside
