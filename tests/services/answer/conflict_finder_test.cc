// Pairs of made guidelines: those that disagree are found, and those that only seem to are not.
#include "services/answer/conflict_finder.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Source {
  const char* title;
  const char* body;
  const char* text;
};

EvidencePassage Guideline(const std::string& id, const Source& source) {
  EvidenceBuilder builder(id, source.title);
  builder.document().set_kind(v1::DOCUMENT_KIND_GUIDELINE);
  builder.document().set_publisher(source.body);
  builder.document().set_jurisdiction("X");
  builder.document().mutable_publication_date()->set_year(2020);
  return builder.Paragraph(source.text).Build();
}

class ConflictFinderTest : public testing::Test {
 protected:
  std::vector<FoundConflict> Find(const std::vector<EvidencePassage>& evidence) const {
    return ConflictFinder(analyzer_.get(), splitter_.get()).Find(evidence);
  }
  std::vector<FoundConflict> Find(const Source& a, const Source& b) const {
    return Find({Guideline("a", a), Guideline("b", b)});
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  std::unique_ptr<SentenceSplitter> splitter_ = *SentenceSplitter::Create();
};

struct Pair {
  v1::ConflictKind kind;
  Source a, b;
};

constexpr char kHypertension[] = "Hypertension in Adults";
constexpr char kDiabetes[] = "Type 2 Diabetes";
constexpr char kStroke[] = "Acute Stroke";

const Pair kDisagreeing[] = {
    {v1::CONFLICT_KIND_DIRECTION,
     {"Prostate Cancer Screening", "A", "PSA screening for prostate cancer is recommended in men."},
     {"Screening for Prostate Cancer", "B", "PSA screening for prostate cancer is not recommended in men."}},
    {v1::CONFLICT_KIND_DIRECTION,
     {kStroke, "A", "Prophylactic antibiotics should be given after acute stroke."},
     {kStroke, "B", "Prophylactic antibiotics should not be given after acute stroke."}},
    {v1::CONFLICT_KIND_DIRECTION,
     {kDiabetes, "A", "Start aspirin for primary prevention in type 2 diabetes."},
     {kDiabetes, "B", "Avoid aspirin for primary prevention in type 2 diabetes."}},
    {v1::CONFLICT_KIND_DIRECTION,
     {"Knee Osteoarthritis", "A", "We suggest hyaluronic acid injections for knee osteoarthritis."},
     {"Knee Osteoarthritis", "B", "We recommend against hyaluronic acid injections for knee osteoarthritis."}},
    {v1::CONFLICT_KIND_DIRECTION,
     {"Acute Bronchiolitis in Infants", "A", "Nebulised salbutamol may be used in infants with bronchiolitis."},
     {"Bronchiolitis in Infants", "B", "Nebulised salbutamol should not be used in infants with bronchiolitis."}},
    {v1::CONFLICT_KIND_VALUE,
     {kHypertension, "A", "The target blood pressure is <130/80 mmHg in most patients."},
     {kHypertension, "B", "The target blood pressure is <140/90 mmHg in most patients."}},
    {v1::CONFLICT_KIND_VALUE,
     {kDiabetes, "A", "An HbA1c target below 7 % is recommended for most adults."},
     {kDiabetes, "B", "An HbA1c target below 8 % is recommended for most adults."}},
    {v1::CONFLICT_KIND_VALUE,
     {"Community-acquired Pneumonia", "A", "Treat pneumonia with amoxicillin 500 mg three times daily."},
     {"Community-acquired Pneumonia", "B", "Treat pneumonia with amoxicillin 1,000 mg three times daily."}},
    {v1::CONFLICT_KIND_VALUE,
     {"Anaemia", "A", "Transfuse red cells in anaemia when haemoglobin is below 7 g/dL."},
     {"Anemia", "B", "Transfuse red cells in anemia when hemoglobin is below 8 g/dL."}},
    {v1::CONFLICT_KIND_VALUE,
     {"Streptococcal Pharyngitis", "A", "Penicillin V is given for 10 days in streptococcal pharyngitis."},
     {"Streptococcal Pharyngitis", "B", "Penicillin V is given for 5 days in streptococcal pharyngitis."}},
};

TEST_F(ConflictFinderTest, FindsGuidelinesThatDisagree) {
  for (const Pair& pair : kDisagreeing) {
    const auto found = Find(pair.a, pair.b);
    ASSERT_THAT(found, SizeIs(1)) << pair.a.text;
    EXPECT_EQ(found[0].message.kind(), pair.kind) << pair.a.text;
    EXPECT_THAT(found[0].texts, ElementsAre(pair.a.text, pair.b.text));
  }
}

const Pair kAgreeing[] = {
    // The same advice, or compatible values.
    {{},
     {kStroke, "A", "Give aspirin after acute stroke."},
     {kStroke, "B", "Aspirin is recommended after acute stroke."}},
    {{},
     {kHypertension, "A", "Amlodipine 5 to 10 mg daily is recommended in hypertension."},
     {kHypertension, "B", "Amlodipine 10 mg daily is recommended in hypertension."}},
    // Another drug, another condition, other people.
    {{},
     {kStroke, "A", "Aspirin is recommended after acute stroke."},
     {kStroke, "B", "Warfarin is not recommended after acute stroke."}},
    {{},
     {"Gastritis", "A", "Omeprazole 20 mg daily is recommended in gastritis."},
     {"Oesophagitis", "B", "Omeprazole 40 mg daily is recommended in oesophagitis."}},
    {{},
     {kHypertension, "A", "Lisinopril is recommended in hypertension."},
     {kHypertension, "B", "Lisinopril is not recommended in hypertension in pregnancy."}},
    {{},
     {"Asthma in Children", "A", "Prednisolone 20 mg daily is given in acute asthma."},
     {"Asthma in Adults", "B", "Prednisolone 40 mg daily is given in acute asthma."}},
    // Another kind of value, another unit, another measure.
    {{},
     {kHypertension, "A", "Start drugs when systolic blood pressure is above 150 mmHg."},
     {kHypertension, "B", "The target systolic blood pressure is below 130 mmHg."}},
    {{},
     {kDiabetes, "A", "The target of fasting glucose is 4 to 7 mmol/L."},
     {kDiabetes, "B", "The target of fasting glucose is 80 to 130 mg/dL."}},
    {{},
     {kDiabetes, "A", "The target of fasting glucose is below 7 mmol/L."},
     {kDiabetes, "B", "The target of LDL cholesterol is below 1.8 mmol/L."}},
    // A condition of the advice.
    {{},
     {kStroke, "A", "Oxygen is recommended after acute stroke if saturation is below 94 %."},
     {kStroke, "B", "Oxygen is not recommended after acute stroke if saturation is above 94 %."}},
    {{},
     {kStroke, "A", "Oxygen is recommended after acute stroke."},
     {kStroke, "B", "Avoid oxygen after acute stroke unless saturation is low."}},
};

TEST_F(ConflictFinderTest, GuidelinesThatAgreeOrSpeakOfSomethingElseAreInNoConflict) {
  for (const Pair& pair : kAgreeing) {
    EXPECT_THAT(Find(pair.a, pair.b), IsEmpty()) << pair.a.text << " | " << pair.b.text;
  }
}

TEST_F(ConflictFinderTest, SaysWhoSpeaksAndWhatDiffers) {
  const auto found = Find(kDisagreeing[5].a, kDisagreeing[5].b);
  ASSERT_THAT(found, SizeIs(1));
  const v1::ConflictSide& second = found[0].message.sides(1);
  EXPECT_EQ(second.evidence_number(), 2);
  EXPECT_EQ(second.publisher(), "B");
  EXPECT_EQ(second.jurisdiction(), "X");
  EXPECT_EQ(second.publication_date().year(), 2020);
  const std::string text = kDisagreeing[5].b.text;
  EXPECT_EQ(text.substr(second.value().begin(), second.value().end() - second.value().begin()), "140/90 mmHg");
  EXPECT_FALSE(found[0].message.sides(0).value().begin() == 0);
}

TEST_F(ConflictFinderTest, SaysWhoIsForAndWhoIsAgainst) {
  const auto found = Find(kDisagreeing[1].a, kDisagreeing[1].b);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].message.sides(0).direction(), v1::RECOMMENDATION_DIRECTION_FOR);
  EXPECT_EQ(found[0].message.sides(1).direction(), v1::RECOMMENDATION_DIRECTION_AGAINST);
  EXPECT_FALSE(found[0].message.sides(0).has_value());
}

TEST_F(ConflictFinderTest, EditionsOfOneBodyAreNoConflict) {
  Source older = kDisagreeing[1].a, newer = kDisagreeing[1].b;
  newer.body = "a ";
  EXPECT_THAT(Find(older, newer), IsEmpty());
  older.body = newer.body = "";
  EXPECT_THAT(Find(older, newer), SizeIs(1)) << "two bodies that are not known may be two";
}

TEST_F(ConflictFinderTest, OneDocumentIsInNoConflictWithItself) {
  EXPECT_THAT(Find({Guideline("a", kDisagreeing[1].a), Guideline("a", kDisagreeing[1].b)}), IsEmpty());
}

TEST_F(ConflictFinderTest, OnlyGuidelinesInForceHaveASay) {
  const EvidencePassage one = Guideline("a", kDisagreeing[1].a);
  for (const v1::DocumentStatus status : {v1::DOCUMENT_STATUS_SUPERSEDED, v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN}) {
    EvidencePassage other = Guideline("b", kDisagreeing[1].b);
    other.status = status;
    EXPECT_THAT(Find({one, other}), IsEmpty());
  }
  EvidencePassage corrected = Guideline("b", kDisagreeing[1].b);
  corrected.status = v1::DOCUMENT_STATUS_CORRECTED;
  EXPECT_THAT(Find({one, corrected}), SizeIs(1));
  EvidenceBuilder trial("t", kStroke);
  trial.document().set_kind(v1::DOCUMENT_KIND_RANDOMIZED_TRIAL);
  EXPECT_THAT(Find({one, trial.Paragraph(kDisagreeing[1].b.text).Build()}), IsEmpty());
}

TEST_F(ConflictFinderTest, NoEvidenceIsNoConflict) { EXPECT_THAT(Find(std::vector<EvidencePassage>()), IsEmpty()); }

}  // namespace
}  // namespace bedside
