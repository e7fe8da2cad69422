// Structure of a text that was taken from a web page without its markup, as the answers of MedQuAD are.
#ifndef BEDSIDE_INGEST_CONNECTORS_PLAIN_ANSWER_H_
#define BEDSIDE_INGEST_CONNECTORS_PLAIN_ANSWER_H_

#include "absl/strings/string_view.h"
#include "ingest/connectors/document_builder.h"

namespace bedside {

// Adds `text` to the open section. Lines, and stretches of a line that three or more spaces part after the end of a
// sentence, are paragraphs; what begins with "- ", and lines without full stop after a paragraph that ends in a colon
// or leaves its sentence open ("... may include"), are list items, and so is a paragraph among them; a short line
// without full stop before a paragraph is the heading of a subsection, also behind items in small letters when it has a
// capital; a line of many short stretches is a row of a table.
void AddPlainAnswer(absl::string_view text, DocumentBuilder& builder);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PLAIN_ANSWER_H_
