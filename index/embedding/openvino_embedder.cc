#include "index/embedding/openvino_embedder.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "index/embedding/compiled_encoder.h"
#include "index/embedding/cpu_precision.h"
#include "index/embedding/encoder_graph.h"
#include "index/embedding/encoder_graphs.h"
#include "index/embedding/model_folder.h"
#include "index/embedding/query_batcher.h"
#include "index/hash/sha256.h"
#include "index/interaction/token_codes.h"
#include "index/interaction/token_rotation.h"
#include "index/status/status_macros.h"
#include "index/status/work_priority.h"
#include "openvino/openvino.hpp"

namespace bedside {
namespace {

constexpr uint32_t kFewestMaxTokens = 8;
constexpr uint32_t kMostMaxTokens = 512;
constexpr uint32_t kMostThreads = 256;

// Batches of passages under way for each thread: one runs while the next is filled.
constexpr size_t kBatchesPerThread = 2;

// Of an encoded text, those that the model wants at its begin and end.
constexpr size_t kModelTokens = 2;

// Questions that run together.
constexpr size_t kQuestionsPerRun = 16;

// Runs of questions at once, which share the threads: one question is answered soonest by all of them.
constexpr size_t kQueryLanes = 1;

// Of questions that run together: a run takes as much beside its tokens as 15 to 29 of them take (on CPUs with AVX2 and
// with AVX-512), so that more padding costs more than another run.
constexpr size_t kQuestionPadding = 32;

// What messages call the model.
constexpr char kName[] = "embedding model";

// Part of every id: raised when the same model and settings begin to give other vectors.
constexpr char kRevision[] = "2";

absl::Status CheckConfig(const config::EmbedderConfig& config) {
  std::vector<std::string> violations;
  if (config.model_path().empty()) violations.push_back("model_path: wanted a folder, got nothing");
  if (!config::Pooling_IsValid(config.pooling())) {
    violations.push_back(absl::StrCat("pooling: wanted CLS or MEAN, got ", config.pooling()));
  }
  const uint32_t max_tokens = config.max_tokens();
  if (max_tokens != 0 && (max_tokens < kFewestMaxTokens || max_tokens > kMostMaxTokens)) {
    violations.push_back(absl::StrCat("max_tokens: wanted 0 or 8 to 512, got ", max_tokens));
  }
  if (!config::Precision_IsValid(config.precision())) {
    violations.push_back(absl::StrCat("precision: wanted F32, BF16 or INT8, got ", config.precision()));
  }
  if (config.threads() > kMostThreads) {
    violations.push_back(absl::StrCat("threads: wanted 0 to 256, got ", config.threads()));
  }
  if (violations.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("embedder: ", absl::StrJoin(violations, "; "), "; correct the configuration"));
}

void PrepareOutputs(bool mean_pooling, EncoderGraph& graph) {
  AddTokenOutput(graph);
  if (!mean_pooling) KeepFirstToken(*graph.model);
}

// Its threads stand back behind all others, as the one does that starts them.
absl::StatusOr<CompiledEncoder> CompileStandingBack(ov::Core& core, const EncoderGraph& graph,
                                                    const EncoderSettings& settings) {
  absl::StatusOr<CompiledEncoder> compiled = absl::UnknownError("not compiled");
  std::thread([&] {
    StandBack();
    compiled = CompiledEncoder::Create(core, graph, settings);
  }).join();
  return compiled;
}

absl::Status Failed(const std::exception& error) {
  return absl::InternalError(absl::StrCat("the ", kName, " failed: ", error.what()));
}

}  // namespace

// Passages and questions are compiled apart, so that neither waits in the other's queue, and passages stand back.
struct OpenVinoEmbedder::Model {
  std::string id, file_sha256;
  std::string query_prefix, passage_prefix;
  size_t query_prefix_tokens = 0, passage_prefix_tokens = 0;
  absl::optional<TokenRotation> rotation;
  size_t dimension = 0;
  size_t max_tokens = 0;
  size_t threads = 0;
  std::unique_ptr<WordPieceTokenizer> tokenizer;
  ov::Core core;
  std::unique_ptr<CompiledEncoder> passages, queries;
  std::vector<ov::InferRequest> query_requests;  // one a lane of the batcher
  std::unique_ptr<QueryBatcher> batcher;

  TokenIds Encode(absl::string_view prefix, absl::string_view text) const {
    return tokenizer->Encode(absl::StrCat(prefix, text), max_tokens);
  }
  absl::Status Load(const config::EmbedderConfig& config);
  absl::Status Compile(EncoderGraphs& graphs, const config::EmbedderConfig& config);
  absl::Status CompileForQuestions(const EncoderGraph& graph, EncoderSettings settings);
  // The tokens of a text itself, of those that its encoding has. REQUIRES: tokens.size() is a multiple of dimension
  absl::Span<const float> OwnTokens(absl::Span<const float> tokens, size_t prefix_tokens) const;
  absl::StatusOr<PassageEmbeddings> EncodePassages(absl::Span<const TokenIds> passages) const;
  // That are under way at once.
  size_t PassageBatches() const;
  absl::StatusOr<std::vector<QuestionEmbedding>> EncodeQuestions(size_t lane, absl::Span<const TokenIds> questions);
  void SetId(absl::string_view file_digests, const config::EmbedderConfig& config);
};

absl::Status OpenVinoEmbedder::Model::Compile(EncoderGraphs& graphs, const config::EmbedderConfig& config) {
  EncoderSettings settings;
  settings.precision = ElementTypeFor(config.precision(), core, kName);
  settings.name = kName;
  settings.threads = threads;
  settings.mean_pooling = config.pooling() == config::POOLING_MEAN;
  settings.pad_id = tokenizer->pad_id();
  PrepareOutputs(settings.mean_pooling, graphs.of_passages);
  if (graphs.of_questions.model != graphs.of_passages.model) {
    PrepareOutputs(settings.mean_pooling, graphs.of_questions);
  }
  settings.streams = threads;
  ASSIGN_OR_RETURN(CompiledEncoder of_passages, CompileStandingBack(core, graphs.of_passages, settings));
  passages = std::make_unique<CompiledEncoder>(std::move(of_passages));
  return CompileForQuestions(graphs.of_questions, settings);
}

absl::Status OpenVinoEmbedder::Model::CompileForQuestions(const EncoderGraph& graph, EncoderSettings settings) {
  settings.streams = kQueryLanes;
  settings.most_padding = kQuestionPadding;
  ASSIGN_OR_RETURN(CompiledEncoder of_queries, CompiledEncoder::Create(core, graph, settings));
  queries = std::make_unique<CompiledEncoder>(std::move(of_queries));
  ASSIGN_OR_RETURN(query_requests, queries->MakeRequests(kQueryLanes));
  batcher = std::make_unique<QueryBatcher>(
      kQueryLanes, kQuestionsPerRun,
      [this](size_t lane, absl::Span<const TokenIds> questions) { return EncodeQuestions(lane, questions); });
  return absl::OkStatus();
}

// The first and the last token are the model's.
absl::Span<const float> OpenVinoEmbedder::Model::OwnTokens(absl::Span<const float> tokens, size_t prefix_tokens) const {
  const size_t before = 1 + prefix_tokens;
  const size_t count = tokens.size() / dimension;
  if (count <= before) return {};
  return tokens.subspan(before * dimension, (count - before - 1) * dimension);
}

absl::StatusOr<std::vector<QuestionEmbedding>> OpenVinoEmbedder::Model::EncodeQuestions(
    size_t lane, absl::Span<const TokenIds> questions) {
  EmbeddingMatrix vectors(questions.size(), dimension);
  std::vector<QuestionEmbedding> embeddings(questions.size());
  const auto read_tokens = [&](size_t question, absl::Span<const float> tokens) {
    embeddings[question].tokens = QuestionTokens(OwnTokens(tokens, query_prefix_tokens), *rotation);
  };
  RETURN_IF_ERROR(queries->Run(questions, absl::MakeSpan(&query_requests[lane], 1), vectors, read_tokens));
  for (size_t i = 0; i < questions.size(); ++i) {
    embeddings[i].vector.assign(vectors.row(i).begin(), vectors.row(i).end());
  }
  return embeddings;
}

absl::StatusOr<PassageEmbeddings> OpenVinoEmbedder::Model::EncodePassages(absl::Span<const TokenIds> ids) const {
  ASSIGN_OR_RETURN(std::vector<ov::InferRequest> requests, passages->MakeRequests(PassageBatches()));
  PassageEmbeddings embeddings{EmbeddingMatrix(ids.size(), dimension), std::vector<std::string>(ids.size())};
  const auto read_tokens = [&](size_t passage, absl::Span<const float> tokens) {
    embeddings.token_codes[passage] = TokenCodesOf(OwnTokens(tokens, passage_prefix_tokens), *rotation);
  };
  RETURN_IF_ERROR(passages->Run(ids, absl::MakeSpan(requests), embeddings.vectors, read_tokens));
  return embeddings;
}

// Who runs when idle leaves one processor to questions: those that come while a passage is encoded would wait for it.
size_t OpenVinoEmbedder::Model::PassageBatches() const {
  return RunsWhenIdle() ? std::max<size_t>(1, threads - 1) : threads * kBatchesPerThread;
}

// REQUIRES: everything else is set.
void OpenVinoEmbedder::Model::SetId(absl::string_view file_digests, const config::EmbedderConfig& config) {
  const std::string settings =
      absl::StrCat(config.pooling() == config::POOLING_MEAN ? "mean" : "cls", "/",
                   config.precision() == config::PRECISION_INT8 ? "int8-" : "", passages->precision(), "/", max_tokens);
  std::string parts;
  for (absl::string_view part : {file_digests, absl::string_view(settings), absl::string_view(config.query_prefix()),
                                 absl::string_view(passage_prefix), absl::string_view(kRevision)}) {
    absl::StrAppend(&parts, part.size(), ":", part);
  }
  id = absl::StrCat("onnx-", dimension, "/", settings, "/", Sha256Hex(parts).substr(0, 16));
}

// Throws what OpenVINO throws, but for what says that the model is none.
absl::Status OpenVinoEmbedder::Model::Load(const config::EmbedderConfig& config) {
  ASSIGN_OR_RETURN(const ModelDigests digests, ReadModelDigests(config.model_path()));
  file_sha256 = digests.model_file();
  ASSIGN_OR_RETURN(tokenizer, WordPieceTokenizer::Create(TokenizerFileIn(config.model_path())));
  ASSIGN_OR_RETURN(EncoderGraphs graphs, ReadEncoderGraphs(core, file_sha256, config));
  dimension = graphs.of_passages.dimension;
  query_prefix = graphs.query_prefix;
  passage_prefix = config.passage_prefix();
  rotation.emplace(dimension);
  max_tokens = config.max_tokens() > 0 ? config.max_tokens() : kMostMaxTokens;
  query_prefix_tokens = Encode(query_prefix, "").size() - kModelTokens;
  passage_prefix_tokens = Encode(passage_prefix, "").size() - kModelTokens;
  threads = config.threads() > 0 ? config.threads() : std::max(1u, std::thread::hardware_concurrency());
  RETURN_IF_ERROR(Compile(graphs, config));
  SetId(absl::StrCat(digests.text(), graphs.files), config);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<OpenVinoEmbedder>> OpenVinoEmbedder::Create(const config::EmbedderConfig& config) {
  RETURN_IF_ERROR(CheckConfig(config));
  config::EmbedderConfig runnable = config;
  runnable.set_precision(LosslessPrecisionHere(config.precision(), kName));
  try {
    auto model = std::make_unique<Model>();
    RETURN_IF_ERROR(model->Load(runnable));
    return absl::WrapUnique(new OpenVinoEmbedder(std::move(model)));
  } catch (const std::exception& error) {
    return Failed(error);
  }
}

OpenVinoEmbedder::OpenVinoEmbedder(std::unique_ptr<Model> model) : model_(std::move(model)) {}

OpenVinoEmbedder::~OpenVinoEmbedder() = default;

const std::string& OpenVinoEmbedder::id() const { return model_->id; }

size_t OpenVinoEmbedder::dimension() const { return model_->dimension; }

const std::string& OpenVinoEmbedder::file_sha256() const { return model_->file_sha256; }

const WordPieceTokenizer& OpenVinoEmbedder::tokenizer() const { return *model_->tokenizer; }

absl::StatusOr<PassageEmbeddings> OpenVinoEmbedder::EmbedPassages(absl::Span<const std::string> texts) const {
  std::vector<TokenIds> ids;
  ids.reserve(texts.size());
  for (const std::string& text : texts) ids.push_back(model_->Encode(model_->passage_prefix, text));
  return model_->EncodePassages(ids);
}

absl::StatusOr<std::vector<QuestionEmbedding>> OpenVinoEmbedder::EmbedQueries(
    absl::Span<const std::string> texts) const {
  std::vector<TokenIds> ids;
  for (const std::string& text : texts) ids.push_back(model_->Encode(model_->query_prefix, text));
  return model_->batcher->Embed(std::move(ids));
}

}  // namespace bedside
