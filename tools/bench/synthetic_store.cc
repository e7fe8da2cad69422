// synthetic_store: a store of any size, made by the real pipeline without running the encoder.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "index/embedding/openvino_embedder.h"
#include "index/status/status_macros.h"
#include "index/store/evidence_store.h"
#include "ingest/pipeline/ingest_pipeline.h"
#include "nlohmann/json.hpp"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/bench/bench_main.h"
#include "tools/bench/synthetic_corpus.h"

// What each is for: kUsage.
ABSL_FLAG(std::string, config, "", "see --help");
ABSL_FLAG(std::string, dataset, "", "see --help");
ABSL_FLAG(int, documents, 100000, "see --help");
ABSL_FLAG(int, words, 120, "see --help");
ABSL_FLAG(int, seed, 1, "see --help");

namespace bedside {
namespace {

namespace fs = std::filesystem;

// Texts whose vectors others lie around.
constexpr size_t kCentres = 1000;
constexpr size_t kWordsOfACentre = 40;

constexpr absl::string_view kUsage =
    R"(usage: synthetic_store --config=FILE --dataset=DIR [OPTION...]

Writes a store of synthetic documents with synthetic vectors through the real
pipeline, for measuring size and speed: texts are phrases of a real corpus, and
a vector is that of one of 1,000 such texts with noise added. A server with the
same configuration serves the store. Prints one JSON object: documents,
passages and seconds.

  --config=FILE   a text proto of bedside.config.ServerConfig, of which index
                  and pipeline are used; its store_path must not exist
  --dataset=DIR   folder in the format of BEIR whose phrases are used
  --documents=N   default 100000
  --words=N       words of a document; default 120, which is one passage
  --seed=N        the same seed gives the same documents; default 1
  --help          this text

Exit status: 0 written, 1 failed or an unknown option, 2 a bad value,
configuration or dataset.
)";

absl::Status CheckFlags(const config::ServerConfig& config) {
  if (absl::GetFlag(FLAGS_documents) < 1) return absl::InvalidArgumentError("--documents: wanted 1 or more");
  if (absl::GetFlag(FLAGS_words) < 1) return absl::InvalidArgumentError("--words: wanted 1 or more");
  std::error_code error;
  if (!fs::exists(config.index().store_path(), error)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("store_path: ", config.index().store_path(), " exists. Name another."));
}

// What is ingested: removed with the object.
class SourceFile {
 public:
  explicit SourceFile(std::string path) : path_(std::move(path)) {}
  ~SourceFile() {
    std::error_code error;
    fs::remove(path_, error);
  }

  const std::string& path() const { return path_; }

  absl::Status Write(SyntheticTexts* texts) const {
    std::ofstream file(path_, std::ios::binary);
    for (int i = 0; i < absl::GetFlag(FLAGS_documents); ++i) {
      const nlohmann::json line = {{"_id", absl::StrCat("synthetic-", i)},
                                   {"title", ""},
                                   {"text", texts->Next(static_cast<size_t>(absl::GetFlag(FLAGS_words)))}};
      file << line.dump() << "\n";
    }
    file << std::flush;
    return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path_, " cannot be written"));
  }

 private:
  std::string path_;
};

absl::StatusOr<v1::JobReport> Ingest(const config::ServerConfig& config, std::unique_ptr<OpenVinoEmbedder> model,
                                     SyntheticTexts* texts, const std::string& source) {
  const WordPieceTokenizer* tokenizer = &model->tokenizer();
  std::vector<std::string> centres;
  for (size_t i = 0; i < kCentres; ++i) centres.push_back(texts->Next(kWordsOfACentre));
  ASSIGN_OR_RETURN(const auto embedder, SyntheticEmbedder::Create(std::move(model), centres));
  ASSIGN_OR_RETURN(const auto store, EvidenceStore::Open(config.index().store_path(), Database::Access::kReadWrite));
  ASSIGN_OR_RETURN(const auto pipeline,
                   IngestPipeline::Create({store.get(), embedder.get(), tokenizer}, config.index(), config.pipeline()));
  return pipeline->Import("default", {{source}, v1::RECONCILIATION_MODE_FULL}, {});
}

absl::StatusOr<std::string> Run() {
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  RETURN_IF_ERROR(CheckFlags(config));
  ASSIGN_OR_RETURN(const std::vector<std::string> real, ReadCorpusTexts(absl::GetFlag(FLAGS_dataset)));
  ASSIGN_OR_RETURN(std::unique_ptr<OpenVinoEmbedder> model, OpenVinoEmbedder::Create(config.index().embedder()));
  SyntheticTexts texts(&real, static_cast<uint64_t>(absl::GetFlag(FLAGS_seed)));
  const SourceFile source(absl::StrCat(config.index().store_path(), ".synthetic.jsonl"));
  RETURN_IF_ERROR(source.Write(&texts));
  ASSIGN_OR_RETURN(const v1::JobReport report, Ingest(config, std::move(model), &texts, source.path()));
  if (report.counts().documents_published() != absl::GetFlag(FLAGS_documents)) {
    return absl::InternalError(absl::StrCat(
        "of ", absl::GetFlag(FLAGS_documents), " documents ", report.counts().documents_published(),
        " were ingested; the first problem: ", report.problems().empty() ? "none" : report.problems(0).reason()));
  }
  const nlohmann::json result = {{"documents", report.counts().documents_published()},
                                 {"passages", report.counts().passages_published()},
                                 {"seconds", report.times().total()}};
  return absl::StrCat(result.dump(), "\n");
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  return bedside::BenchMain("synthetic_store", bedside::kUsage, &bedside::Run, argc, argv);
}
