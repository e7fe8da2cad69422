#include "ingest/connectors/xml_element.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest/connectors/mutation.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Reading {
  std::vector<std::string> texts;
  std::vector<size_t> lines;
  absl::optional<XmlProblem> problem;
};

Reading ReadAll(absl::string_view bytes) {
  Reading reading;
  reading.problem = ReadRecords(bytes, {"r", "s"}, [&reading](const XmlElement& record, size_t line) {
    reading.texts.push_back(record.Text());
    reading.lines.push_back(line);
    return true;
  });
  return reading;
}

std::string Nested(size_t depth) {
  std::string xml;
  for (size_t i = 0; i < depth; ++i) xml += "<r>";
  for (size_t i = 0; i < depth; ++i) xml += "</r>";
  return xml;
}

TEST(ReadRecordsTest, DeliversEachRecordWithItsLine) {
  const Reading reading = ReadAll("<set>\n<r>one <b>and</b> a half</r>\n<skip>x</skip><s>two</s></set>");
  EXPECT_THAT(reading.texts, ElementsAre("one and a half", "two"));
  EXPECT_THAT(reading.lines, ElementsAre(2, 3));
  EXPECT_FALSE(reading.problem.has_value());
}

TEST(ReadRecordsTest, ARecordInsideARecordIsPartOfIt) {
  EXPECT_THAT(ReadAll("<r>a<r>b</r>c</r>").texts, ElementsAre("abc"));
}

TEST(ReadRecordsTest, KeepsOrderOfTextAndElementsAndAttributes) {
  ReadRecords("<r x='1' y='&lt;'>a<b/>c</r>", {"r"}, [](const XmlElement& record, size_t) {
    EXPECT_EQ(record.Attribute("x"), "1");
    EXPECT_EQ(record.Attribute("y"), "<");
    EXPECT_EQ(record.Attribute("z"), "");
    EXPECT_EQ(record.children.size(), 3u);
    EXPECT_TRUE(record.children[0].is_text());
    EXPECT_EQ(record.children[1].name, "b");
    EXPECT_EQ(record.children[2].text, "c");
    return true;
  });
}

TEST(ReadRecordsTest, FindsElementsByPath) {
  ReadRecords("<r><a><x/></a><a><b>first</b></a><a><b>second</b></a></r>", {"r"}, [](const XmlElement& record, size_t) {
    EXPECT_EQ(record.TextAt("a/b"), "first");
    EXPECT_EQ(record.TextAt("a/c"), "");
    EXPECT_EQ(record.Find("b"), nullptr);
    EXPECT_EQ(record.All("a").size(), 3u);
    return true;
  });
}

TEST(ReadRecordsTest, StopsWhenToldTo) {
  int calls = 0;
  const auto problem = ReadRecords("<set><r/><r/><broken", {"r"}, [&calls](const XmlElement&, size_t) {
    ++calls;
    return false;
  });
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(problem.has_value());
}

TEST(ReadRecordsTest, ReadsTheDeclaredEncoding) {
  EXPECT_THAT(ReadAll("<?xml version='1.0' encoding='ISO-8859-1'?><r>caf\xE9</r>").texts, ElementsAre("café"));
  EXPECT_THAT(ReadAll("<?xml version='1.0' encoding=\"windows-1252\"?><r>\x93q\x94</r>").texts, ElementsAre("“q”"));
  EXPECT_THAT(ReadAll("\xEF\xBB\xBF<r>\xC3\xA9</r>").texts, ElementsAre("é"));
  const absl::string_view utf16("\xFF\xFE<\0r\0>\0\xE9\0<\0/\0r\0>\0", 18);
  EXPECT_THAT(ReadAll(utf16).texts, ElementsAre("é"));
}

TEST(ReadRecordsTest, KnowsNamedCharactersWithoutADtd) {
  EXPECT_THAT(ReadAll("<r>5&nbsp;mg &ge; 3 &amp; &unheard; x</r>").texts, ElementsAre("5 mg ≥ 3 & &unheard; x"));
  EXPECT_THAT(ReadAll("<!DOCTYPE r SYSTEM 'r.dtd'><r>&beta;-blocker</r>").texts, ElementsAre("β-blocker"));
}

TEST(ReadRecordsTest, ReadsWhatIsLongerThanOneChunk) {
  std::string xml = "<set>";
  for (int i = 0; i < 60000; ++i) absl::StrAppend(&xml, "<r>record number ", i, " of many</r>\n");
  xml += "</set>";
  ASSERT_GT(xml.size(), 3u << 19);
  const Reading reading = ReadAll(xml);
  ASSERT_EQ(reading.texts.size(), 60000u);
  EXPECT_EQ(reading.texts.back(), "record number 59999 of many");
  EXPECT_EQ(reading.lines.back(), 60000u);
}

TEST(ReadRecordsTest, KeepsTheRecordsBeforeAnError) {
  const Reading reading = ReadAll("<set>\n<r>one</r>\n<r>two</b></r></set>");
  EXPECT_THAT(reading.texts, ElementsAre("one"));
  ASSERT_TRUE(reading.problem.has_value());
  EXPECT_EQ(reading.problem->location(), "line 3, column 9");
  EXPECT_THAT(reading.problem->reason, HasSubstr("mismatched tag"));
}

TEST(ReadRecordsTest, ReportsWhatIsNotXml) {
  EXPECT_THAT(ReadAll("").problem->reason, HasSubstr("no element found"));
  EXPECT_THAT(ReadAll("not xml").problem->reason, HasSubstr("syntax error"));
  EXPECT_THAT(ReadAll("<r>cut off").problem->reason, HasSubstr("not well-formed XML"));
  EXPECT_THAT(ReadAll("<r>bad byte \xFF</r>").problem->reason, HasSubstr("invalid token"));
  EXPECT_THAT(ReadAll(absl::string_view("<r>\0</r>", 8)).problem->reason, HasSubstr("invalid token"));
  EXPECT_THAT(ReadAll("<?xml version='1.0' encoding='klingon'?><r/>").problem->reason, HasSubstr("\"klingon\""));
}

TEST(ReadRecordsTest, RefusesDeclaredEntities) {
  const Reading bomb = ReadAll(
      "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><r>&c;</r>");
  EXPECT_THAT(bomb.texts, IsEmpty());
  EXPECT_THAT(bomb.problem->reason, HasSubstr("declares entities"));
  const Reading file = ReadAll("<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><r>&f;</r>");
  EXPECT_THAT(file.texts, IsEmpty());
  EXPECT_THAT(file.problem->reason, HasSubstr("declares entities"));
}

TEST(ReadRecordsTest, RefusesDeclaredDefaultValues) {
  const Reading reading = ReadAll("<!DOCTYPE r [<!ATTLIST r a CDATA 'long'>]><r/>");
  EXPECT_THAT(reading.texts, IsEmpty());
  EXPECT_THAT(reading.problem->reason, HasSubstr("declares a default value"));
  EXPECT_FALSE(ReadAll("<!DOCTYPE r [<!ATTLIST r a CDATA #IMPLIED>]><r/>").problem.has_value());
}

TEST(ReadRecordsTest, LimitsDepth) {
  EXPECT_FALSE(ReadAll(Nested(kMaxXmlDepth)).problem.has_value());
  EXPECT_THAT(ReadAll(Nested(kMaxXmlDepth + 1)).problem->reason, HasSubstr("256 deep"));
  EXPECT_THAT(ReadAll(Nested(100000)).texts, IsEmpty());
}

TEST(ReadRecordsTest, SurvivesDamage) {
  const std::string xml =
      "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE set PUBLIC '-//X' 'x.dtd'><set a='1'><!-- c --><r b='2'>é &lt; "
      "<i>x</i><![CDATA[<raw>]]></r><?pi d?><s/></set>";
  std::mt19937 random(7);
  size_t failed = 0;
  for (int i = 0; i < 1000; ++i) failed += ReadAll(Mutated(xml, random)).problem.has_value();
  EXPECT_GT(failed, 300u);
  EXPECT_LT(failed, 1000u);
}

TEST(RootElementNameTest, LooksPastThePrologue) {
  EXPECT_EQ(RootElementName("<?xml version='1.0'?>\n<!-- <no> -->\n<!DOCTYPE a SYSTEM 'a.dtd'>\n<a><b/></a>"), "a");
  EXPECT_EQ(RootElementName("\xEF\xBB\xBF<article/>"), "article");
  EXPECT_EQ(RootElementName("<?xml version='1.0' encoding='windows-1252'?><a>\x93</a>"), "a");
}

TEST(RootElementNameTest, IsEmptyForWhatIsNotXml) {
  EXPECT_EQ(RootElementName(""), "");
  EXPECT_EQ(RootElementName("%PDF-1.4"), "");
  EXPECT_EQ(RootElementName(std::string(100000, ' ')), "");
  EXPECT_EQ(RootElementName("<unfinished"), "");
}

}  // namespace
}  // namespace bedside
