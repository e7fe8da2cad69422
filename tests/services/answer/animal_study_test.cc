#include "services/answer/animal_study.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/fake_evidence_source.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;

EvidencePassage Article(const std::string& title, const std::string& text, const std::vector<std::string>& mesh = {}) {
  EvidenceBuilder builder("d", title);
  builder.document().set_kind(v1::DOCUMENT_KIND_ABSTRACT);
  for (const std::string& heading : mesh) builder.document().add_mesh_headings(heading);
  return builder.Paragraph(text).Build();
}

// Of an answer that cites the last sentence of each piece of evidence.
absl::optional<v1::AnswerWarning> Warning(const std::vector<EvidencePassage>& evidence,
                                          const std::string& question = "Does edaravone protect the ovary?") {
  v1::AnswerText answer;
  for (size_t i = 0; i < evidence.size(); ++i) {
    const std::string& text = evidence[i].document->text();
    const size_t stop = text.rfind(". ");
    v1::Citation& citation = *answer.add_sentences()->add_citations();
    citation.set_evidence_number(static_cast<int>(i) + 1);
    citation.mutable_span()->set_begin(stop == std::string::npos ? 0 : static_cast<uint32_t>(stop) + 2);
    citation.mutable_span()->set_end(static_cast<uint32_t>(text.size()));
  }
  return AnimalStudyWarning(question, answer, evidence);
}

TEST(AnimalStudyTest, OneWarningNamesAllEvidenceThatWasSeenInAnimals) {
  const auto warning = Warning({Article("Edaravone", "It was given to 30 women. It protected them."),
                                Article("Edaravone", "It protected the ovaries of rats."),
                                Article("Edaravone in mice", "Ovaries were examined. Damage was smaller.")});
  ASSERT_TRUE(warning.has_value());
  EXPECT_EQ(warning->kind(), v1::WARNING_KIND_SEEN_IN_ANIMALS);
  EXPECT_EQ(warning->message(),
            "What [2], [3] says was seen in animals, as far as its words tell. It may not hold for people.");
}

TEST(AnimalStudyTest, SentencesBeforeTheCitedOneTellWhoWasStudied) {
  EXPECT_TRUE(Warning({Article("Edaravone", "Forty Wistar rats had torsion. Damage was smaller.")}).has_value());
  EXPECT_FALSE(Warning({Article("Edaravone", "Forty women had torsion. Damage was smaller.")}).has_value());
  EXPECT_FALSE(Warning({Article("Edaravone", "Damage was smaller.")}).has_value());
}

TEST(AnimalStudyTest, WhatTheClaimItselfNamesDecidesBeforeTheWordsAround) {
  EXPECT_TRUE(Warning({Article("Edaravone", "Women were asked. In mice it did no harm.")}).has_value());
  EXPECT_FALSE(Warning({Article("Edaravone in rats and mice", "Rats had it. It protects patients.")}).has_value());
}

TEST(AnimalStudyTest, IndexTermsDecideFirst) {
  EXPECT_TRUE(Warning({Article("Edaravone", "Rats had it. Edaravone may protect patients.", {"Animals"})}).has_value());
  EXPECT_FALSE(Warning({Article("Edaravone", "Women had it. In mice it did no harm.", {"Humans"})}).has_value());
  const std::string rats = "Rats were bred for years. Damage was smaller.";
  const std::string women = "Women had torsion. Damage was smaller.";
  EXPECT_FALSE(Warning({Article("Edaravone", rats, {"Humans", "Torsion"})}).has_value());
  EXPECT_TRUE(Warning({Article("Edaravone", women, {"Animals", "Torsion"})}).has_value());
  EXPECT_TRUE(Warning({Article("Edaravone", women, {"Animals/genetics"})}).has_value());
  EXPECT_TRUE(Warning({Article("Edaravone", rats, {"Animals", "Humans"})}).has_value());
  EXPECT_FALSE(Warning({Article("Edaravone", women, {"Animals", "Humans"})}).has_value());
  EXPECT_TRUE(Warning({Article("Edaravone", rats, {"Animals, Laboratory"})}).has_value());
}

TEST(AnimalStudyTest, WhoAsksAboutAnimalsIsNotTold) {
  EXPECT_FALSE(Warning({Article("Edaravone", "It protected rats.")}, "Does edaravone protect rats?").has_value());
}

TEST(AnimalStudyTest, GuidelinesAndPagesForPatientsAreAboutPeople) {
  for (const v1::DocumentKind kind : {v1::DOCUMENT_KIND_GUIDELINE, v1::DOCUMENT_KIND_PATIENT_INFORMATION}) {
    EvidenceBuilder builder("d", "Rabies");
    builder.document().set_kind(kind);
    EXPECT_FALSE(Warning({builder.Paragraph("Dogs are vaccinated.").Build()}).has_value());
  }
}

TEST(AnimalStudyTest, CitationsOutsideTheEvidenceArePassedOver) {
  v1::AnswerText answer;
  for (const int number : {-1, 0, 2}) answer.add_sentences()->add_citations()->set_evidence_number(number);
  EXPECT_FALSE(AnimalStudyWarning("Edaravone?", answer, {Article("Rats", "Rats.")}).has_value());
}

TEST(AnimalStudyTest, LongArticleTellsInItsBeginning) {
  const std::string filler(10'000, '.');
  EXPECT_TRUE(Warning({Article("Edaravone", "Rats were used" + filler + " Then we waited. It fell.")}).has_value());
  EvidencePassage late = Article("Edaravone", "We used" + filler + " rats at first. It fell.");
  late.passage.set_begin(9'000);
  EXPECT_TRUE(Warning({late}).has_value());
}

TEST(AnimalStudyTest, WordsNamedAfterAnimalsAreNone) {
  for (const char* text :
       {"Swine flu spread.", "Rat bite fever is rare.", "A mouse monoclonal antibody binds it.", "Hamster ovary cells.",
        "Monkeypox", "", "RATs had a sensitivity of 72%.", "Swine-origin influenza spread.", "imputed with MICE",
        "Computer mouse use.", "Therapy dogs help.", "Mouse double minute 2 was amplified.", "The ratio of males.",
        "Mice are a reservoir.", "Echinococcus is carried by dogs."}) {
    EXPECT_FALSE(SpeaksOfAnimals(text)) << text;
  }
  for (const char* text : {"Mice were treated.", "a porcine model of sepsis", "Non-human primates recovered."}) {
    EXPECT_TRUE(SpeaksOfAnimals(text)) << text;
  }
}

// Where a limit cuts a character.
TEST(AnimalStudyTest, HalfACharacterDoesNoHarm) { EXPECT_TRUE(SpeaksOfAnimals("\xc3 rats \xe2\x82")); }

}  // namespace
}  // namespace bedside
