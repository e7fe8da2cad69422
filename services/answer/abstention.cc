#include "services/answer/abstention.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace bedside {
namespace {

v1::Abstention AbstentionOf(v1::AbstentionReason reason, absl::string_view message) {
  v1::Abstention abstention;
  abstention.set_reason(reason);
  abstention.set_message(std::string(message));
  return abstention;
}

}  // namespace

v1::Abstention NameNotClear(const v1::Ambiguity& ambiguity) {
  const char* wish = "Ask again with the name that you mean.";
  if (ambiguity.names_size() == 1) {
    return AbstentionOf(v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION,
                        absl::StrCat("This corpus does not know \"", ambiguity.word(), "\". It knows ",
                                     ambiguity.names(0), ", which is spelled alike but may be another drug. ", wish));
  }
  return AbstentionOf(v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION,
                      absl::StrCat("This corpus does not know \"", ambiguity.word(), "\", which may mean ",
                                   absl::StrJoin(ambiguity.names(), " or "), ". ", wish));
}

v1::Abstention NothingToAnswerFrom(const FilteredEvidence& filtered) {
  if (filtered.corpus_is_empty) {
    return AbstentionOf(v1::ABSTENTION_REASON_EMPTY_CORPUS,
                        "This corpus holds no passages. Import documents, or ask another corpus.");
  }
  if (filtered.nothing_in_force) {
    return AbstentionOf(v1::ABSTENTION_REASON_NOTHING_IN_FORCE,
                        "Every document of this corpus is retracted, withdrawn, deleted or superseded. Import current "
                        "documents, or ask another corpus.");
  }
  if (filtered.suspect > 0) {
    return AbstentionOf(v1::ABSTENTION_REASON_SUSPECT_EVIDENCE,
                        "What was found holds text that is addressed to a language model, so nothing is answered from "
                        "it. Read it in the list of evidence, and have its source checked.");
  }
  if (filtered.weak > 0) {
    return AbstentionOf(
        v1::ABSTENTION_REASON_WEAK_EVIDENCE,
        "What was found does not bear on the question closely enough to answer from it. Try naming the "
        "condition, the treatment and the population, or a question that the corpus covers, without words "
        "that do not matter for the answer: all of it is searched.");
  }
  if (filtered.not_shown > 0) {
    return AbstentionOf(v1::ABSTENTION_REASON_NO_EVIDENCE,
                        "Passages were found, but their sources do not allow their text to be shown. Look the "
                        "documents up where they were published.");
  }
  return AbstentionOf(v1::ABSTENTION_REASON_NO_EVIDENCE,
                      "Nothing was found in this corpus. Try other words, or fewer conditions in the filter.");
}

v1::Abstention SubjectNotNamed() {
  return AbstentionOf(
      v1::ABSTENTION_REASON_WEAK_EVIDENCE,
      "The passages that were found are close to the question, but none of them names everything that it "
      "is about: the drug, the condition or the population may be missing. Read them in the list of "
      "evidence, or ask with another name, and without words that do not matter for the answer.");
}

v1::Abstention NoFindingStated() {
  return AbstentionOf(v1::ABSTENTION_REASON_WEAK_EVIDENCE,
                      "The passages that were found bear on the question, but state no finding or recommendation that "
                      "can be quoted by itself. Read them in the list of evidence, or ask more specifically.");
}

v1::Abstention ModelFoundNoAnswer() {
  return AbstentionOf(v1::ABSTENTION_REASON_WEAK_EVIDENCE,
                      "The language model found no answer to the question in the passages. Read them in the list of "
                      "evidence, or ask more specifically.");
}

v1::Abstention LanguageNotSupported() {
  return AbstentionOf(
      v1::ABSTENTION_REASON_UNSUPPORTED_LANGUAGE,
      "The question does not seem to be in English, the only language that this service reads. Ask it in "
      "English.");
}

v1::Abstention NotAboutMedicine() {
  return AbstentionOf(v1::ABSTENTION_REASON_OUT_OF_SCOPE,
                      "The question does not seem to be about medicine: it names no drug, disease or part of the body "
                      "that this service knows, and nothing in this corpus bears on it. If it is, ask with the generic "
                      "name of the drug, or the name of the condition.");
}

v1::Abstention NoGeneratorNorFinding() {
  return AbstentionOf(v1::ABSTENTION_REASON_GENERATOR_UNAVAILABLE,
                      "The language model could not answer, and the passages that were found state no finding or "
                      "recommendation that can be quoted by itself. Read them in the list of evidence, or ask again "
                      "later.");
}

}  // namespace bedside
