// Questions into which a fake identifier was put. Same seed, same texts.
#ifndef BEDSIDE_TOOLS_EVAL_PRIVACY_PLANTED_TEXT_H_
#define BEDSIDE_TOOLS_EVAL_PRIVACY_PLANTED_TEXT_H_

#include <string>
#include <vector>

#include "index/hash/split_mix.h"
#include "index/text/span.h"
#include "tools/eval/privacy/identifier_templates.h"

namespace bedside {

struct PlantedText {
  v1::IdentifierKind kind;
  std::string text;
  // Where the identifier stands.
  Span span;
  // Of a name: a part of it is in the lists of the service.
  bool listed = false;
};

// What names and places are made of.
struct NameStock {
  std::vector<std::string> given;
  std::vector<std::string> surnames;
  std::vector<std::string> cities;
};

class TextPlanter {
 public:
  TextPlanter(NameStock stock, uint64_t seed) : stock_(std::move(stock)), random_(seed) {}

  // `question` with the sentence of `form` before it or behind it.
  PlantedText Plant(const IdentifierTemplate& form, const std::string& question);

 private:
  std::string Fill(absl::string_view form, bool* listed);
  std::string Made(const std::string& name, bool* listed);
  std::string Digits(absl::string_view form);
  template <typename Check>
  std::string Valid(absl::string_view form, Check check);
  const std::string& OneOf(const std::vector<std::string>& all) { return all[random_.Next() % all.size()]; }

  const NameStock stock_;
  SplitMix64 random_;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PRIVACY_PLANTED_TEXT_H_
