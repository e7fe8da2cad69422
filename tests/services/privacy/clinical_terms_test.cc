// What a question is about survives de-identification, also where it is called after somebody.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/privacy/deidentifier.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

class ClinicalTermsTest : public testing::TestWithParam<const char*> {};

TEST_P(ClinicalTermsTest, StayAsTheyAre) {
  const auto deidentifier = Deidentifier::Create();
  ASSERT_THAT(deidentifier, IsOk());
  Placeholders placeholders;
  const auto done = (*deidentifier)->Deidentify(GetParam(), {}, &placeholders);
  ASSERT_THAT(done, IsOk());
  EXPECT_EQ(done->text, GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Eponyms, ClinicalTermsTest,
    testing::Values("Is Parkinson disease hereditary?", "Treatment of Crohn's disease and Wilson disease",
                    "Does Graves' disease need radioiodine?", "Apgar score of 7", "Guillain-Barré syndrome",
                    "Stevens-Johnson syndrome", "a positive Murphy sign", "Glasgow Coma Scale", "Child-Pugh class B",
                    "Hodgkin lymphoma", "Smith fracture", "Down syndrome", "Cushing's syndrome and Addison disease",
                    "Sister Mary Joseph nodule", "Ramsay Hunt syndrome", "Cornelia de Lange's syndrome",
                    "Should Parkinson be treated early?"));

INSTANTIATE_TEST_SUITE_P(PlacesOfMedicine, ClinicalTermsTest,
                         testing::Values("Rome IV criteria", "Boston criteria", "use of the Vancouver classification",
                                         "Framingham risk score", "patients from China",
                                         "trials in the United States"));

INSTANTIATE_TEST_SUITE_P(Numbers, ClinicalTermsTest,
                         testing::Values("metformin 500 mg twice daily", "BP 120/80 mmHg, pain 5/10", "HbA1c 7.5 %",
                                         "platelets 150000", "eGFR 25 mL/min/1.73 m2", "NCT01234567", "PMID 12345678",
                                         "SNOMED CT 73211009", "rs1801133", "a 54-year-old woman", "aged 65 or older",
                                         "adults over 90 years", "for 10-14 days", "5-10 mg every 4-6 hours",
                                         "since 2019", "a trial of 2021", "1,000,000 units", "0.5 mg/kg",
                                         "ICD-10 E11.9", "grade 3/4 toxicity", "2000000 IU of penicillin"));

INSTANTIATE_TEST_SUITE_P(DrugsGenesTrials, ClinicalTermsTest,
                         testing::Values("Is Humira better than Enbrel?", "BRCA1 and TP53 mutations",
                                         "the JUPITER trial", "Does Metformin interact with Warfarin?",
                                         "E. coli and S. aureus", "St. John's wort", "Wnt3 and Notch1 signalling",
                                         "mRNA-1273 vaccine", "PASI 100 response", "plain X-Ray of the chest",
                                         "ultrasound, CT, or MRI", "San Francisco Syncope Rule",
                                         "HER2 positive cancer"));

}  // namespace
}  // namespace bedside
