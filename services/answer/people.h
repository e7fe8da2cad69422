// The people that a question asks about: newborns, infants, children, adolescents, older adults, women in pregnancy or
// breast-feeding, people with impaired kidneys or liver. A dose or a target for others is no answer for them.
//
// Adults are not among them: what does not say whom it means is mostly for adults. English, by words. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_PEOPLE_H_
#define BEDSIDE_SERVICES_ANSWER_PEOPLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

class People {
 public:
  // Those that `question` names; may be none.
  explicit People(absl::string_view question);

  // Whether each group is named: by another word too ("paediatric", "gestational"), by a group that is part of it
  // ("infants" for children), or by an age ("6 to 12 years", not "for 6 to 12 months"). `publisher` names only people
  // of an age ("Academy of Pediatrics").
  bool AreNamedIn(absl::string_view text, absl::string_view publisher = "") const;

  // `question` without the words that name them, and without ages ("72-year-old").
  static std::string Without(absl::string_view question);

 private:
  // Indexes of groups.
  std::vector<size_t> asked_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PEOPLE_H_
