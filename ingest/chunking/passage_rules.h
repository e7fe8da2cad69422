// Version of the rules by which passages are made.
#ifndef BEDSIDE_INGEST_CHUNKING_PASSAGE_RULES_H_
#define BEDSIDE_INGEST_CHUNKING_PASSAGE_RULES_H_

namespace bedside {

// Of what Chunker and EmbeddingText (index/text/passage_text.h) make of a document. Raised with every change of it: a
// generation that was made by other rules is then built anew by the next import.
constexpr int kPassageRules = 2;

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CHUNKING_PASSAGE_RULES_H_
