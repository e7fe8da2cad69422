// From what the service says to the values of labels: each is one of a fixed set, whatever comes.
#ifndef BEDSIDE_SERVICES_METRICS_METRIC_LABELS_H_
#define BEDSIDE_SERVICES_METRICS_METRIC_LABELS_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bedside {

// "bedside.v1.AnswerService/Answer" of "/bedside.v1.AnswerService/Answer"; "other" where no linked proto has the
// method.
std::string MethodLabel(absl::string_view method);

// "INVALID_ARGUMENT", as gRPC writes it; a number that is no code is "UNKNOWN".
std::string CodeLabel(absl::StatusCode code);

// Whether a sound server never gives it: UNKNOWN, INTERNAL, DATA_LOSS.
bool IsServerFault(absl::StatusCode code);

// "no_evidence" of ABSTENTION_REASON_NO_EVIDENCE; "other" for a number that the enum lacks.
std::string EnumLabel(const google::protobuf::EnumDescriptor& descriptor, int number);

// Of every value but that of number 0.
std::vector<std::string> EnumLabels(const google::protobuf::EnumDescriptor& descriptor);

// What stood in for what was configured, by an entry of v1::Basis.degraded; "other" for one that is not known.
std::string FallbackLabel(absl::string_view degraded);

// All that FallbackLabel can say.
std::vector<std::string> FallbackLabels();

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_METRICS_METRIC_LABELS_H_
