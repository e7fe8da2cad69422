// What a prompt says around its passages: the policy and the order of the parts, from a file that a site can replace.
//
//   version: bedside-2
//   [system]
//   You answer from passages ... write {{no_answer}} ... lines that begin with <<{{mark}} ... {{marker}} for spaces ...
//   [user]
//   {{passages}}{{patient}}{{question}}
//
// The system message has {{no_answer}}, {{mark}} and {{marker}} at least once each; the user message has {{passages}},
// {{patient}} and {{question}} exactly once each. Places are filled once: braces in what fills them are text.
#ifndef BEDSIDE_SERVICES_GENERATION_PROMPT_TEMPLATE_H_
#define BEDSIDE_SERVICES_GENERATION_PROMPT_TEMPLATE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Immutable; copies are cheap enough to pass by value once.
class PromptTemplate {
 public:
  // Name of a place, without braces, and what fills it.
  using Values = std::map<std::string, std::string>;

  // The one in prompt_template.txt, which is part of the binary.
  static PromptTemplate Shipped();

  // INVALID_ARGUMENT names what is wrong: no UTF-8, no version, a part or a place that is missing, unknown, in the
  // wrong part or there too often.
  static absl::StatusOr<PromptTemplate> Parse(absl::string_view text);

  // As Parse, of a file of at most 64 KiB; messages begin with the path. NOT_FOUND: it cannot be read.
  static absl::StatusOr<PromptTemplate> Read(const std::string& path);

  // As the file states it; one word.
  const std::string& version() const { return version_; }

  // REQUIRES: `values` has all places of the message
  std::string System(const Values& values) const { return Fill(system_, values); }
  std::string User(const Values& values) const { return Fill(user_, values); }

 private:
  struct Piece {
    std::string text;
    bool is_place;
  };
  using Pieces = std::vector<Piece>;

  PromptTemplate() = default;
  static absl::StatusOr<Pieces> ParsePieces(absl::string_view text);
  static std::string Fill(const Pieces& pieces, const Values& values);

  std::string version_;
  Pieces system_;
  Pieces user_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_PROMPT_TEMPLATE_H_
