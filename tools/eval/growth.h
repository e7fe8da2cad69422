// How the time of a search grows with the corpus: the same questions, asked of shares of it.
#ifndef BEDSIDE_TOOLS_EVAL_GROWTH_H_
#define BEDSIDE_TOOLS_EVAL_GROWTH_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "tools/eval/dataset_files.h"
#include "tools/eval/dataset_measurement.h"
#include "tools/eval/evaluation_dataset.h"
#include "tools/eval/evaluation_run.h"

namespace bedside {

// One document of so many is in each share, from the smallest up to all of the corpus.
inline constexpr size_t kGrowthShares[] = {16, 8, 4, 2, 1};

// Writes each `one_of`-th of `documents`, from the first on, as a BEIR corpus; what was at `path` is replaced.
// INVALID_ARGUMENT: there are fewer documents than that, so that shares say nothing. INTERNAL: cannot be written.
absl::Status WriteCorpusShare(absl::Span<const CorpusDocument> documents, size_t one_of, const std::string& path);

// Asks every question of the dataset twice, one after the other, and times both: the second time the server has the
// vector of the question, where its configuration keeps any, so that it is the search outside the encoder. CANCELLED:
// is_stopped. Errors of SearchClient. REQUIRES: nobody asked the server before
absl::StatusOr<GrowthPoint> MeasureGrowthPoint(const EvaluationDataset& dataset, const MeasurementOptions& options);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_GROWTH_H_
