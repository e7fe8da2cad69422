// Whether cited evidence was seen in animals: what holds for rats need not hold for a patient. Literature only; that a
// guideline or a page for patients names animals says where an infection comes from. English, by MeSH headings and by
// words. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_ANIMAL_STUDY_H_
#define BEDSIDE_SERVICES_ANSWER_ANIMAL_STUDY_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"

namespace bedside {

// Whether `text` names animals of the laboratory more often than people, and than how people come by what animals
// have. Some 20 microseconds a kilobyte.
bool SpeaksOfAnimals(absl::string_view text);

// SEEN_IN_ANIMALS with the numbers of the evidence; unset where there is none, and where the question asks about
// animals. The MeSH headings decide where they have one of "Animals" and "Humans" (each article that MEDLINE has
// indexed has one or both); else the cited bytes where they name animals or people; else the words of title, passage
// and the first 4,000 bytes of the document. Citations outside `evidence` are passed over.
absl::optional<v1::AnswerWarning> AnimalStudyWarning(absl::string_view question, const v1::AnswerText& answer,
                                                     const std::vector<EvidencePassage>& evidence);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_ANIMAL_STUDY_H_
