#include "index/embedding/compiled_graph.h"

#include <algorithm>
#include <exception>

#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

// The status of `body`, or INTERNAL with what OpenVINO throws.
template <typename Body>
absl::Status RunGuarded(const CompiledGraph& graph, Body body) {
  try {
    return body();
  } catch (const std::exception& error) {
    return graph.Failed(error.what());
  }
}

// Types of the tokens of `batch`; padding is of type 0.
ov::Tensor TypesOf(const CompiledGraph::Texts& texts, const TokenBatch& batch) {
  ov::Tensor types(ov::element::i64, {batch.texts.size(), batch.length});
  int64_t* type = types.data<int64_t>();
  std::fill_n(type, types.get_size(), 0);
  if (texts.first_parts.empty()) return types;
  for (size_t text : batch.texts) {
    std::fill(type + texts.first_parts[text], type + texts.ids[text].size(), 1);
    type += batch.length;
  }
  return types;
}

}  // namespace

absl::StatusOr<CompiledGraph> CompiledGraph::Create(ov::Core& core, const EncoderGraph& graph,
                                                    const GraphSettings& settings) {
  CompiledGraph compiled;
  compiled.settings_ = settings;
  compiled.has_token_types_ = graph.has_token_types;
  RETURN_IF_ERROR(RunGuarded(compiled, [&] {
    compiled.model_ =
        core.compile_model(graph.model, "CPU", ov::hint::inference_precision(settings.precision),
                           ov::inference_num_threads(static_cast<int>(settings.threads)),
                           ov::num_streams(static_cast<int>(settings.streams)), ov::hint::enable_cpu_pinning(false));
    return absl::OkStatus();
  }));
  return compiled;
}

std::string CompiledGraph::precision() const { return model_.get_property(ov::hint::inference_precision).to_string(); }

absl::Status CompiledGraph::Failed(absl::string_view why) const {
  return absl::InternalError(absl::StrCat("the ", settings_.name, " failed: ", why));
}

void CompiledGraph::SetInputs(const Texts& texts, const TokenBatch& batch, ov::InferRequest& request) const {
  const ov::Shape shape = {batch.texts.size(), batch.length};
  ov::Tensor tokens(ov::element::i64, shape), mask(ov::element::i64, shape);
  int64_t* token = tokens.data<int64_t>();
  int64_t* kept = mask.data<int64_t>();
  std::fill_n(token, tokens.get_size(), settings_.pad_id);
  std::fill_n(kept, mask.get_size(), 0);
  for (size_t text : batch.texts) {
    const TokenIds& ids = texts.ids[text];
    std::copy(ids.begin(), ids.end(), token);
    std::fill_n(kept, ids.size(), 1);
    token += batch.length;
    kept += batch.length;
  }
  request.set_tensor("input_ids", tokens);
  request.set_tensor("attention_mask", mask);
  if (has_token_types_) request.set_tensor("token_type_ids", TypesOf(texts, batch));
}

// Throws what OpenVINO throws. Requests take batches in turn; a request is read before it takes the next.
absl::Status CompiledGraph::RunBatches(const Texts& texts, absl::Span<ov::InferRequest> requests, Reader read) const {
  const std::vector<size_t> order = LongestFirst(texts.ids);
  const std::vector<TokenBatch> batches = BatchesOf(texts.ids, order, settings_.most_padding);
  const size_t width = std::min(requests.size(), batches.size());
  const auto finish = [&](size_t number) {
    ov::InferRequest& request = requests[number % width];
    request.wait();
    return read(batches[number], request);
  };
  for (size_t number = 0; number < batches.size(); ++number) {
    if (number >= width) RETURN_IF_ERROR(finish(number - width));
    SetInputs(texts, batches[number], requests[number % width]);
    requests[number % width].start_async();
  }
  for (size_t number = batches.size() - width; number < batches.size(); ++number) RETURN_IF_ERROR(finish(number));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ov::InferRequest>> CompiledGraph::MakeRequests(size_t count) const {
  std::vector<ov::InferRequest> requests;
  RETURN_IF_ERROR(RunGuarded(*this, [&] {
    for (size_t i = 0; i < count; ++i) requests.push_back(model_.create_infer_request());
    return absl::OkStatus();
  }));
  return requests;
}

absl::Status CompiledGraph::Run(const Texts& texts, absl::Span<ov::InferRequest> requests, Reader read) const {
  return RunGuarded(*this, [&] { return RunBatches(texts, requests, read); });
}

}  // namespace bedside
