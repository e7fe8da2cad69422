#include "ingest/connectors/markdown_body.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ingest/connectors/list_context.h"
#include "ingest/connectors/markdown_html.h"
#include "ingest/connectors/markdown_inline.h"

namespace bedside {
namespace {

// Items this much further to the right than another one are inside it.
constexpr size_t kNestingColumns = 2;
constexpr size_t kTabColumns = 4;
// Deeper ones count as this deep.
constexpr size_t kMaxItemDepth = 8;

bool IsRepeated(absl::string_view line, char c) { return !line.empty() && line.find_first_not_of(c) == line.npos; }

// "---", "* * *" and the like.
bool IsRule(absl::string_view line) {
  std::string marks(line);
  marks.erase(std::remove_if(marks.begin(), marks.end(), [](unsigned char c) { return absl::ascii_isspace(c); }),
              marks.end());
  return marks.size() >= 3 && (IsRepeated(marks, '-') || IsRepeated(marks, '*') || IsRepeated(marks, '_'));
}

// 1 to 6, and the text after the marks; 0 when the line is no heading.
int HeadingLevel(absl::string_view line, absl::string_view* text) {
  const size_t marks = std::min(line.find_first_not_of('#'), line.size());
  if (marks == 0 || marks > 6) return 0;
  if (marks < line.size() && !absl::ascii_isspace(line[marks])) return 0;
  *text = absl::StripAsciiWhitespace(line.substr(marks));
  const size_t end = text->find_last_not_of('#');
  if (end == text->npos) {
    *text = "";
  } else if (absl::ascii_isspace((*text)[end])) {
    *text = absl::StripAsciiWhitespace(text->substr(0, end));
  }
  return static_cast<int>(marks);
}

// "- " or "12. " and the like at the beginning of a line.
struct ItemMark {
  // With the spaces after it; 0 when the line begins no list item.
  size_t bytes = 0;
  // -1 for a bullet.
  int number = -1;
};

ItemMark ReadItemMark(absl::string_view line) {
  ItemMark mark;
  if (absl::StartsWith(line, "- ") || absl::StartsWith(line, "* ") || absl::StartsWith(line, "+ ")) mark.bytes = 1;
  if (absl::StartsWith(line, "• ")) mark.bytes = absl::string_view("•").size();
  if (mark.bytes == 0) {
    const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const bool ends = digits > 0 && digits <= 9 && digits + 1 < line.size() && line[digits + 1] == ' ' &&
                      (line[digits] == '.' || line[digits] == ')');
    if (ends && absl::SimpleAtoi(line.substr(0, digits), &mark.number)) mark.bytes = digits + 1;
  }
  if (mark.bytes > 0) mark.bytes = std::min(line.find_first_not_of(' ', mark.bytes), line.size());
  return mark;
}

size_t IndentColumns(absl::string_view line) {
  size_t columns = 0;
  for (char c : line) {
    if (c != ' ' && c != '\t') break;
    columns += c == '\t' ? kTabColumns : 1;
  }
  return columns;
}

std::vector<std::string> TableCells(absl::string_view row) {
  absl::ConsumePrefix(&row, "|");
  if (absl::EndsWith(row, "|") && !absl::EndsWith(row, "\\|")) row.remove_suffix(1);
  std::vector<std::string> cells(1);
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
      cells.back().push_back(row[++i]);
    } else if (row[i] == '|') {
      cells.emplace_back();
    } else {
      cells.back().push_back(row[i]);
    }
  }
  for (std::string& cell : cells) cell = MarkdownPlainText(absl::StripAsciiWhitespace(cell));
  return cells;
}

// "|---|:-:|": the line under the header of a table.
bool IsTableRule(absl::string_view line) {
  return absl::StrContains(line, '-') && absl::StrContains(line, '|') && line.find_first_not_of("|-: \t") == line.npos;
}

// Words in lower case, to compare titles.
absl::flat_hash_set<std::string> TitleWords(absl::string_view title) {
  absl::flat_hash_set<std::string> words;
  std::string word;
  for (unsigned char c : title) {
    if (absl::ascii_isalnum(c) || c >= 0x80) {
      word.push_back(static_cast<char>(absl::ascii_tolower(c)));
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  if (!word.empty()) words.insert(word);
  return words;
}

// Whether four words in five of the heading stand in the title: it adds next to nothing.
bool RepeatsTitle(absl::string_view heading, absl::string_view title) {
  const absl::flat_hash_set<std::string> of_heading = TitleWords(heading);
  const absl::flat_hash_set<std::string> of_title = TitleWords(title);
  const size_t common = std::count_if(of_heading.begin(), of_heading.end(),
                                      [&of_title](const std::string& word) { return of_title.contains(word); });
  return 5 * common >= 4 * of_heading.size();
}

// Marks of the fence that begins a block of code; 0 when the line begins none. "```dose``` is 5 mg" does not.
size_t FenceSize(absl::string_view line) {
  if (!absl::StartsWith(line, "```") && !absl::StartsWith(line, "~~~")) return 0;
  const size_t size = std::min(line.find_first_not_of(line[0]), line.size());
  return line[0] == '`' && absl::StrContains(line.substr(size), '`') ? 0 : size;
}

bool IsBoldThroughout(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  return text.size() > 4 && absl::StartsWith(text, "**") && absl::EndsWith(text, "**") &&
         text.find("**", 2) == text.size() - 2;
}

// The context of the list below a label: of a long one the sentence that introduces it.
std::string LabelContext(absl::string_view label) {
  const std::string beginning = ContextInside("", label);
  if (beginning == label) return beginning;
  const std::string sentence = ListContext(label);
  return sentence.empty() ? beginning : sentence;
}

class BodyReader {
 public:
  BodyReader(absl::string_view body, DocumentBuilder* builder)
      : lines_(absl::StrSplit(body, '\n')), builder_(*builder) {}

  void Run() {
    while (at_ < lines_.size()) ReadLine();
    EndBlock();
  }

 private:
  struct Item {
    size_t column;
    // As of its mark.
    int number;
    // Whether the number is part of the text: it may say more than the place in a list.
    bool keeps_number;
    std::string text;
  };

  void ReadLine() {
    const absl::string_view line = lines_[at_];
    const size_t columns = IndentColumns(line);
    absl::string_view text = absl::StripAsciiWhitespace(line);
    while (IsQuoted(text)) text = absl::StripLeadingAsciiWhitespace(text.substr(1));

    absl::string_view heading;
    if (text.empty()) {
      EndParagraph();
      after_blank_ = true;
      ++at_;
      return;
    }
    if (const size_t fence = FenceSize(text); fence > 0) {
      ReadCode(text.substr(0, fence));
    } else if (const int level = HeadingLevel(text, &heading); level > 0) {
      EndBlock();
      ReadHeading(level, heading);
    } else if (IsUnderline(text)) {
      const std::string title = std::exchange(paragraph_, "");
      ReadHeading(text[0] == '=' ? 1 : 2, title);
    } else if (IsRule(text)) {
      EndBlock();
      ++at_;
    } else if (at_ + 1 < lines_.size() && absl::StrContains(text, '|') &&
               IsTableRule(absl::StripAsciiWhitespace(lines_[at_ + 1]))) {
      ReadTable();
    } else if (const ItemMark mark = ReadItemMark(text); mark.bytes > 0 && BeginsItem(columns, mark, text)) {
      BeginItem(columns, mark, text);
    } else {
      ContinueText(columns, text);
    }
    after_blank_ = false;
  }

  // ">65 years", and "> 65 years" that goes on a sentence, are no quotations.
  bool IsQuoted(absl::string_view text) const {
    if (!absl::StartsWith(text, ">")) return false;
    const absl::string_view rest = absl::StripLeadingAsciiWhitespace(text.substr(1));
    const bool before_number = !rest.empty() && absl::ascii_isdigit(static_cast<unsigned char>(rest[0]));
    return !before_number || (rest.size() + 1 < text.size() && paragraph_.empty());
  }

  // Whether the line makes the paragraph above it a heading.
  bool IsUnderline(absl::string_view text) const {
    return !paragraph_.empty() && !reads_item_ && !absl::StrContains(paragraph_, '\n') && text.size() >= 2 &&
           (IsRepeated(text, '=') || IsRepeated(text, '-'));
  }

  void ReadHeading(int level, absl::string_view markdown) {
    ++at_;
    const std::string text = MarkdownPlainText(markdown);
    if (level == 1 && !std::exchange(seen_top_heading_, true) && builder_.empty() && IsTitle(text)) return;
    while (!levels_.empty() && levels_.back() >= level) {
      levels_.pop_back();
      builder_.EndSection();
    }
    levels_.push_back(level);
    builder_.BeginSection(text);
  }

  bool IsTitle(const std::string& heading) {
    if (builder_.metadata().title().empty()) builder_.metadata().set_title(heading);
    return RepeatsTitle(heading, builder_.metadata().title());
  }

  // Up to a fence at least as long, the end of the quotation around it, or the end of the text.
  void ReadCode(absl::string_view fence) {
    EndBlock();
    const bool in_quotation = absl::StartsWith(absl::StripAsciiWhitespace(lines_[at_]), ">");
    std::string code;
    for (++at_; at_ < lines_.size(); ++at_) {
      absl::string_view line = lines_[at_];
      if (in_quotation) {
        line = absl::StripLeadingAsciiWhitespace(line);
        if (!absl::ConsumePrefix(&line, ">")) break;
      }
      const absl::string_view text = absl::StripAsciiWhitespace(line);
      if (absl::StartsWith(text, fence) && IsRepeated(text, fence[0])) {
        ++at_;
        break;
      }
      absl::StrAppend(&code, line, "\n");
    }
    builder_.AddParagraph(code);
  }

  void ReadTable() {
    EndItem();
    EndParagraph();
    const std::string caption = std::exchange(label_, "");
    const std::vector<std::string> header = TableCells(absl::StripAsciiWhitespace(lines_[at_]));
    std::vector<std::vector<std::string>> rows;
    for (at_ += 2; at_ < lines_.size() && absl::StrContains(lines_[at_], '|'); ++at_) {
      rows.push_back(TableCells(absl::StripAsciiWhitespace(lines_[at_])));
    }
    builder_.AddTable(caption, header, rows);
    items_.clear();
    list_label_.clear();
  }

  // Whether a line with that mark is an item, and not the next line of the text that is open: of numbers, only 1 may
  // interrupt a paragraph (CommonMark 5.3), and inside a list the next one of the list.
  bool BeginsItem(size_t columns, const ItemMark& mark, absl::string_view line) const {
    if (paragraph_.empty() || (reads_item_ && after_blank_)) return true;
    if (mark.number < 0) return reads_item_ || !IsSign(mark, line);
    return mark.number == 1 || (reads_item_ && IsNext(SiblingOf(columns), mark.number));
  }

  // "minus / - 5 degrees": a number after a mark that may be its sign, which goes on a sentence and no list.
  bool IsSign(const ItemMark& mark, absl::string_view line) const {
    if (!absl::StrContains("-+*", line[0]) || mark.bytes >= line.size() || !absl::ascii_isdigit(line[mark.bytes])) {
      return false;
    }
    if (absl::StrContains(".:;!?", paragraph_.back()) || IsBoldThroughout(paragraph_)) return false;
    const absl::string_view next = at_ + 1 < lines_.size() ? lines_[at_ + 1] : absl::string_view();
    return ReadItemMark(absl::StripAsciiWhitespace(next)).bytes == 0;
  }

  // The item of which one at that column is the next; null when it is the first.
  const Item* SiblingOf(size_t columns) const {
    for (const Item& item : items_) {
      if (item.column + kNestingColumns > columns) return &item;
    }
    return nullptr;
  }

  static bool IsNext(const Item* item, int number) {
    return item != nullptr && item->number >= 0 && number == item->number + 1;
  }

  bool KeepsNumber(size_t columns, int number) const {
    if (number <= 1) return false;
    const Item* sibling = SiblingOf(columns);
    return sibling == nullptr ? number != last_number_ + 1 : !IsNext(sibling, number) || sibling->keeps_number;
  }

  void BeginItem(size_t columns, const ItemMark& mark, absl::string_view line) {
    EndItem();
    EndParagraph();
    if (!label_.empty()) {
      list_label_ = LabelContext(label_);
      items_.clear();
      FlushLabel();
    }
    const bool keeps_number = KeepsNumber(columns, mark.number);
    while (!items_.empty() && items_.back().column + kNestingColumns > columns) items_.pop_back();
    if (items_.empty() && mark.number >= 0) last_number_ = mark.number;
    if (items_.size() == kMaxItemDepth) items_.pop_back();
    items_.push_back({columns, mark.number, keeps_number, ""});
    reads_item_ = true;
    paragraph_ = std::string(keeps_number ? line : line.substr(mark.bytes));
    ++at_;
  }

  void ContinueText(size_t columns, absl::string_view markdown) {
    if (reads_item_ && after_blank_ && columns < items_.back().column + kNestingColumns) EndItem();
    absl::StrAppend(&paragraph_, paragraph_.empty() ? "" : "\n", markdown);
    ++at_;
  }

  // Ends a list item; a blank line alone does not.
  void EndItem() {
    if (!std::exchange(reads_item_, false)) return;
    items_.back().text = MarkdownPlainText(std::exchange(paragraph_, ""));
    std::string context = list_label_;
    for (size_t i = 0; i + 1 < items_.size(); ++i) context = ContextInside(context, items_[i].text);
    builder_.AddListItem(items_.back().text, context);
  }

  // Ends a paragraph; a label is kept back until it is known what follows.
  void EndParagraph() {
    if (reads_item_ || paragraph_.empty()) return;
    FlushLabel();
    list_label_.clear();
    items_.clear();
    const std::string markdown = std::exchange(paragraph_, "");
    std::string text = MarkdownPlainText(markdown);
    if (absl::EndsWith(absl::StripAsciiWhitespace(text), ":") || IsBoldThroughout(markdown)) {
      label_ = std::move(text);
    } else {
      builder_.AddParagraph(text);
    }
  }

  void FlushLabel() { builder_.AddParagraph(std::exchange(label_, "")); }

  // Ends whatever is open: what follows has nothing to do with it.
  void EndBlock() {
    EndItem();
    EndParagraph();
    FlushLabel();
    list_label_.clear();
    items_.clear();
  }

  std::vector<absl::string_view> lines_;
  DocumentBuilder& builder_;
  size_t at_ = 0;
  bool after_blank_ = false;

  bool seen_top_heading_ = false;
  // Levels of the open sections.
  std::vector<int> levels_;

  // Markdown of the paragraph or list item that is being read.
  std::string paragraph_;
  // Paragraph that may be the label of what follows.
  std::string label_;
  std::string list_label_;
  // The list item that is being read, or was read last, and those around it.
  std::vector<Item> items_;
  bool reads_item_ = false;
  // Of the last item in no other: a list may go on after a paragraph.
  int last_number_ = 0;
};

}  // namespace

MarkdownCounts ReadMarkdownBody(absl::string_view body, DocumentBuilder* builder) {
  const VisibleMarkdown visible = WithoutHtml(body);
  BodyReader(visible.text, builder).Run();
  return {visible.hidden, visible.unclosed};
}

}  // namespace bedside
