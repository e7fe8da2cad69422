#include "ingest/gate/gold_question_gate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "index/retrieval/ranking_metrics.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kFirstDocuments = 10;
constexpr size_t kMaxMissedLines = 100;
constexpr double kDefaultRelativeLoss = 0.05;
constexpr double kDefaultRelevance = 0.70;
constexpr char kReportType[] = "type.googleapis.com/bedside.v1.GateReport";

// The first documents of a ranking, each at its first passage.
struct FirstDocuments {
  std::vector<std::string> ids;
  // Passages of the ranking up to the last of them.
  size_t passages = 0;
};

FirstDocuments FirstOf(const Ranking& ranking) {
  const Generation& generation = ranking.view->generation();
  FirstDocuments first;
  for (const RankedPassage& ranked : ranking.passages) {
    const size_t index = generation.DocumentOf(ranked.fused.passage);
    const std::string& id = generation.documents().entry(index).id();
    const bool is_new = std::find(first.ids.begin(), first.ids.end(), id) == first.ids.end();
    if (is_new && first.ids.size() == kFirstDocuments) break;
    if (is_new) first.ids.push_back(id);
    ++first.passages;
  }
  return first;
}

v1::GateMeasures MeasuresOf(const GoldQuestion& question, const std::vector<std::string>& found) {
  v1::GateMeasures measures;
  measures.set_recall_at_10(RecallAt(kFirstDocuments, found, question.documents));
  measures.set_ndcg_at_10(NdcgAt(kFirstDocuments, found, question.documents));
  return measures;
}

std::string Failure(absl::string_view measure, absl::string_view bound, double wanted, double got) {
  return absl::StrFormat("%s: wanted %s %.4f, got %.4f", measure, bound, wanted, got);
}

void CheckLeast(absl::string_view measure, double least, double got, v1::GateReport* report) {
  if (got < least) report->add_failures(Failure(measure, "at least", least, got));
}

absl::Status StatusOf(const v1::GateReport& report, const std::string& generation) {
  std::string message = absl::StrCat("the gate of publication did not let generation ", generation,
                                     " serve, and what served goes on: ", absl::StrJoin(report.failures(), "; "));
  if (report.missed_lines_size() > 0) {
    absl::StrAppend(&message, "; nothing was found of the gold questions in lines ",
                    absl::StrJoin(report.missed_lines(), ", "));
  }
  absl::StrAppend(&message, ". Mend sources or settings; to publish all the same, skip the gate.");
  absl::Status status = absl::FailedPreconditionError(message);
  status.SetPayload(kReportType, absl::Cord(report.SerializeAsString()));
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<GoldQuestionGate>> GoldQuestionGate::Create(
    const EvidenceEngine* engine, const Retriever* retriever, const config::PublicationGateConfig& config) {
  std::vector<GoldQuestion> questions;
  if (!config.questions_path().empty()) {
    ASSIGN_OR_RETURN(questions, ReadGoldQuestions(config.questions_path()));
  }
  return std::unique_ptr<GoldQuestionGate>(new GoldQuestionGate(engine, retriever, config, std::move(questions)));
}

absl::StatusOr<v1::GateReport> GoldQuestionGate::Check(const storage::Manifest& generation, const GoOn& go_on) const {
  ASSIGN_OR_RETURN(const View view, engine_->OpenBeside(generation));
  v1::GateReport report;
  RETURN_IF_ERROR(WarmUp(view, go_on, &report));
  if (!questions_.empty()) RETURN_IF_ERROR(AskGoldQuestions(view, go_on, &report));
  if (report.failures().empty()) return report;
  return StatusOf(report, generation.generation());
}

absl::StatusOr<Ranking> GoldQuestionGate::Ask(const View& view, const std::string& question) const {
  RetrievalRequest request;
  request.corpus = view->generation().manifest().corpus();
  request.question = question;
  request.view = view;
  return retriever_->Retrieve(request);
}

absl::Status GoldQuestionGate::WarmUp(const View& view, const GoOn& go_on, v1::GateReport* report) const {
  for (const std::string& question : config_.warm_up_questions()) {
    RETURN_IF_ERROR(go_on());
    ASSIGN_OR_RETURN(const Ranking ranking, Ask(view, question));
    report->set_warm_up_questions(report->warm_up_questions() + 1);
    if (ranking.degraded.empty()) continue;
    report->add_failures(absl::StrCat("warm-up question ", report->warm_up_questions(), ": wanted all of the search, ",
                                      absl::StrJoin(ranking.degraded, " and "), " did not answer"));
  }
  return absl::OkStatus();
}

absl::Status GoldQuestionGate::AskGoldQuestions(const View& view, const GoOn& go_on, v1::GateReport* report) const {
  std::vector<int> missed;
  ASSIGN_OR_RETURN(*report->mutable_measured(), Measure(view, go_on, &missed));
  report->set_questions(static_cast<int32_t>(questions_.size()));
  missed.resize(std::min(missed.size(), kMaxMissedLines));
  for (int line : missed) report->add_missed_lines(line);
  const absl::StatusOr<View> serving = engine_->View(view->generation().manifest().corpus());
  if (serving.ok() && (*serving)->embedder() == view->embedder()) {
    ASSIGN_OR_RETURN(*report->mutable_serving(), Measure(*serving, go_on, &missed));
  }
  Judge(report);
  return absl::OkStatus();
}

absl::StatusOr<v1::GateMeasures> GoldQuestionGate::Measure(const View& view, const GoOn& go_on,
                                                           std::vector<int>* missed) const {
  double recall = 0, ndcg = 0, abstentions = 0;
  for (const GoldQuestion& question : questions_) {
    RETURN_IF_ERROR(go_on());
    ASSIGN_OR_RETURN(const Ranking ranking, Ask(view, question.text));
    const FirstDocuments first = FirstOf(ranking);
    const v1::GateMeasures of_question = MeasuresOf(question, first.ids);
    recall += of_question.recall_at_10();
    ndcg += of_question.ndcg_at_10();
    if (of_question.recall_at_10() == 0) missed->push_back(question.line);
    if (!IsAnswered(ranking, first.passages)) ++abstentions;
  }
  const double count = static_cast<double>(questions_.size());
  v1::GateMeasures means;
  means.set_recall_at_10(recall / count);
  means.set_ndcg_at_10(ndcg / count);
  means.set_abstention_rate(abstentions / count);
  return means;
}

bool GoldQuestionGate::IsAnswered(const Ranking& ranking, size_t passages) const {
  const double least = config_.has_min_relevance() ? config_.min_relevance() : kDefaultRelevance;
  return std::any_of(ranking.passages.begin(), ranking.passages.begin() + static_cast<std::ptrdiff_t>(passages),
                     [&](const RankedPassage& ranked) {
                       if (ranked.judged.has_value()) return ranked.judged->bears_on_question;
                       return ranked.fused.dense.has_value() && ranked.fused.dense->score >= least;
                     });
}

void GoldQuestionGate::Judge(v1::GateReport* report) const {
  const v1::GateMeasures& measured = report->measured();
  CheckLeast("recall at 10", config_.min_recall_at_10(), measured.recall_at_10(), report);
  CheckLeast("nDCG at 10", config_.min_ndcg_at_10(), measured.ndcg_at_10(), report);
  if (config_.has_max_abstention_rate() && measured.abstention_rate() > config_.max_abstention_rate()) {
    report->add_failures(
        Failure("abstention rate", "at most", config_.max_abstention_rate(), measured.abstention_rate()));
  }
  if (!report->has_serving()) return;
  const double kept = 1 - (config_.has_max_relative_loss() ? config_.max_relative_loss() : kDefaultRelativeLoss);
  const v1::GateMeasures& serving = report->serving();
  CheckLeast("recall at 10 beside what serves", kept * serving.recall_at_10(), measured.recall_at_10(), report);
  CheckLeast("nDCG at 10 beside what serves", kept * serving.ndcg_at_10(), measured.ndcg_at_10(), report);
}

}  // namespace bedside
