// A BERT-family classifier of pairs of texts in ONNX, run by OpenVINO on the CPU: how well the second text answers to
// the first.
//
// Thread-safe: callers share the threads, batch by batch. Exceptions of OpenVINO become INTERNAL (run) or
// INVALID_ARGUMENT (a model that it cannot read).
#ifndef BEDSIDE_INDEX_EMBEDDING_PAIR_CLASSIFIER_H_
#define BEDSIDE_INDEX_EMBEDDING_PAIR_CLASSIFIER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "index/text/wordpiece_tokenizer.h"
#include "proto/bedside/config/index_config.pb.h"

namespace bedside {

class PairClassifier {
 public:
  struct Settings {
    // File of the model, ONNX.
    std::string model_file;
    // Not INT8.
    config::Precision precision;
    size_t threads;
    int64_t pad_id;
  };

  // Compiles the model: about a second. INVALID_ARGUMENT: no ONNX, or a model whose inputs are not those of BERT or
  // whose output is not one score or two a text; the message names the file.
  static absl::StatusOr<std::unique_ptr<PairClassifier>> Create(const Settings& settings);
  ~PairClassifier();

  // The precision that it runs in, for example "bf16".
  const std::string& precision() const;

  // The logit of each pair, in the order given: higher is better. Of a model with two classes, the log-odds of the
  // second against the first. A pair's logit is the same whatever it runs with. Cost: the model on all tokens.
  // DEADLINE_EXCEEDED: `deadline` passed before the last batch was done. INTERNAL: the model failed, or gave what is no
  // finite number.
  absl::StatusOr<std::vector<double>> Judge(absl::Span<const TokenPair> pairs, absl::Time deadline) const;

 private:
  struct Model;
  explicit PairClassifier(std::unique_ptr<Model> model);

  std::unique_ptr<Model> model_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_PAIR_CLASSIFIER_H_
