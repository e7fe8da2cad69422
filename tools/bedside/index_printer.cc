#include "tools/bedside/index_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "ingest/pipeline/report_text.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

std::string CreationText(const v1::Generation& generation) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(generation.create_time().seconds()),
                          absl::UTCTimeZone());
}

std::string PassagesText(const v1::DocumentDifference& difference) {
  switch (difference.kind()) {
    case v1::DOCUMENT_DIFFERENCE_KIND_ADDED:
      return absl::StrCat(difference.other_passages(), " passages");
    case v1::DOCUMENT_DIFFERENCE_KIND_REMOVED:
      return absl::StrCat(difference.base_passages(), " passages");
    default:
      return absl::StrCat(difference.base_passages(), " passages, now ", difference.other_passages());
  }
}

void PrintFollowing(const v1::FollowState& state, const Console& console) {
  const double lag = static_cast<double>(state.lag().seconds()) + state.lag().nanos() / 1e9;
  *console.out << "Follows    a store or a cluster that others write, seen " << absl::StrFormat("%.1f", lag)
               << " s ago at write " << state.last_write() << "\n";
  if (state.problem().empty()) return;
  *console.out << Wrapped(absl::StrCat("It cannot follow: ", state.problem()), "Warning    ", "           ",
                          console.width);
}

std::string SameText(bool same) { return same ? "the same" : "different"; }

}  // namespace

void PrintGeneration(const v1::Generation& generation, const Console& console) {
  const bool active = generation.state() == v1::GENERATION_STATE_ACTIVE;
  const std::string state = EnumLabel(v1::GenerationState_Name(generation.state()), "GENERATION_STATE_");
  *console.out << "  " << OneLine(generation.name()) << "  "
               << (active ? Emphasised(console, Emphasis::kGood, state) : state) << "\n"
               << Wrapped(absl::StrCat(CreationText(generation), " · ", Grouped(generation.documents()),
                                       " documents · ", Grouped(generation.passages()), " passages · ",
                                       HumanBytes(generation.size_bytes()), " · ",
                                       generation.vector_index().empty() ? "in a cluster" : generation.vector_index(),
                                       " · ", generation.embedder(), " (", generation.dimension(), " dimensions)"),
                          "    ", "    ", console.width);
}

void PrintComparison(const v1::CompareGenerationsResponse& comparison, const Console& console) {
  PrintGeneration(comparison.base(), console);
  PrintGeneration(comparison.other(), console);
  *console.out << "Settings   " << SameText(comparison.same_settings()) << "\n"
               << "Model      " << SameText(comparison.same_embedder()) << "\n"
               << "Documents  " << Grouped(comparison.documents_added()) << " added, "
               << Grouped(comparison.documents_removed()) << " removed, " << Grouped(comparison.documents_changed())
               << " changed, " << Grouped(comparison.documents_unchanged()) << " unchanged\n"
               << "Passages   " << Grouped(comparison.base().passages()) << ", now "
               << Grouped(comparison.other().passages()) << "\n";
  for (const v1::DocumentDifference& difference : comparison.differences()) {
    const std::string kind = EnumLabel(v1::DocumentDifferenceKind_Name(difference.kind()), "DOCUMENT_DIFFERENCE_KIND_");
    *console.out << "  " << kind << "  " << OneLine(difference.document()) << "  " << PassagesText(difference) << "\n";
  }
  if (!comparison.next_page_token().empty()) {
    *console.out << "  and more: --page-token=" << comparison.next_page_token() << "\n";
  }
}

void PrintIndex(const v1::Index& index, const Console& console) {
  *console.out << "Serving    " << OneLine(index.active_generation()) << "\n"
               << "Change     " << index.change_sequence() << "\n"
               << "In force   " << Grouped(index.documents_in_force()) << " documents\n";
  if (!index.fallback_reason().empty()) {
    *console.out << Wrapped(absl::StrCat("It serves in place of a damaged one: ", index.fallback_reason()),
                            "Warning    ", "           ", console.width);
  }
  if (index.has_follow()) PrintFollowing(index.follow(), console);
  *console.out << "\n";
}

void PrintGenerations(const v1::ListGenerationsResponse& generations, const Console& console) {
  *console.out << Emphasised(console, Emphasis::kStrong, "Generations") << "\n";
  for (const v1::Generation& generation : generations.generations()) PrintGeneration(generation, console);
  if (!generations.next_page_token().empty()) *console.out << "  and older ones\n";
}

}  // namespace bedside
