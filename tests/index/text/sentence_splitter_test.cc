// "|" in an example is where a sentence ends and the next one begins.
#include "index/text/sentence_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "index/text/code_point.h"
#include "index/text/utf8.h"
#include "tests/index/text/random_texts.h"
#include "unicode/uchar.h"

namespace bedside {
namespace {

const SentenceSplitter& Splitter() {
  static const auto& splitter = *SentenceSplitter::Create()->release();
  return splitter;
}

std::string Sentences(const std::string& text) {
  std::vector<std::string> sentences;
  for (const Span& span : Splitter().Split(text)) sentences.push_back(text.substr(span.begin, span.size()));
  return absl::StrJoin(sentences, "|");
}

// The text without the "|" is cut where they are.
void ExpectSplit(const std::vector<std::string>& examples) {
  for (const std::string& example : examples) {
    std::string text;
    for (char c : example) text += c == '|' ? ' ' : c;
    EXPECT_EQ(Sentences(text), example);
  }
}

TEST(SentenceSplitterTest, EndsSentencesAtTheirTerminals) {
  ExpectSplit({
      "Stop metformin.|Then measure the eGFR.",
      "Is it safe?|Yes!|Give it.",
      "Really?!|Yes.",
      "It failed...|The dose was doubled.",
      "One sentence without an end",
  });
  EXPECT_EQ(Sentences("止血。次に測定する。"), "止血。|次に測定する。")
      << "no space is needed after an ideographic full stop";
}

TEST(SentenceSplitterTest, ALineEndEndsASentence) {
  EXPECT_EQ(Sentences("Dose\n5 mg/kg\n\nof e.g.\ndrug A"), "Dose|5 mg/kg|of e.g.|drug A");
}

TEST(SentenceSplitterTest, NothingHasNoSentences) {
  for (const char* text : {"", " ", "\n", " \n\t\u00a0\u2003\n"}) EXPECT_EQ(Sentences(text), "") << text;
}

TEST(SentenceSplitterTest, DropsTheSpaceAroundASentence) { EXPECT_EQ(Sentences("  One.  \u00a0 Two.\t"), "One.|Two."); }

TEST(SentenceSplitterTest, NumbersKeepTheirPoints) {
  ExpectSplit({
      "Give 0.5 mg, then 2.5–10 mg.|Repeat.",
      "HbA1c fell from 8.1% to 6.5%.|It stayed there.",
      "P < .05 was significant.",
      "Version 1.2.3 was used.",
      "The dose is 5 mg/kg.|Do not exceed 400 mg.",
      "The median was 12.|The range was 3 to 40.",
      "In 2019.|In 2020.",
  });
}

TEST(SentenceSplitterTest, AbbreviationsThatSomethingFollowsDoNotEndASentence) {
  ExpectSplit({
      "Anticoagulants, e.g. Warfarin, are given.",
      "Another drug, i.e. Apixaban, is not.",
      "Drug A vs. Drug B was studied.",
      "Dr. Smith and Prof. Jones agreed.|They wrote it down.",
      "The referral (Dr. Smith) was late.",
      "See Fig. 2 and Figs. 3 to 5.",
      "It costs approx. 5 dollars.",
      "St. John's wort interacts (cf. Table 2).",
  });
}

TEST(SentenceSplitterTest, AbbreviationsBeforeANumberDoNotEndASentence) {
  ExpectSplit({
      "See No. 5 of the list.",
      "See Tab. 3 and Ch. 4.",
      "On Jan. 5 it began.",
      "The answer was no.|The patient left.",
  });
}

// A dose must not lose its number, nor its neighbour its own sentence.
TEST(SentenceSplitterTest, DosesStayWhole) {
  ExpectSplit({
      "Give paracetamol 1 g up to four times daily (max. 4 g daily).|In liver disease the dose is max. 2 g daily.",
      "The interval is min. 6 hours.",
      "It is given as inj. 50 mg or caps. 100 mg.",
      "Give it to those of low weight (say approx. or abt. 40 kg) once.",
      "Infuse over 5 min.|10 patients had a reaction.",
      "Take paracetamol 2 tabs. 3 times daily.|Stop after a week.",
      "The advice on warfarin was updated on 12 Dec. 2020.|It is in force.",
  });
}

TEST(SentenceSplitterTest, UnitsMayBeLast) {
  ExpectSplit({
      "Sodium fell to 125 mmol/L.|Stop the thiazide.",
      "Sodium fell to 125 mmol/L.|Hyponatraemia was treated.",
      "Give 10 U.|Repeat once.",
      "Temperature 38 C.|Paracetamol was given.",
  });
}

TEST(SentenceSplitterTest, HowADoseIsGivenMayBeLastBeforeACapital) {
  ExpectSplit({
      "Give 5 mg i.v.|Monitor blood pressure.",
      "Take 20 mg b.i.d.|Grapefruit juice is to be avoided.",
      "Take 20 mg b.i.d. with food.",
      "Give 5 mg i.v. 3 times daily.",
      "Give it at 8 a.m.|Measure the level before.",
  });
}

TEST(SentenceSplitterTest, WhereAnAbbreviationMayBeLastTheNextWordDecides) {
  ExpectSplit({
      "As Smith et al. Showed in rats.",
      "It was shown by Smith et al.|The cohort was small.",
      "Give aspirin, clopidogrel etc.|Patients should be told.",
      "It is approved in the U.S.|However, not elsewhere.",
      "The U.S. Preventive Services Task Force agreed.",
      "Give 5 mg b.i.d.|If it fails, stop.",
  });
}

TEST(SentenceSplitterTest, InitialsAndNamesOfGeneraDoNotEndASentence) {
  ExpectSplit({
      "It grew E. coli.|It was treated.",
      "J. B. Smith wrote it.",
      "S. Aureus and C. Difficile were found.",
  });
}

TEST(SentenceSplitterTest, ALetterThatNamesSomethingMayBeLast) {
  ExpectSplit({
      "All were vaccinated against hepatitis B.|Vaccination was free.",
      "They took vitamin D.|Calcium was not given.",
      "The evidence is of grade A.|Screening helps.",
  });
}

TEST(SentenceSplitterTest, LabelsOfListItemsAreNoSentences) {
  ExpectSplit({
      "1. Give oxygen.",
      "12. Give oxygen.|Call for help.",
      "a. Give oxygen.",
      "iv. Give oxygen.",
  });
}

TEST(SentenceSplitterTest, ASentenceMayBeginWithANameInLowerCase) {
  ExpectSplit({
      "The gene was lost.|p53 was mutated.",
      "The pathway is known.|mTOR inhibitors block it.",
      "Expression fell.|miR-21 rose.",
      "It was given approx. twice. and so on",
  });
}

TEST(SentenceSplitterTest, ASentenceMayBeginWithAGreekLetterOrANumber) {
  ExpectSplit({
      "Drugs were stopped.|β-blockers were kept.",
      "Many died.|12 patients lived.",
      "It was high.|≥ 5 mg is too much.",
  });
}

TEST(SentenceSplitterTest, ClosingMarksStayWithTheirSentence) {
  ExpectSplit({
      "He said \"stop.\"|She stopped.",
      "He said “stop.”|She stopped.",
      "(It was late.)|Nobody came.",
      "It worked.|(See the table.)",
      "It worked.|“Very well,” she said.",
  });
}

TEST(SentenceSplitterTest, CitationsStayWithTheirSentence) {
  ExpectSplit({
      "It is effective.12|The others are not.",
      "It is effective.3-5|The others are not.",
      "It is effective.[6]|The others are not.",
      "It is effective. [7, 8]|The others are not.",
      "It is effective.¹²|The others are not.",
      "It is effective [9].|The others are not.",
  });
}

TEST(SentenceSplitterTest, AMissingSpaceBeforeABeginnerIsForgiven) {
  EXPECT_EQ(Sentences("The pressure was low.The dose was raised."), "The pressure was low.|The dose was raised.");
  EXPECT_EQ(Sentences("See www.example.org for more."), "See www.example.org for more.");
}

TEST(SentenceSplitterTest, TakesAMegabyteOfAnything) {
  constexpr size_t kMegabyte = 1 << 20;
  for (const char* unit : {"x", ".", " ", ". ", "1.", "(", "\"", "E. ", "\u0301", "。", "[1,"}) {
    std::string text;
    while (text.size() < kMegabyte) text += unit;
    const std::vector<Span> spans = Splitter().Split(text);
    EXPECT_LE(spans.empty() ? 0 : spans.back().end, text.size()) << unit;
  }
}

bool IsBoundary(absl::string_view text, size_t offset) {
  return offset == text.size() || !U8_IS_TRAIL(static_cast<uint8_t>(text[offset]));
}

bool IsAllSpace(absl::string_view text) {
  return EndOfRun(text, 0, [](UChar32 c) { return u_isUWhiteSpace(c) != 0; }) == text.size();
}

TEST(SentenceSplitterTest, SpansAreOrderedOnCodePointsAndHoldEverythingButSpace) {
  RandomTexts random(4);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = round % 2 == 0 ? random.Text(40) : CanonicalText(random.Bytes(60));
    SCOPED_TRACE(testing::PrintToString(text));
    size_t end = 0;
    for (const Span& span : Splitter().Split(text)) {
      ASSERT_LE(end, span.begin);
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      ASSERT_TRUE(IsBoundary(text, span.begin) && IsBoundary(text, span.end));
      ASSERT_TRUE(IsAllSpace(absl::string_view(text).substr(end, span.begin - end))) << "lost text";
      const absl::string_view sentence = absl::string_view(text).substr(span.begin, span.size());
      ASSERT_FALSE(u_isUWhiteSpace(CodePointAt(sentence, 0)) ||
                   u_isUWhiteSpace(CodePointBefore(sentence, span.size())));
      ASSERT_EQ(sentence.find('\n'), absl::string_view::npos);
      end = span.end;
    }
    ASSERT_TRUE(IsAllSpace(absl::string_view(text).substr(end))) << "lost text";
  }
}

TEST(SentenceSplitterTest, BytesThatAreNoUtf8StillGiveOrderedSpansWithin) {
  RandomTexts random(5);
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = random.Bytes(60);
    size_t end = 0;
    for (const Span& span : Splitter().Split(bytes)) {
      ASSERT_TRUE(end <= span.begin && span.begin < span.end && span.end <= bytes.size())
          << testing::PrintToString(bytes);
      end = span.end;
    }
  }
}

}  // namespace
}  // namespace bedside
