// One file or archive member, unpacked: what a connector reads.
#ifndef BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_
#define BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

struct SourceFile {
  // As given to ingest, with "!member" for members of an archive: "medquad.zip!1_CancerGov_QA/0000001_1.xml". Canonical
  // text (index/text/utf8.h), whatever the bytes of the name.
  std::string name;
  // Lower-case extension after unpacking, without the dot: "xml" for "pubmed.xml.gz".
  std::string extension;
  std::string bytes;
  // As `name`, but below the source that was named: "1_CancerGov_QA/0000001_1.xml" when "medquad/" was, and the name of
  // the file alone when the file itself was, or a pattern that matches it. Empty: as `name`.
  std::string path_below;

  // What an id is made of where a document has none of its own: the same however the path to the source was typed.
  const std::string& name_for_id() const { return path_below.empty() ? name : path_below; }
};

// The extension of a name, as SourceFile has it; empty for a name without one.
std::string ExtensionOf(absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_
