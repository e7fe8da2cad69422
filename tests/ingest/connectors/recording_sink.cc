#include "tests/ingest/connectors/recording_sink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "index/text/utf8.h"
#include "tests/ingest/connectors/mutation.h"

namespace bedside {
namespace {

std::string BlockLine(const storage::Document& document, const storage::Block& block) {
  const std::string text = document.text().substr(block.begin(), block.end() - block.begin());
  const std::string context = block.context().empty() ? "" : absl::StrCat(" {", block.context(), "}");
  const absl::string_view mark = block.kind() == storage::BLOCK_KIND_LIST_ITEM ? "- "
                                 : block.kind() == storage::BLOCK_KIND_TABLE   ? "T "
                                                                               : "P ";
  return absl::StrReplaceAll(absl::StrCat(mark, text, context), {{"\n", " / "}});
}

bool IsBoundary(const std::string& text, size_t at) {
  return at <= text.size() && (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

}  // namespace

std::string Outline(const storage::Document& document) {
  std::string out;
  std::vector<size_t> depths;
  for (const storage::Section& section : document.sections()) {
    depths.push_back(section.has_parent() ? depths[section.parent()] + 1 : 0);
    const std::string indent(2 * depths.back(), ' ');
    if (!section.heading().empty() || !section.label().empty()) {
      const std::string label = section.label().empty() ? "" : absl::StrCat(" [", section.label(), "]");
      absl::StrAppend(&out, indent, "# ", section.heading(), label, "\n");
    }
    for (const storage::Block& block : section.blocks()) {
      absl::StrAppend(&out, indent, BlockLine(document, block), "\n");
    }
  }
  return out;
}

std::string Identifiers(const storage::Document& document) {
  std::string out;
  for (const v1::ExternalId& id : document.external_ids()) {
    absl::StrAppend(&out, out.empty() ? "" : " ", id.scheme(), ":", id.value());
  }
  return out;
}

std::string DateText(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

bool IsConsistent(const storage::Document& document) {
  const std::string& text = document.text();
  if (!IsValidUtf8(text) || CanonicalText(text) != text) return false;
  std::vector<std::pair<size_t, size_t>> blocks;
  for (const storage::Section& section : document.sections()) {
    if (section.begin() > section.end() || section.end() > text.size()) return false;
    for (const storage::Block& block : section.blocks()) {
      if (block.begin() < section.begin() || block.end() > section.end() || block.begin() >= block.end()) return false;
      if (!IsBoundary(text, block.begin()) || !IsBoundary(text, block.end())) return false;
      blocks.emplace_back(block.begin(), block.end());
    }
    if (!std::is_sorted(section.blocks().begin(), section.blocks().end(),
                        [](const storage::Block& a, const storage::Block& b) { return a.begin() < b.begin(); })) {
      return false;
    }
  }
  std::sort(blocks.begin(), blocks.end());
  for (size_t i = 1; i < blocks.size(); ++i) {
    if (blocks[i - 1].second > blocks[i].first) return false;
  }
  for (uint32_t page : document.page_begins()) {
    if (!IsBoundary(text, page)) return false;
  }
  // Parsing refuses strings that are not UTF-8.
  return storage::Document().ParseFromString(document.SerializeAsString());
}

size_t ReadDamaged(const Connector& connector, const SourceFile& file, int rounds, uint32_t seed) {
  std::mt19937 random(seed);
  size_t documents = 0;
  for (int round = 0; round < rounds; ++round) {
    RecordingSink sink;
    connector.Read({file.name, file.extension, Mutated(file.bytes, random)}, sink);
    for (const storage::Document& document : sink.documents) EXPECT_TRUE(IsConsistent(document));
    documents += sink.documents.size();
  }
  return documents;
}

}  // namespace bedside
