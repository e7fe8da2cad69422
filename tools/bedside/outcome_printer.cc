#include "tools/bedside/outcome_printer.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ingest/pipeline/report_text.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// All days of a rule.
struct Total {
  int64_t shown = 0, accepted = 0, overridden = 0, unseen = 0, pending = 0;
  // By code system and code.
  std::map<std::pair<std::string, std::string>, int64_t> reasons;
};

void AddTo(const v1::RuleOutcomes& outcomes, Total* total) {
  total->shown += outcomes.shown();
  total->accepted += outcomes.accepted();
  total->overridden += outcomes.overridden();
  total->unseen += outcomes.unseen();
  total->pending += outcomes.pending();
  for (const v1::OverrideCount& reason : outcomes.reasons()) {
    total->reasons[{reason.system(), reason.code()}] += reason.count();
  }
}

}  // namespace

void PrintOutcomes(const std::vector<v1::RuleOutcomes>& outcomes, const Console& console) {
  std::map<std::string, Total> totals;
  for (const v1::RuleOutcomes& one : outcomes) AddTo(one, &totals[one.rule()]);
  if (totals.empty()) *console.out << "No card was shown.\n";
  for (const auto& [rule, total] : totals) {
    *console.out << OneLine(rule) << "  shown " << Grouped(total.shown) << " · accepted " << Grouped(total.accepted)
                 << " · overridden " << Grouped(total.overridden) << " · unseen " << Grouped(total.unseen)
                 << " · not decided yet " << Grouped(total.pending) << "\n";
    std::string reasons;
    for (const auto& [reason, count] : total.reasons) {
      absl::StrAppend(&reasons, reasons.empty() ? "  overridden because: " : ", ", OneLine(reason.second), " (", count,
                      ")");
    }
    if (!reasons.empty()) *console.out << reasons << "\n";
  }
}

}  // namespace bedside
