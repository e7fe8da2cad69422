#include "tools/bedside/doctor/diagnosis.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/temp_folder.h"
#include "tests/tools/bedside/recorded_console.h"

namespace bedside {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

Machine GoodMachine() {
  return {"flags : avx2", "", [](const config::EmbedderConfig&) { return std::string("model/x"); }};
}

TEST(DiagnoseTest, AConfigurationThatCannotBeReadLeavesTheMachine) {
  const Findings findings = Diagnose("/nowhere/c.textproto", GoodMachine());
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].level, FindingLevel::kFailure);
  EXPECT_EQ(ExitStatusOf(findings), 1);
}

TEST(DiagnoseTest, EveryPartThatTheConfigurationNamesIsChecked) {
  const std::string folder = TempFolder();
  WriteFile(folder, "model/model.onnx", "abc");
  WriteFile(folder, "model/tokenizer.json", "{}");
  const std::string config = WriteFile(
      folder, "c.textproto",
      absl::StrCat("index { store_path: \"", folder, "/store\" embedder { model_path: \"", folder, "/model\" } }"));
  const Findings findings = Diagnose(config, GoodMachine());
  for (const char* subject : {"configuration", "CPU", "pdftotext", "model", "store", "disk"}) {
    EXPECT_THAT(findings, Contains(Field(&Finding::subject, subject)));
  }
}

TEST(DiagnoseTest, WhatTheConfigurationDoesNotNameIsNotLookedFor) {
  const std::string folder = TempFolder();
  const Findings findings = Diagnose(WriteFile(folder, "c.textproto", ""), GoodMachine());
  EXPECT_THAT(findings, testing::Not(Contains(Field(&Finding::subject, "store"))));
  EXPECT_EQ(ExitStatusOf(findings), 1);
}

TEST(ExitStatusOfTest, WarningsAreNoFailure) {
  EXPECT_EQ(ExitStatusOf({{FindingLevel::kOk, "", "", ""}, {FindingLevel::kWarning, "", "", ""}}), 0);
  EXPECT_EQ(ExitStatusOf({{FindingLevel::kOk, "", "", ""}, {FindingLevel::kFailure, "", "", ""}}), 1);
}

TEST(PrintFindingsTest, ALineForEachWithItsNextStep) {
  RecordedConsole recorded;
  PrintFindings({{FindingLevel::kOk, "disk", "plenty", ""},
                 {FindingLevel::kWarning, "CPU", "slow", "Wait."},
                 {FindingLevel::kFailure, "store", "gone", "Make one."}},
                recorded.console);
  EXPECT_EQ(recorded.out.str(),
            "OK    disk: plenty\n"
            "WARN  CPU: slow\n"
            "      -> Wait.\n"
            "FAIL  store: gone\n"
            "      -> Make one.\n");
}

TEST(FindingsJsonTest, CarriesEveryField) {
  const auto json = nlohmann::json::parse(FindingsJson({{FindingLevel::kFailure, "store", "gone\xff", "Make one."}}));
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(json[0]["level"], "failure");
  EXPECT_EQ(json[0]["subject"], "store");
  EXPECT_THAT(json[0]["message"].get<std::string>(), HasSubstr("gone"));
  EXPECT_EQ(json[0]["next_step"], "Make one.");
}

}  // namespace
}  // namespace bedside
