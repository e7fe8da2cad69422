#include "tools/bedside/replay_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tools/bedside/answer_printer.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

absl::string_view TextOf(v1::ReplayedText text) {
  switch (text) {
    case v1::REPLAYED_TEXT_SAME:
      return "the same byte for byte";
    case v1::REPLAYED_TEXT_DIFFERENT:
      return "other bytes than it was: the store is damaged";
    case v1::REPLAYED_TEXT_GONE:
      return "its text is not in the store any more";
    case v1::REPLAYED_TEXT_WITHHELD:
      return "its document was deleted";
    default:
      return "nothing is known of its text";
  }
}

std::string ChangeOf(int change, const v1::ReplayedEvidence& evidence) {
  switch (change) {
    case v1::EVIDENCE_CHANGE_STATUS: {
      const std::string status = EnumLabel(v1::DocumentStatus_Name(evidence.status()), "DOCUMENT_STATUS_");
      return absl::StrCat("; its document is ", status, " now", evidence.status_reason().empty() ? "" : ": ",
                          evidence.status_reason());
    }
    case v1::EVIDENCE_CHANGE_REPLACED:
      return "; the corpus has another version of its document";
    case v1::EVIDENCE_CHANGE_LEFT_CORPUS:
      return "; the corpus does not have its document any more";
    default:
      return "; it has changed in a way that this version does not know";
  }
}

void PrintPiece(const v1::ReplayedEvidence& evidence, const Console& console) {
  std::string line(TextOf(evidence.text()));
  for (const int change : evidence.changes()) absl::StrAppend(&line, ChangeOf(change, evidence));
  const std::string label = absl::StrCat("[", evidence.evidence_number(), "] ");
  const bool same = evidence.text() == v1::REPLAYED_TEXT_SAME && evidence.changes().empty();
  *console.out << Emphasised(console, same ? Emphasis::kGood : Emphasis::kWarning,
                             Wrapped(line, label, std::string(label.size(), ' '), console.width));
}

}  // namespace

void PrintReplay(const v1::ReplayAnswerResponse& replayed, const Console& console) {
  PrintAnswer(replayed.answer(), console);
  *console.out << "\n" << Emphasised(console, Emphasis::kStrong, "Since then") << "\n";
  for (const v1::ReplayedEvidence& evidence : replayed.evidence()) PrintPiece(evidence, console);
  if (!replayed.generation_kept()) *console.out << "The generation that answered is not kept any more.\n";
  *console.out << (replayed.unchanged() ? "Nothing has changed.\n" : "The answer may be another one today.\n");
}

}  // namespace bedside
