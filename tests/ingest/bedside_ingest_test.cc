// The program as a shell sees it: arguments, messages, exit status, signals. Runs the real model.
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "index/generation/generation.h"
#include "index/store/evidence_store.h"
#include "re2/re2.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// When a run is stopped: `signal` is sent as soon as the output holds `awaited`.
struct Stop {
  int signal;
  std::string awaited;
};

struct Outcome {
  // Exit status, or the signal that ended it as a negative number.
  int status = -1;
  // Standard output and standard error, as they came.
  std::string output;
};

struct Served {
  std::string generation;
  size_t passages;
};

class BedsideIngestTest : public testing::Test {
 protected:
  void SetUp() override { SetStore(Path("store")); }

  void SetStore(const std::string& path) {
    Write("config.textproto",
          absl::StrCat("index { store_path: \"", path, "\" embedder { model_path: \"external/bge_small_en\" } }"));
  }

  std::string Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }
  void Write(const std::string& name, const std::string& content) const { WriteFile(folder_, name, content); }
  std::string Config() const { return "--config=" + Path("config.textproto"); }

  std::string Report() const {
    std::stringstream report;
    report << std::ifstream(Path("report.json")).rdbuf();
    return report.str();
  }

  // What another process would serve from the store; it must be whole.
  Served Active() const {
    const auto store = EvidenceStore::Open(Path("store"), Database::Access::kReadOnly);
    EXPECT_THAT(store, IsOk());
    const auto manifest = (*store)->manifests().Get("default", (*store)->manifests().Current("default")->value());
    EXPECT_THAT(manifest, IsOk());
    const auto generation = Generation::Open((*store)->segments(), *manifest, {});
    EXPECT_THAT(generation, IsOk());
    return {(*generation)->name(), (*generation)->passages()};
  }

  // Runs the program with its output in a pipe, as a log would have it.
  static Outcome Run(const std::vector<std::string>& arguments) {
    int channel[2];
    EXPECT_EQ(pipe(channel), 0);
    const pid_t child = fork();
    if (child == 0) {
      dup2(channel[1], STDOUT_FILENO);
      dup2(channel[1], STDERR_FILENO);
      close(channel[0]);
      close(channel[1]);
      Exec(arguments);
    }
    close(channel[1]);
    return Follow(child, channel[0], {0, ""});
  }

  // Runs it on a terminal of its own, where its progress is seen several times a second.
  static Outcome RunOnTerminal(const std::vector<std::string>& arguments, Stop stop) {
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) Exec(arguments);
    if (child < 0) {
      ADD_FAILURE() << "no terminal for the program: " << std::strerror(errno) << "; is /dev/pts mounted?";
      return {};
    }
    return Follow(child, terminal, std::move(stop));
  }

  const std::string folder_ = TempFolder();

 private:
  static Outcome Follow(pid_t child, int output, Stop stop) {
    Outcome outcome;
    char buffer[4096];
    for (ssize_t bytes; (bytes = read(output, buffer, sizeof buffer)) > 0;) {
      outcome.output.append(buffer, static_cast<size_t>(bytes));
      if (stop.signal != 0 && absl::StrContains(outcome.output, stop.awaited)) {
        kill(child, std::exchange(stop.signal, 0));
      }
    }
    close(output);
    int status = 0;
    waitpid(child, &status, 0);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return outcome;
  }

  [[noreturn]] static void Exec(const std::vector<std::string>& arguments) {
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
  EXPECT_EQ(Run({"--config=" + folder_, "a.md"}).status, 2);
  Write("config.textproto", "index { no_such_field: 1 }");
  EXPECT_THAT(Run({Config(), "a.md"}).output, HasSubstr("no_such_field"));
  Write("config.textproto",
        absl::StrCat("index { store_path: \"", Path("store"), "\" kept_generations: 1000 vector { hnsw_links: 1 } }"));
  const Outcome outcome = Run({Config(), "a.md"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("model_path is missing"), HasSubstr("kept_generations"), HasSubstr("hnsw_links")));
  EXPECT_FALSE(std::filesystem::exists(Path("store")));
}

TEST_F(BedsideIngestTest, AReportThatCannotBeWrittenIsNoticedAtOnce) {
  for (const std::string& path : {Path("no/such/folder/report.json"), folder_}) {
    const Outcome outcome = Run({Config(), "--report=" + path, "a.md"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.output, HasSubstr("--report: " + path));
  }
}

TEST_F(BedsideIngestTest, ASourceThatDoesNotExistIsStatusTwo) {
  const Outcome outcome = Run({Config(), Path("absent.md")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("absent.md"));
}

TEST_F(BedsideIngestTest, ARunEndsWithASummaryAndAReport) {
  Write("a.jsonl", "{\"_id\": \"d1\", \"title\": \"Aspirin\", \"text\": \"Aspirin reduces fever.\"}\nnonsense\n");
  const Outcome outcome = Run({Config(), "--report=" + Path("report.json"), "--corpus=trial", Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("Reading"), HasSubstr("corpora/trial/generations/"), HasSubstr("a.jsonl"),
                                    HasSubstr("report.json")));
  EXPECT_THAT(Report(), AllOf(HasSubstr("\"documents_published\": \"1\""), HasSubstr("\"problems\": \"1\"")));
}

TEST_F(BedsideIngestTest, WhenNothingCanBeReadTheStatusIsOne) {
  Write("a.jsonl", "nonsense\n");
  const Outcome outcome = Run({Config(), Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("Nothing is published"));
}

TEST_F(BedsideIngestTest, AStoreThatAServerHasOpenIsLeftToIt) {
  Write("a.jsonl", "{\"_id\": \"d1\", \"text\": \"Aspirin reduces fever.\"}\n");
  const auto store = EvidenceStore::Open(Path("store"), Database::Access::kReadWrite);
  ASSERT_THAT(store, IsOk());
  const Outcome outcome = Run({Config(), Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("bedside import"));
}

TEST_F(BedsideIngestTest, AStoreThatCannotBeMadeSaysWhichAndWhy) {
  Write("a.jsonl", "{\"_id\": \"d1\", \"text\": \"Aspirin reduces fever.\"}\n");
  SetStore(Path("a.jsonl/store"));
  const Outcome outcome = Run({Config(), Path("a.jsonl")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr(Path("a.jsonl/store")), HasSubstr("Not a directory")));
}

TEST_F(BedsideIngestTest, ShardsWantAClusterAndNoGate) {
  Write("a.jsonl", "{\"_id\": \"a\", \"text\": \"Aspirin reduces fever.\"}\n");
  const std::vector<std::string> job = {Config(), "--shards=2", "--job=j", Path("a.jsonl")};
  const Outcome alone = Run(job);
  EXPECT_EQ(alone.status, 2);
  EXPECT_THAT(alone.output, HasSubstr("--shards wants `cluster { urls: ... }`"));
  Write("gold.jsonl", "");
  Write("config.textproto",
        absl::StrCat("index { store_path: \"", Path("store"),
                     "\" embedder { model_path: \"external/bge_small_en\" } cluster { urls: \"http://127.0.0.1:9\" } } "
                     "pipeline { publication_gate { questions_path: \"",
                     Path("gold.jsonl"), "\" } }"));
  const Outcome gated = Run(job);
  EXPECT_EQ(gated.status, 2);
  EXPECT_THAT(gated.output, HasSubstr("Give --no-gate"));
}

class StoppedIngestTest : public BedsideIngestTest {
 protected:
  // Documents of one passage each, long enough that the model is seen at work.
  static std::string Lines(const std::string& group, int documents) {
    std::string lines;
    for (int i = 0; i < documents; ++i) {
      absl::StrAppend(&lines, "{\"_id\": \"", group, i, "\", \"text\": \"Group ", group, " ", i, " was treated.");
      for (int sentence = 0; sentence < 20; ++sentence)
        absl::StrAppend(&lines, " Outcome ", i * sentence, " was seen.");
      absl::StrAppend(&lines, "\"}\n");
    }
    return lines;
  }
};

// By signals that it handles and by one that it cannot: what served serves, and what was embedded is not embedded
// again.
TEST_F(StoppedIngestTest, BeforeItPublishesItLeavesWhatServesAndTheNextRunGoesOn) {
  Write("a.jsonl", Lines("a", 1));
  ASSERT_EQ(Run({Config(), Path("a.jsonl")}).status, 0);
  const std::string before = Active().generation;
  Write("b.jsonl", Lines("b", 800));
  for (const Stop& stop : {Stop{SIGINT, "Reading"}, Stop{SIGKILL, "Reading"}, Stop{SIGTERM, "Embedding: cutting"},
                           Stop{SIGKILL, "Embedding [#"}, Stop{SIGTERM, "Embedding [#"}}) {
    const Outcome stopped = RunOnTerminal({Config(), Path("b.jsonl")}, stop);
    EXPECT_EQ(stopped.status, stop.signal == SIGKILL ? -SIGKILL : 128 + stop.signal) << stopped.output;
    if (stop.signal != SIGKILL) EXPECT_THAT(stopped.output, HasSubstr("untouched"));
    EXPECT_EQ(Active().generation, before) << stop.signal << " at " << stop.awaited;
    EXPECT_EQ(Active().passages, 1u);
  }
  ASSERT_EQ(Run({Config(), "--report=" + Path("report.json"), Path("b.jsonl")}).status, 0);
  EXPECT_EQ(Active().passages, 801u);
  int embedded = 0;
  ASSERT_TRUE(RE2::PartialMatch(Report(), "\"passages_embedded\": \"(\\d+)\"", &embedded)) << Report();
  EXPECT_GT(embedded, 0);
  EXPECT_LT(embedded, 800);
}

// From here on it may be through before the signal arrives; then all of it serves, otherwise nothing of it.
TEST_F(StoppedIngestTest, WhileItPublishesItIsAllOrNothing) {
  Write("a0.jsonl", Lines("a", 1));
  ASSERT_EQ(Run({Config(), Path("a0.jsonl")}).status, 0);
  int edition = 0;
  for (const Stop& stop : {Stop{SIGTERM, "Indexing"}, Stop{SIGKILL, "Indexing"}, Stop{SIGTERM, "Publishing"},
                           Stop{SIGKILL, "Publishing"}}) {
    const std::string before = Active().generation;
    const size_t passages_before = Active().passages;
    const std::string name = absl::StrCat("a", ++edition, ".jsonl");
    Write(name, Lines(absl::StrCat("group", edition, "-"), 20));
    const Outcome outcome = RunOnTerminal({Config(), Path(name)}, stop);
    const bool published = Active().generation != before;
    EXPECT_EQ(Active().passages, passages_before + (published ? 20 : 0));
    if (outcome.status == 0) EXPECT_TRUE(published);
    if (outcome.status == 128 + SIGTERM) EXPECT_FALSE(published);
  }
  EXPECT_EQ(Run({Config(), Path("a*.jsonl")}).status, 0);
  EXPECT_EQ(Active().passages, 81u);
}

}  // namespace
}  // namespace bedside
