#include <glog/logging.h>

#include "index/query/query_interpreter.h"
#include "index/text/utf8.h"
#include "tests/fuzz/input.h"
#include "tests/index/query/small_corpus.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& analyzer = *bedside::LexicalAnalyzer::Create()->release();
  static const auto& corpus = *new bedside::SmallCorpus(
      &analyzer, {"Metformin in chronic kidney disease (CKD) and heart failure.", "CKD: warfarin, aspirin, dose."});
  static const auto& interpreter =
      *bedside::QueryInterpreter::Create(&analyzer, bedside::config::QueryConfig())->release();
  const absl::string_view question = bedside::TextOf(data, size);
  if (!bedside::IsValidUtf8(question)) return 0;
  const bedside::InterpretedQuestion interpreted = interpreter.Interpret(question, corpus.language());
  CHECK(bedside::IsValidUtf8(interpreted.corrected));
  CHECK(bedside::IsValidUtf8(interpreted.embedded));
  CHECK_LE(interpreted.asked_terms, interpreted.terms.size());
  for (const bedside::Assumption& assumption : interpreted.assumptions) CHECK_LE(assumption.span.end, question.size());
  for (const bedside::Ambiguity& ambiguity : interpreted.ambiguities) CHECK_LE(ambiguity.span.end, question.size());
  return 0;
}
