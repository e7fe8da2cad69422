// The commands that show and change what a server has.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "nlohmann/json.hpp"
#include "tests/fakes/temp_folder.h"
#include "tests/tools/bedside/run_bedside_fixture.h"

namespace bedside {
namespace {

using google::longrunning::Operation;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using CorpusCommandsTest = RunBedsideFixture;

TEST_F(CorpusCommandsTest, StatusShowsIndexAndGenerations) {
  server_.index.set_active_generation("corpora/default/generations/g2");
  server_.index.set_documents_in_force(1234);
  v1::Generation& generation = *server_.generations.add_generations();
  generation.set_name("corpora/default/generations/g2");
  generation.set_state(v1::GENERATION_STATE_ACTIVE);
  generation.set_embedder("model/x");
  EXPECT_EQ(Run({"status"}), 0);
  EXPECT_EQ(server_.index_request.name(), "corpora/default/index");
  EXPECT_THAT(out(), HasSubstr("1,234 documents"));
  EXPECT_THAT(out(), HasSubstr("corpora/default/generations/g2  active\n"));
  EXPECT_THAT(out(), HasSubstr("model/x"));
}

TEST_F(CorpusCommandsTest, StatusAsJsonIsOneObject) {
  server_.index.set_change_sequence(7);
  server_.generations.add_generations()->set_name("corpora/default/generations/g2");
  EXPECT_EQ(Run({"status", "--json"}), 0);
  const auto json = nlohmann::json::parse(out());
  EXPECT_EQ(json["index"]["changeSequence"], "7");
  EXPECT_EQ(json["generations"]["generations"][0]["name"], "corpora/default/generations/g2");
}

TEST_F(CorpusCommandsTest, StatusShowsTheGenerationsOfACorpusThatCannotBeServed) {
  server_.index_status = grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "embedded with another model");
  server_.generations.add_generations()->set_name("corpora/default/generations/g2");
  EXPECT_EQ(Run({"status"}), 1);
  EXPECT_THAT(out(), HasSubstr("corpora/default/generations/g2"));
  EXPECT_THAT(out(), Not(HasSubstr("Serving")));
  EXPECT_THAT(err(), HasSubstr("embedded with another model (FAILED_PRECONDITION)"));
  recorded_.out.str("");
  EXPECT_EQ(Run({"status", "--json"}), 1);
  EXPECT_EQ(nlohmann::json::parse(out())["generations"]["generations"].size(), 1u);
}

TEST_F(CorpusCommandsTest, ImportWaitsForTheReport) {
  Operation running;
  running.set_name("operations/1");
  v1::JobProgress progress;
  progress.set_stage(v1::JOB_STAGE_READING);
  running.mutable_metadata()->PackFrom(progress);
  Operation done = running;
  done.set_done(true);
  v1::JobReport report;
  report.set_generation("corpora/default/generations/g");
  done.mutable_response()->PackFrom(report);
  server_.operations = {running, running, done};
  EXPECT_EQ(Run({"import", "a.md", "b.md", "--full"}), 0);
  EXPECT_THAT(server_.import_request.sources(), ElementsAre("a.md", "b.md"));
  EXPECT_EQ(server_.import_request.mode(), v1::RECONCILIATION_MODE_FULL);
  EXPECT_FALSE(server_.import_request.skip_gate());
  EXPECT_THAT(err(), HasSubstr("operations/1"));
  EXPECT_THAT(err(), HasSubstr("Reading: 0 documents\n"));
  EXPECT_THAT(out(), HasSubstr("corpora/default/generations/g is serving.\n"));
  EXPECT_TRUE(server_.operations.empty());
}

TEST_F(CorpusCommandsTest, GenerationsAreListed) {
  v1::Generation& generation = *server_.generations.add_generations();
  generation.set_name("corpora/ward/generations/g2");
  generation.set_state(v1::GENERATION_STATE_KEPT);
  EXPECT_EQ(Run({"generations", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.generations_request.parent(), "corpora/ward");
  EXPECT_THAT(out(), HasSubstr("corpora/ward/generations/g2  kept\n"));
  recorded_.out.str("");
  EXPECT_EQ(Run({"generations", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["generations"][0]["name"], "corpora/ward/generations/g2");
}

TEST_F(CorpusCommandsTest, CompareShowsWhatDiffersBetweenTwoGenerations) {
  server_.comparison.set_same_settings(true);
  server_.comparison.set_documents_added(1);
  server_.comparison.set_documents_changed(1);
  server_.comparison.set_documents_unchanged(1234);
  v1::DocumentDifference& added = *server_.comparison.add_differences();
  added.set_document("corpora/default/documents/a");
  added.set_kind(v1::DOCUMENT_DIFFERENCE_KIND_ADDED);
  added.set_other_passages(3);
  v1::DocumentDifference& changed = *server_.comparison.add_differences();
  changed.set_document("corpora/default/documents/b");
  changed.set_kind(v1::DOCUMENT_DIFFERENCE_KIND_CHANGED);
  changed.set_base_passages(2);
  changed.set_other_passages(4);
  server_.comparison.set_next_page_token("token");
  EXPECT_EQ(Run({"compare", "g1", "corpora/ward/generations/g2", "--page-size=2"}), 0);
  EXPECT_EQ(server_.compare_request.base(), "corpora/default/generations/g1");
  EXPECT_EQ(server_.compare_request.other(), "corpora/ward/generations/g2");
  EXPECT_EQ(server_.compare_request.page_size(), 2);
  EXPECT_THAT(out(), HasSubstr("Settings   the same\nModel      different\n"));
  EXPECT_THAT(out(), HasSubstr("1 added, 0 removed, 1 changed, 1,234 unchanged\n"));
  EXPECT_THAT(out(), HasSubstr("added  corpora/default/documents/a  3 passages\n"));
  EXPECT_THAT(out(), HasSubstr("changed  corpora/default/documents/b  2 passages, now 4\n"));
  EXPECT_THAT(out(), HasSubstr("--page-token=token\n"));
  recorded_.out.str("");
  EXPECT_EQ(Run({"compare", "g1", "g2", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["documentsUnchanged"], "1234");
}

TEST_F(CorpusCommandsTest, GenerationsAreActivatedAndRetired) {
  server_.activated.set_name("corpora/default/generations/g1");
  server_.activated.set_state(v1::GENERATION_STATE_ACTIVE);
  EXPECT_EQ(Run({"activate", "g1"}), 0);
  EXPECT_EQ(server_.activate_request.name(), "corpora/default/generations/g1");
  EXPECT_THAT(out(), HasSubstr("corpora/default/generations/g1  active\n"));
  EXPECT_EQ(Run({"retire", "g2", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.retire_request.name(), "corpora/ward/generations/g2");
  EXPECT_THAT(out(), HasSubstr("corpora/ward/generations/g2 is removed.\n"));
  recorded_.out.str("");
  EXPECT_EQ(Run({"retire", "g2", "--json"}), 0);
  EXPECT_EQ(out(), "{}\n");
}

TEST_F(CorpusCommandsTest, AGenerationThatCannotBeRetiredIsAnError) {
  server_.status = grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "it is the active one");
  EXPECT_EQ(Run({"retire", "g1"}), 1);
  EXPECT_THAT(err(), HasSubstr("it is the active one"));
  EXPECT_EQ(Run({"compare", "g1", "g2"}), 1);
  EXPECT_EQ(Run({"activate", "g1"}), 1);
}

TEST_F(CorpusCommandsTest, AnImportMaySkipTheGate) {
  Operation done;
  done.set_done(true);
  done.mutable_response()->PackFrom(v1::JobReport());
  server_.operations = {done};
  EXPECT_EQ(Run({"import", "a.md", "--no-gate"}), 1);
  EXPECT_TRUE(server_.import_request.skip_gate());
}

TEST_F(CorpusCommandsTest, AnImportThatCouldReadNothingIsAnError) {
  Operation done;
  done.set_done(true);
  done.mutable_response()->PackFrom(v1::JobReport());
  server_.operations = {done};
  EXPECT_EQ(Run({"import", "a.md"}), 1);
  EXPECT_THAT(out(), HasSubstr("Nothing is published"));
}

TEST_F(CorpusCommandsTest, AnImportThatFailsIsAnError) {
  Operation failed;
  failed.set_done(true);
  failed.mutable_error()->set_code(google::rpc::DATA_LOSS);
  failed.mutable_error()->set_message("piece 3 is damaged");
  server_.operations = {failed};
  EXPECT_EQ(Run({"import", "a.md"}), 1);
  EXPECT_THAT(err(), HasSubstr("piece 3 is damaged (DATA_LOSS)"));
}

TEST_F(CorpusCommandsTest, AnImportThatTheServerForgetsIsAnError) {
  server_.operations = {Operation()};
  EXPECT_EQ(Run({"import", "a.md"}), 1);
  EXPECT_THAT(err(), HasSubstr("no such operation"));
}

TEST_F(CorpusCommandsTest, AnImportWhoseServerEndsSaysHowToGoOn) {
  for (const auto code : {grpc::StatusCode::CANCELLED, grpc::StatusCode::UNAVAILABLE}) {
    Operation running;
    running.set_name("operations/1");
    server_.operations = {running};
    server_.no_operation = grpc::Status(code, "CANCELLED");
    recorded_.err.str("");
    EXPECT_EQ(Run({"import", "a.md"}), 1);
    EXPECT_THAT(err(), HasSubstr("operations/1"));
    EXPECT_THAT(err(), HasSubstr("Import again when it is back"));
    EXPECT_THAT(err(), Not(HasSubstr("CANCELLED")));
  }
}

TEST_F(CorpusCommandsTest, AnImportWithoutAReportIsAnError) {
  Operation done;
  done.set_done(true);
  server_.operations = {done};
  EXPECT_EQ(Run({"import", "a.md"}), 1);
  EXPECT_THAT(err(), HasSubstr("report cannot be read"));
}

TEST_F(CorpusCommandsTest, AFileIsUpserted) {
  const std::string folder = TempFolder();
  WriteFile(folder, "asthma.md", "# Asthma\n\nText.\n");
  v1::UpsertedDocument& document = *server_.upserted.add_documents();
  document.set_name("corpora/ward/documents/asthma");
  document.set_outcome(v1::UPSERT_OUTCOME_UPDATED);
  v1::JobProblem& problem = *server_.upserted.add_problems();
  problem.set_source("asthma.md");
  problem.set_reason("has no date");
  problem.set_warning(true);
  EXPECT_EQ(Run({"upsert", folder + "/asthma.md", "--corpus=ward", "--into=nice"}), 0);
  EXPECT_EQ(server_.upsert_request.parent(), "corpora/ward");
  EXPECT_EQ(server_.upsert_request.file_name(), "asthma.md") << "nothing of this machine's folders";
  EXPECT_EQ(server_.upsert_request.content(), "# Asthma\n\nText.\n");
  EXPECT_EQ(server_.upsert_request.source_set(), "nice");
  EXPECT_EQ(out(), "corpora/ward/documents/asthma  updated\n  warning: asthma.md: has no date\n");
}

TEST_F(CorpusCommandsTest, AFileThatCannotBeReadOrHoldsNothingIsAFailure) {
  EXPECT_EQ(Run({"upsert", "/no/such/file.md"}), 1);
  EXPECT_THAT(err(), HasSubstr("/no/such/file.md cannot be read"));
  const std::string folder = TempFolder();
  WriteFile(folder, "empty.md", "x");
  EXPECT_EQ(Run({"upsert", folder + "/empty.md"}), 1);
  EXPECT_THAT(out(), HasSubstr("holds no document"));
}

TEST_F(CorpusCommandsTest, ADocumentIsPurged) {
  google::longrunning::Operation done;
  done.set_done(true);
  server_.operations.push_back(done);
  EXPECT_EQ(Run({"purge", "leak", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.purge_request.name(), "corpora/ward/documents/leak");
  EXPECT_THAT(out(), HasSubstr("corpora/ward/documents/leak  purged"));
  done.mutable_error()->set_code(10);
  done.mutable_error()->set_message("requests still read");
  server_.operations.push_back(done);
  EXPECT_EQ(Run({"purge", "leak"}), 1);
  EXPECT_THAT(err(), HasSubstr("requests still read"));
}

TEST_F(CorpusCommandsTest, SourceSetsAreListedWithTrustAndWithdrawal) {
  v1::SourceSet& own = *server_.sources.add_source_sets();
  own.set_name("corpora/ward/sourceSets/default");
  own.set_trust(v1::SOURCE_TRUST_TRUSTED);
  own.set_documents(1200);
  v1::SourceSet& forum = *server_.sources.add_source_sets();
  forum.set_name("corpora/ward/sourceSets/forum");
  forum.set_trust(v1::SOURCE_TRUST_UNREVIEWED);
  forum.set_documents(1);
  forum.set_withdrawn(true);
  forum.set_reason("planted");
  forum.mutable_withdrawal_date()->set_year(2026);
  EXPECT_EQ(Run({"sources", "--corpus=ward"}), 0);
  EXPECT_EQ(server_.sources_request.parent(), "corpora/ward");
  EXPECT_EQ(out(),
            "corpora/ward/sourceSets/default  trusted · 1,200 documents\n"
            "corpora/ward/sourceSets/forum  unreviewed · 1 document\n"
            "  WITHDRAWN 2026: planted\n");
}

TEST_F(CorpusCommandsTest, ASourceSetIsWithdrawnAndReinstated) {
  server_.source_set.set_name("corpora/ward/sourceSets/forum");
  EXPECT_EQ(Run({"withdraw", "forum", "--corpus=ward", "--because=planted"}), 0);
  EXPECT_EQ(server_.withdraw_request.name(), "corpora/ward/sourceSets/forum");
  EXPECT_EQ(server_.withdraw_request.reason(), "planted");
  EXPECT_EQ(Run({"reinstate", "corpora/other/sourceSets/forum", "--json"}), 0);
  EXPECT_EQ(server_.reinstate_request.name(), "corpora/other/sourceSets/forum");
  server_.status = grpc::Status(grpc::StatusCode::NOT_FOUND, "nothing of a source set");
  EXPECT_EQ(Run({"withdraw", "forum"}), 1);
}

TEST_F(CorpusCommandsTest, StatusWarnsWhereADamagedGenerationDoesNotServe) {
  server_.index.set_active_generation("corpora/default/generations/g1");
  server_.index.set_fallback_reason("piece 3 is damaged");
  EXPECT_EQ(Run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("Warning    It serves in place of a damaged one: piece 3 is damaged\n"));
}

TEST_F(CorpusCommandsTest, StatusSaysHowFarAServerThatFollowsIsBehind) {
  server_.index.set_active_generation("corpora/default/generations/g1");
  server_.index.mutable_follow()->mutable_lag()->set_nanos(250'000'000);
  server_.index.mutable_follow()->set_last_write(1234);
  EXPECT_EQ(Run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("Follows    a store or a cluster that others write, seen 0.2 s ago at write 1234\n"));
  EXPECT_THAT(out(), Not(HasSubstr("Warning")));
  server_.index.mutable_follow()->set_problem("no store at x");
  EXPECT_EQ(Run({"status"}), 0);
  EXPECT_THAT(out(), HasSubstr("Warning    It cannot follow: no store at x\n"));
}

TEST_F(CorpusCommandsTest, ABackupIsMadeByTheServer) {
  server_.backup.set_name("backups/nightly");
  server_.backup.set_files(1012);
  server_.backup.set_size_bytes(2048);
  server_.backup.set_change_sequence(7);
  EXPECT_EQ(Run({"backup", "nightly"}), 0);
  EXPECT_EQ(server_.backup_request.backup_id(), "nightly");
  EXPECT_EQ(out(), "Made backups/nightly: 1,012 files, 2.0 KiB, change 7\n");
  EXPECT_EQ(Run({"backup", "nightly", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("\"changeSequence\""));
  EXPECT_EQ(Run({"backup"}), 2);
  EXPECT_EQ(Run({"backup", "a", "b"}), 2);
  server_.status = grpc::Status(grpc::StatusCode::ALREADY_EXISTS, "there is one");
  EXPECT_EQ(Run({"backup", "nightly"}), 1);
}

}  // namespace
}  // namespace bedside
