#include "ingest/connectors/source_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Members = std::vector<std::pair<std::string, std::string>>;
using ArchiveWriter = std::unique_ptr<archive, decltype(&archive_write_free)>;

// A zip archive of two stored members, "é.md" with "One." and "b.md" with "Two.", the names in UTF-8 as zip tools write
// them.
std::string TwoMembers() {
  return absl::HexStringToBytes(
      "504b03041400000800000000210070e32664040000000400000005000000c3a92e6d644f6e652e504b0304140000000000000021009b4326"
      "0a040000000400000004000000622e6d6454776f2e504b010214031400000800000000210070e32664040000000400000005000000000000"
      "0000000000800100000000c3a92e6d64504b01021403140000000000000021009b43260a0400000004000000040000000000000000000000"
      "800127000000622e6d64504b05060000000002000200650000004d0000000000");
}

// What a run gave: files as "name=bytes" with the folder of the test left out, and problems as "name: reason".
struct Result {
  std::vector<std::string> files;
  std::vector<std::string> extensions;
  std::vector<std::string> names_for_ids;
  std::vector<std::string> problems;
  SourceReader::Counts counts;
};

class SourceReaderTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }

  std::string Path(absl::string_view name) const { return absl::StrCat(folder_, "/", name); }

  std::string Write(absl::string_view name, absl::string_view bytes) const {
    const std::string path = Path(name);
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  // By its extension: .zip, .tar, .tar.gz, or .gz for the bytes of its only member.
  std::string WriteArchive(absl::string_view name, const Members& members) const {
    const std::string path = Path(name);
    const ArchiveWriter writer(archive_write_new(), &archive_write_free);
    if (absl::EndsWith(path, ".gz")) archive_write_add_filter_gzip(writer.get());
    if (absl::EndsWith(path, ".zip")) {
      archive_write_set_format_zip(writer.get());
    } else if (absl::StrContains(path, ".tar")) {
      archive_write_set_format_pax_restricted(writer.get());
    } else {
      archive_write_set_format_raw(writer.get());
    }
    EXPECT_EQ(archive_write_open_filename(writer.get(), path.c_str()), ARCHIVE_OK);
    for (const auto& [member, bytes] : members) AddMember(writer.get(), member, bytes);
    return path;
  }

  Result Read(const std::vector<std::string>& sources, uint64_t max_file_bytes = 0, size_t max_files = 100,
              const std::string& root = "", const SourceShard& shard = {}) const {
    config::ReadLimits limits;
    limits.set_max_file_bytes(max_file_bytes);
    const absl::StatusOr<SourceReader> reader = SourceReader::Create(sources, limits, root, shard);
    Result result;
    EXPECT_THAT(reader, IsOk());
    if (!reader.ok()) return result;
    const auto on_file = [&](const SourceFile& file) {
      result.files.push_back(absl::StrCat(Short(file.name), "=", file.bytes));
      result.extensions.push_back(file.extension);
      result.names_for_ids.push_back(file.name_for_id());
      return result.files.size() < max_files;
    };
    const auto on_problem = [&](const v1::JobProblem& problem) {
      EXPECT_FALSE(problem.warning());
      result.problems.push_back(absl::StrCat(Short(problem.source()), ": ", problem.reason()));
    };
    result.counts = reader->Read(on_file, on_problem);
    return result;
  }

 private:
  static void AddMember(archive* writer, const std::string& name, absl::string_view bytes) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<int64_t>(bytes.size()));
    // A warning is about the encoding of the name.
    EXPECT_GE(archive_write_header(writer, entry), ARCHIVE_WARN);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }

  std::string Short(const std::string& name) const {
    return absl::StartsWith(name, folder_) ? name.substr(folder_.size() + 1) : name;
  }

  const std::string folder_ = TempFolder();
};

// An archive is dealt as a whole, whichever folder the sources are mounted below.
TEST_F(SourceReaderTest, EachFileIsReadWithOneShard) {
  for (int i = 0; i < 20; ++i) Write(absl::StrCat("s/", i, ".md"), "text");
  WriteArchive("s/two.zip", {{"a.md", "One."}, {"b.md", "Two."}});
  std::vector<std::string> files;
  for (uint32_t number = 0; number < 3; ++number) {
    const Result shard = Read({Path("s")}, 0, 100, "", {number, 3});
    EXPECT_THAT(shard.files, Not(IsEmpty()));
    EXPECT_EQ(shard.counts.files, static_cast<int64_t>(shard.files.size()));
    EXPECT_NE(absl::c_count_if(shard.files, [](const auto& file) { return absl::StrContains(file, "two.zip"); }), 1);
    files.insert(files.end(), shard.files.begin(), shard.files.end());
  }
  EXPECT_THAT(files, testing::UnorderedElementsAreArray(Read({Path("s")}).files));
}

TEST_F(SourceReaderTest, ItsDigestTellsWhoSeesOtherFiles) {
  const auto digest = [this] { return SourceReader::Create({Path("s")}, {})->Digest(); };
  fs::create_directories(Path("s"));
  EXPECT_THAT(digest(), HasSubstr("0 files"));
  Write("s/a.md", "One.");
  const std::string one = digest();
  EXPECT_THAT(one, HasSubstr("1 files"));
  EXPECT_EQ(digest(), one);
  fs::rename(Path("s/a.md"), Path("s/b.md"));
  EXPECT_NE(digest(), one);
  Write("s/\xff.md", "Of no name in UTF-8.");
  EXPECT_THAT(digest(), HasSubstr("2 files"));
}

TEST_F(SourceReaderTest, ReadsAFolderBytewiseByPath) {
  Write("b.md", "2");
  Write("a/z.md", "1");
  Write("B.md", "0");
  Write("c.d/e/f.XML", "3");
  const Result result = Read({Path("")});
  EXPECT_THAT(result.files, ElementsAre("B.md=0", "a/z.md=1", "b.md=2", "c.d/e/f.XML=3"));
  EXPECT_THAT(result.extensions, ElementsAre("md", "md", "md", "xml"));
  EXPECT_EQ(result.counts.files, 4);
}

TEST_F(SourceReaderTest, ReadsSourcesInTheirOrderAndEachFileOnce) {
  const std::string a = Write("x/a.md", "a");
  const std::string b = Write("x/b.md", "b");
  EXPECT_THAT(Read({b, Path("x"), a}).files, ElementsAre("x/b.md=b", "x/a.md=a"));
}

TEST_F(SourceReaderTest, ExpandsPatterns) {
  Write("m1.xml", "1");
  Write("m2.xml", "2");
  Write("n.md", "n");
  Write("sub/m9.xml", "9");
  EXPECT_THAT(Read({Path("*.xml")}).files, ElementsAre("m1.xml=1", "m2.xml=2"));
  EXPECT_THAT(Read({Path("?[2-9].xml"), Path("s*")}).files, ElementsAre("m2.xml=2", "sub/m9.xml=9"));
}

// An id that is made of a path must not tell where the source lies on this machine, or how its path was typed.
TEST_F(SourceReaderTest, NamesForIdsBeginBelowTheSource) {
  Write("g/sub/a.html", "a");
  Write("g/b.pdf", "b");
  fs::create_directories(Path("g/x"));
  WriteArchive("g/x/c.zip", {{"d/e.html", "e"}});
  for (const char* folder : {"g", "g/", "./g", "g/../g/"}) {
    EXPECT_THAT(Read({Path(folder)}).names_for_ids, ElementsAre("b.pdf", "sub/a.html", "x/c.zip!d/e.html")) << folder;
  }
  EXPECT_THAT(Read({Path("g/sub/a.html"), Path("g/*.pdf"), Path("g/x*")}).names_for_ids,
              ElementsAre("a.html", "b.pdf", "c.zip!d/e.html"));
}

TEST_F(SourceReaderTest, NamesForIdsOfTheWorkingFolderAreThePathsBelowIt) {
  Write("sub/a.html", "a");
  const fs::path before = fs::current_path();
  fs::current_path(Path(""));
  const Result here = Read({"."}), typed = Read({"./sub/.."});
  fs::current_path(before);
  EXPECT_THAT(here.names_for_ids, ElementsAre("sub/a.html"));
  EXPECT_THAT(typed.names_for_ids, ElementsAre("sub/a.html"));
}

TEST_F(SourceReaderTest, AFileWithTheNameOfAPatternIsThatFile) {
  const std::string path = Write("[1].md", "one");
  Write("1.md", "other");
  EXPECT_THAT(Read({path}).files, ElementsAre("[1].md=one"));
}

TEST_F(SourceReaderTest, PassesOverWhatAccompaniesEvidence) {
  for (const char* name : {"README.md", "LICENSE", "queries.jsonl", "qrels/test.tsv", ".hidden.md", "x.xml.gz.md5"}) {
    Write(name, "x");
  }
  Write(".git/config.md", "not even counted");
  Write("readme-first.md", "read");
  const Result result = Read({Path("")});
  EXPECT_THAT(result.files, ElementsAre("readme-first.md=read"));
  EXPECT_EQ(result.counts.skipped, 6);
  EXPECT_THAT(Read({Path("README.md")}).files, ElementsAre("README.md=x"));
}

TEST_F(SourceReaderTest, SourcesThatNameNothingAreAllNamed) {
  EXPECT_THAT(SourceReader::Create({Write("a.md", ""), Path("none.md"), Path("*.pdf")}, config::ReadLimits()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("none.md"), HasSubstr("*.pdf"), Not(HasSubstr("a.md")))));
  EXPECT_THAT(SourceReader::Create({}, config::ReadLimits()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(SourceReaderTest, AnEmptyFileIsAFileAndAnEmptyFolderIsNothing) {
  fs::create_directories(Path("empty"));
  const Result result = Read({Write("a.md", ""), Path("empty")});
  EXPECT_THAT(result.files, ElementsAre("a.md="));
  EXPECT_THAT(result.problems, IsEmpty());
}

TEST_F(SourceReaderTest, UnpacksGzip) {
  const Result result = Read({WriteArchive("p.xml.gz", {{"-", "<a/>"}})});
  EXPECT_THAT(result.files, ElementsAre("p.xml.gz=<a/>"));
  EXPECT_THAT(result.extensions, ElementsAre("xml"));
}

TEST_F(SourceReaderTest, UnpacksGzipOfNothing) {
  const Result result = Read({WriteArchive("p.xml.gz", {{"-", ""}})});
  EXPECT_THAT(result.files, ElementsAre("p.xml.gz="));
  EXPECT_THAT(result.problems, IsEmpty());
}

TEST_F(SourceReaderTest, ReadsMembersInTheOrderOfTheArchive) {
  for (const char* name : {"x.zip", "x.tar", "x.tar.gz"}) {
    const std::string path = WriteArchive(name, {{"./z.md", "1"}, {"f/a.XML", "2"}, {"f/README", "no"}});
    const Result result = Read({path});
    EXPECT_THAT(result.files, ElementsAre(absl::StrCat(name, "!./z.md=1"), absl::StrCat(name, "!f/a.XML=2")));
    EXPECT_THAT(result.extensions, ElementsAre("md", "xml"));
    EXPECT_EQ(result.counts.skipped, 1);
  }
}

TEST_F(SourceReaderTest, PassesOverHiddenFoldersOfAnArchive) {
  const Result result = Read({WriteArchive("x.zip", {{".git/a.md", "1"}, {"f/.b/c.md", "2"}, {"d/.e.md", "3"}})});
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_EQ(result.counts.skipped, 3);
}

TEST_F(SourceReaderTest, NamesInArchivesAreNamesOnly) {
  const std::string path = WriteArchive("x.zip", {{"../../up.md", "1"}, {"/etc/absolute.md", "2"}});
  EXPECT_THAT(Read({path}).files, ElementsAre("x.zip!../../up.md=1", "x.zip!/etc/absolute.md=2"));
  EXPECT_FALSE(fs::exists(fs::path(Path("")) / "../../up.md"));
}

TEST_F(SourceReaderTest, ReadsMembersWhoseNamesAreNotAscii) {
  const Result result = Read({Write("x.zip", TwoMembers())});
  EXPECT_THAT(result.files, ElementsAre("x.zip!é.md=One.", "x.zip!b.md=Two."));
  EXPECT_THAT(result.problems, IsEmpty());
}

TEST_F(SourceReaderTest, NamesThatAreNotUtf8BecomeCanonical) {
  const std::string zip = WriteArchive("x.tar", {{"caf\xE9.md", "1"}});
  EXPECT_THAT(Read({zip, Write("na\xEFve.md", "2")}).files, ElementsAre("x.tar!caf\uFFFD.md=1", "na\uFFFDve.md=2"));
}

TEST_F(SourceReaderTest, ArchivesInsideArchivesAreProblems) {
  const std::string path =
      WriteArchive("x.tar", {{"in.zip", "x"}, {"in.tar.gz", "x"}, {"p.xml.gz", "x"}, {"a.md", "read"}});
  const Result result = Read({path});
  EXPECT_THAT(result.files, ElementsAre("x.tar!a.md=read"));
  EXPECT_THAT(result.problems, ElementsAre(HasSubstr("x.tar!in.zip: an archive inside an archive"),
                                           HasSubstr("x.tar!in.tar.gz"), HasSubstr("x.tar!p.xml.gz")));
}

TEST_F(SourceReaderTest, WhatIsLargerThanTheLimitIsAProblemAndTheRestIsRead) {
  const std::string bomb(1 << 20, '\0');
  const Result result = Read({WriteArchive("x.zip", {{"bomb.md", bomb}, {"a.md", "small"}}),
                              WriteArchive("bomb.xml.gz", {{"-", bomb}}), Write("plain.md", std::string(101, 'x'))},
                             100);
  EXPECT_THAT(result.files, ElementsAre("x.zip!a.md=small"));
  EXPECT_THAT(result.problems,
              ElementsAre(HasSubstr("x.zip!bomb.md: unpacked size exceeds 100 bytes (max_file_bytes)"),
                          HasSubstr("bomb.xml.gz: unpacked size"), HasSubstr("plain.md: unpacked size")));
}

TEST_F(SourceReaderTest, AFileOfExactlyTheLimitIsRead) {
  EXPECT_THAT(Read({Write("a.md", std::string(100, 'x'))}, 100).files, SizeIs(1));
}

TEST_F(SourceReaderTest, BrokenArchivesAreProblemsAndTheRestIsRead) {
  const std::string text(100000, 'x');
  const std::string zip = WriteArchive("cut.zip", {{"a.md", text}});
  fs::resize_file(zip, fs::file_size(zip) / 2);
  const std::string gzip = WriteArchive("cut.xml.gz", {{"-", text}});
  fs::resize_file(gzip, fs::file_size(gzip) - 4);
  const Result result = Read({Write("none.zip", "no archive"), zip, gzip, Write("z.md", "read")});
  EXPECT_THAT(result.files, ElementsAre("z.md=read"));
  EXPECT_THAT(result.problems,
              ElementsAre(HasSubstr("none.zip: cannot be read"), HasSubstr("cut.zip!a.md: cannot be read"),
                          HasSubstr("cut.zip: cannot be read"),
                          HasSubstr("cut.xml.gz: cannot be read: it is damaged or cut off")));
}

TEST_F(SourceReaderTest, AMemberWithAWrongChecksumIsAProblemAndTheNextIsRead) {
  std::string zip = TwoMembers();
  zip[zip.find("One.")] = 'X';
  const Result result = Read({Write("x.zip", zip)});
  EXPECT_THAT(result.files, ElementsAre("x.zip!b.md=Two."));
  EXPECT_THAT(result.problems, ElementsAre(HasSubstr("x.zip!é.md: cannot be read")));
}

TEST_F(SourceReaderTest, FollowsLinksOnceAndOutOfCircles) {
  Write("real/a.md", "a");
  fs::create_directory_symlink("..", Path("real/up"));
  fs::create_directory_symlink("real", Path("again"));
  fs::create_symlink("real/a.md", Path("b.md"));
  EXPECT_THAT(Read({Path("")}).files, ElementsAre("again/a.md=a"));
}

TEST_F(SourceReaderTest, LinksOutOfTheRootAreProblems) {
  Write("outside/secret.md", "s");
  Write("outside/sub/secret.md", "s");
  Write("root/real/a.md", "a");
  fs::create_directory_symlink("real", Path("root/inside"));
  fs::create_directory_symlink("../outside", Path("root/folder"));
  fs::create_symlink("../outside/secret.md", Path("root/file.md"));
  const auto below_the_root = [this](const std::vector<std::string>& sources) {
    return Read(sources, 0, 100, Path("root"));
  };

  const Result folder = below_the_root({Path("root")});
  EXPECT_THAT(folder.files, ElementsAre("root/inside/a.md=a"));
  EXPECT_THAT(folder.problems, ElementsAre(HasSubstr("root/folder: is a link out"), HasSubstr("root/file.md: is a")));

  const Result glob = below_the_root({Path("root/f*")});
  EXPECT_THAT(glob.files, IsEmpty());
  EXPECT_THAT(glob.problems, SizeIs(2));

  const Result named = below_the_root({Path("root/folder/sub"), Path("root/file.md"), Path("outside/secret.md")});
  EXPECT_THAT(named.files, IsEmpty());
  EXPECT_THAT(named.problems, Not(IsEmpty()));

  EXPECT_THAT(Read({Path("root")}).files, SizeIs(3)) << "without a root, links may lead anywhere";
}

TEST_F(SourceReaderTest, NamesAMissingSourceByItsPathBelowTheRoot) {
  Write("root/a.md", "a");
  EXPECT_THAT(SourceReader::Create({fs::canonical(Path("root")).string() + "/b/*.md"}, {}, Path("root")),
              StatusIs(absl::StatusCode::kInvalidArgument, "these sources name nothing: b/*.md"));
}

TEST_F(SourceReaderTest, LinksThatLeadNowhereAreProblems) {
  fs::create_symlink("nowhere", Path("dead.md"));
  fs::create_symlink("self.md", Path("self.md"));
  fs::create_symlink("self2.md", Path("self2.md"));
  Write("z.md", "z");
  const Result result = Read({Path("")});
  EXPECT_THAT(result.files, ElementsAre("z.md=z"));
  EXPECT_THAT(result.problems, ElementsAre(HasSubstr("dead.md: "), HasSubstr("self.md: "), HasSubstr("self2.md: ")));
}

TEST_F(SourceReaderTest, PipesAreProblemsAndAreNotWaitedFor) {
  ASSERT_EQ(mkfifo(Path("pipe.md").c_str(), 0600), 0);
  const Result result = Read({Path("")});
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_THAT(result.problems, ElementsAre(HasSubstr("pipe.md: wanted a regular file")));
}

TEST_F(SourceReaderTest, WhatMayNotBeReadIsAProblem) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::permissions(Write("a.md", "a"), fs::perms::none);
  Write("locked/b.md", "b");
  fs::permissions(Path("locked"), fs::perms::none);
  const Result result = Read({Path("")});
  fs::permissions(Path("locked"), fs::perms::owner_all);
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_THAT(result.problems,
              testing::UnorderedElementsAre(HasSubstr("a.md: cannot be read"), HasSubstr("locked: cannot be listed")));
}

TEST_F(SourceReaderTest, StopsWhenTheCallerSaysSo) {
  const std::string zip = WriteArchive("x.zip", {{"a.md", "1"}, {"b.md", "2"}, {"c.md", "3"}});
  const Result result = Read({zip, Write("d.md", "4")}, 0, 2);
  EXPECT_THAT(result.files, ElementsAre("x.zip!a.md=1", "x.zip!b.md=2"));
  EXPECT_EQ(result.counts.files, 2);
}

}  // namespace
}  // namespace bedside
