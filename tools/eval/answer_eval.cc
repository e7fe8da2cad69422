// How well the service decides whether to answer, and how much of what experts answer its extractive answers hold,
// measured through the real programs on BioASQ with all relevant passages of half of the questions taken out. See the
// flags. The same build, data and flags measure the same, but for the times.
#include <iostream>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "index/embedding/openvino_embedder.h"
#include "index/status/status_macros.h"
#include "index/text/sentence_splitter.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tools/eval/answer_client.h"
#include "tools/eval/answer_questions.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/decisions/decision_evaluation.h"
#include "tools/eval/decisions/decision_page.h"
#include "tools/eval/decisions/decision_summary.h"
#include "tools/eval/grounding_answers.h"
#include "tools/eval/served_dataset.h"
#include "tools/eval/text_file.h"

ABSL_FLAG(std::string, bioasq, "", "folder of bioasq-dev");
ABSL_FLAG(std::string, outside, "tools/eval/outside_medicine.tsv", "questions from outside medicine");
ABSL_FLAG(std::string, medical, "", "a dataset of other medical questions, as bedside_eval reads it; empty: none");
ABSL_FLAG(std::string, half, "development", "of the questions, by a hash of their ids: development, reported");
ABSL_FLAG(std::string, config, "samples/server.textproto", "configuration of the server that is measured");
ABSL_FLAG(std::string, store, "", "folder for the store; what it holds from an earlier run is used again");
ABSL_FLAG(std::string, bin_dir, "", "folder of bedside_ingest and bedside_server; empty: of this build");
ABSL_FLAG(size_t, questions, 0, "questions of each set, at most; 0: all");
ABSL_FLAG(size_t, coverage_questions, 300, "answerable questions whose answers are compared with those of experts");
ABSL_FLAG(bool, print, false, "a line for every question: set, outcome, relevance, cosine, question");
ABSL_FLAG(std::string, json, "", "file for what was measured, question by question; empty: none");
ABSL_FLAG(std::string, report, "", "file for a page of tables and plots, HTML; empty: none");

namespace bedside {
namespace {

// A line for every question.
void PrintQuestion(absl::string_view group, const AskedQuestion& asked, const std::string& question) {
  std::cout << group << "\t" << asked.outcome() << "\t"
            << absl::StrFormat("%.4f\t%.4f", asked.relevance(), asked.first().stages().dense_score()) << "\t"
            << question << "\n";
}

absl::StatusOr<std::unique_ptr<ServedDataset>> Serve(const config::ServerConfig& config, const std::string& folder,
                                                     const std::string& corpus_path) {
  ServedDatasetOptions options;
  options.config = config;
  RETURN_IF_ERROR(FindPrograms(absl::GetFlag(FLAGS_bin_dir), &options));
  options.folder = folder;
  options.corpus_path = corpus_path;
  return ServedDataset::Create(options);
}

absl::Status Write(const DecisionResult& result) {
  std::cout << DecisionText(result);
  if (const std::string path = absl::GetFlag(FLAGS_json); !path.empty()) {
    RETURN_IF_ERROR(WriteTextFile(DecisionJson(result), path));
  }
  if (const std::string path = absl::GetFlag(FLAGS_report); !path.empty()) {
    RETURN_IF_ERROR(WriteTextFile(DecisionPage(result), path));
  }
  return absl::OkStatus();
}

absl::Status AskAll(const AnswerDataset& dataset, const std::string& folder, DecisionEvaluation* evaluation,
                    AnswerHalf half) {
  ASSIGN_OR_RETURN(const auto outside,
                   ReadTopicalQuestions(absl::GetFlag(FLAGS_outside), half == AnswerHalf::kDevelopment));
  RETURN_IF_ERROR(evaluation->AskHalved(dataset));
  RETURN_IF_ERROR(evaluation->AskOutside(outside));
  if (absl::GetFlag(FLAGS_medical).empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const EvaluationDataset medical, ReadDataset(absl::GetFlag(FLAGS_medical), folder));
  return evaluation->AskMedical(medical);
}

absl::Status Run() {
  DecisionOptions options;
  ASSIGN_OR_RETURN(options.half, ParseAnswerHalf(absl::GetFlag(FLAGS_half)));
  options.most_questions = absl::GetFlag(FLAGS_questions);
  options.most_compared = absl::GetFlag(FLAGS_coverage_questions);
  const std::string folder = absl::GetFlag(FLAGS_store);
  if (folder.empty()) return absl::InvalidArgumentError("--store: name a folder that exists");
  config::ServerConfig config;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &config));
  const std::string corpus_path = folder + "/halved.jsonl";
  ASSIGN_OR_RETURN(const AnswerDataset dataset, ReadHalvedDataset(absl::GetFlag(FLAGS_bioasq), corpus_path));
  ASSIGN_OR_RETURN(const auto splitter, SentenceSplitter::Create());
  ASSIGN_OR_RETURN(const auto embedder, OpenVinoEmbedder::Create(config.index().embedder()));
  ASSIGN_OR_RETURN(const auto server, Serve(config, folder, corpus_path));
  const AnswerClient client(server->address(), 1);
  DecisionEvaluation evaluation(&client, splitter.get(), embedder.get(), options,
                                absl::GetFlag(FLAGS_print) ? PrintQuestion : DecisionEvaluation::Observer());
  RETURN_IF_ERROR(AskAll(dataset, folder, &evaluation, options.half));
  return Write(evaluation.result());
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "How well the service decides whether to answer, how much of what experts answer its answers hold, and how long "
      "they take beyond retrieval, with 95 % intervals beside the goals.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "answer_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
