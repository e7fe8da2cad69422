// What every language model behind the interface Generator keeps, whatever it is reached by.
#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/generation/chat_generator.h"
#include "services/generation/generator_fault.h"
#include "services/generation/grpc_generator.h"
#include "tests/fakes/chat_server.h"
#include "tests/fakes/generator_backend_server.h"
#include "tests/fakes/outbound_prompt_peer.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

enum class Ending { kWhole, kAtLimit, kBreaksOff, kHangs };

struct Limits {
  absl::Duration whole = absl::Seconds(30);
  absl::Duration first_token = absl::Seconds(10);
};

// A server of one kind, and the generator that asks it.
class Rig {
 public:
  virtual ~Rig() = default;
  virtual void Start(const std::vector<std::string>& deltas, Ending ending) = 0;
  // Refuses the key.
  virtual void StartRefusing() = 0;
  // Says that it is asked too often.
  virtual void StartOverloaded() = 0;
  // Closes every connection without a byte of a response, or says that it is not available.
  virtual void StartUnavailable() = 0;
  virtual std::unique_ptr<Generator> Make(Limits limits) = 0;
  // Of a port on which nothing listens.
  virtual std::unique_ptr<Generator> MakeWithoutServer() = 0;
  virtual void WaitForHangUp() = 0;
  // All that was asked, as text.
  virtual std::vector<std::string> Requests() = 0;
};

class ChatRig : public Rig {
 public:
  void Start(const std::vector<std::string>& deltas, Ending ending) override {
    std::string body;
    for (const std::string& delta : deltas) body += DeltaEvent(delta);
    if (ending == Ending::kWhole) body += DeltaEvent("", "stop");
    if (ending == Ending::kAtLimit) body += DeltaEvent("", "length");
    Serve(EventStreamResponse(body), ending == Ending::kHangs ? ChatServer::Ending::kHang : ChatServer::Ending::kClose);
  }
  void StartRefusing() override { Serve("HTTP/1.1 401 X\r\n\r\n", ChatServer::Ending::kClose); }
  void StartOverloaded() override { Serve("HTTP/1.1 429 X\r\n\r\n", ChatServer::Ending::kClose); }
  void StartUnavailable() override { Serve("", ChatServer::Ending::kClose); }
  std::unique_ptr<Generator> Make(Limits limits) override { return MakeFor(server_->base_url(), limits); }
  std::unique_ptr<Generator> MakeWithoutServer() override { return MakeFor("http://127.0.0.1:1/v1", {}); }
  void WaitForHangUp() override { server_->WaitForHangUp(); }
  std::vector<std::string> Requests() override { return server_->requests(); }

 private:
  void Serve(const std::string& response, ChatServer::Ending ending) {
    server_ = ChatServer::Start({response, ending});
  }
  static std::unique_ptr<Generator> MakeFor(const std::string& base_url, Limits limits) {
    ChatSettings settings;
    settings.endpoint = *ParseChatEndpoint(base_url);
    settings.model = "small";
    settings.api_key = "k-1";
    settings.timeout = limits.whole;
    settings.first_token_timeout = limits.first_token;
    return std::make_unique<ChatGenerator>(settings);
  }

  std::unique_ptr<ChatServer> server_;
};

class GrpcRig : public Rig {
 public:
  void Start(const std::vector<std::string>& deltas, Ending ending) override {
    GeneratorBackendServer::Script script{deltas};
    if (ending != Ending::kWhole) script.finish_reason = v1::FINISH_REASON_UNSPECIFIED;
    if (ending == Ending::kAtLimit) script.finish_reason = v1::FINISH_REASON_LENGTH;
    script.hangs = ending == Ending::kHangs;
    server_ = GeneratorBackendServer::Start(script);
  }
  void StartRefusing() override { StartFailing(grpc::StatusCode::UNAUTHENTICATED); }
  void StartOverloaded() override { StartFailing(grpc::StatusCode::RESOURCE_EXHAUSTED); }
  void StartUnavailable() override { StartFailing(grpc::StatusCode::UNAVAILABLE); }
  std::unique_ptr<Generator> Make(Limits limits) override { return MakeFor(server_->target(), limits); }
  std::unique_ptr<Generator> MakeWithoutServer() override { return MakeFor("127.0.0.1:1", {}); }
  void WaitForHangUp() override { server_->WaitForCancellation(); }
  std::vector<std::string> Requests() override {
    std::vector<std::string> texts;
    const std::vector<v1::GenerateRequest> requests = server_->requests();
    const std::vector<std::string> authorizations = server_->authorizations();
    for (size_t i = 0; i < requests.size(); ++i) {
      texts.push_back(absl::StrCat(requests[i].system(), requests[i].user(), authorizations[i]));
    }
    return texts;
  }

 private:
  void StartFailing(grpc::StatusCode code) {
    server_ = GeneratorBackendServer::Start(
        {{}, v1::FINISH_REASON_UNSPECIFIED, grpc::Status(code, "no answer to the secret question"), false});
  }
  static std::unique_ptr<Generator> MakeFor(const std::string& target, Limits limits) {
    GrpcGeneratorSettings settings;
    settings.target = target;
    settings.model = "small";
    settings.api_key = "k-1";
    settings.timeout = limits.whole;
    settings.first_token_timeout = limits.first_token;
    return std::make_unique<GrpcGenerator>(settings);
  }

  std::unique_ptr<GeneratorBackendServer> server_;
};

template <typename RigOf>
class GeneratorContractTest : public testing::Test {
 protected:
  absl::StatusOr<GeneratedText> Ask(const Generator& generator, absl::Time deadline = absl::InfiniteFuture()) {
    return generator.Generate(OutboundPromptPeer::Make("the policy;", "the secret question;"), deadline, observer_);
  }
  absl::StatusOr<GeneratedText> Ask(const std::vector<std::string>& deltas, Ending ending) {
    rig_.Start(deltas, ending);
    return Ask(*rig_.Make(limits_));
  }

  RigOf rig_;
  Limits limits_;
  std::vector<std::string> deltas_;
  GenerationObserver observer_{[this](absl::string_view delta) { deltas_.emplace_back(delta); }, [] { return false; }};
};

using Rigs = testing::Types<ChatRig, GrpcRig>;
TYPED_TEST_SUITE(GeneratorContractTest, Rigs);

TYPED_TEST(GeneratorContractTest, StreamsTextAsItComes) {
  const auto text = this->Ask({"Aspirin ", "helps ", "[1]."}, Ending::kWhole);
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(text->text, "Aspirin helps [1].");
  EXPECT_FALSE(text->cut_off);
  EXPECT_THAT(this->deltas_, ElementsAre("Aspirin ", "helps ", "[1]."));
}

TYPED_TEST(GeneratorContractTest, NamesTheModel) {
  this->rig_.Start({"x"}, Ending::kWhole);
  EXPECT_EQ(this->rig_.Make({})->name(), "small");
}

TYPED_TEST(GeneratorContractTest, SendsPolicyPromptAndKeyOnce) {
  ASSERT_THAT(this->Ask({"x"}, Ending::kWhole), IsOk());
  ASSERT_THAT(this->rig_.Requests(), SizeIs(1));
  const std::string request = this->rig_.Requests()[0];
  EXPECT_THAT(request, HasSubstr("the policy;"));
  EXPECT_THAT(request, HasSubstr("the secret question;"));
  EXPECT_THAT(request, HasSubstr("Bearer k-1"));
}

TYPED_TEST(GeneratorContractTest, OneGeneratorAnswersManyTimes) {
  this->rig_.Start({"x"}, Ending::kWhole);
  const auto generator = this->rig_.Make({});
  EXPECT_THAT(this->Ask(*generator), IsOk());
  EXPECT_THAT(this->Ask(*generator), IsOk());
}

TYPED_TEST(GeneratorContractTest, AnswerOfNothingIsAnAnswer) {
  const auto text = this->Ask(std::vector<std::string>{}, Ending::kWhole);
  ASSERT_THAT(text, IsOk());
  EXPECT_THAT(text->text, IsEmpty());
  EXPECT_THAT(this->deltas_, IsEmpty());
}

TYPED_TEST(GeneratorContractTest, EmptyPiecesAreNotHandedOn) {
  ASSERT_THAT(this->Ask({"", "a", ""}, Ending::kWhole), IsOk());
  EXPECT_THAT(this->deltas_, ElementsAre("a"));
}

TYPED_TEST(GeneratorContractTest, TokenLimitIsReported) {
  const auto text = this->Ask({"Aspirin hel"}, Ending::kAtLimit);
  ASSERT_THAT(text, IsOk());
  EXPECT_TRUE(text->cut_off);
}

TYPED_TEST(GeneratorContractTest, HalfASentenceIsBrokenOff) {
  const auto text = this->Ask({"Aspirin hel"}, Ending::kBreaksOff);
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_BROKE_OFF);
}

TYPED_TEST(GeneratorContractTest, StreamThatBrokeOffIsNotAskedForAgain) {
  EXPECT_THAT(this->Ask({"Aspirin hel"}, Ending::kBreaksOff), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(this->rig_.Requests(), SizeIs(1));
  EXPECT_THAT(this->deltas_, SizeIs(1));
}

TYPED_TEST(GeneratorContractTest, FailureBeforeTheFirstByteIsTriedOnceMore) {
  this->rig_.StartUnavailable();
  const auto text = this->Ask(*this->rig_.Make({}));
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_UNREACHABLE);
  EXPECT_THAT(this->rig_.Requests(), SizeIs(2));
}

TYPED_TEST(GeneratorContractTest, ServerThatIsNotThereIsUnreachable) {
  const auto text = this->Ask(*this->rig_.MakeWithoutServer());
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_UNREACHABLE);
}

TYPED_TEST(GeneratorContractTest, RefusalIsNotRepeated) {
  this->rig_.StartRefusing();
  const auto text = this->Ask(*this->rig_.Make({}));
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kUnauthenticated, Not(HasSubstr("secret"))));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_REFUSED);
  EXPECT_THAT(this->rig_.Requests(), SizeIs(1));
}

TYPED_TEST(GeneratorContractTest, OverloadIsARefusal) {
  this->rig_.StartOverloaded();
  const auto text = this->Ask(*this->rig_.Make({}));
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kResourceExhausted, Not(HasSubstr("secret"))));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_REFUSED);
  EXPECT_THAT(this->rig_.Requests(), SizeIs(1));
}

TYPED_TEST(GeneratorContractTest, TenMegabytesAreTooLong) {
  const std::vector<std::string> many(1024, std::string(10 << 10, 'x'));
  const std::vector<std::string> one = {std::string(10 << 20, 'x')};
  for (const auto& deltas : {many, one}) {
    const auto text = this->Ask(deltas, Ending::kWhole);
    EXPECT_THAT(text, StatusIs(absl::StatusCode::kResourceExhausted));
    EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_TOO_LONG);
  }
}

TYPED_TEST(GeneratorContractTest, SilenceEndsAtTheFirstTokenLimitAndHangsUp) {
  this->limits_.first_token = absl::Milliseconds(30);
  const auto text = this->Ask(std::vector<std::string>{}, Ending::kHangs);
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("first token")));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_TIMED_OUT);
  this->rig_.WaitForHangUp();
}

TYPED_TEST(GeneratorContractTest, StandstillEndsAtTheWholeLimit) {
  this->limits_.whole = absl::Milliseconds(60);
  const auto text = this->Ask({"Aspirin "}, Ending::kHangs);
  EXPECT_THAT(text, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(FaultOf(text.status()), v1::GENERATOR_FAULT_TIMED_OUT);
  this->rig_.WaitForHangUp();
}

TYPED_TEST(GeneratorContractTest, DeadlineThatHasPassedIsKept) {
  this->rig_.Start({}, Ending::kHangs);
  EXPECT_THAT(this->Ask(*this->rig_.Make({}), absl::InfinitePast()), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TYPED_TEST(GeneratorContractTest, CancellationReachesTheServer) {
  this->observer_.is_cancelled = [this] { return !this->deltas_.empty(); };
  EXPECT_THAT(this->Ask({"Aspirin "}, Ending::kHangs), StatusIs(absl::StatusCode::kCancelled));
  this->rig_.WaitForHangUp();
}

TYPED_TEST(GeneratorContractTest, CancellationBeforeAnythingCameReachesTheServerToo) {
  this->rig_.Start({}, Ending::kHangs);
  this->observer_.is_cancelled = [this] { return !this->rig_.Requests().empty(); };
  EXPECT_THAT(this->Ask(*this->rig_.Make({})), StatusIs(absl::StatusCode::kCancelled));
  this->rig_.WaitForHangUp();
}

}  // namespace
}  // namespace bedside
