#include "index/embedding/encoder_graphs.h"

#include <fstream>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/activation_ranges.h"
#include "index/embedding/encoder_adapter.h"
#include "index/embedding/model_folder.h"
#include "index/embedding/quantisation.h"
#include "index/hash/sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

absl::StatusOr<std::string> ReadRanges(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (file.is_open() && !bytes.bad()) return bytes.str();
  return absl::NotFoundError(absl::StrCat(path, ": cannot be read, and PRECISION_INT8 wants it; make it with ",
                                          "tools/quantise, or set another precision"));
}

// By the ranges of `file`, which are of the model with the adapter of this digest; empty: with none.
absl::Status QuantiseBy(absl::string_view file, absl::string_view adapter, ov::Model& model) {
  ASSIGN_OR_RETURN(const MeasuredRanges measured, ParseActivationRanges(file));
  RETURN_IF_ERROR(measured.CheckAdapter(adapter));
  if (Quantise(model, measured.ranges) > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("none of its ", measured.ranges.size(),
                                                 " ranges belongs to this model; make it with tools/quantise"));
}

// Gives the digest of the file of ranges.
absl::StatusOr<std::string> QuantiseGraph(absl::string_view adapter, const std::string& path, ov::Model& model) {
  ASSIGN_OR_RETURN(const std::string file, ReadRanges(path));
  const absl::Status status = QuantiseBy(file, adapter, model);
  if (status.ok()) return Sha256Hex(file);
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
}

bool IsInt8(const config::EmbedderConfig& config) { return config.precision() == config::PRECISION_INT8; }

absl::Status AlterWithoutAdapter(const config::EmbedderConfig& config, ov::Model& model) {
  return IsInt8(config) ? QuantiseGraph("", RangesFileIn(config.model_path()), model).status() : absl::OkStatus();
}

// Adds `adapter`, that at `path`. Gives the lines of EncoderGraphs::files.
absl::StatusOr<std::string> AlterBy(const EncoderAdapter& adapter, const std::string& path, bool is_int8,
                                    ov::Model& model) {
  RETURN_IF_ERROR(adapter.AddTo(model));
  std::string files = absl::StrCat("adapter ", adapter.digest(), "\n");
  if (!is_int8) return files;
  ASSIGN_OR_RETURN(const std::string ranges, QuantiseGraph(adapter.digest(), RangesFileBeside(path), model));
  return absl::StrCat(files, "ranges ", ranges, "\n");
}

// Gives the digest of the adapter, empty where there is none.
absl::StatusOr<std::string> AlterForPassages(absl::string_view model_digest, const config::EmbedderConfig& config,
                                             EncoderGraphs* graphs) {
  ov::Model& model = *graphs->of_passages.model;
  if (config.adapter_path().empty()) {
    RETURN_IF_ERROR(AlterWithoutAdapter(config, model));
    return "";
  }
  ASSIGN_OR_RETURN(const auto adapter, EncoderAdapter::LoadFor(model_digest, config.adapter_path()));
  RETURN_IF_ERROR(adapter.CheckIsForAllTexts());
  ASSIGN_OR_RETURN(graphs->files, AlterBy(adapter, config.adapter_path(), IsInt8(config), model));
  return adapter.digest();
}

// `adapter_digest`: of the adapter of passages, empty: they have none.
absl::Status AlterForQuestions(absl::string_view model_digest, absl::string_view adapter_digest,
                               const config::EmbedderConfig& config, ov::Model& model) {
  const std::string& path = config.question_adapter_path();
  ASSIGN_OR_RETURN(const auto adapter, EncoderAdapter::LoadFor(model_digest, path));
  RETURN_IF_ERROR(adapter.CheckIsForQuestionsOf(adapter_digest, config.query_prefix()));
  return AlterBy(adapter, path, IsInt8(config), model).status();
}

}  // namespace

absl::StatusOr<EncoderGraphs> ReadEncoderGraphs(ov::Core& core, absl::string_view model_digest,
                                                const config::EmbedderConfig& config) {
  EncoderGraphs graphs;
  ASSIGN_OR_RETURN(graphs.of_passages, ReadEncoderGraph(core, ModelFileIn(config.model_path())));
  graphs.of_questions = graphs.of_passages;
  const bool has_question_adapter = !config.question_adapter_path().empty();
  if (has_question_adapter) graphs.of_questions.model = graphs.of_passages.model->clone();
  ASSIGN_OR_RETURN(const std::string adapter, AlterForPassages(model_digest, config, &graphs));
  if (!has_question_adapter) {
    graphs.query_prefix = config.query_prefix();
    return graphs;
  }
  RETURN_IF_ERROR(AlterForQuestions(model_digest, adapter, config, *graphs.of_questions.model));
  return graphs;
}

}  // namespace bedside
