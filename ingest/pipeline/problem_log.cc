#include "ingest/pipeline/problem_log.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

void RepairUtf8(std::string* text) {
  if (!IsValidUtf8(*text)) *text = CanonicalText(*text);
}

}  // namespace

v1::JobProblem DocumentProblem(absl::string_view source, absl::string_view document_id, std::string reason,
                               bool warning) {
  v1::JobProblem problem;
  problem.set_source(source.data(), source.size());
  problem.set_location(absl::StrCat("document ", document_id));
  problem.set_reason(std::move(reason));
  problem.set_warning(warning);
  return problem;
}

void ProblemLog::Add(v1::JobProblem problem) {
  ++(problem.warning() ? warnings_ : problems_);
  std::vector<v1::JobProblem>& kept = problem.warning() ? kept_warnings_ : kept_problems_;
  if (kept.size() == kMaxKept) return;
  for (std::string* text : {problem.mutable_source(), problem.mutable_location(), problem.mutable_reason()}) {
    RepairUtf8(text);
  }
  kept.push_back(std::move(problem));
}

void ProblemLog::Report(v1::JobReport* report) const {
  report->mutable_counts()->set_problems(problems_);
  report->mutable_counts()->set_warnings(warnings_);
  for (const auto* kept : {&kept_problems_, &kept_warnings_}) {
    for (const v1::JobProblem& problem : *kept) {
      if (report->problems_size() < kMaxKept) *report->add_problems() = problem;
    }
  }
}

}  // namespace bedside
