// Counts what a record holds by kind, name and reason: never a value, a code or a text of it.
#ifndef BEDSIDE_SERVICES_PATIENT_CONTEXT_ITEMS_H_
#define BEDSIDE_SERVICES_PATIENT_CONTEXT_ITEMS_H_

#include <map>
#include <string>
#include <tuple>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "proto/bedside/v1/patient_context.pb.h"

namespace bedside {

class ContextItems {
 public:
  void Add(v1::PatientContextKind kind, v1::PatientContextReason reason, absl::string_view name = "", int count = 1) {
    if (count > 0) counts_[{kind, std::string(name), reason}] += count;
  }

  // One entry each kind, name and reason, in this order.
  void AddTo(google::protobuf::RepeatedPtrField<v1::PatientContextItem>* items) const {
    for (const auto& [key, count] : counts_) {
      v1::PatientContextItem& item = *items->Add();
      item.set_kind(std::get<0>(key));
      item.set_name(std::get<1>(key));
      item.set_reason(std::get<2>(key));
      item.set_count(count);
    }
  }

 private:
  std::map<std::tuple<v1::PatientContextKind, std::string, v1::PatientContextReason>, int> counts_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_CONTEXT_ITEMS_H_
