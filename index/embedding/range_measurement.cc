#include "index/embedding/range_measurement.h"

#include <exception>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/model_folder.h"
#include "index/embedding/range_calibrator.h"
#include "index/status/status_macros.h"
#include "index/text/wordpiece_tokenizer.h"

namespace bedside {

absl::StatusOr<ActivationRanges> MeasureRanges(const std::string& folder, absl::Span<const std::string> texts,
                                               size_t max_tokens) try {
  if (texts.empty()) return absl::InvalidArgumentError("wanted texts to measure ranges on, got none");
  ov::Core core;
  ASSIGN_OR_RETURN(const auto tokenizer, WordPieceTokenizer::Create(TokenizerFileIn(folder)));
  ASSIGN_OR_RETURN(const EncoderGraph graph, ReadEncoderGraph(core, ModelFileIn(folder)));
  ASSIGN_OR_RETURN(const auto calibrator, RangeCalibrator::Create(core, graph));
  for (const std::string& text : texts) RETURN_IF_ERROR(calibrator->Add(tokenizer->Encode(text, max_tokens)));
  return calibrator->Ranges();
} catch (const std::exception& error) {
  return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
}

}  // namespace bedside
