#include "index/cluster/cluster_answers.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/cluster/cluster_feedback.h"
#include "index/cluster/index_names.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

IndexedRecord IndexedOf(const storage::AnswerRecord& record) {
  IndexedRecord indexed;
  indexed.id = record.id();
  indexed.bytes = record.SerializeAsString();
  indexed.keywords = {{"id", {record.id()}},
                      {"corpus", {record.corpus()}},
                      {"documents", {record.documents().begin(), record.documents().end()}}};
  return indexed;
}

}  // namespace

ClusterAnswers::ClusterAnswers(const ClusterClient* client, const config::ClusterConfig& config, Clock clock)
    : answers_(client, config, IndexNames(config).Answers(), {"id", "corpus", "documents"}),
      feedback_(FeedbackIndex(client, config)),
      clock_(std::move(clock)) {}

absl::Status ClusterAnswers::Put(absl::Span<const storage::AnswerRecord> records) {
  std::vector<IndexedRecord> indexed;
  for (const storage::AnswerRecord& record : records) indexed.push_back(IndexedOf(record));
  return answers_.Write(indexed);
}

absl::StatusOr<storage::AnswerRecord> ClusterAnswers::Get(absl::string_view corpus, absl::string_view id) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes, answers_.Get(id));
  if (!bytes.has_value()) return NoSuchAnswer(corpus, id);
  storage::AnswerRecord record;
  if (!record.ParseFromString(*bytes) || record.id() != id) {
    return absl::DataLossError(absl::StrCat("the record of answer ", id, " of corpus ", corpus,
                                            " in the cluster is damaged. Ask the question again."));
  }
  return record.corpus() == corpus ? absl::StatusOr<storage::AnswerRecord>(std::move(record))
                                   : NoSuchAnswer(corpus, id);
}

absl::StatusOr<std::vector<std::string>> ClusterAnswers::Leaving(uint64_t most, int64_t oldest_micros,
                                                                 size_t limit) const {
  ASSIGN_OR_RETURN(RecordIndex::Beginning oldest, answers_.FirstBy("id", limit));
  const size_t beyond = oldest.records > most ? oldest.records - most : 0;
  size_t leaving = 0;
  while (leaving < oldest.ids.size() && (leaving < beyond || TimeOf(oldest.ids[leaving]) < oldest_micros)) ++leaving;
  oldest.ids.resize(leaving);
  return std::move(oldest.ids);
}

absl::StatusOr<size_t> ClusterAnswers::RemoveOldest(uint64_t most, int64_t oldest_micros, size_t limit) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> leaving, Leaving(most, oldest_micros, limit));
  if (!leaving.empty()) {
    // Where this ends in between, the answers are found again.
    RETURN_IF_ERROR(feedback_.Remove("answer", leaving));
    RETURN_IF_ERROR(answers_.Remove("id", leaving));
  }
  // Verdicts that came while their answer left.
  if (leaving.size() < limit && oldest_micros > 0) {
    RETURN_IF_ERROR(feedback_.RemoveBelow("answer", IdAt(oldest_micros)));
  }
  return leaving.size();
}

absl::StatusOr<size_t> ClusterAnswers::Trim(uint64_t most, int64_t oldest_micros, size_t limit) {
  absl::MutexLock lock(&mutex_);
  if (limit == 0 || clock_() < looked_ + kBetweenLooks) return 0;
  const absl::StatusOr<size_t> removed = RemoveOldest(most, oldest_micros, limit);
  // What fails now is not asked for with every write.
  if (!removed.ok() || *removed < limit) looked_ = clock_();
  return removed;
}

}  // namespace bedside
