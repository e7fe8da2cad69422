// Writes the inputs that fuzz targets of binary formats begin with, for when a format has changed:
//   bazel run //tests/fuzz:seed_writer -- "$PWD"
// Prints what it wrote.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/query/abbreviation_table.h"
#include "index/text/lexical_analyzer.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/v1/answer_service.pb.h"
#include "services/audit/audit_anchor.h"
#include "services/rpc/page_token.h"
#include "tests/fakes/temp_folder.h"
#include "tests/index/lexical/random_passages.h"
#include "tests/index/query/table_of_words.h"
#include "tests/index/vector/built_index.h"
#include "tests/index/vector/clustered_vectors.h"
#include "tests/services/audit/audit_scene.h"

namespace bedside {
namespace {

std::string AbbreviationBytes() {
  const std::unique_ptr<LexicalAnalyzer> analyzer = *LexicalAnalyzer::Create();
  AbbreviationTableBuilder builder(analyzer.get());
  for (const char* text : {"Chronic kidney disease (CKD).", "Heart failure (HF).", "Hay fever (HF)."}) {
    builder.Add(text);
    builder.NextDocument();
  }
  return builder.Finish();
}

std::string VectorBytes(uint64_t flat_limit) {
  config::VectorIndexConfig config;
  config.set_flat_limit(flat_limit);
  config.set_hnsw_links(4);
  return *BuiltIndex(ClusteredVectors(1, 40, 6), config);
}

// See live_documents_fuzz.cc.
std::string DocumentsBytes() {
  storage::Manifest manifest;
  manifest.add_segments()->add_replaced(1);
  manifest.add_segments()->add_replaced(0);
  storage::DocumentTable table;
  table.add_entries()->set_id("a");
  table.add_entries()->set_id("b");
  const std::string first = manifest.SerializeAsString();
  return absl::StrCat(std::string(1, static_cast<char>(first.size())), std::string(1, '\0'), first,
                      table.SerializeAsString());
}

std::string AuditBytes() {
  const std::string folder = TempFolder();
  MakeLog(folder, 3);
  return BytesOfFile(FilesOfLog(folder).front());
}

std::string AnchorBytes() {
  const AuditKey key = TestAuditKey();
  const AuditAnchor anchor = {std::string(kAuditLogIdBytes, 'l'),
                              key.id(),
                              {7, std::string(kAuditLinkBytes, 'k')},
                              absl::FromUnixSeconds(1'800'000'000)};
  return absl::StrCat("bedside: ", AnchorLine(anchor, key));
}

v1::AnswerRequest Request() {
  v1::AnswerRequest request;
  request.set_parent("corpora/default");
  request.set_question("Which dose?");
  request.mutable_filter()->add_kinds(v1::DOCUMENT_KIND_GUIDELINE);
  request.mutable_filter()->add_tags("fever");
  request.mutable_filter()->mutable_published_after()->set_year(2020);
  request.mutable_patient()->set_age_years(4);
  request.mutable_patient()->set_egfr(30);
  request.add_patient_identifiers("Ann");
  return request;
}

// Of the first method of unparsable_request_fuzz.cc.
std::string UnparsableBytes() {
  std::string bytes = Request().SerializeAsString();
  bytes.replace(bytes.find("fever"), 1, "\xff");
  return absl::StrCat(std::string(1, '\0'), bytes);
}

void WriteSeeds(const std::string& checkout) {
  const std::vector<std::pair<std::string, std::string>> seeds = {
      {"index/generation/live_documents", DocumentsBytes()},
      {"index/lexical/lexical_index", IndexBytes(RandomPassages(1).Passages(6))},
      {"index/query/abbreviation_table", AbbreviationBytes()},
      {"index/query/word_table", WordBytes({"Metformin in kidney disease.", "Kidney failure."})},
      {"index/vector/stored_vector_index", VectorBytes(1000)},
      {"index/vector/stored_vector_index", VectorBytes(1)},
      {"services/audit/audit_anchor", AnchorBytes()},
      {"services/audit/audit_reader", AuditBytes()},
      {"services/rpc/page_token", EncodePageToken(12, {"request", "state"})},
      {"services/rpc/request_checks", Request().SerializeAsString()},
      {"services/rpc/unparsable_request", UnparsableBytes()},
  };
  std::map<std::string, int> count;
  for (const auto& [target, bytes] : seeds) {
    const std::string name = absl::StrCat("seed-", ++count[target]);
    std::cout << WriteFile(absl::StrCat(checkout, "/tests/", target, "_fuzz_inputs"), name, bytes) << std::endl;
  }
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: seed_writer CHECKOUT" << std::endl;
    return 2;
  }
  bedside::WriteSeeds(argv[1]);
  return 0;
}
