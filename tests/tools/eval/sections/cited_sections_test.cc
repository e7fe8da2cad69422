#include "tools/eval/sections/cited_sections.h"

#include <gmock/gmock.h>

namespace bedside {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// An answer of one sentence, which cites the bytes from `begin` to `end` of `document`, whose passage begins at 100.
v1::Answer Citing(const std::string& document, const std::string& passage, uint32_t begin, uint32_t end) {
  v1::Answer answer;
  v1::Evidence& evidence = *answer.mutable_basis()->add_evidence();
  evidence.mutable_document()->set_name("corpora/default/documents/" + document);
  evidence.mutable_passage()->set_text(passage);
  evidence.mutable_passage()->mutable_span()->set_begin(100);
  v1::Citation& citation = *answer.mutable_text()->add_sentences()->add_citations();
  citation.set_evidence_number(1);
  citation.mutable_span()->set_begin(100 + begin);
  citation.mutable_span()->set_end(100 + end);
  return answer;
}

class CitedSectionsTest : public ::testing::Test {
 protected:
  const CitedSections sections_{{{"11",
                                  "",
                                  {{"METHODS", SectionRole::kNoFinding, "We asked\n20 adults."},
                                   {"RESULTS", SectionRole::kFinding, "It helped."}}}}};
};

TEST_F(CitedSectionsTest, ACitationIsOfTheSectionThatHoldsItsBytes) {
  const auto methods = sections_.Of(Citing("pmid-11", "We asked 20\nadults. It helped.", 0, 19));
  ASSERT_THAT(methods, SizeIs(1));
  EXPECT_EQ(methods[0].id, "11");
  EXPECT_EQ(methods[0].text, "We asked 20 adults.");
  EXPECT_EQ(methods[0].role, SectionRole::kNoFinding);
  const auto results = sections_.Of(Citing("pmid-11", "We asked 20\nadults. It helped.", 20, 30));
  ASSERT_THAT(results, SizeIs(1));
  EXPECT_EQ(results[0].role, SectionRole::kFinding);
}

TEST_F(CitedSectionsTest, WhatReachesIntoMethodsIsNoFinding) {
  const auto both = sections_.Of(Citing("pmid-11", "adults. It helped.", 0, 18));
  ASSERT_THAT(both, SizeIs(1));
  EXPECT_EQ(both[0].role, SectionRole::kNoFinding);
}

TEST_F(CitedSectionsTest, WhatDoesNotStandInItsDocumentIsLeftOut) {
  EXPECT_THAT(sections_.Of(Citing("pmid-11", "It harmed.", 0, 10)), IsEmpty());
  EXPECT_THAT(sections_.Of(Citing("pmid-12", "It helped.", 0, 10)), IsEmpty());
  EXPECT_THAT(sections_.Of(Citing("other", "It helped.", 0, 10)), IsEmpty());
}

TEST_F(CitedSectionsTest, AnAbstentionCitesNothing) { EXPECT_THAT(sections_.Of(v1::Answer()), IsEmpty()); }

}  // namespace
}  // namespace bedside
