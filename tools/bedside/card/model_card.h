// The model card of a service, as Markdown: what it answers from, with which models, within which limits, how well by
// the last evaluation, and who answers for it. After Mitchell et al., Model Cards for Model Reporting (2019).
#ifndef BEDSIDE_TOOLS_BEDSIDE_CARD_MODEL_CARD_H_
#define BEDSIDE_TOOLS_BEDSIDE_CARD_MODEL_CARD_H_

#include <string>

#include "tools/bedside/card/card_facts.h"

namespace bedside {

// The same facts give the same bytes. What is not known is said.
std::string ModelCard(const CardFacts& facts);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_CARD_MODEL_CARD_H_
