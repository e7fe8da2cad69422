#include "tools/bedside/command_line.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(ParseCommandLineTest, ReadsCommandOperandsAndDefaults) {
  const auto line = ParseCommandLine({"ask", "What", "lowers", "fever?"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->command, Command::kAsk);
  EXPECT_THAT(line->operands, ElementsAre("What", "lowers", "fever?"));
  EXPECT_EQ(line->server, "127.0.0.1:8443");
  EXPECT_EQ(line->corpus, "default");
  EXPECT_EQ(line->timeout, absl::Seconds(60));
  EXPECT_FALSE(line->json);
}

TEST(ParseCommandLineTest, OptionsStandAnywhereInEitherForm) {
  const auto line = ParseCommandLine({"--server", "h:1", "search", "--json", "fever", "--corpus=a"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->server, "h:1");
  EXPECT_EQ(line->corpus, "a");
  EXPECT_TRUE(line->json);
  EXPECT_THAT(line->operands, ElementsAre("fever"));
}

TEST(ParseCommandLineTest, WhatIsShownToTheServerIsInFiles) {
  const auto line = ParseCommandLine({"search", "fever", "--ca=ca.pem", "--client-certificate=c.pem",
                                      "--client-key=k.pem", "--token-file=token", "--tls"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->credentials.ca_file, "ca.pem");
  EXPECT_EQ(line->credentials.certificate_file, "c.pem");
  EXPECT_EQ(line->credentials.key_file, "k.pem");
  EXPECT_EQ(line->credentials.token_file, "token");
  EXPECT_TRUE(line->credentials.tls);
  EXPECT_THAT(ParseCommandLine({"search", "fever", "--token=secret"}), StatusIs(kInvalid, Not(HasSubstr("secret"))));
  EXPECT_THAT(ParseCommandLine({"search", "fever", "--token-file="}), StatusIs(kInvalid, HasSubstr("path of a file")));
}

TEST(ParseCommandLineTest, ADoubleDashEndsTheOptions) {
  const auto line = ParseCommandLine({"search", "--", "--json"});
  ASSERT_THAT(line, IsOk());
  EXPECT_FALSE(line->json);
  EXPECT_THAT(line->operands, ElementsAre("--json"));
}

TEST(ParseCommandLineTest, ReadsFilters) {
  const auto line =
      ParseCommandLine({"ask", "q", "--kind=guideline", "--kind=Case-Report", "--jurisdiction=UK", "--language=en",
                        "--after=2019", "--before=2021-05-02", "--tag=asthma", "--include-superseded"});
  ASSERT_THAT(line, IsOk());
  const v1::EvidenceFilter& filter = line->filter;
  EXPECT_THAT(filter.kinds(), ElementsAre(v1::DOCUMENT_KIND_GUIDELINE, v1::DOCUMENT_KIND_CASE_REPORT));
  EXPECT_THAT(filter.jurisdictions(), ElementsAre("UK"));
  EXPECT_THAT(filter.languages(), ElementsAre("en"));
  EXPECT_THAT(filter.tags(), ElementsAre("asthma"));
  EXPECT_EQ(filter.published_after().year(), 2019);
  EXPECT_EQ(filter.published_after().month(), 0);
  EXPECT_EQ(filter.published_before().day(), 2);
  EXPECT_TRUE(filter.include_superseded());
}

TEST(ParseCommandLineTest, OutcomesAreOfWholeDays) {
  const auto line = ParseCommandLine({"outcomes", "metformin", "--from=2026-11-01", "--to=2026-11-30"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->from.month(), 11);
  EXPECT_EQ(line->to.day(), 30);
  EXPECT_EQ(ParseCommandLine({"outcomes"})->from.year(), 0);
  EXPECT_THAT(ParseCommandLine({"outcomes", "--from=2026-11"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wanted a day: YYYY-MM-DD")));
}

TEST(ParseCommandLineTest, ATimeoutIsSecondsOrADuration) {
  EXPECT_EQ(ParseCommandLine({"status", "--timeout=5"})->timeout, absl::Seconds(5));
  EXPECT_EQ(ParseCommandLine({"status", "--timeout=2m"})->timeout, absl::Minutes(2));
}

TEST(ParseCommandLineTest, AskTakesFactsOfThePatient) {
  const auto line = ParseCommandLine({"ask", "q", "--age=31", "--sex=female", "--pregnant", "--egfr=62.5"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->patient.age_years(), 31);
  EXPECT_EQ(line->patient.sex(), v1::SEX_FEMALE);
  EXPECT_TRUE(line->patient.pregnant());
  EXPECT_EQ(line->patient.egfr(), 62.5);
  EXPECT_EQ(ParseCommandLine({"ask", "q", "--age=7m"})->patient.age_months(), 7);
  EXPECT_EQ(ParseCommandLine({"ask", "q", "--fhir=bundle.json"})->fhir, "bundle.json");
  EXPECT_FALSE(ParseCommandLine({"ask", "q"})->patient.has_pregnant());
}

TEST(ParseCommandLineTest, HelpNeedsNothingElse) {
  EXPECT_TRUE(ParseCommandLine({"--help"})->help);
  EXPECT_TRUE(ParseCommandLine({"-h", "import"})->help);
}

struct BadLine {
  std::vector<std::string> arguments;
  const char* message;
};

class BadCommandLineTest : public testing::TestWithParam<BadLine> {};

TEST_P(BadCommandLineTest, IsRefusedWithWhatWouldDo) {
  EXPECT_THAT(ParseCommandLine(GetParam().arguments), StatusIs(kInvalid, HasSubstr(GetParam().message)));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadCommandLineTest,
    testing::Values(
        BadLine{{}, "no command"}, BadLine{{"asks", "q"}, "wanted ask, search"}, BadLine{{"ask"}, "wants a QUESTION"},
        BadLine{{"show", "a", "b"}, "one DOCUMENT"}, BadLine{{"retire", "a", "b"}, "one GENERATION"},
        BadLine{{"activate"}, "wants a GENERATION"}, BadLine{{"compare", "a"}, "two generations"},
        BadLine{{"compare", "a", "b", "c"}, "two generations"}, BadLine{{"status", "x"}, "takes no operand"},
        BadLine{{"ask", "q", "--colour"}, "--colour"}, BadLine{{"ask", "q", "--corpus"}, "wants a value"},
        BadLine{{"ask", "q", "--corpus="}, "--corpus"}, BadLine{{"ask", "q", "--json=yes"}, "takes no value"},
        BadLine{{"ask", "fi\xe8vre"}, "argument 2 is not valid UTF-8"},
        BadLine{{"doctor", "--config=f", "--server=h:1"}, "no option of bedside doctor"},
        BadLine{{"show", "d", "--tag=x"}, "no option of bedside show"},
        BadLine{{"ask", "q", "--kind=novel"}, "guideline, systematic-review"},
        BadLine{{"ask", "q", "--kind=unspecified"}, "wanted one of"},
        BadLine{{"ask", "q", "--after=2019-13"}, "YYYY-MM-DD"},
        BadLine{{"ask", "q", "--after=2019-01-01-01"}, "YYYY-MM-DD"},
        BadLine{{"ask", "q", "--before=soon"}, "YYYY-MM-DD"}, BadLine{{"ask", "q", "--max-evidence=51"}, "1 to 50"},
        BadLine{{"ask", "q", "--age=131"}, "0 to 130"}, BadLine{{"ask", "q", "--age=241m"}, "0m to 240m"},
        BadLine{{"ask", "q", "--sex=x"}, "female or male"}, BadLine{{"ask", "q", "--egfr=0"}, "above 0 to 250"},
        BadLine{{"ask", "q", "--egfr=nan"}, "above 0 to 250"},
        BadLine{{"search", "q", "--age=3"}, "no option of bedside search"},
        BadLine{{"search", "q", "--page-size=0"}, "1 to 1000"}, BadLine{{"search", "q", "--timeout=-3"}, "above zero"},
        BadLine{{"search", "q", "--timeout=soon"}, "above zero"}, BadLine{{"doctor"}, "--config=FILE"},
        BadLine{{"answer"}, "wants an ANSWER"}, BadLine{{"replay", "1", "2"}, "takes one ANSWER"},
        BadLine{{"check"}, "wants a TEXT"}, BadLine{{"check", "t"}, "wants --passage=PASSAGE"},
        BadLine{{"check", "t", "--passage="}, "a resource name or text"},
        BadLine{{"ask", "q", "--passage=p"}, "no option of bedside ask"},
        BadLine{{"feedback", "1", "2"}, "takes one [ANSWER]"},
        BadLine{{"feedback", "--verdict=helpful"}, "ANSWER and --verdict"},
        BadLine{{"feedback", "1", "--reason=outdated"}, "ANSWER and --verdict"},
        BadLine{{"feedback", "1", "--verdict=bad"}, "wanted one of helpful, partly-helpful, not-helpful, harmful"},
        BadLine{{"feedback", "1", "--verdict=helpful", "--reason=x"}, "wrong-number"},
        BadLine{{"feedback", "1", "--verdict=helpful", "--sentence=0"}, "1 to 1000"},
        BadLine{{"feedback", "1", "--verdict=helpful", "--id="}, "a-z, 0-9"},
        BadLine{{"ask", "q", "--verdict=helpful"}, "no option of bedside ask"},
        BadLine{{"search", "q", "--page-size=0"}, "see bedside search --help"}, BadLine{{}, "see bedside --help"}));

TEST(UsageTest, OfTheProgramNamesEveryCommandAndCommonOption) {
  for (const char* word : {"ask", "search", "show", "check", "status", "import", "answer", "replay", "feedback", "card",
                           "doctor", "--server", "--json", "--timeout"}) {
    EXPECT_THAT(Usage(absl::nullopt), HasSubstr(word));
  }
  EXPECT_THAT(Usage(absl::nullopt), Not(HasSubstr("--page-size")));
}

TEST(UsageTest, OfACommandNamesItsOwnOptions) {
  EXPECT_THAT(Usage(Command::kSearch), HasSubstr("--page-size"));
  EXPECT_THAT(Usage(Command::kSearch), Not(HasSubstr("--max-evidence")));
}

TEST(UsageTest, OfCardNamesNothingOfAServerItDoesNotAsk) {
  for (const char* option : {"--server", "--corpus", "--timeout", "  --json"}) {
    EXPECT_THAT(Usage(Command::kCard), Not(HasSubstr(option)));
  }
  EXPECT_THAT(Usage(Command::kCard), HasSubstr("--evaluation"));
}

TEST(UsageTest, OfDoctorNamesNothingOfAServerItDoesNotAsk) {
  for (const char* option : {"--server", "--corpus", "--timeout"}) {
    EXPECT_THAT(Usage(Command::kDoctor), Not(HasSubstr(option)));
  }
  EXPECT_THAT(Usage(Command::kDoctor), HasSubstr("--json"));
}

TEST(UsageTest, FitsATerminal) {
  for (const auto command :
       {absl::optional<Command>(), absl::make_optional(Command::kAsk), absl::make_optional(Command::kSearch),
        absl::make_optional(Command::kShow), absl::make_optional(Command::kImport),
        absl::make_optional(Command::kFeedback), absl::make_optional(Command::kCard)}) {
    for (absl::string_view line : absl::StrSplit(Usage(command), '\n')) EXPECT_LE(line.size(), 80u) << line;
  }
}

CommandLine Parsed(const std::vector<std::string>& arguments) {
  const auto line = ParseCommandLine(arguments);
  EXPECT_THAT(line, IsOk());
  return line.ok() ? *line : CommandLine();
}

TEST(ParseCommandLineTest, AFileIsUpsertedAndADocumentPurged) {
  const CommandLine upsert = Parsed({"upsert", "asthma.md", "--into=nice"});
  EXPECT_EQ(upsert.command, Command::kUpsert);
  EXPECT_EQ(upsert.source_set, "nice");
  EXPECT_EQ(Parsed({"purge", "asthma"}).command, Command::kPurge);
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{"upsert"}, {"upsert", "a", "b"}, {"purge"}, {"purge", "a", "b"}}) {
    EXPECT_EQ(ParseCommandLine(bad).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(ParseCommandLineTest, SourceSetsAreListedWithdrawnAndReinstated) {
  EXPECT_EQ(Parsed({"sources"}).command, Command::kSources);
  const CommandLine withdraw = Parsed({"withdraw", "forum", "--because=planted texts"});
  EXPECT_EQ(withdraw.command, Command::kWithdraw);
  EXPECT_THAT(withdraw.operands, ElementsAre("forum"));
  EXPECT_EQ(withdraw.because, "planted texts");
  EXPECT_EQ(Parsed({"reinstate", "forum"}).command, Command::kReinstate);
  EXPECT_EQ(Parsed({"import", "docs", "--into=nice"}).source_set, "nice");
  const CommandLine search = Parsed({"search", "q", "--source-set=nice", "--include-unreviewed"});
  EXPECT_THAT(search.filter.source_sets(), ElementsAre("nice"));
  EXPECT_TRUE(search.filter.include_unreviewed());
  for (const std::vector<std::string>& bad : std::vector<std::vector<std::string>>{
           {"withdraw"}, {"withdraw", "a", "b"}, {"reinstate", "a", "--because=x"}, {"sources", "a"}}) {
    EXPECT_EQ(ParseCommandLine(bad).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace bedside
