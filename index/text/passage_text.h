// What a model reads of a passage, to embed it or to judge it: title, heading path, context and its own bytes, in this
// order, so that a passage can be found by what the document is about. Of a document without title and headings it is
// the bytes alone. Title, headings and context are cut to 300 bytes each, so that they do not crowd out the passage.
#ifndef BEDSIDE_INDEX_TEXT_PASSAGE_TEXT_H_
#define BEDSIDE_INDEX_TEXT_PASSAGE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

// REQUIRES: `passage` is one of the passages of `document`.
std::string EmbeddingText(const storage::Document& document, const storage::Passage& passage);

// The part of EmbeddingText before the bytes of the passage; "" when there is none.
std::string PassagePrefix(const storage::Document& document, const storage::Passage& passage);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_PASSAGE_TEXT_H_
