#include "ingest/connectors/html_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ingest/connectors/html_math.h"
#include "ingest/connectors/html_part.h"
#include "ingest/connectors/html_visibility.h"
#include "ingest/connectors/list_context.h"
#include "ingest/connectors/section_label.h"
#include "ingest/connectors/table_grid.h"

namespace bedside {
namespace {

constexpr size_t kMaxDepth = 1000;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Also one with a sign, of which there are four.
bool BeginsWithNumber(absl::string_view text) {
  for (absl::string_view sign : {"-", "+", "−", "–"}) {
    if (absl::ConsumePrefix(&text, sign)) break;
  }
  return !text.empty() && IsDigit(text[0]);
}

bool HasText(const GumboNode& node) {
  std::vector<const GumboNode*> pending = {&node};
  while (!pending.empty()) {
    const GumboNode* next = pending.back();
    pending.pop_back();
    if (next->type == GUMBO_NODE_TEXT) return true;
    for (const GumboNode* child : Children(*next)) pending.push_back(child);
  }
  return false;
}

bool IsReferences(absl::string_view heading) {
  std::string lower = absl::AsciiStrToLower(heading);
  // Without a number before it and a colon after it.
  lower.erase(0, std::min(lower.find_first_not_of("0123456789. "), lower.size()));
  lower.erase(lower.find_last_not_of(".: ") + 1);
  return lower == "references" || lower == "reference list" || lower == "bibliography" || lower == "literature cited";
}

// Reads the page from top to bottom. Inline text gathers in run_ until a block begins or ends.
class PageReader {
 public:
  PageReader(const HtmlVisibility* visibility, DocumentBuilder* builder) : visibility_(visibility), builder_(builder) {}

  void ReadContent(const GumboNode& node, const std::string& background);
  // REQUIRES: no builder is needed: the content is inline
  std::string ReadInline(const GumboNode& node);
  void Finish() { Flush(); }
  const HtmlTextCounts& counts() const { return counts_; }
  // Whether all that is read is what the page marks as its main content.
  void set_in_main(bool in_main) { in_main_ = in_main; }

 private:
  void Read(const GumboNode& node, const std::string& background);
  void ReadElement(const GumboNode& node, GumboTag tag, const std::string& background);
  void ReadSuperscript(const GumboNode& node, const std::string& background);
  void ReadSubscript(const GumboNode& node, const std::string& background);
  // Text of the inline content of `node`, with the white space around it, beside what has gathered.
  std::string Inside(const GumboNode& node, const std::string& background);
  // Appends `text`, with `mark` before it where it is `marked` and a digit precedes it.
  void AppendMarked(bool marked, char mark, absl::string_view text);
  void ReadHeading(const GumboNode& node, int level, const std::string& background);
  void ReadList(const GumboNode& list, const std::string& context, const std::string& background);
  void ReadListItem(const GumboNode& item, const std::string& context, const std::string& background);
  void ReadDefinitions(const GumboNode& list, const std::string& background);
  void ReadTable(const GumboNode& table, const std::string& background);
  // `group`: the table, or its head, body or foot.
  void ReadRows(const GumboNode& group, const std::string& background, TableGrid& grid, std::string& caption);
  void ReadCells(const GumboNode& row, const std::string& background, TableGrid& grid);
  // The colour behind the content of `node`, when that behind the node is `background`.
  std::string BehindContent(const GumboNode& node, const std::string& background) const;
  bool IsLeftOut(const GumboNode& node, const std::string& background);
  // The inline text of the content of `node`, without blocks of its own.
  std::string TextOf(const GumboNode& node, const std::string& background);
  void Flush();

  // Null: everything is visible.
  const HtmlVisibility* visibility_;
  // Null: blocks are inline too.
  DocumentBuilder* builder_;
  HtmlTextCounts counts_;
  std::string run_;
  // As in jats_text.cc: what may introduce the list that follows.
  std::string last_paragraph_;
  // Levels of the open sections, outermost first.
  std::vector<int> levels_;
  // Of the heading of the references that are being read; 0 outside of them. Their blocks are left out.
  int references_level_ = 0;
  // Lists met inside an item; they follow its own text.
  std::vector<const GumboNode*>* nested_lists_ = nullptr;
  size_t depth_ = 0;
  bool in_main_ = false;
};

std::string PageReader::ReadInline(const GumboNode& node) { return TextOf(node, ""); }

void PageReader::ReadContent(const GumboNode& node, const std::string& background) {
  if (++depth_ > kMaxDepth) {
    ++counts_.too_deep;
  } else {
    const std::string own = BehindContent(node, background);
    for (const GumboNode* child : Children(node)) Read(*child, own);
  }
  --depth_;
}

std::string PageReader::BehindContent(const GumboNode& node, const std::string& background) const {
  return visibility_ == nullptr ? "" : visibility_->Background(node, background);
}

void PageReader::Read(const GumboNode& node, const std::string& background) {
  switch (node.type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
      run_ += node.v.text.text;
      return;
    case GUMBO_NODE_ELEMENT:
      if (!IsLeftOut(node, background)) ReadElement(node, node.v.element.tag, background);
      return;
    default:
      return;
  }
}

bool PageReader::IsLeftOut(const GumboNode& node, const std::string& background) {
  switch (PartOf(node, in_main_)) {
    case HtmlPart::kCode:
    case HtmlPart::kTwin:
      return true;
    case HtmlPart::kFurniture:
      if (HasText(node)) ++counts_.left_out[gumbo_normalized_tagname(node.v.element.tag)];
      return true;
    case HtmlPart::kText:
      break;
  }
  if (visibility_ == nullptr || !visibility_->IsHidden(node, background)) return false;
  if (HasText(node)) ++counts_.hidden;
  return true;
}

void PageReader::ReadElement(const GumboNode& node, GumboTag tag, const std::string& background) {
  if (tag == GUMBO_TAG_BR) {
    run_ += ' ';
  } else if (tag == GUMBO_TAG_IMG) {
    absl::StrAppend(&run_, " ", HtmlAttribute(node, "alt"), " ");
  } else if (tag == GUMBO_TAG_MATH) {
    run_ += HtmlMathText(node, [&](const GumboNode& inside) { return IsLeftOut(inside, background); });
  } else if (tag == GUMBO_TAG_SUP) {
    ReadSuperscript(node, background);
  } else if (tag == GUMBO_TAG_SUB) {
    ReadSubscript(node, background);
  } else if (IsInlineElement(tag)) {
    ReadContent(node, background);
  } else if (builder_ == nullptr || nested_lists_ != nullptr) {
    // Inside an item or a cell: blocks are parted by a space.
    if (nested_lists_ != nullptr && (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL))
      return nested_lists_->push_back(&node);
    run_ += ' ';
    ReadContent(node, background);
    run_ += ' ';
  } else {
    Flush();
    if (const int level = HtmlHeadingLevel(tag); level > 0) {
      ReadHeading(node, level, background);
    } else if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) {
      ReadList(node, ListContext(last_paragraph_), background);
    } else if (tag == GUMBO_TAG_DL) {
      ReadDefinitions(node, background);
    } else if (tag == GUMBO_TAG_TABLE) {
      ReadTable(node, background);
    } else {
      ReadContent(node, background);
      Flush();
    }
  }
}

std::string PageReader::Inside(const GumboNode& node, const std::string& background) {
  std::string outer = std::move(run_);
  run_.clear();
  ReadContent(node, background);
  std::string text = std::move(run_);
  run_ = std::move(outer);
  return text;
}

void PageReader::AppendMarked(bool marked, char mark, absl::string_view text) {
  const absl::string_view inner = absl::StripAsciiWhitespace(text);
  if (inner.empty()) return;
  if (marked && !run_.empty() && IsDigit(run_.back())) {
    run_ += mark;
  } else if (text.front() != inner.front()) {
    run_ += ' ';
  }
  absl::StrAppend(&run_, inner, text.back() != inner.back() ? " " : "");
}

// "10_2" as in inline_text.h.
void PageReader::ReadSubscript(const GumboNode& node, const std::string& background) {
  const std::string text = Inside(node, background);
  const absl::string_view inner = absl::StripAsciiWhitespace(text);
  AppendMarked(!inner.empty() && IsDigit(inner[0]), '_', text);
}

// "10^6" as in inline_text.h; a linked number is a reference and is left out.
void PageReader::ReadSuperscript(const GumboNode& node, const std::string& background) {
  const std::string text = Inside(node, background);
  const absl::string_view inner = absl::StripAsciiWhitespace(text);
  const bool numeric = BeginsWithNumber(inner) || (inner.size() > 1 && IsDigit(inner[1]));
  if (numeric && !FindAll(node, GUMBO_TAG_A).empty()) return;
  AppendMarked(numeric, '^', text);
}

void PageReader::ReadHeading(const GumboNode& node, int level, const std::string& background) {
  const std::string heading = TextOf(node, background);
  if (heading.empty() || (references_level_ > 0 && level > references_level_)) return;
  references_level_ = IsReferences(heading) ? level : 0;
  for (; !levels_.empty() && levels_.back() >= level; levels_.pop_back()) builder_->EndSection();
  last_paragraph_.clear();
  if (heading == builder_->metadata().title() || references_level_ > 0) return;
  builder_->BeginSection(heading, SectionLabel("", heading));
  levels_.push_back(level);
}

std::string PageReader::TextOf(const GumboNode& node, const std::string& background) {
  std::string outer = std::move(run_);
  run_.clear();
  DocumentBuilder* const builder = std::exchange(builder_, nullptr);
  ReadContent(node, background);
  builder_ = builder;
  std::string text = std::move(run_);
  run_ = std::move(outer);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

void PageReader::ReadList(const GumboNode& list, const std::string& context, const std::string& background) {
  const std::string own = BehindContent(list, background);
  for (const GumboNode* child : Children(list)) {
    if (child->type != GUMBO_NODE_ELEMENT || IsLeftOut(*child, own)) continue;
    if (IsElement(*child, GUMBO_TAG_UL) || IsElement(*child, GUMBO_TAG_OL)) {
      ReadList(*child, context, own);
    } else {
      ReadListItem(*child, context, own);
    }
  }
  last_paragraph_.clear();
}

void PageReader::ReadListItem(const GumboNode& item, const std::string& context, const std::string& background) {
  if (++depth_ <= kMaxDepth) {
    std::vector<const GumboNode*> nested;
    std::vector<const GumboNode*>* const outer = std::exchange(nested_lists_, &nested);
    const std::string text = TextOf(item, background);
    nested_lists_ = outer;
    if (references_level_ == 0) builder_->AddListItem(text, context);
    const std::string own = BehindContent(item, background);
    for (const GumboNode* list : nested) ReadList(*list, ContextInside(context, text), own);
  } else {
    ++counts_.too_deep;
  }
  --depth_;
}

void PageReader::ReadDefinitions(const GumboNode& list, const std::string& background) {
  const std::string context = ListContext(last_paragraph_);
  const std::string own = BehindContent(list, background);
  std::string term;
  for (const GumboNode* child : Children(list)) {
    if (child->type != GUMBO_NODE_ELEMENT || IsLeftOut(*child, own)) continue;
    const std::string text = TextOf(*child, own);
    if (IsElement(*child, GUMBO_TAG_DT)) {
      term = text;
    } else if (references_level_ == 0) {
      builder_->AddListItem(term.empty() ? text : absl::StrCat(term, ": ", text), context);
      // Only the first stands beside a long term as a whole.
      term = ContextInside("", term);
    }
  }
  last_paragraph_.clear();
}

// A table that lays out the page (it holds tables, headings or lists, or says so) is read as its content.
void PageReader::ReadTable(const GumboNode& table, const std::string& background) {
  bool is_layout = HtmlAttribute(table, "role") == "presentation" || FindAll(table, GUMBO_TAG_TABLE).size() > 1;
  for (GumboTag tag : {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3}) is_layout = is_layout || !FindAll(table, tag).empty();
  if (is_layout) {
    ReadContent(table, background);
    return Flush();
  }
  TableGrid grid;
  std::string caption;
  ReadRows(table, background, grid, caption);
  if (references_level_ == 0) builder_->AddTable(caption, grid.Header(), grid.Body());
  last_paragraph_.clear();
}

void PageReader::ReadRows(const GumboNode& group, const std::string& background, TableGrid& grid,
                          std::string& caption) {
  const std::string own = BehindContent(group, background);
  for (const GumboNode* child : Children(group)) {
    if (child->type != GUMBO_NODE_ELEMENT || IsLeftOut(*child, own)) continue;
    if (IsElement(*child, GUMBO_TAG_TR)) {
      ReadCells(*child, own, grid);
    } else if (IsElement(*child, GUMBO_TAG_CAPTION)) {
      caption = TextOf(*child, own);
    } else {
      ReadRows(*child, own, grid, caption);
    }
  }
}

void PageReader::ReadCells(const GumboNode& row, const std::string& background, TableGrid& grid) {
  const std::string own = BehindContent(row, background);
  bool is_header = true;
  for (const GumboNode* cell : Children(row)) is_header = is_header && !IsElement(*cell, GUMBO_TAG_TD);
  grid.BeginRow(is_header || IsElement(*row.parent, GUMBO_TAG_THEAD));
  for (const GumboNode* cell : Children(row)) {
    if (cell->type != GUMBO_NODE_ELEMENT) continue;
    grid.AddCell(IsLeftOut(*cell, own) ? "" : TextOf(*cell, own), HtmlAttribute(*cell, "colspan"),
                 HtmlAttribute(*cell, "rowspan"));
  }
}

void PageReader::Flush() {
  absl::RemoveExtraAsciiWhitespace(&run_);
  if (!run_.empty() && references_level_ == 0) {
    builder_->AddParagraph(run_);
    last_paragraph_ = run_;
  }
  run_.clear();
}

// Elements of that tag that neither they nor an element around them hide.
std::vector<const GumboNode*> Visible(const GumboNode& root, GumboTag tag, const HtmlVisibility& visibility) {
  std::vector<const GumboNode*> found = FindAll(root, tag);
  const auto is_hidden = [&visibility](const GumboNode* node) {
    for (; node->type == GUMBO_NODE_ELEMENT; node = node->parent) {
      if (visibility.IsHidden(*node, "")) return true;
    }
    return false;
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_hidden), found.end());
  return found;
}

// Null: the whole page.
const GumboNode* MainContent(const GumboNode& root, const HtmlVisibility& visibility) {
  const std::vector<const GumboNode*> mains = Visible(root, GUMBO_TAG_MAIN, visibility);
  if (!mains.empty()) return mains[0];
  const std::vector<const GumboNode*> articles = Visible(root, GUMBO_TAG_ARTICLE, visibility);
  return articles.size() == 1 ? articles[0] : nullptr;
}

}  // namespace

HtmlTextCounts AddHtmlText(const HtmlTree& tree, DocumentBuilder& builder) {
  const HtmlVisibility visibility(tree.root());
  PageReader reader(&visibility, &builder);
  const GumboNode* main = MainContent(tree.root(), visibility);
  reader.set_in_main(main != nullptr);
  reader.ReadContent(main == nullptr ? tree.root() : *main, "");
  reader.Finish();
  return reader.counts();
}

std::string HtmlInlineText(const GumboNode& node) { return PageReader(nullptr, nullptr).ReadInline(node); }

}  // namespace bedside
