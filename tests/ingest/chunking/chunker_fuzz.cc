// Chunks what the Markdown connector reads, since that has every kind of block.
#include <glog/logging.h>

#include "ingest/chunking/chunker.h"
#include "ingest/connectors/markdown_connector.h"
#include "tests/fuzz/input.h"
#include "tests/ingest/chunking/word_tokenizer.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace {

using bedside::storage::Document;
using bedside::storage::Passage;

void CheckCover(const Document& document, const std::vector<Passage>& passages) {
  std::vector<int> covered(document.text().size());
  for (const Passage& passage : passages) {
    CHECK_LT(passage.begin(), passage.end());
    CHECK_LE(passage.end(), covered.size());
    for (size_t i = passage.begin(); i < passage.end(); ++i) ++covered[i];
  }
  for (const auto& section : document.sections()) {
    for (const auto& block : section.blocks()) {
      for (size_t i = block.begin(); i < block.end(); ++i) CHECK_EQ(covered[i], 1) << "byte " << i;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& tokenizer = *bedside::MakeWordTokenizer().release();
  static const auto& chunker = *[] {
    bedside::config::ChunkingConfig config;
    config.set_target_tokens(32);
    return bedside::Chunker::Create(config, &tokenizer)->release();
  }();
  bedside::RecordingSink sink;
  bedside::MarkdownConnector().Read({"a.md", "md", std::string(bedside::TextOf(data, size)), ""}, sink);
  for (const Document& document : sink.documents) CheckCover(document, chunker.Chunk(document));
  return 0;
}
