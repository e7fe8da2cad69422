#include "index/store/feedback_store.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "index/store/store_keys.h"

namespace bedside {
namespace {

std::string Prefix(absl::string_view corpus, absl::string_view answer) {
  std::string key;
  AppendText(corpus, &key);
  if (!answer.empty()) AppendText(answer, &key);
  return key;
}

std::string KeyOf(absl::string_view corpus, absl::string_view answer, absl::string_view id) {
  return absl::StrCat(Prefix(corpus, answer), id);
}

// Keys end in ids of the caller, which are no patient's.
absl::Status Damaged(absl::string_view corpus) {
  return absl::DataLossError(
      absl::StrCat("feedback on an answer of corpus ", corpus, " is damaged. Restore the store from a backup."));
}

}  // namespace

absl::StatusOr<absl::optional<storage::Feedback>> FeedbackStore::Find(absl::string_view corpus,
                                                                      absl::string_view answer,
                                                                      absl::string_view id) const {
  ASSIGN_OR_RETURN(const absl::optional<std::string> bytes,
                   database_->Get(Family::kFeedback, KeyOf(corpus, answer, id)));
  absl::optional<storage::Feedback> found;
  if (bytes.has_value() && !found.emplace().ParseFromString(*bytes)) return Damaged(corpus);
  return found;
}

absl::StatusOr<storage::Feedback> FeedbackStore::Put(absl::string_view corpus, const storage::Feedback& feedback) {
  absl::MutexLock lock(&writing_);
  ASSIGN_OR_RETURN(const absl::optional<storage::Feedback> earlier, Find(corpus, feedback.answer(), feedback.id()));
  if (earlier.has_value()) return Repeated(*earlier, feedback);
  size_t count = 0;
  RETURN_IF_ERROR(List(corpus, feedback.answer(), [&count](const storage::Feedback&) { return ++count > 0; }));
  RETURN_IF_ERROR(CheckRoom(count));
  WriteBatch batch;
  batch.Put(Family::kFeedback, KeyOf(corpus, feedback.answer(), feedback.id()), feedback.SerializeAsString());
  RETURN_IF_ERROR(database_->Write(batch, Database::Durability::kSynced));
  return feedback;
}

absl::Status FeedbackStore::List(absl::string_view corpus, absl::string_view answer,
                                 const std::function<bool(const storage::Feedback&)>& visit) const {
  bool readable = true;
  RETURN_IF_ERROR(
      database_->Scan(Family::kFeedback, Prefix(corpus, answer), "", [&](absl::string_view, absl::string_view value) {
        storage::Feedback feedback;
        readable = feedback.ParseFromArray(value.data(), static_cast<int>(value.size()));
        return readable && visit(feedback);
      }));
  return readable ? absl::OkStatus() : Damaged(corpus);
}

}  // namespace bedside
