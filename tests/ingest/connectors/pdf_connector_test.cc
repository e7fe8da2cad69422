#include "ingest/connectors/pdf_connector.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/temp_folder.h"
#include "tests/ingest/connectors/pdf_file.h"
#include "tests/ingest/connectors/recording_sink.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

RecordingSink Read(const std::string& bytes, const config::ReadLimits& limits = config::ReadLimits()) {
  RecordingSink sink;
  PdfConnector(limits).Read({"guides/fever.pdf", "pdf", bytes}, sink);
  for (const storage::Document& document : sink.documents) EXPECT_TRUE(IsConsistent(document));
  return sink;
}

// The reason for which a file was left out; fails when it was not.
std::string ReasonOf(const RecordingSink& sink) {
  EXPECT_THAT(sink.documents, IsEmpty());
  EXPECT_THAT(sink.problems, SizeIs(1));
  if (sink.problems.size() != 1) return "";
  EXPECT_FALSE(sink.problems[0].warning());
  return sink.problems[0].reason();
}

// While it lives, this script runs in place of pdftotext, and there is no pdfinfo.
class FakePdftotext {
 public:
  explicit FakePdftotext(const std::string& script) : path_(std::getenv("PATH")) {
    const std::string folder = TempFolder();
    fs::create_directories(folder);
    const std::string program = absl::StrCat(folder, "/pdftotext");
    std::ofstream(program) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(program, fs::perms::owner_all);
    setenv("PATH", folder.c_str(), 1);
  }
  ~FakePdftotext() { setenv("PATH", path_.c_str(), 1); }

 private:
  const std::string path_;
};

// What becomes of any PDF when pdftotext does what the script says.
RecordingSink ReadWith(const std::string& script, const config::ReadLimits& limits = config::ReadLimits()) {
  const FakePdftotext fake(script);
  return Read(PdfFile({{"Text."}}), limits);
}

TEST(PdfConnectorTest, RecognisesFilesByTheirExtension) {
  const PdfConnector connector((config::ReadLimits()));
  EXPECT_TRUE(connector.Recognises({"a.pdf", "pdf", ""}));
  EXPECT_FALSE(connector.Recognises({"a.html", "html", "%PDF-1.4"}));
}

TEST(PdfConnectorTest, ReadsPagesAndInformation) {
  const RecordingSink sink =
      Read(PdfFile({{"1 Dosage", "", "Give ten."}, {"2 Children", "", "Give five."}},
                   "/Title (Fever in adults) /CreationDate (D:20240531100000Z) /Keywords (fever, heat)"));
  ASSERT_THAT(sink.documents, SizeIs(1));
  const storage::Document& document = sink.documents[0];
  EXPECT_EQ(document.id(), "pdf-guides%2ffever.pdf");
  EXPECT_EQ(document.source(), "guides/fever.pdf");
  EXPECT_EQ(document.title(), "Fever in adults");
  EXPECT_EQ(DateText(document.publication_date()), "2024-05-31");
  EXPECT_THAT(document.tags(), ElementsAre("fever", "heat"));
  EXPECT_EQ(document.kind(), v1::DOCUMENT_KIND_OTHER);
  EXPECT_EQ(Outline(document), "# 1 Dosage\nP Give ten.\n# 2 Children\nP Give five.\n");
  ASSERT_EQ(document.page_begins_size(), 2);
  EXPECT_EQ(document.text().substr(document.page_begins(1)), "\n\n2 Children\nGive five.");
  EXPECT_THAT(sink.problems, IsEmpty());
}

TEST(PdfConnectorTest, LinesTakenForRunningHeadsAreAWarning) {
  std::vector<PdfLines> pages;
  for (const char* drug : {"paracetamol", "ibuprofen", "naproxen"}) {
    pages.push_back({"Fever guideline", "", "", "", "",
                     absl::StrCat("Give ", drug, " by mouth to adults with fever, or wait."), "",
                     absl::StrCat("Do not give more than the largest dose of ", drug, "."), "",
                     absl::StrCat("Stop ", drug, " when the fever has gone for more than a day.")});
  }
  const RecordingSink sink = Read(PdfFile(pages));
  ASSERT_THAT(sink.documents, SizeIs(1));
  const std::string& text = sink.documents[0].text();
  EXPECT_EQ(text.find("Fever guideline"), text.rfind("Fever guideline")) << "the first stays";
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("2 lines at the edges of pages were taken out as running heads"));
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("Fever guideline"));
}

TEST(PdfConnectorTest, ATitleThatAProgramMadeUpIsNone) {
  for (const char* title : {"", "untitled", "Microsoft Word - draft", "guideline_v3.indd"}) {
    const RecordingSink sink = Read(PdfFile({{"Fever in adults", "", "Drink."}}, absl::StrCat("/Title (", title, ")")));
    ASSERT_THAT(sink.documents, SizeIs(1));
    EXPECT_EQ(sink.documents[0].title(), "Fever in adults") << title;
  }
}

TEST(PdfConnectorTest, WhatIsNoPdfIsAProblem) {
  EXPECT_THAT(ReasonOf(Read("")), HasSubstr("not a PDF"));
  EXPECT_THAT(ReasonOf(Read("<html>")), HasSubstr("not a PDF"));
}

TEST(PdfConnectorTest, PagesWithoutTextAreAProblem) {
  EXPECT_THAT(ReasonOf(Read(PdfFile({{}, {}}))), HasSubstr("run OCR"));
}

TEST(PdfConnectorTest, AFileWithoutItsPagesIsAProblem) {
  EXPECT_THAT(ReasonOf(Read("%PDF-1.4\n")), HasSubstr("the file is damaged"));
}

TEST(PdfConnectorTest, WhatIsDamagedInPlacesIsAWarning) {
  std::string bytes = PdfFile({{"Text."}});
  bytes.replace(bytes.find("Td"), 2, "ZZ");
  const RecordingSink sink = Read(bytes);
  EXPECT_THAT(sink.documents, SizeIs(1));
  ASSERT_THAT(sink.problems, SizeIs(1));
  EXPECT_TRUE(sink.problems[0].warning());
  EXPECT_THAT(sink.problems[0].reason(), HasSubstr("damaged in places"));
}

TEST(PdfConnectorTest, ReadingThatTakesTooLongIsAProblem) {
  config::ReadLimits limits;
  limits.set_pdf_seconds(1);
  EXPECT_THAT(ReasonOf(ReadWith("/bin/sleep 600", limits)), HasSubstr("longer than 1s"));
}

TEST(PdfConnectorTest, ReadingThatTakesTooMuchMemoryIsAProblem) {
  config::ReadLimits limits;
  limits.set_pdf_memory_bytes(uint64_t{64} << 20);
  EXPECT_THAT(ReasonOf(ReadWith("exec /bin/dd if=/dev/zero of=/dev/null bs=256M count=1", limits)),
              HasSubstr("64 MiB of memory"));
}

TEST(PdfConnectorTest, TextWithoutEndIsAProblem) {
  EXPECT_THAT(ReasonOf(ReadWith("exec /bin/cat /dev/zero")), HasSubstr("longer than 64 MiB"));
}

TEST(PdfConnectorTest, AProgramThatCrashesIsAProblem) {
  EXPECT_THAT(ReasonOf(ReadWith("kill -SEGV $$")), HasSubstr("signal 11"));
}

TEST(PdfConnectorTest, ProtectedFilesAreProblems) {
  EXPECT_THAT(ReasonOf(ReadWith("echo 'Command Line Error: Incorrect password' >&2; exit 1")), HasSubstr("encrypted"));
  EXPECT_THAT(ReasonOf(ReadWith("exit 3")), HasSubstr("forbids copying"));
}

TEST(PdfConnectorTest, WithoutTheProgramEachFileIsAProblem) {
  const FakePdftotext fake("");
  fs::remove(fs::path(std::getenv("PATH")) / "pdftotext");
  EXPECT_THAT(ReasonOf(Read(PdfFile({{"Text."}}))), HasSubstr("pdftotext is not in PATH"));
}

TEST(PdfConnectorTest, WithoutInformationTheTextStays) {
  const RecordingSink sink = ReadWith("echo 'Fever in adults'");
  ASSERT_THAT(sink.documents, SizeIs(1));
  EXPECT_EQ(sink.documents[0].title(), "Fever in adults");
  EXPECT_FALSE(sink.documents[0].has_publication_date());
}

}  // namespace
}  // namespace bedside
