#include "services/record/answer_visibility.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/types/optional.h"
#include "index/records/answer_records.h"

namespace bedside {
namespace {

bool IsVisible(const EvidenceView& view, const storage::AnswerRecord& record, const AccessLabels& labels) {
  // Also where nothing is hidden now: documents that were may have left the corpus.
  const bool all_seen = absl::c_all_of(record.documents(), [&](const std::string& document) {
    const absl::optional<size_t> index = view.generation().documents().Find(document);
    return index.has_value() && !view.hides(*index);
  });
  if (!all_seen || !view.hides_anything()) return all_seen;
  const auto& held = record.labels().labels();
  return record.has_labels() && labels.Hold({held.begin(), held.end()});
}

}  // namespace

absl::Status CheckVisible(const EvidenceEngine& engine, const storage::AnswerRecord& record,
                          const AccessLabels& labels) {
  if (labels.all) return absl::OkStatus();
  const absl::StatusOr<std::shared_ptr<const EvidenceView>> view = engine.View(record.corpus());
  if (absl::IsUnavailable(view.status())) return view.status();
  if (view.ok() && IsVisible(*EvidenceView::VisibleTo(labels, *view), record, labels)) return absl::OkStatus();
  return AnswerRecords::NoSuchAnswer(record.corpus(), record.id());
}

}  // namespace bedside
