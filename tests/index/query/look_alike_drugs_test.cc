// Drugs that are confused with each other: none may silently become the other. The pairs are facts from published lists
// of confused drug names (ISMP, FDA and Joint Commission).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/query/query_interpreter.h"
#include "tests/index/query/small_corpus.h"

namespace bedside {
namespace {

struct Pair {
  const char* a;
  const char* b;
};

constexpr Pair kPairs[] = {
    {"acetazolamide", "acetohexamide"},
    {"aciphex", "aricept"},
    {"actonel", "actos"},
    {"adderall", "inderal"},
    {"alprazolam", "lorazepam"},
    {"amantadine", "rimantadine"},
    {"amiodarone", "amantadine"},
    {"amlodipine", "amiloride"},
    {"asacol", "colace"},
    {"atorvastatin", "rosuvastatin"},
    {"avandia", "coumadin"},
    {"azacitidine", "azathioprine"},
    {"bupropion", "buspirone"},
    {"captopril", "carvedilol"},
    {"carboplatin", "cisplatin"},
    {"cefazolin", "cefoxitin"},
    {"cefotetan", "cefoxitin"},
    {"ceftazidime", "ceftizoxime"},
    {"cefuroxime", "cefotaxime"},
    {"celebrex", "cerebyx"},
    {"celexa", "zyprexa"},
    {"chlorpromazine", "chlorpropamide"},
    {"clobazam", "clonazepam"},
    {"clomiphene", "clomipramine"},
    {"clonidine", "klonopin"},
    {"clozapine", "olanzapine"},
    {"cozaar", "zocor"},
    {"cycloserine", "cyclosporine"},
    {"dactinomycin", "daptomycin"},
    {"daunorubicin", "doxorubicin"},
    {"dexmethylphenidate", "methadone"},
    {"diprivan", "ditropan"},
    {"dobutamine", "dopamine"},
    {"duloxetine", "fluoxetine"},
    {"ephedrine", "epinephrine"},
    {"epirubicin", "idarubicin"},
    {"esomeprazole", "omeprazole"},
    {"fentanyl", "sufentanil"},
    {"alfentanil", "sufentanil"},
    {"fioricet", "fiorinal"},
    {"flunisolide", "fluocinonide"},
    {"fluvoxamine", "fluoxetine"},
    {"glimepiride", "glipizide"},
    {"glipizide", "glyburide"},
    {"guaifenesin", "guanfacine"},
    {"humalog", "humulin"},
    {"hydralazine", "hydroxyzine"},
    {"hydrocodone", "oxycodone"},
    {"hydromorphone", "morphine"},
    {"infliximab", "rituximab"},
    {"iodine", "lodine"},
    {"keppra", "kaletra"},
    {"ketorolac", "ketamine"},
    {"lamictal", "lamisil"},
    {"lamivudine", "lamotrigine"},
    {"lanoxin", "levoxyl"},
    {"lanthanum", "lithium"},
    {"levetiracetam", "levofloxacin"},
    {"lovastatin", "pravastatin"},
    {"medroxyprogesterone", "methylprednisolone"},
    {"metformin", "metronidazole"},
    {"methotrexate", "metolazone"},
    {"metoprolol", "misoprostol"},
    {"mirapex", "miralax"},
    {"mitomycin", "mitoxantrone"},
    {"nicardipine", "nifedipine"},
    {"nifedipine", "nimodipine"},
    {"novolin", "novolog"},
    {"oxcarbazepine", "carbamazepine"},
    {"oxycodone", "oxymorphone"},
    {"paroxetine", "fluoxetine"},
    {"penicillamine", "penicillin"},
    {"pentobarbital", "phenobarbital"},
    {"prednisolone", "prednisone"},
    {"propylthiouracil", "purinethol"},
    {"prozac", "prilosec"},
    {"quinidine", "quinine"},
    {"ranitidine", "rimantadine"},
    {"rifampin", "rifaximin"},
    {"risperidone", "ropinirole"},
    {"sertraline", "cetirizine"},
    {"sitagliptin", "saxagliptin"},
    {"sulfadiazine", "sulfasalazine"},
    {"sumatriptan", "zolmitriptan"},
    {"taxol", "taxotere"},
    {"tegretol", "toradol"},
    {"tiagabine", "tizanidine"},
    {"tolazamide", "tolbutamide"},
    {"tramadol", "trazodone"},
    {"valacyclovir", "valganciclovir"},
    {"vinblastine", "vincristine"},
    {"xanax", "zantac"},
    {"zestril", "zetia"},
    {"zyprexa", "zyrtec"},
};

// What became of a question about a drug.
struct Outcome {
  size_t asked = 0;
  size_t right = 0;
  size_t wrong_but_said = 0;
  size_t silent_swaps = 0;
};

// Every way to make one typing error of a kind, the first letter kept or not.
std::vector<std::string> Misspelt(const std::string& name) {
  std::set<std::string> ways;
  for (size_t i = 0; i < name.size(); ++i) {
    ways.insert(name.substr(0, i) + name.substr(i + 1));
    if (i + 1 < name.size()) ways.insert(name.substr(0, i) + name[i + 1] + name[i] + name.substr(i + 2));
    for (const char letter : {'a', 'e', 'i', 'n', 'o', 'r', 's', 't'}) {
      ways.insert(name.substr(0, i) + letter + name.substr(i + 1));
      ways.insert(name.substr(0, i) + letter + name.substr(i));
    }
  }
  ways.erase(name);
  return {ways.begin(), ways.end()};
}

class LookAlikeDrugsTest : public testing::Test {
 protected:
  // Interprets a question about `written`, which means `meant`, in the corpus, where the other drug is `other`.
  void Ask(const SmallCorpus& corpus, const std::string& written, const std::string& meant, const std::string& other) {
    const auto question = interpreter_->Interpret(absl::StrCat("dose of ", written, " in adults"), corpus.language());
    ++outcome_.asked;
    bool is_said = false;
    for (const Assumption& assumption : question.assumptions) {
      is_said |= assumption.to == other;
      outcome_.right += assumption.to == meant ? 1 : 0;
    }
    outcome_.wrong_but_said += is_said ? 1 : 0;
    const bool searches_other = HasTermsOf(question, other);
    const bool asked_for_other = HasTermsOf(analyzer_->Terms(written), other);
    if (searches_other && !asked_for_other && !is_said) {
      ++outcome_.silent_swaps;
      ADD_FAILURE() << written << " silently became " << other;
    }
  }

  bool HasTermsOf(const std::vector<std::string>& terms, const std::string& word) const {
    for (const std::string& term : analyzer_->Terms(word)) {
      if (std::find(terms.begin(), terms.end(), term) == terms.end()) return false;
    }
    return true;
  }
  bool HasTermsOf(const InterpretedQuestion& question, const std::string& word) const {
    std::vector<std::string> terms;
    for (const WeightedTerm& term : question.terms) terms.push_back(term.term);
    return HasTermsOf(terms, word);
  }

  SmallCorpus CorpusWith(const std::string& drugs) const {
    return SmallCorpus(analyzer_.get(), {absl::StrCat("the usual dose of ", drugs, " in adults"), "other treatment"});
  }

  std::unique_ptr<LexicalAnalyzer> analyzer_ = *LexicalAnalyzer::Create();
  std::unique_ptr<QueryInterpreter> interpreter_ = *QueryInterpreter::Create(analyzer_.get(), {});
  Outcome outcome_;
};

TEST_F(LookAlikeDrugsTest, ANameThatIsWrittenRightIsNeverTakenForTheOther) {
  for (const Pair& pair : kPairs) {
    for (const char* known : {"", pair.a, pair.b}) {
      const SmallCorpus corpus = CorpusWith(known);
      Ask(corpus, pair.a, pair.a, pair.b);
      Ask(corpus, pair.b, pair.b, pair.a);
    }
    const SmallCorpus both = CorpusWith(absl::StrCat(pair.a, " or ", pair.b));
    Ask(both, pair.a, pair.a, pair.b);
    Ask(both, pair.b, pair.b, pair.a);
  }
  EXPECT_EQ(outcome_.silent_swaps, 0u);
  EXPECT_EQ(outcome_.wrong_but_said, 0u) << "not even said aloud";
}

TEST_F(LookAlikeDrugsTest, AMisspeltNameIsNeverSilentlyTakenForTheOther) {
  for (const Pair& pair : kPairs) {
    for (const std::string& known : {std::string(), std::string(pair.a), absl::StrCat(pair.a, " or ", pair.b)}) {
      const SmallCorpus corpus = CorpusWith(known);
      for (const std::string& written : Misspelt(pair.a)) Ask(corpus, written, pair.a, pair.b);
      for (const std::string& written : Misspelt(pair.b)) Ask(corpus, written, pair.b, pair.a);
    }
  }
  EXPECT_EQ(outcome_.silent_swaps, 0u);
  RecordProperty("asked", static_cast<int>(outcome_.asked));
  RecordProperty("right", static_cast<int>(outcome_.right));
  RecordProperty("wrong_but_said", static_cast<int>(outcome_.wrong_but_said));
  std::cout << outcome_.asked << " asked, " << outcome_.right << " right, " << outcome_.wrong_but_said
            << " wrong but said\n";
}

// Where the corpus holds both, an error that leads as easily to the one as to the other is asked about.
TEST_F(LookAlikeDrugsTest, WhatMayBeEitherIsAskedAbout) {
  const SmallCorpus corpus = CorpusWith("quinidine or quinine");
  const auto question = interpreter_->Interpret("dose of quinidne", corpus.language());
  ASSERT_EQ(question.ambiguities.size(), 1u);
  EXPECT_THAT(question.ambiguities[0].names, testing::UnorderedElementsAre("quinidine", "quinine"));
}

}  // namespace
}  // namespace bedside
