// How much two short lists have in common, whatever their order.
#ifndef BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_LIST_OVERLAP_H_
#define BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_LIST_OVERLAP_H_

#include <string>
#include <vector>

namespace bedside {

struct ListOverlap {
  // Of the longer list, how much stands in both: 0 to 1; 1 where both are empty.
  double share = 1;
  // In their order.
  std::vector<std::string> only_first;
  std::vector<std::string> only_second;
};

// REQUIRES: no list holds anything twice
ListOverlap OverlapOf(const std::vector<std::string>& first, const std::vector<std::string>& second);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_DEMOGRAPHICS_LIST_OVERLAP_H_
