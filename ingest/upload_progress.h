// How the observer of a job sees, and stops, an upload to a cluster.
#ifndef BEDSIDE_INGEST_UPLOAD_PROGRESS_H_
#define BEDSIDE_INGEST_UPLOAD_PROGRESS_H_

#include <string>

#include "index/cluster/segment_uploader.h"
#include "ingest/pipeline/ingest_observer.h"

namespace bedside {

// What `observer` refers to must outlive the result. CANCELLED, where the observer says so.
SegmentUploader::Progress UploadProgress(const std::string& corpus, const IngestObserver& observer);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_UPLOAD_PROGRESS_H_
