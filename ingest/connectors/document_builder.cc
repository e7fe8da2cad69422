#include "ingest/connectors/document_builder.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "index/text/utf8.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace bedside {
namespace {

constexpr absl::string_view kCellSeparator = " | ";

// Canonical text on one line: without white space at the ends, runs of white space are one space.
std::string CanonicalLine(absl::string_view text) {
  const std::string canonical = CanonicalText(text);
  std::string line;
  line.reserve(canonical.size());
  bool space = false;
  for (size_t i = 0; i < canonical.size();) {
    const size_t begin = i;
    UChar32 c;
    U8_NEXT_UNSAFE(canonical.data(), i, c);
    if (u_isUWhiteSpace(c)) {
      space = !line.empty();
      continue;
    }
    if (space) line.push_back(' ');
    space = false;
    line.append(canonical, begin, i - begin);
  }
  return line;
}

// As CanonicalLine, line by line; empty lines are left out.
std::string CanonicalLines(absl::string_view text) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    lines.push_back(CanonicalLine(line));
    if (lines.back().empty()) lines.pop_back();
  }
  return absl::StrJoin(lines, "\n");
}

// "" for a row without any text.
std::string RowLine(const std::vector<std::string>& cells) {
  std::vector<std::string> lines;
  for (const std::string& cell : cells) lines.push_back(CanonicalLine(cell));
  const bool empty = std::all_of(lines.begin(), lines.end(), [](const std::string& line) { return line.empty(); });
  return empty ? "" : CanonicalLine(absl::StrJoin(lines, kCellSeparator));
}

}  // namespace

void DocumentBuilder::BeginSection(absl::string_view heading, absl::string_view label) {
  storage::Section& section = pending_.emplace_back();
  section.set_heading(CanonicalLine(heading));
  section.set_label(absl::AsciiStrToUpper(CanonicalLine(label)));
}

void DocumentBuilder::EndSection() {
  if (!pending_.empty()) {
    pending_.pop_back();
  } else if (!open_.empty()) {
    open_.pop_back();
  }
}

void DocumentBuilder::AddParagraph(absl::string_view text) {
  AddBlock(storage::BLOCK_KIND_PARAGRAPH, CanonicalLine(text), "");
}

void DocumentBuilder::AddListItem(absl::string_view text, absl::string_view context) {
  AddBlock(storage::BLOCK_KIND_LIST_ITEM, CanonicalLine(text), CanonicalLines(context));
}

void DocumentBuilder::AddTable(absl::string_view caption, const std::vector<std::string>& header,
                               const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> lines;
  for (const std::vector<std::string>& row : rows) {
    lines.push_back(RowLine(row));
    if (lines.back().empty()) lines.pop_back();
  }
  const std::string lead = CanonicalLines(absl::StrCat(CanonicalLine(caption), "\n", RowLine(header)));
  AddBlock(storage::BLOCK_KIND_TABLE, absl::StrJoin(lines, "\n"), lead, lead);
}

void DocumentBuilder::BeginPage() { document_.add_page_begins(static_cast<uint32_t>(document_.text().size())); }

storage::Document DocumentBuilder::Build() && {
  document_.set_title(CanonicalLine(document_.title()));
  return std::move(document_);
}

void DocumentBuilder::AppendLine(absl::string_view text, absl::string_view gap_after) {
  absl::StrAppend(document_.mutable_text(), gap_, text);
  gap_ = gap_after;
}

void DocumentBuilder::WriteSection(storage::Section section) {
  if (!open_.empty()) section.set_parent(static_cast<uint32_t>(open_.back()));
  section.set_begin(static_cast<uint32_t>(document_.text().size() + gap_.size()));
  if (!section.heading().empty()) AppendLine(section.heading(), "\n");
  *document_.add_sections() = std::move(section);
}

void DocumentBuilder::WritePendingHeadings() {
  for (storage::Section& section : pending_) {
    WriteSection(std::move(section));
    open_.push_back(document_.sections_size() - 1);
  }
  pending_.clear();
}

storage::Section& DocumentBuilder::CurrentSection() {
  if (!open_.empty()) return *document_.mutable_sections(open_.back());
  const int last = document_.sections_size() - 1;
  if (untitled_ < 0 || untitled_ != last) {
    WriteSection(storage::Section());
    untitled_ = last + 1;
  }
  return *document_.mutable_sections(untitled_);
}

void DocumentBuilder::AddBlock(storage::BlockKind kind, absl::string_view text, absl::string_view context,
                               absl::string_view lead) {
  if (text.empty()) return;
  WritePendingHeadings();
  storage::Section& section = CurrentSection();
  const bool follows_item = !section.blocks().empty() && section.blocks().rbegin()->end() == document_.text().size() &&
                            section.blocks().rbegin()->kind() == storage::BLOCK_KIND_LIST_ITEM;
  if (follows_item && kind == storage::BLOCK_KIND_LIST_ITEM) gap_ = "\n";
  if (!lead.empty()) AppendLine(lead, "\n");

  storage::Block& block = *section.add_blocks();
  block.set_kind(kind);
  block.set_begin(static_cast<uint32_t>(document_.text().size() + gap_.size()));
  AppendLine(text, "\n\n");
  block.set_end(static_cast<uint32_t>(document_.text().size()));
  block.set_context(std::string(context));
  section.set_end(block.end());
  for (int open : open_) document_.mutable_sections(open)->set_end(block.end());
}

}  // namespace bedside
