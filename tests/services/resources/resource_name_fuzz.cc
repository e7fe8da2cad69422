#include <glog/logging.h>

#include "services/resources/resource_name.h"
#include "tests/fuzz/input.h"

// What parses is how it is written.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  const absl::string_view name = TextOf(data, size);
  if (const auto parsed = ParseCorpusName(name); parsed.ok()) CHECK_EQ(CorpusNameOf(*parsed), name);
  if (const auto parsed = ParseDocumentName(name); parsed.ok()) {
    CHECK_EQ(DocumentNameOf(parsed->corpus, parsed->document), name);
  }
  if (const auto parsed = ParsePassageName(name); parsed.ok()) {
    CHECK_EQ(PassageNameOf(parsed->document.corpus, parsed->document.document, parsed->span), name);
  }
  if (const auto parsed = ParseGenerationName(name); parsed.ok()) {
    CHECK_EQ(GenerationNameOf(parsed->corpus, parsed->generation), name);
  }
  if (const auto parsed = ParseSourceSetName(name); parsed.ok()) {
    CHECK_EQ(SourceSetNameOf(parsed->corpus, parsed->source_set), name);
  }
  if (const auto parsed = ParseAnswerName(name); parsed.ok()) {
    CHECK_EQ(AnswerNameOf(parsed->corpus, parsed->answer), name);
  }
  return 0;
}
