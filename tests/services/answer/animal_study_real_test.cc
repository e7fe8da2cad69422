// What words tell of whom a study was done on, against what indexers of MEDLINE say: those of PubMedQA's abstracts that
// have one of "Animals" and "Humans". Skipped without BEDSIDE_SHARED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "ingest/connectors/pubmedqa_connector.h"
#include "services/answer/animal_study.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

TEST(AnimalStudyRealTest, WordsAgreeWithIndexers) {
  const char* shared = std::getenv("BEDSIDE_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "BEDSIDE_SHARED is not set";
  std::ifstream file(absl::StrCat(shared, "/data/pubmedqa/ori_pqal.json"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  RecordingSink sink;
  PubmedqaConnector().Read({"ori_pqal.json", "json", bytes}, sink);
  int of_animals = 0, found = 0, of_people = 0, wrong = 0;
  for (const storage::Document& document : sink.documents) {
    const bool animals = absl::c_linear_search(document.mesh_headings(), "Animals");
    if (animals == absl::c_linear_search(document.mesh_headings(), "Humans")) continue;
    const bool said = SpeaksOfAnimals(absl::StrCat(document.title(), "\n", document.text()));
    (animals ? of_animals : of_people) += 1;
    if (said) (animals ? found : wrong) += 1;
  }
  std::cout << found << " of " << of_animals << " abstracts on animals are told, and " << wrong << " of " << of_people
            << " on people are taken for such\n";
  EXPECT_GE(of_animals, 30);
  EXPECT_GE(found, of_animals * 3 / 4);
  EXPECT_LE(wrong, 2);
}

}  // namespace
}  // namespace bedside
