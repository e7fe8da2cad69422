#include "index/embedding/range_measurement.h"

#include <exception>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/encoder_adapter.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/model_folder.h"
#include "index/embedding/range_calibrator.h"
#include "index/hash/file_sha256.h"
#include "index/status/status_macros.h"
#include "index/text/wordpiece_tokenizer.h"

namespace bedside {

namespace {

// Gives the digest of the adapter, whose changes the graph has then; nothing where there is none.
absl::StatusOr<std::string> Adapt(const MeasuredModel& model, const EncoderGraph& graph) {
  if (model.adapter_path.empty()) return "";
  ASSIGN_OR_RETURN(const std::string digest, FileSha256Hex(ModelFileIn(model.folder)));
  ASSIGN_OR_RETURN(const auto adapter, EncoderAdapter::LoadFor(digest, model.adapter_path));
  RETURN_IF_ERROR(adapter.AddTo(*graph.model));
  return adapter.digest();
}

}  // namespace

absl::StatusOr<MeasuredRanges> MeasureRanges(const MeasuredModel& model, absl::Span<const std::string> texts,
                                             size_t max_tokens) try {
  if (texts.empty()) return absl::InvalidArgumentError("wanted texts to measure ranges on, got none");
  ov::Core core;
  ASSIGN_OR_RETURN(const auto tokenizer, WordPieceTokenizer::Create(TokenizerFileIn(model.folder)));
  ASSIGN_OR_RETURN(const EncoderGraph graph, ReadEncoderGraph(core, ModelFileIn(model.folder)));
  ASSIGN_OR_RETURN(std::string adapter, Adapt(model, graph));
  ASSIGN_OR_RETURN(const auto calibrator, RangeCalibrator::Create(core, graph));
  for (const std::string& text : texts) RETURN_IF_ERROR(calibrator->Add(tokenizer->Encode(text, max_tokens)));
  return MeasuredRanges{std::move(adapter), calibrator->Ranges()};
} catch (const std::exception& error) {
  return absl::InternalError(absl::StrCat("the embedding model failed: ", error.what()));
}

}  // namespace bedside
