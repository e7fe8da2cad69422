// Questions that nobody is named in: nothing of them is taken for who asks. Skipped without BEDSIDE_SHARED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "index/query/asker.h"
#include "tests/fakes/status_matchers.h"
#include "tools/eval/dataset_reader.h"

namespace bedside {
namespace {

TEST(PlainQuestionsTest, HaveNoAsker) {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "BEDSIDE_SHARED is not set";
  size_t asked = 0, changed = 0;
  for (const char* set : {"bioasq-dev", "pubmedqa/ori_pqal.json", "medquad.zip"}) {
    const auto questions = ReadQuestions(absl::StrCat(shared, "/data/", set));
    ASSERT_THAT(questions, IsOk()) << set;
    for (const JudgedQuestion& question : *questions) {
      ++asked;
      if (!FindAsker(question.text).empty()) ++changed;
    }
  }
  EXPECT_GT(asked, 6'000);
  // "<After CLASS-->Is a voluntary public insurance program ...?"
  EXPECT_LE(changed, 1);
}

}  // namespace
}  // namespace bedside
