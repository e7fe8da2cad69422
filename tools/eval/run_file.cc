#include "tools/eval/run_file.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "index/status/status_macros.h"
#include "nlohmann/json.hpp"
#include "tools/eval/evaluation_summary.h"
#include "tools/eval/text_file.h"

namespace bedside {
namespace {

using Json = nlohmann::ordered_json;

constexpr absl::string_view kFormat = "bedside_eval 1";

Json EstimateJson(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"low", estimate.low}, {"high", estimate.high}};
}

Json SummaryJson(const EvaluationRun& run) {
  const EvaluationSummary summary = Summarise(run);
  Json json = {{"questions", summary.questions},
               {"changed_questions", summary.changed_questions},
               {"degraded_questions", summary.degraded_questions}};
  for (const Metric metric : kAllMetrics)
    json["metrics"][MetricName(metric).data()] = EstimateJson(summary.metric(metric));
  json["latency_ms"] = {{"p50", EstimateJson(summary.latency_ms_p50)},
                        {"p90", EstimateJson(summary.latency_ms_p90)},
                        {"p99", EstimateJson(summary.latency_ms_p99)}};
  return json;
}

// [relevant] or [relevant, relevance]
Json PassageJson(const JudgedPassage& passage) {
  Json json = Json::array({passage.relevant ? 1 : 0});
  if (passage.relevance.has_value()) json.push_back(*passage.relevance);
  return json;
}

Json QuestionJson(const QuestionResult& question) {
  Json json = {{"id", question.id}};
  if (!question.type.empty()) json["type"] = question.type;
  if (question.changed) json["changed"] = true;
  if (question.degraded) json["degraded"] = true;
  for (const Metric metric : kAllMetrics) json[MetricName(metric).data()] = question.metric(metric);
  json["latency_ms"] = question.latency_ms;
  if (question.best_cosine.has_value()) json["best_cosine"] = *question.best_cosine;
  json["stages"] = Json::object();
  for (const Stage stage : kStages) {
    const absl::optional<double>& value = question.stage_ndcg[static_cast<size_t>(stage)];
    if (value.has_value()) json["stages"][StageName(stage).data()] = *value;
  }
  json["passages"] = Json::array();
  for (const JudgedPassage& passage : question.passages) json["passages"].push_back(PassageJson(passage));
  return json;
}

Json GrowthJson(const GrowthPoint& point) {
  return {{"passages", point.passages}, {"first_ms", point.first_ms}, {"again_ms", point.again_ms}};
}

Json RunJson(const EvaluationRun& run) {
  Json json = {{"dataset", run.dataset},
               {"format", run.format},
               {"perturbation", run.perturbation},
               {"settings", run.settings},
               {"generation", run.generation},
               {"model", run.model},
               {"documents", run.documents},
               {"passages", run.passages},
               {"page_size", run.page_size},
               {"ingest_seconds", run.ingest_seconds},
               {"unjudged_questions", run.unjudged_questions},
               {"missing_documents", run.missing_documents},
               {"summary", SummaryJson(run)}};
  if (!run.date.empty()) json["date"] = run.date;
  for (const QuestionResult& question : run.questions) json["questions"].push_back(QuestionJson(question));
  for (const GrowthPoint& point : run.growth) json["growth"].push_back(GrowthJson(point));
  return json;
}

// Reads the members of one object; the first that is wrong is kept as the error.
class Members {
 public:
  Members(const Json& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object.is_object()) Fail("", "an object");
  }

  std::string Text(const char* name) {
    const Json* value = Find(name);
    if (value == nullptr) return "";
    if (!value->is_string()) return Fail(name, "a text"), "";
    return value->get<std::string>();
  }

  bool Flag(const char* name) {
    const Json* value = Find(name);
    if (value != nullptr && !value->is_boolean()) Fail(name, "true or false");
    return value != nullptr && value->is_boolean() && value->get<bool>();
  }

  // Unset when there is none.
  absl::optional<double> Number(const char* name, double least, double most) {
    const Json* value = Find(name);
    if (value == nullptr) return absl::nullopt;
    if (value->is_number() && value->get<double>() >= least && value->get<double>() <= most)
      return value->get<double>();
    Fail(name, absl::StrCat("a number from ", least, " to ", most));
    return absl::nullopt;
  }

  double RequiredNumber(const char* name, double most) {
    const absl::optional<double> value = Number(name, 0, most);
    if (!value.has_value()) Fail(name, "a number");
    return value.value_or(0);
  }

  // An empty one when there is none, or `name` is no array.
  const Json& List(const char* name) {
    static const Json* const kNone = new Json(Json::array());
    const Json* value = Find(name);
    if (value != nullptr && value->is_array()) return *value;
    Fail(name, "a list");
    return *kNone;
  }

  const Json* Find(const char* name) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  void Fail(absl::string_view name, absl::string_view wanted) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(
        absl::StrCat(place_, name.empty() ? "" : ", \"", name, name.empty() ? "" : "\"", ": wanted ", wanted));
  }

  const absl::Status& status() const { return status_; }

 private:
  const Json& object_;
  const std::string place_;
  absl::Status status_;
};

constexpr double kLargest = 1e15;

bool IsShare(const Json& value) { return value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1; }

void ReadPassages(Members* members, QuestionResult* question) {
  for (const Json& entry : members->List("passages")) {
    const bool is_passage = entry.is_array() && !entry.empty() && entry.size() <= 2 && entry[0].is_number() &&
                            (entry.size() == 1 || IsShare(entry[1]));
    if (!is_passage) return members->Fail("passages", "lists of 0 or 1 and a probability");
    question->passages.push_back({entry[0] != 0, absl::nullopt});
    if (entry.size() == 2) question->passages.back().relevance = entry[1].get<double>();
  }
}

void ReadStages(const std::string& place, Members* members, QuestionResult* question) {
  const Json* stages = members->Find("stages");
  if (stages == nullptr) return;
  Members values(*stages, absl::StrCat(place, ", \"stages\""));
  for (const Stage stage : kStages) {
    question->stage_ndcg[static_cast<size_t>(stage)] = values.Number(StageName(stage).data(), 0, 1);
  }
  if (!values.status().ok()) members->Fail("stages", "numbers from 0 to 1");
}

absl::StatusOr<QuestionResult> ReadQuestion(const Json& json, const std::string& place) {
  Members members(json, place);
  QuestionResult question;
  question.id = members.Text("id");
  question.type = members.Text("type");
  question.changed = members.Flag("changed");
  question.degraded = members.Flag("degraded");
  for (const Metric metric : kAllMetrics) {
    question.metrics[static_cast<size_t>(metric)] = members.RequiredNumber(MetricName(metric).data(), 1);
  }
  question.latency_ms = members.RequiredNumber("latency_ms", kLargest);
  question.best_cosine = members.Number("best_cosine", -1.01, 1.01);
  ReadStages(place, &members, &question);
  ReadPassages(&members, &question);
  RETURN_IF_ERROR(members.status());
  return question;
}

absl::Status ReadQuestions(Members* members, const std::string& place, EvaluationRun* run) {
  absl::flat_hash_set<std::string> seen;
  for (const Json& json : members->List("questions")) {
    const std::string here = absl::StrCat(place, ", question ", run->questions.size() + 1);
    ASSIGN_OR_RETURN(QuestionResult question, ReadQuestion(json, here));
    if (!seen.insert(question.id).second) {
      return absl::InvalidArgumentError(absl::StrCat(here, ": its id occurs a second time"));
    }
    run->questions.push_back(std::move(question));
  }
  if (run->questions.empty()) return absl::InvalidArgumentError(absl::StrCat(place, ": wanted questions, got none"));
  return absl::OkStatus();
}

std::vector<double> ReadTimes(Members* members, const char* name) {
  std::vector<double> times;
  for (const Json& entry : members->List(name)) {
    const bool is_time = entry.is_number() && entry.get<double>() >= 0 && entry.get<double>() <= kLargest;
    if (is_time) {
      times.push_back(entry.get<double>());
    } else {
      members->Fail(name, "milliseconds");
    }
  }
  if (times.empty()) members->Fail(name, "milliseconds");
  return times;
}

absl::Status ReadGrowth(Members* members, const std::string& place, EvaluationRun* run) {
  if (members->Find("growth") == nullptr) return absl::OkStatus();
  for (const Json& json : members->List("growth")) {
    Members point(json, absl::StrCat(place, ", growth ", run->growth.size() + 1));
    const int64_t passages = std::llround(point.RequiredNumber("passages", kLargest));
    run->growth.push_back({passages, ReadTimes(&point, "first_ms"), ReadTimes(&point, "again_ms")});
    RETURN_IF_ERROR(point.status());
  }
  return absl::OkStatus();
}

absl::StatusOr<EvaluationRun> ReadRun(const Json& json, const std::string& place) {
  Members members(json, place);
  EvaluationRun run;
  run.dataset = members.Text("dataset");
  run.format = members.Text("format");
  run.perturbation = members.Text("perturbation");
  run.settings = members.Text("settings");
  run.date = members.Text("date");
  run.generation = members.Text("generation");
  run.model = members.Text("model");
  run.documents = std::llround(members.RequiredNumber("documents", kLargest));
  run.passages = std::llround(members.RequiredNumber("passages", kLargest));
  run.page_size = static_cast<int>(members.RequiredNumber("page_size", 1000));
  run.ingest_seconds = members.RequiredNumber("ingest_seconds", kLargest);
  run.unjudged_questions = static_cast<size_t>(members.RequiredNumber("unjudged_questions", kLargest));
  run.missing_documents = static_cast<size_t>(members.RequiredNumber("missing_documents", kLargest));
  const absl::Status questions = ReadQuestions(&members, place, &run);
  const absl::Status growth = ReadGrowth(&members, place, &run);
  RETURN_IF_ERROR(members.status());
  RETURN_IF_ERROR(questions);
  RETURN_IF_ERROR(growth);
  return run;
}

}  // namespace

std::string RunsJson(absl::Span<const EvaluationRun> runs) {
  Json json = {{"written_by", kFormat}, {"runs", Json::array()}};
  for (const EvaluationRun& run : runs) json["runs"].push_back(RunJson(run));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

absl::StatusOr<std::vector<EvaluationRun>> ParseRuns(absl::string_view json) {
  const Json file = Json::parse(json.begin(), json.end(), nullptr, false);
  Members members(file, "the file");
  if (members.Text("written_by") != kFormat) {
    return absl::InvalidArgumentError(
        absl::StrCat("is no result of this bedside_eval: wanted JSON with \"written_by\" \"", kFormat,
                     "\"; write it with bedside_eval --json=FILE"));
  }
  std::vector<EvaluationRun> runs;
  for (const Json& run : members.List("runs")) {
    ASSIGN_OR_RETURN(EvaluationRun read, ReadRun(run, absl::StrCat("run ", runs.size() + 1)));
    runs.push_back(std::move(read));
  }
  RETURN_IF_ERROR(members.status());
  return runs;
}

absl::Status WriteRuns(absl::Span<const EvaluationRun> runs, const std::string& path) {
  return WriteTextFile(RunsJson(runs), path);
}

absl::StatusOr<std::vector<EvaluationRun>> ReadRuns(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.good()) return absl::NotFoundError(absl::StrCat(path, " cannot be opened"));
  std::ostringstream text;
  text << file.rdbuf();
  absl::StatusOr<std::vector<EvaluationRun>> runs = ParseRuns(text.str());
  if (runs.ok()) return runs;
  return absl::Status(runs.status().code(), absl::StrCat(path, ": ", runs.status().message()));
}

}  // namespace bedside
