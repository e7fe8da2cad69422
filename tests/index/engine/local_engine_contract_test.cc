#include "index/engine/local_engine.h"
#include "tests/index/engine/evidence_engine_contract.h"

namespace bedside {
namespace {

class LocalEngineUnderTest : public EngineUnderTest {
 public:
  std::string Publish(EvidenceStore* /*store*/, const storage::Manifest& manifest) override {
    return manifest.generation();
  }

  absl::StatusOr<std::unique_ptr<EvidenceEngine>> Start(EvidenceStore* store, const config::IndexConfig& config,
                                                        const std::string& embedder_id) override {
    return LocalEngine::Create(store, config, embedder_id);
  }
};

INSTANTIATE_TEST_SUITE_P(Local, EvidenceEngineContract,
                         ::testing::Values(EngineMaker([] { return std::make_unique<LocalEngineUnderTest>(); })));

}  // namespace
}  // namespace bedside
