#include "services/answer/evidence_places.h"

#include <iterator>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "services/answer/cited_evidence.h"
#include "services/resources/evidence_messages.h"

namespace bedside {
namespace {

// Of MeSH headings, with or without qualifiers behind "/".
PeopleGroups GroupsOfMesh(const storage::Document& document) {
  static const auto& groups = *new std::map<std::string, PeopleGroup>({
      {"Infant, Newborn", PeopleGroup::kNewborns},
      {"Infant", PeopleGroup::kChildren},
      {"Child", PeopleGroup::kChildren},
      {"Child, Preschool", PeopleGroup::kChildren},
      {"Adolescent", PeopleGroup::kChildren},
      {"Adult", PeopleGroup::kAdults},
      {"Young Adult", PeopleGroup::kAdults},
      {"Middle Aged", PeopleGroup::kAdults},
      {"Aged", PeopleGroup::kOlderAdults},
      {"Aged, 80 and over", PeopleGroup::kOlderAdults},
      {"Male", PeopleGroup::kMales},
      {"Female", PeopleGroup::kFemales},
      {"Pregnancy", PeopleGroup::kPregnant},
  });
  PeopleGroups named;
  for (const std::string& heading : document.mesh_headings()) {
    const auto found = groups.find(heading.substr(0, heading.find('/')));
    if (found != groups.end()) named.insert(found->second);
  }
  return named;
}

PeopleGroups Those(const PeopleGroups& groups, const PeopleGroups& of) {
  PeopleGroups both;
  absl::c_set_intersection(groups, of, std::inserter(both, both.end()));
  return both;
}

// The words with which a claim begins.
absl::string_view BeginningOf(absl::string_view claim) {
  constexpr size_t kBeginningBytes = 48;
  if (claim.size() <= kBeginningBytes) return claim;
  const size_t end = claim.rfind(' ', kBeginningBytes);
  return end == absl::string_view::npos ? absl::string_view() : claim.substr(0, end);
}

EvidencePlaces PlacesOf(const EvidencePassage& evidence, const v1::Span& span) {
  const storage::Document& document = *evidence.document;
  const std::string headings =
      absl::StrCat(absl::StrJoin(evidence.passage.heading_path(), "\n"), "\n", evidence.passage.context());
  return {{std::string(ShownText(document, span.begin(), span.end())), headings, document.title()},
          GroupsOfMesh(document)};
}

}  // namespace

std::vector<CitedPlaces> PlacesCitedIn(const v1::AnswerText& answer, const std::vector<EvidencePassage>& evidence) {
  std::vector<CitedPlaces> cited;
  ForEachCitation(answer, evidence, [&](int number, const EvidencePassage& passage, const v1::Span& span) {
    cited.push_back({number, PlacesOf(passage, span)});
  });
  return cited;
}

PeopleGroups GroupsOf(const EvidencePlaces& places, const PeopleGroups& aspect) {
  for (const std::string& text : places.texts) {
    const PeopleGroups named = Those(GroupsNamedIn(text), aspect);
    if (!named.empty()) return named;
  }
  return Those(places.mesh, aspect);
}

bool IsAbout(PeopleGroup condition, const EvidencePlaces& places) {
  const std::string& claim = places.texts.front();
  if (GroupsNamedIn(claim).count(condition) != 0) return GroupsNamedIn(BeginningOf(claim)).count(condition) != 0;
  return !GroupsOf(places, {condition}).empty();
}

}  // namespace bedside
