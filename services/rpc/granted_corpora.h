// Corpora are granted: a request that names one that was not is answered as if there were none. One rule for every
// method, by the names of the fields that hold resource names.
#ifndef BEDSIDE_SERVICES_RPC_GRANTED_CORPORA_H_
#define BEDSIDE_SERVICES_RPC_GRANTED_CORPORA_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/access/principal.h"

namespace bedside {

// The corpus of a resource ("corpora/x/documents/y") or of an operation ("operations/x-1"); empty where `name` is of
// neither.
std::string CorpusOfName(absl::string_view name);

// NOT_FOUND: one of the fields `parent`, `name`, `base` and `other`, of `request` or of a message in it, is of a corpus
// that was not granted. Fields that are no names are left to who reads the request.
absl::Status CheckGranted(const google::protobuf::Message& request, const Principal& principal);

// Whether requests of this kind have such a field.
bool MayNameCorpus(const google::protobuf::Descriptor& request);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_GRANTED_CORPORA_H_
