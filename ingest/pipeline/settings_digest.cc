#include "ingest/pipeline/settings_digest.h"

#include "absl/strings/str_cat.h"
#include "index/hash/sha256.h"
#include "index/lexical/lexical_index.h"
#include "index/query/abbreviation_table.h"
#include "index/query/word_table.h"
#include "index/text/lexical_analyzer.h"
#include "index/vector/vector_index_format.h"
#include "ingest/chunking/passage_rules.h"

namespace bedside {
namespace {

// Raised when a storage.Passage comes to hold more: 2 has the key of its embedding.
constexpr int kPassageRecords = 2;

}  // namespace

std::string SettingsSha256(const config::VectorIndexConfig& vector, const config::ChunkingConfig& chunking,
                           absl::string_view embedder_id) {
  return Sha256Hex(absl::StrCat("passage rules ", kPassageRules, "\npassage records ", kPassageRecords,
                                "\ntarget tokens ", chunking.target_tokens(), "\nanalyser ", LexicalAnalyzer::kVersion,
                                "\nlexical format ", LexicalIndex::kFormatVersion, "\nvector format ",
                                kVectorFormatVersion, "\nwords format ", WordTable::kFormatVersion,
                                "\nabbreviations format ", AbbreviationTable::kFormatVersion, "\nflat limit ",
                                vector.flat_limit(), "\nhnsw links ", vector.hnsw_links(), "\nhnsw build beam ",
                                vector.hnsw_build_beam(), "\nembedder ", embedder_id));
}

}  // namespace bedside
