// Certificates are exchanged while the server runs, and never half.
#include "services/access/certificate_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"

namespace bedside {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CertificateFilesTest : public ::testing::Test {
 protected:
  CertificateFilesTest() : first_(MakeTestCertificate()), second_(MakeTestCertificate()) {
    const std::string folder = TempFolder();
    config_.set_certificate_file(WriteFile(folder, "server.pem", first_.certificate));
    config_.set_private_key_file(WriteFile(folder, "server.key", first_.private_key));
    ca_ = WriteFile(folder, "clients.pem", second_.certificate);
  }

  void Open() { files_ = *CertificateFiles::Open(config_); }
  void WriteChain(const std::string& text) { std::ofstream(config_.certificate_file()) << text; }
  void WriteKey(const std::string& text) { std::ofstream(config_.private_key_file()) << text; }
  // Looks until what is in the files would have been taken.
  absl::Status LookTwice() {
    files_->Look().IgnoreError();
    return files_->Look();
  }
  std::string Shown() { return files_->current()->chain; }

  const TestCertificate first_;
  const TestCertificate second_;
  config::TlsConfig config_;
  std::string ca_;
  std::unique_ptr<CertificateFiles> files_;
};

TEST_F(CertificateFilesTest, TakesANewPairAtTheSecondLookThatFindsItTheSame) {
  Open();
  WriteChain(second_.certificate);
  WriteKey(second_.private_key);
  EXPECT_THAT(files_->Look(), IsOk());
  EXPECT_EQ(Shown(), first_.certificate);
  EXPECT_THAT(files_->Look(), IsOk());
  EXPECT_EQ(Shown(), second_.certificate);
  EXPECT_EQ(files_->current()->private_key, second_.private_key);
}

TEST_F(CertificateFilesTest, TakesNoFileThatChangesBetweenTwoLooks) {
  Open();
  const std::string chain = second_.certificate + first_.certificate;
  WriteKey(second_.private_key);
  // Cut between two certificates: that would be a chain, too.
  WriteChain(second_.certificate);
  EXPECT_THAT(files_->Look(), IsOk());
  WriteChain(chain);
  EXPECT_THAT(files_->Look(), IsOk());
  EXPECT_EQ(Shown(), first_.certificate);
  EXPECT_THAT(files_->Look(), IsOk());
  EXPECT_EQ(Shown(), chain);
}

TEST_F(CertificateFilesTest, KeepsTheOldPairBesideEveryHalfWrittenOne) {
  Open();
  for (size_t size = 1; size + 1 < second_.certificate.size(); size += 37) {
    WriteChain(second_.certificate.substr(0, size));
    EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("server.pem"))) << size;
    EXPECT_EQ(Shown(), first_.certificate);
  }
  WriteChain(first_.certificate + second_.certificate.substr(0, 100));
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("certificate cannot be read")));
  WriteChain(first_.certificate);
  WriteKey(first_.private_key.substr(0, 100));
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("private key cannot be read")));
  WriteKey(first_.private_key);
  EXPECT_THAT(LookTwice(), IsOk());
  EXPECT_EQ(Shown(), first_.certificate);
}

TEST_F(CertificateFilesTest, KeepsTheOldPairWhereKeyAndCertificateDoNotMatch) {
  Open();
  WriteChain(second_.certificate);
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument,
                                    AllOf(HasSubstr("not that of the certificate"), Not(HasSubstr("PRIVATE KEY")))));
  EXPECT_EQ(Shown(), first_.certificate);
  WriteKey(second_.private_key);
  EXPECT_THAT(LookTwice(), IsOk());
  EXPECT_EQ(Shown(), second_.certificate);
}

TEST_F(CertificateFilesTest, KeepsTheOldPairWhereAFileIsGoneOrEmpty) {
  Open();
  WriteChain("");
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is empty")));
  std::filesystem::remove(config_.certificate_file());
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("server.pem")));
  EXPECT_EQ(Shown(), first_.certificate);
}

TEST_F(CertificateFilesTest, ExchangesTheAuthoritiesOfClientsToo) {
  config_.set_client_ca_file(ca_);
  Open();
  EXPECT_EQ(files_->current()->client_authorities, second_.certificate);
  std::ofstream(ca_) << "none";
  EXPECT_THAT(LookTwice(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("client authorities")));
  std::ofstream(ca_) << first_.certificate;
  EXPECT_THAT(LookTwice(), IsOk());
  EXPECT_EQ(files_->current()->client_authorities, first_.certificate);
}

TEST_F(CertificateFilesTest, DoesNotOpenWhatCannotBeUsed) {
  const auto open = [&] { return CertificateFiles::Open(config_).status(); };
  config_.set_client_certificate_required(true);
  EXPECT_THAT(open(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("client_ca_file")));
  config_.set_client_certificate_required(false);
  config_.set_reload_ms(9);
  EXPECT_THAT(open(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tls.reload_ms is 9")));
  config_.clear_reload_ms();
  WriteKey(second_.private_key);
  EXPECT_THAT(open(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not that of the certificate")));
  config_.clear_private_key_file();
  EXPECT_THAT(open(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("private_key_file")));
}

}  // namespace
}  // namespace bedside
