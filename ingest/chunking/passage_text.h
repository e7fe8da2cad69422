// What is embedded of a passage: title, heading path, context and its own bytes, in this order, so that a passage can
// be found by what the document is about. A document without title and headings is embedded as its bytes alone. Title,
// headings and context are cut to 300 bytes each, so that they do not crowd out the passage.
#ifndef BEDSIDE_INGEST_CHUNKING_PASSAGE_TEXT_H_
#define BEDSIDE_INGEST_CHUNKING_PASSAGE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

// Version of what Chunker and EmbeddingText make of a document. Raised with every change of it: a generation that was
// made by other rules is then built anew by the next import.
constexpr int kPassageRules = 2;

// REQUIRES: `passage` is one of the passages that Chunker made of `document`.
std::string EmbeddingText(const storage::Document& document, const storage::Passage& passage);

// The part of EmbeddingText before the bytes of the passage; "" when there is none.
std::string PassagePrefix(const storage::Document& document, const storage::Passage& passage);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CHUNKING_PASSAGE_TEXT_H_
