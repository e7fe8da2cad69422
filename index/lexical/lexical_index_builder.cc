#include "index/lexical/lexical_index_builder.h"

namespace bedside {

LexicalIndexBuilder::LexicalIndexBuilder(const LexicalAnalyzer* analyzer) : analyzer_(analyzer) {}

void LexicalIndexBuilder::Add(const LexicalFields& fields) {
  writer_.Add({analyzer_->Terms(fields.title), analyzer_->Terms(fields.headings), analyzer_->Terms(fields.body),
               analyzer_->Terms(fields.tags)});
}

}  // namespace bedside
