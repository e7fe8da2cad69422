// Answers and verdicts in the store: the suite of records_contract.h.
#include "index/store/answer_store.h"
#include "index/store/feedback_store.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/records/records_contract.h"

namespace bedside {
namespace {

class StoredRecordsUnderTest : public RecordsUnderTest {
 public:
  StoredRecordsUnderTest() { Restart(); }

  AnswerRecords& answers() override { return *answers_; }
  FeedbackRecords& feedback() override { return *feedback_; }

  void Restart() override {
    feedback_.reset();
    answers_.reset();
    database_.reset();
    database_ = *Database::Open(path_, Database::Access::kReadWrite);
    answers_ = *AnswerStore::Create(database_.get());
    feedback_ = std::make_unique<FeedbackStore>(database_.get());
  }

 private:
  const std::string path_ = TempFolder();
  std::unique_ptr<Database> database_;
  std::unique_ptr<AnswerStore> answers_;
  std::unique_ptr<FeedbackStore> feedback_;
};

INSTANTIATE_TEST_SUITE_P(Store, RecordsContract,
                         ::testing::Values(RecordsMaker([] { return std::make_unique<StoredRecordsUnderTest>(); })));

}  // namespace
}  // namespace bedside
