#include "tools/bedside/search_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/explanation_printer.h"
#include "tools/bedside/interpretation_printer.h"
#include "tools/bedside/source_printer.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

// "score 0.812 · lexical 14.20 (rank 3) · dense 0.780 (rank 1)"
std::string ScoreText(const v1::SearchHit& hit) {
  std::string text = absl::StrFormat("score %.3f", hit.score());
  const v1::StageScores& stages = hit.stages();
  if (stages.has_lexical_rank()) {
    absl::StrAppendFormat(&text, " · lexical %.2f (rank %d)", stages.lexical_score(), stages.lexical_rank());
  }
  if (stages.has_dense_rank()) {
    absl::StrAppendFormat(&text, " · dense %.3f (rank %d)", stages.dense_score(), stages.dense_rank());
  }
  return text;
}

void PrintHit(const v1::SearchHit& hit, int rank, const Console& console) {
  const std::string label = absl::StrFormat("%2d. ", rank);
  const std::string indent(label.size(), ' ');
  PrintSource(hit.document(), label, console);
  *console.out << Wrapped(PlaceText(hit.passage()), indent, indent, console.width)
               << Wrapped(hit.passage().text(), absl::StrCat(indent, "  "), absl::StrCat(indent, "  "), console.width)
               << Emphasised(console, Emphasis::kFaint,
                             absl::StrCat(indent, ScoreText(hit), "\n",
                                          hit.has_explanation() ? ExplanationText(hit, indent, console.width) : "",
                                          indent, OneLine(hit.passage().name()), "\n"))
               << "\n";
}

}  // namespace

void PrintSearch(const v1::SearchResponse& response, const Console& console) {
  if (response.hits_size() == 0) *console.out << "Nothing found. Try other words, or fewer filters.\n\n";
  for (int i = 0; i < response.hits_size(); ++i) PrintHit(response.hits(i), i + 1, console);
  PrintInterpretation(response.interpretation(), console);
  if (response.degraded_size() > 0) {
    const std::string paths = absl::StrJoin(response.degraded(), ", ");
    *console.out << Emphasised(console, Emphasis::kWarning,
                               Wrapped(absl::StrCat("not available: ", paths), "Note: ", "      ", console.width));
  }
  *console.out << Emphasised(
      console, Emphasis::kFaint,
      absl::StrCat(response.view().generation(), " · change ", response.view().change_sequence(), "\n"));
  if (!response.next_page_token().empty()) {
    *console.out << "There is more: --page-token=" << response.next_page_token() << "\n";
  }
}

}  // namespace bedside
