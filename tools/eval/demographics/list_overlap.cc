#include "tools/eval/demographics/list_overlap.h"

#include <algorithm>

namespace bedside {
namespace {

std::vector<std::string> OnlyIn(const std::vector<std::string>& list, const std::vector<std::string>& other) {
  std::vector<std::string> only;
  for (const std::string& entry : list) {
    if (std::find(other.begin(), other.end(), entry) == other.end()) only.push_back(entry);
  }
  return only;
}

}  // namespace

ListOverlap OverlapOf(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  ListOverlap overlap;
  overlap.only_first = OnlyIn(first, second);
  overlap.only_second = OnlyIn(second, first);
  const size_t longer = std::max(first.size(), second.size());
  if (longer == 0) return overlap;
  const size_t common = first.size() - overlap.only_first.size();
  overlap.share = static_cast<double>(common) / static_cast<double>(longer);
  return overlap;
}

}  // namespace bedside
