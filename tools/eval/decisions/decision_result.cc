#include "tools/eval/decisions/decision_result.h"

#include "absl/algorithm/container.h"

namespace bedside {

const DecisionGroup* FindGroup(const DecisionResult& result, const std::string& name) {
  const auto group = absl::c_find_if(result.groups, [&](const DecisionGroup& group) { return group.name == name; });
  return group == result.groups.end() ? nullptr : &*group;
}

size_t CountAbstained(const DecisionGroup& group) {
  return static_cast<size_t>(
      absl::c_count_if(group.questions, [](const QuestionDecision& question) { return !question.answered(); }));
}

}  // namespace bedside
