#include "index/embedding/pair_classifier.h"

#include <cmath>
#include <exception>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "index/embedding/compiled_graph.h"
#include "index/embedding/cpu_precision.h"
#include "index/embedding/encoder_graph.h"
#include "index/status/status_macros.h"
#include "openvino/openvino.hpp"

namespace bedside {
namespace {

// What messages call the model.
constexpr char kName[] = "cross-encoder";

// Batches that run at once, each on all threads: somebody waits for the last one.
constexpr size_t kStreams = 1;

// Batches of one call under way: one runs while the next is filled.
constexpr size_t kRequests = 2;

absl::Status CheckTime(absl::Time deadline) {
  if (absl::Now() < deadline) return absl::OkStatus();
  return absl::DeadlineExceededError(absl::StrCat("no time was left for the ", kName));
}

}  // namespace

struct PairClassifier::Model {
  ov::Core core;
  size_t classes = 0;
  std::string precision;
  absl::optional<CompiledGraph> graph;

  absl::Status Load(const Settings& settings);
  absl::Status Read(const TokenBatch& batch, const ov::Tensor& output, std::vector<double>* logits) const;
};

// Throws what OpenVINO throws, but for what says that the model is none.
absl::Status PairClassifier::Model::Load(const Settings& settings) {
  ASSIGN_OR_RETURN(const EncoderGraph read, ReadClassifierGraph(core, settings.model_file));
  GraphSettings compiled;
  compiled.precision = ElementTypeFor(settings.precision, core, kName);
  compiled.threads = settings.threads;
  compiled.streams = kStreams;
  compiled.pad_id = settings.pad_id;
  compiled.name = kName;
  ASSIGN_OR_RETURN(graph, CompiledGraph::Create(core, read, compiled));
  classes = read.dimension;
  precision = graph->precision();
  return absl::OkStatus();
}

absl::Status PairClassifier::Model::Read(const TokenBatch& batch, const ov::Tensor& output,
                                         std::vector<double>* logits) const {
  const ov::Shape wanted = {batch.texts.size(), classes};
  if (output.get_shape() != wanted) {
    return graph->Failed(absl::StrCat("wanted scores of the shape ", wanted.to_string(), ", got ",
                                      output.get_shape().to_string(), "; export it to ONNX with free axes"));
  }
  const float* scores = output.data<float>();
  for (size_t text : batch.texts) {
    const double logit = classes == 1 ? scores[0] : static_cast<double>(scores[1]) - scores[0];
    if (!std::isfinite(logit)) {
      return graph->Failed(
          absl::StrCat("wanted a finite score, got ", logit, "; use another model, or precision: PRECISION_F32"));
    }
    (*logits)[text] = logit;
    scores += classes;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<PairClassifier>> PairClassifier::Create(const Settings& settings) {
  try {
    auto model = std::make_unique<Model>();
    RETURN_IF_ERROR(model->Load(settings));
    return absl::WrapUnique(new PairClassifier(std::move(model)));
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("the ", kName, " failed: ", error.what()));
  }
}

PairClassifier::PairClassifier(std::unique_ptr<Model> model) : model_(std::move(model)) {}

PairClassifier::~PairClassifier() = default;

const std::string& PairClassifier::precision() const { return model_->precision; }

absl::StatusOr<std::vector<double>> PairClassifier::Judge(absl::Span<const TokenPair> pairs,
                                                          absl::Time deadline) const {
  RETURN_IF_ERROR(CheckTime(deadline));
  std::vector<TokenIds> ids;
  std::vector<size_t> first_parts;
  for (const TokenPair& pair : pairs) {
    ids.push_back(pair.ids);
    first_parts.push_back(pair.first_part);
  }
  ASSIGN_OR_RETURN(std::vector<ov::InferRequest> requests, model_->graph->MakeRequests(kRequests));
  std::vector<double> logits(pairs.size());
  RETURN_IF_ERROR(model_->graph->Run({ids, first_parts}, absl::MakeSpan(requests),
                                     [&](const TokenBatch& batch, ov::InferRequest& request) {
                                       RETURN_IF_ERROR(CheckTime(deadline));
                                       return model_->Read(batch, request.get_output_tensor(0), &logits);
                                     }));
  return logits;
}

}  // namespace bedside
