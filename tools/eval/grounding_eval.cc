// How well claims are checked: claim_check_evaluation.h on BioASQ, PubMedQA and guidelines.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "index/embedding/openvino_embedder.h"
#include "index/status/status_macros.h"
#include "tools/eval/claims/claim_check_evaluation.h"
#include "tools/eval/claims/claim_check_page.h"
#include "tools/eval/claims/claim_check_summary.h"
#include "tools/eval/grounding_answers.h"
#include "tools/eval/text_file.h"

ABSL_FLAG(std::string, bioasq, "", "folder of bioasq-dev; on it, checking is timed too");
ABSL_FLAG(std::string, pubmedqa, "", "ori_pqal.json of PubMedQA");
ABSL_FLAG(std::string, guidelines, "", "folder of guidelines");
ABSL_FLAG(std::string, model, "", "folder of the model; empty: by words alone");
ABSL_FLAG(std::string, half, "development", "of the answers, by a hash of their ids: development, reported");
ABSL_FLAG(uint64_t, seed, 1, "of the errors that are made and the sentences that are drawn");
ABSL_FLAG(size_t, cases, 250, "errors of one kind in one set, at most");
ABSL_FLAG(size_t, show, 0, "claims to print that were judged wrongly, of each kind");
ABSL_FLAG(std::string, json, "", "file for what was measured; empty: none");
ABSL_FLAG(std::string, report, "", "file for a page of tables and plots, HTML; empty: none");

namespace bedside {
namespace {

// Prints the first --show claims of each kind.
class WronglyJudgedPrinter {
 public:
  void Print(const WronglyJudged& judged) {
    if (shown_[std::string(judged.kind)]++ >= absl::GetFlag(FLAGS_show)) return;
    std::cout << "--- " << judged.kind << ": " << judged.claim << "\n";
    for (const GroundingIssue& issue : judged.verdict.issues) {
      std::cout << "    " << NameOf(issue.kind) << ": \"" << Part(judged.claim, issue.said) << "\"";
      if (issue.source != 0) std::cout << " against \"" << Part(Source(judged, issue.source), issue.held) << "\"";
      std::cout << "\n";
    }
    for (const CarryingSpan& span : judged.verdict.spans) {
      std::cout << "    at: " << Part(Source(judged, span.source), span.span) << "\n";
    }
  }

 private:
  static std::string Part(const std::string& text, const Span& span) { return text.substr(span.begin, span.size()); }
  static const std::string& Source(const WronglyJudged& judged, int source) {
    return judged.answer.sources[static_cast<size_t>(source) - 1];
  }

  std::map<std::string, size_t> shown_;
};

absl::StatusOr<std::unique_ptr<Embedder>> LoadModel(const std::string& folder) {
  if (folder.empty()) return std::unique_ptr<Embedder>();
  config::EmbedderConfig config;
  config.set_model_path(folder);
  ASSIGN_OR_RETURN(std::unique_ptr<OpenVinoEmbedder> embedder, OpenVinoEmbedder::Create(config));
  return std::unique_ptr<Embedder>(std::move(embedder));
}

absl::Status MeasureAll(ClaimCheckEvaluation* evaluation) {
  if (const std::string path = absl::GetFlag(FLAGS_bioasq); !path.empty()) {
    ASSIGN_OR_RETURN(const std::vector<GroundingAnswer> answers, ReadBioasqAnswers(path));
    evaluation->Measure("BioASQ", answers);
    evaluation->Time(answers);
  }
  if (const std::string path = absl::GetFlag(FLAGS_pubmedqa); !path.empty()) {
    ASSIGN_OR_RETURN(std::vector<GroundingAnswer> answers, ReadPubmedqaAnswers(path));
    evaluation->Measure("PubMedQA", std::move(answers));
  }
  if (const std::string path = absl::GetFlag(FLAGS_guidelines); !path.empty()) {
    ASSIGN_OR_RETURN(std::vector<GroundingAnswer> answers, ReadGuidelineParts(path));
    evaluation->Measure("guidelines", std::move(answers));
  }
  return absl::OkStatus();
}

absl::Status Write(const ClaimCheckResult& result) {
  std::cout << ClaimCheckText(result);
  if (const std::string path = absl::GetFlag(FLAGS_json); !path.empty()) {
    RETURN_IF_ERROR(WriteTextFile(ClaimCheckJson(result), path));
  }
  if (const std::string path = absl::GetFlag(FLAGS_report); !path.empty()) {
    RETURN_IF_ERROR(WriteTextFile(ClaimCheckPage(result), path));
  }
  return absl::OkStatus();
}

absl::Status Run() {
  ClaimCheckOptions options;
  ASSIGN_OR_RETURN(options.half, ParseAnswerHalf(absl::GetFlag(FLAGS_half)));
  options.seed = absl::GetFlag(FLAGS_seed);
  options.most_cases = absl::GetFlag(FLAGS_cases);
  ASSIGN_OR_RETURN(const auto analyzer, LexicalAnalyzer::Create());
  ASSIGN_OR_RETURN(const auto splitter, SentenceSplitter::Create());
  ASSIGN_OR_RETURN(const auto embedder, LoadModel(absl::GetFlag(FLAGS_model)));
  WronglyJudgedPrinter printer;
  ClaimCheckEvaluation evaluation(analyzer.get(), splitter.get(), embedder.get(), options,
                                  [&](const WronglyJudged& judged) { printer.Print(judged); });
  RETURN_IF_ERROR(MeasureAll(&evaluation));
  if (evaluation.result().sets.empty()) {
    return absl::InvalidArgumentError(
        "no claims to check: name answers with --bioasq, --pubmedqa or --guidelines; see --help");
  }
  return Write(evaluation.result());
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "How well claims are checked against their sources: true sentences that are refused, errors made in them that "
      "are caught, and what it costs, with 95 % intervals beside the goals.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "grounding_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
