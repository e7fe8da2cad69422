#include "index/interaction/late_interaction.h"

#include <algorithm>
#include <numeric>

#include "absl/types/span.h"
#include "index/interaction/code_blocks.h"
#include "index/interaction/token_codes.h"

namespace bedside {
namespace {

double MeanOf(absl::Span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

LateInteraction::LateInteraction(const QuestionTokens& question) : question_(&question) {
  for (size_t token = 0; token < question.tokens(); ++token) levels_.Add(question.levels(token));
}

// A product of levels and a code is what it is at most, less twice what is between them.
std::vector<double> LateInteraction::Cosines(absl::string_view codes) const {
  const double most = LevelTables::kTopLevel * static_cast<double>(question_->dimension());
  const CodeBlocks blocks(codes, CodeBytes(question_->dimension()));
  std::vector<double> cosines;
  for (size_t token = 0; token < question_->tokens(); ++token) {
    cosines.push_back(question_->scale(token) * (most - 2 * static_cast<double>(levels_.Closest(token, blocks))));
  }
  return cosines;
}

Interaction LateInteraction::With(absl::string_view codes) const {
  if (question_->empty() || codes.empty()) return {};
  std::vector<double> cosines = Cosines(codes);
  Interaction interaction;
  interaction.mean = MeanOf(cosines);
  const size_t weakest = std::min(kWeakest, cosines.size());
  std::partial_sort(cosines.begin(), cosines.begin() + static_cast<std::ptrdiff_t>(weakest), cosines.end());
  interaction.weakest = MeanOf(absl::MakeConstSpan(cosines).first(weakest));
  return interaction;
}

}  // namespace bedside
