#include "services/record/record_content.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "services/resources/resource_name.h"
#include "services/resources/view_messages.h"

namespace bedside {
namespace {

using Words = std::set<std::string>;

// What shorter words say tells nothing of who was asked about.
constexpr size_t kFewestBytes = 4;

// In lower case; those with a digit, or of at least kFewestBytes.
Words WordsOf(absl::string_view text) {
  std::string spaced = absl::AsciiStrToLower(text);
  std::replace_if(
      spaced.begin(), spaced.end(), [](unsigned char c) { return absl::ascii_isascii(c) && !absl::ascii_isalnum(c); },
      ' ');
  Words words;
  for (const absl::string_view word : absl::StrSplit(spaced, ' ', absl::SkipEmpty())) {
    if (word.size() >= kFewestBytes || absl::c_any_of(word, absl::ascii_isdigit)) words.emplace(word);
  }
  return words;
}

// Of what the sentence cites, as a language model was shown it.
Words WordsCitedBy(const v1::AnswerSentence& sentence, const v1::Basis& basis) {
  Words words;
  for (const v1::Citation& citation : sentence.citations()) {
    const int index = citation.evidence_number() - 1;
    if (index < 0 || index >= basis.evidence_size()) continue;
    const v1::Evidence& evidence = basis.evidence(index);
    words.merge(WordsOf(evidence.passage().text()));
    words.merge(WordsOf(evidence.document().title()));
    for (const std::string& heading : evidence.passage().heading_path()) words.merge(WordsOf(heading));
  }
  return words;
}

// Text of a language model with a word that its evidence does not hold may repeat the caller.
void LeaveOutWordsOfTheCaller(const v1::Basis& basis, v1::AnswerText* text) {
  for (v1::AnswerSentence& sentence : *text->mutable_sentences()) {
    const Words said = WordsOf(sentence.text()), cited = WordsCitedBy(sentence, basis);
    if (!absl::c_includes(cited, said)) sentence.clear_text();
    for (v1::GroundingIssue& issue : *sentence.mutable_issues()) issue.clear_said();
  }
}

// What tells of the patient.
void LeaveOutPatient(v1::Basis* basis) {
  basis->clear_population_mismatches();
  basis->clear_patient_cautions();
  basis->clear_patient_context();
  auto& warnings = *basis->mutable_warnings();
  warnings.erase(std::remove_if(warnings.begin(), warnings.end(),
                                [](const v1::AnswerWarning& warning) {
                                  return warning.kind() == v1::WARNING_KIND_OTHER_POPULATION ||
                                         warning.kind() == v1::WARNING_KIND_PATIENT_CAUTION;
                                }),
                 warnings.end());
}

}  // namespace

storage::AnswerRecord RecordOf(absl::string_view corpus, absl::string_view id, int64_t time_micros,
                               const v1::Answer& answer) {
  storage::AnswerRecord record;
  record.set_corpus(std::string(corpus));
  record.set_id(std::string(id));
  record.set_create_time_micros(time_micros);
  v1::Answer& kept = *record.mutable_answer();
  kept = answer;
  kept.set_name(AnswerNameOf(corpus, id));
  *kept.mutable_create_time() = TimestampOf(time_micros);
  kept.mutable_basis()->clear_interpretation();
  LeaveOutPatient(kept.mutable_basis());
  if (kept.abstention().reason() == v1::ABSTENTION_REASON_AMBIGUOUS_QUESTION) {
    kept.mutable_abstention()->clear_message();
  }
  if (kept.has_text() && kept.basis().method().writer() == v1::WRITER_LANGUAGE_MODEL) {
    LeaveOutWordsOfTheCaller(answer.basis(), kept.mutable_text());
  }
  std::set<std::string> documents;
  for (v1::Evidence& evidence : *kept.mutable_basis()->mutable_evidence()) {
    evidence.mutable_passage()->clear_text();
    const auto name = ParseDocumentName(evidence.document().name());
    if (name.ok()) documents.insert(name->document);
  }
  for (const std::string& document : documents) record.add_documents(document);
  return record;
}

}  // namespace bedside
