#include <glog/logging.h>

#include "ingest/gate/gold_questions.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto questions = bedside::ParseGoldQuestions(bedside::TextOf(data, size));
  if (!questions.ok()) {
    CHECK(absl::IsInvalidArgument(questions.status())) << questions.status();
    return 0;
  }
  CHECK(!questions->empty());
  for (const bedside::GoldQuestion& question : *questions) CHECK(!question.documents.empty());
  return 0;
}
