// Where evidence says whom it is about, and whom. English, by words and MeSH headings. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_EVIDENCE_PLACES_H_
#define BEDSIDE_SERVICES_ANSWER_EVIDENCE_PLACES_H_

#include <string>
#include <vector>

#include "proto/bedside/v1/answer.pb.h"
#include "services/answer/evidence_source.h"
#include "services/answer/people_groups.h"

namespace bedside {

// From the claim outwards: the cited bytes, headings and what stands above lists and tables, the title.
struct EvidencePlaces {
  std::vector<std::string> texts;
  // Of the MeSH headings of the document.
  PeopleGroups mesh;
};

// Of a citation.
struct CitedPlaces {
  // 1-based index into the evidence.
  int number = 0;
  EvidencePlaces places;
};

// Of all citations of the answer, in their order. Those outside `evidence` are passed over. REQUIRES: spans are of
// their documents
std::vector<CitedPlaces> PlacesCitedIn(const v1::AnswerText& answer, const std::vector<EvidencePassage>& evidence);

// Those of `aspect` that the first place names which names any.
PeopleGroups GroupsOf(const EvidencePlaces& places, const PeopleGroups& aspect);

// Whether evidence is about people in this condition, not just of them as of one case among others: a claim that names
// it further on than in its first words is not.
bool IsAbout(PeopleGroup condition, const EvidencePlaces& places);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_EVIDENCE_PLACES_H_
