// Instructions to a language model that readers of a page do not see are no part of its document.
#include <unicode/uchar.h>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/text/code_point.h"
#include "ingest/connectors/connector_set.h"
#include "tests/fakes/status_matchers.h"
#include "tests/ingest/connectors/recording_sink.h"
#include "tests/services/generation/injection_templates.h"

namespace bedside {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// All text of a document that a model or a reader may be shown.
std::string ShownOf(const storage::Document& document) {
  const std::string shown = document.Utf8DebugString();
  return absl::StrReplaceAll(shown, {{"\\\"", "\""}, {"\\'", "'"}, {"\\n", "\n"}});
}

// A piece of the instruction, without what its way of hiding may have written differently.
std::string PieceOf(const std::string& instruction) {
  const std::string line = absl::StrReplaceAll(instruction, {{"\n", " "}});
  return line.substr(line.size() / 2, 12);
}

// Characters that no font shows, by Unicode's own word for them.
bool HasHiddenCharacters(const std::string& text) {
  for (size_t i = 0; i < text.size();) {
    if (u_hasBinaryProperty(NextCodePoint(text, i), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  }
  return false;
}

TEST(HiddenInstructionsTest, NoneIsInTheDocument) {
  const auto connectors = ConnectorSet::Create({});
  ASSERT_THAT(connectors, IsOk());
  for (const Half half : {Half::kDevelopment, Half::kReport}) {
    for (const std::string& instruction : InjectionTemplates(half)) {
      for (const HiddenPage& page : HiddenPages(instruction)) {
        SourceFile file;
        file.name = page.file_name;
        file.extension = page.file_name.substr(page.file_name.find('.') + 1);
        file.bytes = page.content;
        RecordingSink sink;
        const Connector* connector = (*connectors)->For(file);
        ASSERT_NE(connector, nullptr) << page.name;
        connector->Read(file, sink);
        ASSERT_THAT(sink.documents, SizeIs(1)) << page.name;
        const storage::Document& document = sink.documents[0];
        EXPECT_THAT(document.text(), HasSubstr("Give aspirin within 48 hours of an acute stroke.")) << page.name;
        EXPECT_FALSE(absl::StrContains(ShownOf(document), PieceOf(instruction))) << page.name << ": " << instruction;
        EXPECT_FALSE(HasHiddenCharacters(document.text())) << page.name;
      }
    }
  }
}

}  // namespace
}  // namespace bedside
