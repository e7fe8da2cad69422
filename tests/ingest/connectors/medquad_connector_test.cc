#include "ingest/connectors/medquad_connector.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kFile[] = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<Document id="0000042" source="INST" url="https://example.org/fever">
<Focus>Fever</Focus>
<FocusAnnotations><Category>Disease</Category>
<UMLS><CUIs><CUI>C1</CUI></CUIs><SemanticGroup>Disorders</SemanticGroup></UMLS>
<Synonyms><Synonym>Pyrexia</Synonym></Synonyms></FocusAnnotations>
<QAPairs>
<QAPair pid="1"><Question qid="1" qtype="information">What is (are) Fever ? ?</Question><Answer>Español

Fever is a raised temperature. It has many causes:
- infection  - drugs  -  heat

Overview

Most fevers end by themselves within a few days.</Answer></QAPair>
<QAPair pid="2"><Question qid="2" qtype="treatment">How is Fever treated?</Question><Answer></Answer></QAPair>
</QAPairs></Document>)xml";

RecordingSink Read(absl::string_view xml) {
  RecordingSink sink;
  MedquadConnector().Read({"z.zip!q.xml", "xml", std::string(xml)}, sink);
  for (const storage::Document& document : sink.documents) EXPECT_TRUE(IsConsistent(document));
  return sink;
}

std::string Answered(absl::string_view answer) {
  const RecordingSink sink =
      Read(absl::StrCat("<Document id='1' source='S'><QAPairs><QAPair><Question>Q</Question><Answer>", answer,
                        "</Answer></QAPair></QAPairs></Document>"));
  return sink.documents.empty() ? "none" : Outline(sink.documents[0]);
}

TEST(MedquadConnectorTest, RecognisesDocumentsWithPairs) {
  EXPECT_TRUE(MedquadConnector().Recognises({"q.xml", "xml", kFile}));
  EXPECT_TRUE(MedquadConnector().Recognises({"q.xml", "xml", "<doc docid='1'><qaPairs/></doc>"}));
  EXPECT_FALSE(MedquadConnector().Recognises({"q.xml", "xml", "<Document><Other/></Document>"}));
  EXPECT_FALSE(MedquadConnector().Recognises({"q.xml", "xml", "<article><QAPairs/></article>"}));
}

TEST(MedquadConnectorTest, ReadsAFile) {
  const RecordingSink sink = Read(kFile);
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "medquad-INST-0000042");
  EXPECT_EQ(document.title(), "Fever");
  EXPECT_EQ(document.publisher(), "INST");
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_PATIENT_INFORMATION);
  EXPECT_EQ(document.rights().licence(), "CC BY 4.0");
  EXPECT_EQ(Identifiers(document), "url:https://example.org/fever");
  EXPECT_THAT(document.conditions(), ElementsAre("Fever"));
  EXPECT_THAT(document.tags(), ElementsAre("Disorders", "Disease", "Pyrexia"));
  EXPECT_EQ(Outline(document),
            "# What is (are) Fever? [INFORMATION]\n"
            "P Fever is a raised temperature. It has many causes:\n"
            "- infection {It has many causes:}\n"
            "- drugs {It has many causes:}\n"
            "- heat {It has many causes:}\n"
            "  # Overview\n"
            "  P Most fevers end by themselves within a few days.\n");
}

TEST(MedquadConnectorTest, ReadsTheOlderDialects) {
  const RecordingSink sink = Read(
      "<doc docid='7' "
      "corpus='INST'><doctitle-focus>Cough</doctitle-focus><umls><semanticGroup>Disorders</semanticGroup>"
      "</umls><qaPairs><pair><question qtype='outlook'>what next</question><answer>It "
      "ends.</answer></pair></qaPairs></doc>");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(sink.documents[0].id(), "medquad-INST-7");
  EXPECT_EQ(sink.documents[0].title(), "Cough");
  EXPECT_EQ(Outline(sink.documents[0]), "# what next [OUTLOOK]\nP It ends.\n");
}

TEST(MedquadConnectorTest, FindsParagraphsListsAndRowsInPlainText) {
  EXPECT_EQ(Answered("First part ends.    Second part begins here, and goes   on."),
            "# Q\nP First part ends.\nP Second part begins here, and goes on.\n");
  EXPECT_EQ(Answered("Summary : Your doctor will:\nAsk questions\nExamine you\nThen you will go home and rest well."),
            "# Q\nP Your doctor will:\n- Ask questions {Your doctor will:}\n- Examine you {Your doctor will:}\n"
            "P Then you will go home and rest well.\n");
  EXPECT_EQ(Answered("Key Points\n- One.\n- Two."), "# Q\nP Key Points\n- One. {Key Points}\n- Two. {Key Points}\n");
  EXPECT_EQ(Answered("Age    Dose    Times    Days"), "# Q\nP Age | Dose | Times | Days\n");
}

TEST(MedquadConnectorTest, ALineAmongLinesIsNoHeading) {
  EXPECT_EQ(
      Answered("Cough with (a lot of) sputum (spit)\n\nChest pain\n\nClubbing (thick finger tips)\n\nHe may tire."),
      "# Q\nP Cough with (a lot of) sputum (spit)\nP Chest pain\nP Clubbing (thick finger tips)\nP He may tire.\n");
}

TEST(MedquadConnectorTest, ASentenceLeftOpenIntroducesLinesOfAnyLength) {
  EXPECT_EQ(
      Answered("He can lower the risk by\n\nquitting smoking\navoiding drugs that are sold on the street, whichever "
               "they are, also those that nobody thinks of as drugs\n\nTreatment\nIt is treated."),
      "# Q\nP He can lower the risk by\n- quitting smoking {He can lower the risk by:}\n"
      "- avoiding drugs that are sold on the street, whichever they are, also those that nobody thinks of as drugs "
      "{He can lower the risk by:}\n  # Treatment\n  P It is treated.\n");
}

TEST(MedquadConnectorTest, AParagraphAmongItemsIsOne) {
  EXPECT_EQ(Answered("Signs are:\n\nA cough\n\nSputum. It may be green.\n\nChest pain\n\nFatigue\n\nSee a doctor."),
            "# Q\nP Signs are:\n- A cough {Signs are:}\n- Sputum. It may be green. {Signs are:}\n"
            "- Chest pain {Signs are:}\n- Fatigue {Signs are:}\nP See a doctor.\n");
}

TEST(MedquadConnectorTest, LosesNoLastLine) { EXPECT_EQ(Answered("A short line"), "# Q\nP A short line\n"); }

TEST(MedquadConnectorTest, AFileWithoutAnswersIsAWarning) {
  const RecordingSink sink = Read(
      "<Document id='1' source='S'><QAPairs><QAPair><Question>Q</Question><Answer> "
      "</Answer></QAPair></QAPairs></Document>");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
}

TEST(MedquadConnectorTest, AMalformedFileIsAProblem) {
  const RecordingSink sink = Read("<Document id='1'><QAPairs><QAPair></QAPairs></Document>");
  EXPECT_THAT(sink.documents, IsEmpty());
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_FALSE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].location(), HasSubstr("line 1"));
}

TEST(MedquadConnectorTest, SurvivesDamage) {
  std::mt19937 random(3);
  size_t documents = 0;
  for (int i = 0; i < 500; ++i) documents += Read(Mutated(kFile, random)).documents.size();
  EXPECT_GT(documents, 20u);
}

}  // namespace
}  // namespace bedside
