// A FakeEmbedder with a gate before its passages, so that a test can hold a job where it wants it.
#ifndef BEDSIDE_TESTS_INTEGRATION_GATED_EMBEDDER_H_
#define BEDSIDE_TESTS_INTEGRATION_GATED_EMBEDDER_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/fakes/fake_embedder.h"

namespace bedside {

// Thread-safe but for FailWith.
class GatedEmbedder : public FakeEmbedder {
 public:
  using FakeEmbedder::FakeEmbedder;

  // Blocks while the gate is closed. It is open at first.
  absl::StatusOr<PassageEmbeddings> EmbedPassages(absl::Span<const std::string> texts) const override {
    {
      absl::MutexLock lock(&mutex_);
      ++arrived_;
      mutex_.Await(absl::Condition(&open_));
    }
    return FakeEmbedder::EmbedPassages(texts);
  }

  void CloseGate() {
    absl::MutexLock lock(&mutex_);
    open_ = false;
    arrived_ = 0;
  }

  void OpenGate() {
    absl::MutexLock lock(&mutex_);
    open_ = true;
  }

  // Blocks until a call stands before the closed gate.
  void AwaitArrival() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](GatedEmbedder* self) { return self->arrived_ > 0; }, this));
  }

 private:
  mutable absl::Mutex mutex_;
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  mutable int arrived_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INTEGRATION_GATED_EMBEDDER_H_
