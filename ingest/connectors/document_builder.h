// Assembles the canonical text of a document with its sections, blocks and pages, so that connectors never count bytes.
//
//   DocumentBuilder builder;
//   builder.metadata().set_title("...");
//   builder.BeginSection("Methods", "METHODS");
//   builder.AddParagraph("We ...");
//   builder.EndSection();
//   storage::Document document = std::move(builder).Build();
//
// The text holds each section's heading on a line of its own and each block as one or more lines, with an empty line
// between blocks (list items of one list stand on adjacent lines). Text is made canonical (index/text/utf8.h), runs of
// white space inside a block become one space, table rows are one line each. Blocks that are empty are left out, and so
// are sections without any block below them.
//
// A section's span begins at its heading and ends with the last block in it or below it. Caption and header of a table
// stand on lines of their own above its rows: they belong to the text and to the block's context, not to the block.
#ifndef BEDSIDE_INGEST_CONNECTORS_DOCUMENT_BUILDER_H_
#define BEDSIDE_INGEST_CONNECTORS_DOCUMENT_BUILDER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

class DocumentBuilder {
 public:
  // Everything but text, sections and pages.
  storage::Document& metadata() { return document_; }

  // Opens a section inside the one that is open. `label`: see storage::Section.label; the builder writes it upper case.
  void BeginSection(absl::string_view heading, absl::string_view label = "");
  // REQUIRES: a section is open
  void EndSection();
  // Sections that are open.
  size_t depth() const { return open_.size() + pending_.size(); }

  // Blocks belong to the section that is open; without one, to an untitled section of their own.
  void AddParagraph(absl::string_view text);
  // `context`: the label that introduces the list ("Contraindications:"), one line for each level; may be empty.
  void AddListItem(absl::string_view text, absl::string_view context = "");
  // `rows`: cells, the header row not among them; `header` may be empty. Cells are joined by " | ".
  void AddTable(absl::string_view caption, const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows);

  // What follows stands on a new page.
  void BeginPage();

  // Whether any block was added.
  bool empty() const { return document_.text().empty(); }

  // Open sections are closed; the title is made canonical, too.
  storage::Document Build() &&;

 private:
  storage::Section& CurrentSection();
  void WritePendingHeadings();
  // Opens `section` at the place of the next line; writes its heading.
  void WriteSection(storage::Section section);
  // `lead`: lines above the block that belong to its section only. Canonical, as `text` and `context` are.
  void AddBlock(storage::BlockKind kind, absl::string_view text, absl::string_view context,
                absl::string_view lead = "");
  void AppendLine(absl::string_view text, absl::string_view gap_after);

  storage::Document document_;
  // Indices in document_.sections of the open sections, outermost first.
  std::vector<int> open_;
  // Open sections inside those, which are written with their first block.
  std::vector<storage::Section> pending_;
  // What separates the text so far from the next line.
  absl::string_view gap_ = "";
  // Index of the untitled section that takes blocks outside of any; -1 before there is one.
  int untitled_ = -1;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_DOCUMENT_BUILDER_H_
