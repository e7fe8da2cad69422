// How well the service decides whether to answer, and how much of what experts answer its extractive answers hold,
// measured through the real programs on BioASQ with all relevant passages of half of the questions taken out. See the
// flags. The same build, data and flags print the same.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "index/status/status_macros.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "proto/bedside/v1/answer_service.grpc.pb.h"
#include "proto/bedside/v1/evidence_service.grpc.pb.h"
#include "tools/client/server_channel.h"
#include "tools/eval/answer_metrics.h"
#include "tools/eval/answer_questions.h"
#include "tools/eval/dataset_reader.h"
#include "tools/eval/grounding_answers.h"
#include "tools/eval/program_path.h"
#include "tools/eval/served_dataset.h"

ABSL_FLAG(std::string, bioasq, "", "folder of bioasq-dev");
ABSL_FLAG(std::string, outside, "tools/eval/outside_medicine.tsv", "questions from outside medicine");
ABSL_FLAG(std::string, medical, "", "a dataset of other medical questions, as bedside_eval reads it; empty: none");
ABSL_FLAG(std::string, half, "development", "development, reported");
ABSL_FLAG(std::string, config, "samples/server.textproto", "configuration of the server that is measured");
ABSL_FLAG(std::string, store, "", "folder for the store; what it holds from an earlier run is used again");
ABSL_FLAG(std::string, bin_dir, "", "folder of bedside_ingest and bedside_server; empty: of this build");
ABSL_FLAG(size_t, questions, 0, "questions of each set, at most; 0: all");
ABSL_FLAG(size_t, coverage_questions, 300, "answerable questions whose answers are compared with those of experts");
ABSL_FLAG(bool, print, false, "a line for every question: set, outcome, relevance, cosine, question");

namespace bedside {
namespace {

constexpr char kCorpus[] = "corpora/default";

struct Asked {
  v1::Answer answer;
  // Of what a search finds first; no text where it finds nothing.
  v1::SearchHit first;

  double relevance() const { return first.has_relevance() ? first.relevance() : first.stages().dense_score(); }
  // "answered", or the reason.
  std::string outcome() const {
    return answer.has_text() ? "answered" : v1::AbstentionReason_Name(answer.abstention().reason());
  }
  bool warns_of_emergency() const {
    return absl::c_any_of(answer.basis().warnings(), [](const v1::AnswerWarning& warning) {
      return warning.kind() == v1::WARNING_KIND_TIME_CRITICAL;
    });
  }
  std::string text() const {
    std::string text;
    for (const v1::AnswerSentence& sentence : answer.text().sentences()) absl::StrAppend(&text, sentence.text(), "\n");
    return text;
  }
};

class Client {
 public:
  explicit Client(const std::string& address) {
    const std::shared_ptr<grpc::Channel> channel = ServerChannel(address);
    answers_ = v1::AnswerService::NewStub(channel);
    evidence_ = v1::EvidenceService::NewStub(channel);
  }

  absl::StatusOr<Asked> Ask(const std::string& question) const {
    Asked asked;
    grpc::ClientContext answer_context;
    answer_context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(1)));
    v1::AnswerRequest request;
    request.set_parent(kCorpus);
    request.set_question(question);
    v1::AnswerResponse response;
    RETURN_IF_ERROR(StatusOf(answers_->Answer(&answer_context, request, &response)));
    asked.answer = std::move(*response.mutable_answer());
    grpc::ClientContext search_context;
    search_context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(1)));
    v1::SearchRequest search;
    search.set_parent(kCorpus);
    search.set_query(question);
    search.set_page_size(1);
    v1::SearchResponse found;
    RETURN_IF_ERROR(StatusOf(evidence_->Search(&search_context, search, &found)));
    if (found.hits_size() > 0) asked.first = std::move(*found.mutable_hits(0));
    return asked;
  }

 private:
  std::unique_ptr<v1::AnswerService::Stub> answers_;
  std::unique_ptr<v1::EvidenceService::Stub> evidence_;
};

std::string Percent(double count, size_t of) {
  return absl::StrFormat("%5.1f %% (%.0f of %d)", of == 0 ? 0.0 : 100.0 * count / static_cast<double>(of), count, of);
}

// The outcomes of a set of questions.
class Outcomes {
 public:
  explicit Outcomes(std::string name) : name_(std::move(name)) {}

  void Add(const Asked& asked, const std::string& question) {
    ++count_;
    ++by_outcome_[asked.outcome()];
    emergencies_ += asked.warns_of_emergency() ? 1 : 0;
    if (!absl::GetFlag(FLAGS_print)) return;
    std::cout << name_ << "\t" << asked.outcome() << "\t"
              << absl::StrFormat("%.4f\t%.4f", asked.relevance(), asked.first.stages().dense_score()) << "\t"
              << question << "\n";
  }

  void Print() const {
    const auto answered = by_outcome_.find("answered");
    const size_t abstained = count_ - (answered == by_outcome_.end() ? 0 : answered->second);
    std::cout << absl::StrFormat("%-14s abstained %s\n", name_, Percent(static_cast<double>(abstained), count_));
    for (const auto& [outcome, count] : by_outcome_) {
      std::cout << absl::StrFormat("  %-42s %s\n", outcome, Percent(static_cast<double>(count), count_));
    }
    std::cout << absl::StrFormat("  %-42s %s\n", "with a warning of an emergency",
                                 Percent(static_cast<double>(emergencies_), count_));
  }

 private:
  std::string name_;
  size_t count_ = 0;
  size_t emergencies_ = 0;
  std::map<std::string, size_t> by_outcome_;
};

bool IsFull(size_t count) {
  const size_t most = absl::GetFlag(FLAGS_questions);
  return most != 0 && count >= most;
}

bool IsOfHalf(const std::string& id) {
  return (HalfOf(id) == AnswerHalf::kReported) == (absl::GetFlag(FLAGS_half) == "reported");
}

bool FirstIsRelevant(const AnswerQuestion& question, const Asked& asked) {
  const std::string& name = asked.first.document().name();
  const auto judged = question.question.judgements.find(name.substr(name.rfind('/') + 1));
  return judged != question.question.judgements.end() && judged->second > 0;
}

class Evaluation {
 public:
  explicit Evaluation(const std::string& address) : client_(address) {}

  absl::Status RunHalved(const AnswerDataset& dataset) {
    Outcomes answerable("answerable"), unanswerable("unanswerable");
    size_t counts[2] = {};
    for (const AnswerQuestion& question : dataset.questions) {
      if (!IsOfHalf(question.question.id) || IsFull(counts[question.unanswerable])) continue;
      ++counts[question.unanswerable];
      ASSIGN_OR_RETURN(const Asked asked, client_.Ask(question.question.text));
      (question.unanswerable ? unanswerable : answerable).Add(asked, question.question.text);
      Score(question, asked);
      if (!question.unanswerable) Compare(question, asked);
    }
    answerable.Print();
    unanswerable.Print();
    PrintScores();
    PrintCoverage();
    return absl::OkStatus();
  }

  absl::Status RunOutside(const std::vector<TopicalQuestion>& questions) {
    Outcomes outside("outside");
    for (const TopicalQuestion& question : questions) {
      ASSIGN_OR_RETURN(const Asked asked, client_.Ask(question.text));
      outside.Add(asked, question.text);
    }
    outside.Print();
    return absl::OkStatus();
  }

  absl::Status RunMedical(const EvaluationDataset& dataset) {
    Outcomes medical("medical");
    size_t count = 0;
    for (const JudgedQuestion& question : dataset.questions) {
      if (!IsOfHalf(question.id) || IsFull(count)) continue;
      ++count;
      ASSIGN_OR_RETURN(const Asked asked, client_.Ask(question.text));
      medical.Add(asked, question.text);
    }
    medical.Print();
    return absl::OkStatus();
  }

 private:
  void Score(const AnswerQuestion& question, const Asked& asked) {
    (question.unanswerable ? without_ : with_).push_back(asked.relevance());
    (question.unanswerable ? decided_without_ : decided_with_)
        .push_back(asked.answer.has_text() ? asked.relevance() : 0);
    risks_.push_back({asked.relevance(), !FirstIsRelevant(question, asked)});
  }

  // How much of the ideal answer the answer and the first passage hold.
  void Compare(const AnswerQuestion& question, const Asked& asked) {
    if (question.ideal_answer.empty() || compared_ == absl::GetFlag(FLAGS_coverage_questions)) return;
    ++compared_;
    if (!asked.answer.has_text()) return;
    ++answered_;
    by_answer_ += BigramRecall(question.ideal_answer, asked.text());
    by_passage_ += BigramRecall(question.ideal_answer, asked.first.passage().text());
  }

  void PrintScores() const {
    if (with_.empty() || without_.empty()) return;
    std::cout << absl::StrFormat("AUROC, answerable above unanswerable: by relevance of the best passage %.3f, ",
                                 AreaUnderRoc(with_, without_))
              << absl::StrFormat("0 where it abstained %.3f\n", AreaUnderRoc(decided_with_, decided_without_))
              << absl::StrFormat("area under the risk-coverage curve, first passage relevant: %.3f\n",
                                 AreaUnderRiskCoverage(risks_));
  }

  void PrintCoverage() const {
    const auto answered = static_cast<double>(answered_);
    if (answered_ == 0 || by_passage_ == 0) return;
    std::cout << absl::StrFormat(
                     "ROUGE-2 recall of ideal answers, %d answered of %d: answer %.3f, first passage %.3f, ", answered_,
                     compared_, by_answer_ / answered, by_passage_ / answered)
              << absl::StrFormat("%.2f times\n", by_answer_ / by_passage_);
  }

  Client client_;
  // Relevance of the best passage of answerable and unanswerable questions; and 0 where there was no answer.
  std::vector<double> with_, without_, decided_with_, decided_without_;
  std::vector<ScoredOutcome> risks_;
  size_t compared_ = 0;
  size_t answered_ = 0;
  double by_answer_ = 0;
  double by_passage_ = 0;
};

absl::StatusOr<std::unique_ptr<ServedDataset>> Serve(const std::string& folder, const std::string& corpus_path) {
  ServedDatasetOptions options;
  RETURN_IF_ERROR(ReadTextprotoConfig(absl::GetFlag(FLAGS_config), &options.config));
  ASSIGN_OR_RETURN(options.ingest_program, ProgramPath(absl::GetFlag(FLAGS_bin_dir), "ingest", "bedside_ingest"));
  ASSIGN_OR_RETURN(options.server_program, ProgramPath(absl::GetFlag(FLAGS_bin_dir), "services", "bedside_server"));
  options.folder = folder;
  options.corpus_path = corpus_path;
  return ServedDataset::Create(options);
}

absl::Status Run() {
  const std::string folder = absl::GetFlag(FLAGS_store);
  const bool reported = absl::GetFlag(FLAGS_half) == "reported";
  if (folder.empty()) return absl::InvalidArgumentError("--store: name a folder that exists");
  const std::string corpus_path = folder + "/halved.jsonl";
  ASSIGN_OR_RETURN(const AnswerDataset dataset, ReadHalvedDataset(absl::GetFlag(FLAGS_bioasq), corpus_path));
  ASSIGN_OR_RETURN(const auto outside, ReadTopicalQuestions(absl::GetFlag(FLAGS_outside), !reported));
  ASSIGN_OR_RETURN(const auto server, Serve(folder, corpus_path));
  std::cout << absl::GetFlag(FLAGS_half) << " half; " << dataset.kept_documents << " documents, "
            << dataset.removed_documents
            << " taken out; left out, since others took all of theirs: " << dataset.left_out_questions
            << " questions\n";
  Evaluation evaluation(server->address());
  RETURN_IF_ERROR(evaluation.RunHalved(dataset));
  RETURN_IF_ERROR(evaluation.RunOutside(outside));
  if (absl::GetFlag(FLAGS_medical).empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const EvaluationDataset medical, ReadDataset(absl::GetFlag(FLAGS_medical), folder));
  return evaluation.RunMedical(medical);
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("How well the service decides whether to answer. See the flags.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = bedside::Run();
  if (status.ok()) return 0;
  std::cerr << "answer_eval: " << status.message() << "\n";
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ? 2 : 1;
}
