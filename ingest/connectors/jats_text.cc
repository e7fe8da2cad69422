#include "ingest/connectors/jats_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest/connectors/inline_text.h"
#include "ingest/connectors/list_context.h"
#include "ingest/connectors/section_label.h"
#include "ingest/connectors/table_grid.h"

namespace bedside {
namespace {

using NameSet = absl::flat_hash_set<absl::string_view>;

// Elements that are blocks of their own wherever they stand, also inside a paragraph.
bool IsBlock(absl::string_view name) {
  static const auto& kNames =
      *new NameSet({"list", "def-list", "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text",
                    "disp-quote", "statement", "speech", "verse-group", "preformat", "supplementary-material", "media",
                    "array", "table", "p", "sec"});
  return kNames.contains(name);
}

// Blocks that are no evidence.
bool IsLeftOut(absl::string_view name) {
  static const auto& kNames = *new NameSet({"supplementary-material",
                                            "media",
                                            "ref-list",
                                            "ack",
                                            "fn-group",
                                            "fn",
                                            "glossary",
                                            "notes",
                                            "bio",
                                            "sec-meta",
                                            "label",
                                            "title",
                                            "subtitle",
                                            "caption",
                                            "object-id",
                                            "related-article",
                                            "related-object",
                                            "attrib",
                                            "permissions",
                                            "graphic"});
  return kNames.contains(name);
}

// Sections that declare something about the authors or the publication.
bool IsDeclaration(absl::string_view heading) {
  static const auto& kHeadings = *new NameSet({"competing interests",
                                               "competing interest",
                                               "conflict of interest",
                                               "conflicts of interest",
                                               "conflict of interests",
                                               "disclosure",
                                               "disclosures",
                                               "disclosure statement",
                                               "declaration of interests",
                                               "declarations",
                                               "authors' contributions",
                                               "authors contributions",
                                               "author contributions",
                                               "author's contributions",
                                               "contributors",
                                               "acknowledgements",
                                               "acknowledgments",
                                               "acknowledgement",
                                               "acknowledgment",
                                               "funding",
                                               "funding statement",
                                               "funding sources",
                                               "role of the funding source",
                                               "financial support",
                                               "pre-publication history",
                                               "supplementary material",
                                               "supplementary materials",
                                               "supplementary data",
                                               "supplementary information",
                                               "supplemental material",
                                               "supporting information",
                                               "additional files",
                                               "availability of data and materials",
                                               "data availability",
                                               "data availability statement",
                                               "data sharing statement",
                                               "ethics approval",
                                               "ethics approval and consent to participate",
                                               "consent for publication",
                                               "consent",
                                               "publisher's note",
                                               "authors' information",
                                               "references",
                                               "abbreviations",
                                               "list of abbreviations"});
  std::string lower = absl::AsciiStrToLower(heading);
  for (size_t at = lower.find("’"); at != std::string::npos; at = lower.find("’")) lower.replace(at, 3, "'");
  absl::string_view name = lower;
  while (!name.empty() && absl::StrContains(".: ", name.back())) name.remove_suffix(1);
  return kHeadings.contains(name);
}

std::string ChildText(const XmlElement& element, absl::string_view child) {
  const XmlElement* found = element.Find(child);
  return found == nullptr ? "" : InlineText(*found);
}

// Without the colon of a run-in heading.
std::string Heading(const XmlElement& section) {
  std::string heading = ChildText(section, "title");
  if (absl::EndsWith(heading, ":")) heading.pop_back();
  return heading;
}

std::string Label(const XmlElement& section) { return SectionLabel(section.Attribute("sec-type"), Heading(section)); }

// Parts of a text, joined by a space, each with a full stop unless it has an end of its own.
void AppendPart(absl::string_view part, std::string& text) {
  if (part.empty()) return;
  if (!text.empty()) {
    if (!absl::StrContains(".:;?!", text.back())) text += ".";
    text += " ";
  }
  absl::StrAppend(&text, part);
}

// Label, title and paragraphs of a caption: "Table 1. Baseline. Values are means."
std::string Caption(const XmlElement& element) {
  std::string text = ChildText(element, "label");
  const XmlElement* caption = element.Find("caption");
  if (caption == nullptr) return text;
  for (const XmlElement& part : caption->children) {
    if (part.name == "title" || part.name == "p") AppendPart(InlineText(part), text);
  }
  return text;
}

// The content of a list item or a definition: its own text, and the blocks inside it, which the text introduces.
struct ItemContent {
  std::string text;
  std::vector<const XmlElement*> blocks;
};

void AppendWords(absl::string_view words, std::string& text) {
  absl::StrAppend(&text, text.empty() || words.empty() ? "" : " ", words);
}

void CollectItem(const XmlElement& item, ItemContent* content) {
  std::vector<const XmlElement*> run;
  const auto flush = [&] {
    AppendWords(InlineText(run), content->text);
    run.clear();
  };
  for (const XmlElement& child : item.children) {
    if (child.name == "label") continue;
    const bool is_text = child.name == "p" || child.name == "title";
    if (!is_text && !IsBlock(child.name)) {
      run.push_back(&child);
      continue;
    }
    flush();
    if (child.name == "p") CollectItem(child, content);
    if (child.name == "title") AppendPart(InlineText(child), content->text);
    if (!is_text) content->blocks.push_back(&child);
  }
  flush();
}

class TextReader {
 public:
  explicit TextReader(DocumentBuilder& builder) : builder_(builder) {}

  void AddAbstracts(const XmlElement& article);
  // The sections and blocks below `parent`.
  void AddContent(const XmlElement& parent);
  void AddBody(const XmlElement& body);
  void AddFloats(const XmlElement& article);
  const JatsTextCounts& counts() const { return counts_; }

 private:
  void AddSection(const XmlElement& section);
  void AddBlock(const XmlElement& block);
  void AddParagraph(const XmlElement& paragraph);
  void AddList(const XmlElement& list, absl::string_view context);
  void AddDefinitions(const XmlElement& list, absl::string_view context);
  void AddDefinition(const XmlElement& item, absl::string_view context);
  void AddItem(const ItemContent& content, absl::string_view context);
  // A block that `context` introduces.
  void AddBlockBelow(absl::string_view context, const XmlElement& block);
  void AddTableWrap(const XmlElement& wrap);
  void AddTableNotes(const XmlElement& notes);
  void AddTableNote(const XmlElement& note);
  void AddTable(const XmlElement& table, absl::string_view caption);
  void AddBox(const XmlElement& box);

  DocumentBuilder& builder_;
  JatsTextCounts counts_;
  // The paragraph just added, which may introduce the list that follows; empty after another block.
  std::string last_paragraph_;
};

void TextReader::AddAbstracts(const XmlElement& article) {
  const XmlElement* meta = article.Find("front/article-meta");
  if (meta == nullptr) return;
  for (const XmlElement* abstract : meta->All("abstract")) {
    const absl::string_view type = abstract->Attribute("abstract-type");
    if (type == "graphical" || type == "toc" || type == "teaser" || type == "precis" || type == "web-summary") continue;
    const std::string title = ChildText(*abstract, "title");
    builder_.BeginSection(title.empty() ? "Abstract" : title, "ABSTRACT");
    AddContent(*abstract);
    builder_.EndSection();
  }
}

void TextReader::AddContent(const XmlElement& parent) {
  for (const XmlElement& child : parent.children) {
    if (!child.is_text()) AddBlock(child);
  }
}

void TextReader::AddFloats(const XmlElement& article) {
  const XmlElement* floats = article.Find("floats-group");
  if (floats == nullptr) floats = article.Find("floats-wrap");
  if (floats == nullptr) return;
  builder_.BeginSection("Tables and figures");
  AddContent(*floats);
  builder_.EndSection();
}

// Paragraphs before the first section are an introduction where the sections report a study.
void TextReader::AddBody(const XmlElement& body) {
  const std::vector<const XmlElement*> sections = body.All("sec");
  const bool is_study = std::any_of(sections.begin(), sections.end(), [](const XmlElement* section) {
    const std::string label = Label(*section);
    return label == "METHODS" || label == "RESULTS";
  });
  if (is_study) builder_.BeginSection("", "BACKGROUND");
  bool in_introduction = is_study;
  for (const XmlElement& child : body.children) {
    if (child.is_text()) continue;
    if (in_introduction && child.name == "sec") {
      builder_.EndSection();
      in_introduction = false;
    }
    AddBlock(child);
  }
  if (in_introduction) builder_.EndSection();
}

void TextReader::AddSection(const XmlElement& section) {
  const std::string heading = Heading(section);
  if (IsDeclaration(heading) || section.Attribute("sec-type") == "supplementary-material") return;
  builder_.BeginSection(heading, Label(section));
  last_paragraph_.clear();
  AddContent(section);
  builder_.EndSection();
}

void TextReader::AddBlock(const XmlElement& block) {
  const absl::string_view name = block.name;
  if (IsLeftOut(name)) return;
  if (name == "p") return AddParagraph(block);
  if (name == "list") return AddList(block, ListContext(last_paragraph_));
  if (name == "def-list") return AddDefinitions(block, ListContext(last_paragraph_));
  last_paragraph_.clear();
  if (name == "sec" || name == "app") {
    AddSection(block);
  } else if (name == "table-wrap") {
    AddTableWrap(block);
  } else if (name == "fig") {
    builder_.AddParagraph(Caption(block));
  } else if (name == "boxed-text" || name == "statement") {
    AddBox(block);
  } else if (name == "table" || name == "array") {
    AddTable(block, "");
  } else if (name == "fig-group" || name == "table-wrap-group" || name == "disp-quote" || name == "speech" ||
             name == "app-group") {
    AddContent(block);
  } else {
    AddParagraph(block);
  }
}

// Inline content up to a block inside the paragraph is a paragraph, and so is what follows the block.
void TextReader::AddParagraph(const XmlElement& paragraph) {
  std::vector<const XmlElement*> run;
  const auto flush = [this, &run] {
    std::string text = InlineText(run);
    run.clear();
    if (text.empty()) return;
    builder_.AddParagraph(text);
    last_paragraph_ = std::move(text);
  };
  for (const XmlElement& child : paragraph.children) {
    if (!IsBlock(child.name)) {
      run.push_back(&child);
      continue;
    }
    flush();
    AddBlock(child);
  }
  flush();
}

void TextReader::AddList(const XmlElement& list, absl::string_view context) {
  const std::string title = ChildText(list, "title");
  builder_.AddParagraph(title);
  const std::string below = ContextInside(context, title);
  for (const XmlElement* item : list.All("list-item")) {
    ItemContent content;
    CollectItem(*item, &content);
    AddItem(content, below);
  }
  last_paragraph_.clear();
}

void TextReader::AddDefinitions(const XmlElement& list, absl::string_view context) {
  const std::string title = ChildText(list, "title");
  builder_.AddParagraph(title);
  const std::string below = ContextInside(context, title);
  for (const XmlElement& child : list.children) {
    if (child.name == "def-item") AddDefinition(child, below);
    if (child.name == "def-list") AddDefinitions(child, below);
  }
  last_paragraph_.clear();
}

void TextReader::AddDefinition(const XmlElement& item, absl::string_view context) {
  ItemContent content;
  std::string separator = ChildText(item, "term");
  if (!separator.empty()) absl::StrAppend(&separator, absl::EndsWith(separator, ":") ? " " : ": ");
  for (const XmlElement* definition : item.All("def")) {
    ItemContent one;
    CollectItem(*definition, &one);
    absl::StrAppend(&content.text, separator, one.text);
    content.blocks.insert(content.blocks.end(), one.blocks.begin(), one.blocks.end());
    separator = "; ";
  }
  AddItem(content, context);
}

void TextReader::AddItem(const ItemContent& content, absl::string_view context) {
  builder_.AddListItem(content.text, context);
  const std::string below = ContextInside(context, content.text);
  for (const XmlElement* block : content.blocks) AddBlockBelow(below, *block);
}

void TextReader::AddBlockBelow(absl::string_view context, const XmlElement& block) {
  last_paragraph_.clear();
  if (block.name == "list") return AddList(block, context);
  if (block.name == "def-list") return AddDefinitions(block, context);
  AddBlock(block);
}

// The tables first, then what stands beside them: lists in the place of a table, and footnotes.
void TextReader::AddTableWrap(const XmlElement& wrap) {
  const std::string caption = Caption(wrap);
  std::vector<const XmlElement*> tables = wrap.All("table");
  if (const XmlElement* alternative = wrap.Find("alternatives/table"); alternative != nullptr)
    tables.push_back(alternative);
  if (tables.empty()) builder_.AddParagraph(caption);
  for (const XmlElement* table : tables) AddTable(*table, caption);
  bool was_read = !tables.empty();
  for (const XmlElement& child : wrap.children) {
    if (child.name == "table-wrap-foot") AddTableNotes(child);
    if (child.name == "table" || !IsBlock(child.name)) continue;
    AddBlockBelow(ContextInside("", caption), child);
    was_read = was_read || !IsLeftOut(child.name);
  }
  if (!was_read) ++counts_.unread_tables;
}

void TextReader::AddTableNotes(const XmlElement& notes) {
  for (const XmlElement& note : notes.children) {
    if (note.name == "fn-group") {
      AddTableNotes(note);
    } else if (note.name == "fn") {
      AddTableNote(note);
    } else if (note.name == "title") {
      builder_.AddParagraph(InlineText(note));
    } else if (!note.is_text()) {
      AddBlockBelow("", note);
    }
  }
}

// Its mark as the table has it, and its text.
void TextReader::AddTableNote(const XmlElement& note) {
  ItemContent content;
  content.text = NoteMark(ChildText(note, "label"));
  CollectItem(note, &content);
  builder_.AddParagraph(content.text);
  const std::string below = ContextInside("", content.text);
  for (const XmlElement* block : content.blocks) AddBlockBelow(below, *block);
}

void TextReader::AddTable(const XmlElement& table, absl::string_view caption) {
  TableGrid grid;
  const auto add_row = [&grid](const XmlElement& row, bool is_header) {
    grid.BeginRow(is_header);
    for (const XmlElement& cell : row.children) {
      if (cell.name != "td" && cell.name != "th") continue;
      grid.AddCell(CellText(cell), cell.Attribute("colspan"), cell.Attribute("rowspan"));
    }
  };
  for (const XmlElement& part : table.children) {
    if (part.name == "tr") add_row(part, /*is_header=*/false);
    for (const XmlElement* row : part.All("tr")) add_row(*row, part.name == "thead");
  }
  builder_.AddTable(caption, grid.Header(), grid.Body());
}

// A box with a title is a section of its own.
void TextReader::AddBox(const XmlElement& box) {
  std::string heading = ChildText(box, "title");
  if (heading.empty()) heading = Caption(box);
  if (!heading.empty()) builder_.BeginSection(heading);
  AddContent(box);
  if (!heading.empty()) builder_.EndSection();
}

}  // namespace

JatsTextCounts AddJatsText(const XmlElement& article, DocumentBuilder& builder) {
  TextReader reader(builder);
  reader.AddAbstracts(article);
  if (const XmlElement* body = article.Find("body"); body != nullptr) reader.AddBody(*body);
  if (const XmlElement* back = article.Find("back"); back != nullptr) reader.AddContent(*back);
  reader.AddFloats(article);
  return reader.counts();
}

}  // namespace bedside
