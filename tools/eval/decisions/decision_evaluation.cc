#include "tools/eval/decisions/decision_evaluation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "index/status/status_macros.h"
#include "tools/eval/answer_metrics.h"
#include "tools/eval/decisions/embedding_recall.h"

namespace bedside {
namespace {

double Milliseconds(const google::protobuf::Duration& duration) {
  return static_cast<double>(google::protobuf::util::TimeUtil::DurationToMicroseconds(duration)) / 1000;
}

QuestionDecision DecisionOf(const std::string& id, const AskedQuestion& asked) {
  QuestionDecision decision;
  decision.id = id;
  decision.outcome = asked.outcome();
  decision.warns_of_emergency = asked.warns_of_emergency();
  decision.relevance = asked.relevance();
  const v1::StageTimings& timings = asked.answer.basis().timings();
  decision.retrieve_ms = Milliseconds(timings.retrieve());
  decision.generate_ms = Milliseconds(timings.generate());
  decision.verify_ms = Milliseconds(timings.verify());
  return decision;
}

bool FirstIsRelevant(const JudgedQuestion& question, const AskedQuestion& asked) {
  const std::string& name = asked.first().document().name();
  const auto judged = question.judgements.find(name.substr(name.rfind('/') + 1));
  return judged != question.judgements.end() && judged->second > 0;
}

}  // namespace

DecisionEvaluation::DecisionEvaluation(const AnswerClient* client, const SentenceSplitter* splitter,
                                       const Embedder* embedder, const DecisionOptions& options, Observer observer)
    : client_(client), splitter_(splitter), embedder_(embedder), options_(options), observer_(std::move(observer)) {
  result_.half = std::string(NameOf(options.half));
  result_.embedder = embedder->id();
}

absl::Status DecisionEvaluation::AskHalved(const AnswerDataset& dataset) {
  result_.kept_documents = dataset.kept_documents;
  result_.removed_documents = dataset.removed_documents;
  result_.left_out_questions = dataset.left_out_questions;
  DecisionGroup answerable{kAnswerable, {}}, unanswerable{kUnanswerable, {}};
  std::vector<Compared> compared;
  for (const AnswerQuestion& question : dataset.questions) {
    DecisionGroup& group = question.unanswerable ? unanswerable : answerable;
    if (!IsAsked(question.question.id, group)) continue;
    ASSIGN_OR_RETURN(const AskedQuestion asked, Ask(question.question.id, question.question.text, &group));
    group.questions.back().first_is_relevant = FirstIsRelevant(question.question, asked);
    if (!question.unanswerable) Keep(question, asked, &compared);
  }
  AddGroup(std::move(answerable));
  AddGroup(std::move(unanswerable));
  return Compare(compared);
}

absl::Status DecisionEvaluation::AskOutside(const std::vector<TopicalQuestion>& questions) {
  DecisionGroup group{kOutside, {}};
  for (const TopicalQuestion& question : questions) {
    const std::string id = absl::StrCat(question.topic, " ", group.questions.size() + 1);
    RETURN_IF_ERROR(Ask(id, question.text, &group).status());
  }
  AddGroup(std::move(group));
  return absl::OkStatus();
}

absl::Status DecisionEvaluation::AskMedical(const EvaluationDataset& dataset) {
  DecisionGroup group{kMedical, {}};
  for (const JudgedQuestion& question : dataset.questions) {
    if (!IsAsked(question.id, group)) continue;
    RETURN_IF_ERROR(Ask(question.id, question.text, &group).status());
  }
  AddGroup(std::move(group));
  return absl::OkStatus();
}

bool DecisionEvaluation::IsAsked(const std::string& id, const DecisionGroup& group) const {
  const bool is_full = options_.most_questions != 0 && group.questions.size() >= options_.most_questions;
  return !is_full && HalfOf(id) == options_.half;
}

absl::StatusOr<AskedQuestion> DecisionEvaluation::Ask(const std::string& id, const std::string& question,
                                                      DecisionGroup* group) {
  ASSIGN_OR_RETURN(AskedQuestion asked, client_->Ask(question));
  group->questions.push_back(DecisionOf(id, asked));
  if (observer_) observer_(group->name, asked, question);
  return asked;
}

void DecisionEvaluation::Keep(const AnswerQuestion& question, const AskedQuestion& asked,
                              std::vector<Compared>* compared) {
  if (question.ideal_answer.empty() || result_.compared_questions == options_.most_compared) return;
  ++result_.compared_questions;
  if (!asked.answer.has_text()) return;
  compared->push_back({question.question.id, question.ideal_answer, asked.text(), asked.first().passage().text()});
}

absl::Status DecisionEvaluation::Compare(const std::vector<Compared>& compared) {
  for (const Compared& one : compared) {
    ASSIGN_OR_RETURN(const std::vector<double> recalls,
                     EmbeddingRecalls(*splitter_, *embedder_, one.ideal, {one.answer, one.passage}));
    result_.coverage.push_back(
        {one.id, BigramRecall(one.ideal, one.answer), BigramRecall(one.ideal, one.passage), recalls[0], recalls[1]});
  }
  return absl::OkStatus();
}

void DecisionEvaluation::AddGroup(DecisionGroup group) {
  if (!group.questions.empty()) result_.groups.push_back(std::move(group));
}

}  // namespace bedside
