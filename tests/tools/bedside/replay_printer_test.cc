#include "tools/bedside/replay_printer.h"

#include <string>

#include "gmock/gmock.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class ReplayPrinterTest : public testing::Test {
 protected:
  v1::ReplayedEvidence& Add(v1::ReplayedText text) {
    v1::ReplayedEvidence& evidence = *replayed_.add_evidence();
    evidence.set_evidence_number(replayed_.evidence_size());
    evidence.set_text(text);
    return evidence;
  }

  std::string Printed() {
    recorded_.console.width = 160;
    PrintReplay(replayed_, recorded_.console);
    return recorded_.out.str();
  }

  v1::ReplayAnswerResponse replayed_;
  RecordedConsole recorded_;
};

TEST_F(ReplayPrinterTest, SaysThatNothingHasChanged) {
  Add(v1::REPLAYED_TEXT_SAME);
  replayed_.set_unchanged(true);
  replayed_.set_generation_kept(true);
  EXPECT_THAT(Printed(), EndsWith("Since then\n[1] the same byte for byte\nNothing has changed.\n"));
}

TEST_F(ReplayPrinterTest, SaysOfEachPieceWhatHasChanged) {
  v1::ReplayedEvidence& first = Add(v1::REPLAYED_TEXT_SAME);
  first.add_changes(v1::EVIDENCE_CHANGE_STATUS);
  first.set_status(v1::DOCUMENT_STATUS_SUPERSEDED);
  first.set_status_reason("by b");
  first.add_changes(v1::EVIDENCE_CHANGE_REPLACED);
  Add(v1::REPLAYED_TEXT_GONE).add_changes(v1::EVIDENCE_CHANGE_LEFT_CORPUS);
  Add(v1::REPLAYED_TEXT_DIFFERENT);
  Add(v1::REPLAYED_TEXT_WITHHELD);
  Add(static_cast<v1::ReplayedText>(99)).add_changes(static_cast<v1::EvidenceChange>(99));
  EXPECT_THAT(Printed(),
              HasSubstr("[1] the same byte for byte; its document is superseded now: by b; the corpus has another "
                        "version of its document\n"
                        "[2] its text is not in the store any more; the corpus does not have its document any more\n"
                        "[3] other bytes than it was: the store is damaged\n"
                        "[4] its document was deleted\n"
                        "[5] nothing is known of its text; it has changed in a way that this version does not know\n"
                        "The generation that answered is not kept any more.\n"
                        "The answer may be another one today.\n"));
}

}  // namespace
}  // namespace bedside
