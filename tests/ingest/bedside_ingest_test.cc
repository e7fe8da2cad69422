// The program as a shell sees it: arguments, messages, exit status, signals. Runs the real model.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/store/evidence_store.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Outcome {
  int status = -1;
  // Standard output and standard error, as they came.
  std::string output;
};

class BedsideIngestTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    WriteFile("config.textproto", absl::StrCat("index { store_path: \"", Path("store"),
                                               "\" embedder { model_path: \"external/bge_small_en\" } }"));
  }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void WriteFile(const std::string& name, const std::string& content) { std::ofstream(folder_ / name) << content; }
  std::string Config() const { return "--config=" + Path("config.textproto"); }

  // Sends `signal`, when it is not 0, as soon as the output holds `awaited`.
  static Outcome Run(const std::vector<std::string>& arguments, int signal = 0, const std::string& awaited = "") {
    int channel[2];
    EXPECT_EQ(pipe(channel), 0);
    const pid_t child = fork();
    if (child == 0) Exec(arguments, channel);
    close(channel[1]);
    Outcome outcome;
    char buffer[4096];
    for (ssize_t bytes; (bytes = read(channel[0], buffer, sizeof buffer)) > 0;) {
      outcome.output.append(buffer, static_cast<size_t>(bytes));
      if (signal != 0 && absl::StrContains(outcome.output, awaited)) {
        kill(child, signal);
        signal = 0;
      }
    }
    close(channel[0]);
    int status = 0;
    waitpid(child, &status, 0);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return outcome;
  }

  std::filesystem::path folder_;

 private:
  [[noreturn]] static void Exec(const std::vector<std::string>& arguments, const int channel[2]) {
    dup2(channel[1], STDOUT_FILENO);
    dup2(channel[1], STDERR_FILENO);
    close(channel[0]);
    close(channel[1]);
    std::vector<std::string> words = {"ingest/bedside_ingest"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(errno);
  }
};

TEST_F(BedsideIngestTest, HelpSaysWhatItIs) {
  const Outcome outcome = Run({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("usage: bedside_ingest"));
}

TEST_F(BedsideIngestTest, WrongArgumentsAreStatusTwo) {
  EXPECT_EQ(Run({}).status, 2);
  const Outcome outcome = Run({Config(), "--no-such-flag=1", "a.md"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("--no-such-flag"));
}

TEST_F(BedsideIngestTest, AConfigurationThatCannotBeUsedStartsNothing) {
  EXPECT_EQ(Run({"--config=" + Path("absent.textproto"), "a.md"}).status, 2);
  WriteFile("config.textproto", "index { no_such_field: 1 }");
  EXPECT_THAT(Run({Config(), "a.md"}).output, HasSubstr("no_such_field"));
  WriteFile("config.textproto", absl::StrCat("index { store_path: \"", Path("store"),
                                             "\" kept_generations: 1000 vector { hnsw_links: 1 } }"));
  const Outcome outcome = Run({Config(), "a.md"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("model_path is missing"), HasSubstr("kept_generations"), HasSubstr("hnsw_links")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "store"));
}

TEST_F(BedsideIngestTest, AReportThatCannotBeWrittenIsNoticedAtOnce) {
  const Outcome outcome = Run({Config(), "--report=" + Path("no/such/folder/report.json"), "a.md"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("--report"));
}

TEST_F(BedsideIngestTest, ASourceThatDoesNotExistIsStatusTwo) {
  const Outcome outcome = Run({Config(), Path("absent.md")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("absent.md"));
}

TEST_F(BedsideIngestTest, ARunEndsWithASummaryAndAReport) {
  WriteFile("a.jsonl", "{\"_id\": \"d1\", \"title\": \"Aspirin\", \"text\": \"Aspirin reduces fever.\"}\nnonsense\n");
  const Outcome outcome = Run({Config(), "--report=" + Path("report.json"), "--corpus=trial", Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("Reading"), HasSubstr("corpora/trial/generations/"), HasSubstr("a.jsonl"),
                                    HasSubstr("report.json")));
  std::stringstream report;
  report << std::ifstream(folder_ / "report.json").rdbuf();
  EXPECT_THAT(report.str(), AllOf(HasSubstr("\"documents_published\": \"1\""), HasSubstr("\"problems\": \"1\"")));
}

TEST_F(BedsideIngestTest, WhenNothingCanBeReadTheStatusIsOne) {
  WriteFile("a.jsonl", "nonsense\n");
  const Outcome outcome = Run({Config(), Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("Nothing is published"));
}

TEST_F(BedsideIngestTest, AStoreThatAServerHasOpenIsLeftToIt) {
  WriteFile("a.jsonl", "{\"_id\": \"d1\", \"text\": \"Aspirin reduces fever.\"}\n");
  const auto store = EvidenceStore::Open(Path("store"), Database::Access::kReadWrite);
  ASSERT_THAT(store, IsOk());
  const Outcome outcome = Run({Config(), Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("bedside import"));
}

TEST_F(BedsideIngestTest, ASignalStopsItCleanlyAndTheNextRunFinishes) {
  std::string lines;
  for (int i = 0; i < 400; ++i) {
    std::string text = absl::StrCat("Patient group ", i, " was treated.");
    for (int sentence = 0; sentence < 40; ++sentence) absl::StrAppend(&text, " Outcome ", i * sentence, " was seen.");
    absl::StrAppend(&lines, "{\"_id\": \"d", i, "\", \"text\": \"", text, "\"}\n");
  }
  WriteFile("a.jsonl", lines);
  for (const int signal : {SIGTERM, SIGINT}) {
    const Outcome stopped = Run({Config(), Path("a.jsonl")}, signal, "Embedding");
    EXPECT_EQ(stopped.status, 128 + signal) << stopped.output;
    EXPECT_THAT(stopped.output, HasSubstr("untouched"));
  }
  WriteFile("b.jsonl", "{\"_id\": \"d1\", \"text\": \"Aspirin reduces fever.\"}\n");
  EXPECT_EQ(Run({Config(), Path("b.jsonl")}).status, 0);
}

}  // namespace
}  // namespace bedside
