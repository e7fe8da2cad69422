#include "ingest/connectors/pdf_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingest/connectors/list_context.h"
#include "ingest/connectors/section_label.h"

namespace bedside {
namespace {

constexpr size_t kMaxHeadingBytes = 80;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsLower(char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); }

bool EndsSentence(absl::string_view text) { return !text.empty() && absl::StrContains(".?!:;", text.back()); }

// Pages as lines without white space at their ends; empty lines stay.
std::vector<PdfPage> Pages(absl::string_view text) {
  std::vector<PdfPage> pages;
  for (absl::string_view page_text : absl::StrSplit(text, '\f')) {
    PdfPage& page = pages.emplace_back();
    for (absl::string_view line : absl::StrSplit(page_text, '\n')) page.emplace_back(absl::StripAsciiWhitespace(line));
  }
  // The last page has a form feed too.
  if (pages.size() > 1 && pages.back().size() == 1 && pages.back()[0].empty()) pages.pop_back();
  return pages;
}

// An entry of a table of contents, with its dots.
bool IsLeader(absl::string_view line) {
  return absl::StrContains(line, ". . . . .") || absl::StrContains(line, ".........");
}

// Bytes of the bullet and the white space after it; 0 when the line has none.
size_t BulletSize(absl::string_view line) {
  for (absl::string_view bullet : {"•", "▪", "●", "◦", "‣", "■", "–", "—", "-", "*", "\uf0b7", "\uf0a7"}) {
    if (line == bullet) return bullet.size();
    if (absl::StartsWith(line, bullet) && line[bullet.size()] == ' ') return bullet.size() + 1;
  }
  return 0;
}

// Levels of the number with which a heading begins: 2 for "2.1 Dosage"; 0 without one.
size_t NumberLevels(absl::string_view line) {
  size_t levels = 0;
  size_t at = 0;
  while (at < line.size() && IsDigit(line[at])) {
    const size_t begin = at;
    while (at < line.size() && IsDigit(line[at])) ++at;
    if (at - begin > 2) return 0;
    ++levels;
    if (at < line.size() && line[at] == '.') ++at;
  }
  const bool word_follows = at + 2 < line.size() && line[at] == ' ' && IsUpper(line[at + 1]);
  return word_follows && levels <= 4 ? levels : 0;
}

bool IsCapitals(absl::string_view line) {
  size_t capitals = 0;
  for (char c : line) {
    if (IsLower(c) || IsDigit(c) || static_cast<unsigned char>(c) >= 0x80) return false;
    capitals += IsUpper(c);
  }
  return capitals >= 4 && 4 * capitals >= 3 * line.size();
}

// The depth of the heading that the line is; 0 when it is none. `stands_alone`: the line before it is empty.
size_t HeadingLevel(absl::string_view line, absl::string_view next, bool stands_alone) {
  if (line.size() > kMaxHeadingBytes) return 0;
  const size_t levels = NumberLevels(line);
  if (levels > 1 && (!EndsSentence(line) || line.back() == '?')) return levels;
  if (EndsSentence(line)) return 0;
  if (!stands_alone || next.empty()) return 0;
  // A list counts on at once; a chapter does not.
  if (levels == 1) return NumberLevels(next) == 1 ? 0 : 1;
  return IsCapitals(line) || !SectionLabel("", line).empty() ? 1 : 0;
}

class PageWriter {
 public:
  explicit PageWriter(DocumentBuilder& builder) : builder_(builder) {}

  // `kept`: lines of its head and foot, which become paragraphs before it.
  void Write(const PdfPage& page, const std::vector<std::string>& kept);
  void Finish() { Flush(); }

 private:
  void WriteLine(absl::string_view line, absl::string_view next, bool stands_alone);
  void WriteHeading(absl::string_view line, size_t level);
  // Whether the open block goes on with `line` although a page or an empty line lies between: it has not come to the
  // end of a sentence, and its last line was full or the next begins in lower case. REQUIRES: `line` is not empty
  bool GoesOn(absl::string_view line) const;
  // "lower than / - 5 degrees": a number after a mark that may be its sign, which goes on a sentence and no list.
  bool IsSign(absl::string_view line, size_t bullet, absl::string_view next) const;
  void Join(absl::string_view line);
  void Flush();

  DocumentBuilder& builder_;
  // The paragraph or list item that is open.
  std::string block_;
  bool is_item_ = false;
  // A bullet stood on a line of its own.
  bool bullet_pending_ = false;
  bool last_line_full_ = false;
  std::string context_;
  std::vector<size_t> levels_;
};

// The first filled line after `at`, or "".
absl::string_view NextFilled(const PdfPage& page, size_t at) {
  for (size_t i = at + 1; i < page.size(); ++i) {
    if (!page[i].empty()) return page[i];
  }
  return "";
}

void PageWriter::Write(const PdfPage& page, const std::vector<std::string>& kept) {
  bool begun = false;
  const auto begin = [&] {
    builder_.BeginPage();
    for (const std::string& line : kept) builder_.AddParagraph(line);
    begun = true;
  };
  bool after_gap = true;
  size_t widest = 0;
  for (const std::string& line : page) widest = std::max(widest, line.size());
  for (size_t i = 0; i < page.size(); ++i) {
    const std::string& line = page[i];
    if (line.empty() || IsLeader(line)) {
      after_gap = true;
      continue;
    }
    if (after_gap && !GoesOn(line)) Flush();
    // A paragraph belongs to the page on which it begins.
    if (!begun && block_.empty()) begin();
    WriteLine(line, NextFilled(page, i), after_gap);
    after_gap = false;
    // The last line of a paragraph is shorter than the others.
    last_line_full_ = 10 * line.size() >= 7 * widest;
    if (EndsSentence(line) && !last_line_full_) Flush();
    if (!begun && block_.empty()) begin();
  }
  if (!begun) {
    Flush();
    begin();
  }
}

void PageWriter::WriteLine(absl::string_view line, absl::string_view next, bool stands_alone) {
  if (const size_t bullet = BulletSize(line); bullet > 0 && (stands_alone || !IsSign(line, bullet, next))) {
    Flush();
    line.remove_prefix(bullet);
    bullet_pending_ = line.empty();
    is_item_ = true;
    return Join(line);
  }
  if (bullet_pending_) {
    bullet_pending_ = false;
    is_item_ = true;
    return Join(line);
  }
  const size_t level = GoesOn(line) ? 0 : HeadingLevel(line, next, stands_alone);
  return level > 0 ? WriteHeading(line, level) : Join(line);
}

void PageWriter::WriteHeading(absl::string_view line, size_t level) {
  Flush();
  context_.clear();
  for (; !levels_.empty() && levels_.back() >= level; levels_.pop_back()) builder_.EndSection();
  builder_.BeginSection(line, SectionLabel("", line));
  levels_.push_back(level);
}

bool PageWriter::GoesOn(absl::string_view line) const {
  if (bullet_pending_) return true;
  if (block_.empty() || EndsSentence(block_)) return false;
  return IsLower(line[0]) || (last_line_full_ && !IsCapitals(line) && NumberLevels(line) == 0 && BulletSize(line) == 0);
}

bool PageWriter::IsSign(absl::string_view line, size_t bullet, absl::string_view next) const {
  const bool may_be_sign = absl::StartsWith(line, "-") || absl::StartsWith(line, "–");
  const bool has_number = bullet < line.size() && IsDigit(line[bullet]);
  return may_be_sign && has_number && !is_item_ && !block_.empty() && !EndsSentence(block_) && BulletSize(next) == 0;
}

void PageWriter::Join(absl::string_view line) {
  absl::StrAppend(&block_, block_.empty() || line.empty() ? "" : " ", line);
}

void PageWriter::Flush() {
  if (bullet_pending_ || block_.empty()) return;
  if (is_item_) {
    builder_.AddListItem(block_, context_);
  } else {
    builder_.AddParagraph(block_);
    context_ = ListContext(block_);
  }
  block_.clear();
  is_item_ = false;
}

}  // namespace

PdfRunningLines AddPdfText(absl::string_view text, DocumentBuilder& builder) {
  std::vector<PdfPage> pages = Pages(text);
  PdfRunningLines running = RemoveRunningLines(pages);
  PageWriter writer(builder);
  for (size_t page = 0; page < pages.size(); ++page) writer.Write(pages[page], running.kept[page]);
  writer.Finish();
  return running;
}

}  // namespace bedside
