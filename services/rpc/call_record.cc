#include "services/rpc/call_record.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/access/guarded_credentials.h"
#include "services/access/relayed_caller.h"

namespace bedside {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The first of these fields that the request has, where it is one string.
std::string TextOf(const Message& request, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() || field->type() != FieldDescriptor::TYPE_STRING) continue;
    return request.GetReflection()->GetString(request, field);
  }
  return "";
}

// "default" of "corpora/default/index"; empty where it is of no corpus.
std::string CorpusOf(const std::string& resource) {
  const std::vector<absl::string_view> parts = absl::StrSplit(resource, '/');
  return parts.size() >= 2 && parts[0] == "corpora" ? std::string(parts[1]) : "";
}

// A call that failed may have named anything.
void KeepWhatIsKnownOfAFailure(storage::AuditedCall* call) {
  call->clear_resource();
  call->clear_corpus();
  call->clear_result();
  call->clear_evidence();
  call->clear_evidence_count();
}

}  // namespace

std::string MethodOf(const google::protobuf::Descriptor& request, bool streams) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int i = 0; i < file.service_count(); ++i) {
    for (int j = 0; j < file.service(i)->method_count(); ++j) {
      const google::protobuf::MethodDescriptor& method = *file.service(i)->method(j);
      if (method.input_type() == &request && method.server_streaming() == streams) return method.full_name();
    }
  }
  return request.full_name();
}

CallRecord::CallRecord(const CallRecorder* recorder, const grpc::CallbackServerContext& context,
                       const std::string& method)
    : recorder_(recorder), begin_(absl::Now()) {
  if (recorder_ == nullptr) return;
  call_.set_method(method);
  // Whoever comes through a door is noted by its name for them instead.
  const std::vector<std::string> names = CredentialsOf(context).certificate_names;
  if (!names.empty()) call_.set_subject(names.front());
  call_.set_peer(AddressOfPeer(PeerOf(context)));
}

absl::Status CallRecord::CheckWritable() const {
  return recorder_ == nullptr ? absl::OkStatus() : recorder_->CheckWritable();
}

void CallRecord::NoteRequest(const Message& request) {
  if (recorder_ == nullptr) return;
  const std::string resource = TextOf(request, {"parent", "name", "base"});
  call_.set_resource(resource);
  call_.set_corpus(CorpusOf(resource));
  call_.set_resource_hash(recorder_->HashOfText(resource));
  call_.set_query_hash(recorder_->HashOfText(TextOf(request, {"question", "query", "text"})));
  call_.set_request_id_hash(recorder_->HashOfText(TextOf(request, {"request_id"})));
}

void CallRecord::End(const absl::Status& status, CallRecorder::Done done) {
  if (recorder_ == nullptr) return done(absl::OkStatus());
  call_.set_code(static_cast<uint32_t>(status.code()));
  call_.set_latency_micros(
      static_cast<uint64_t>(std::max<int64_t>(0, absl::ToInt64Microseconds(absl::Now() - begin_))));
  if (!status.ok() && !has_sent_) KeepWhatIsKnownOfAFailure(&call_);
  recorder_->Record(std::move(call_), std::move(done));
}

}  // namespace bedside
