// One file or archive member, unpacked: what a connector reads.
#ifndef BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_
#define BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_

#include <string>

namespace bedside {

struct SourceFile {
  // As given to ingest, with "!member" for members of an archive: "medquad.zip!1_CancerGov_QA/0000001_1.xml". Canonical
  // text (index/text/utf8.h), whatever the bytes of the name.
  std::string name;
  // Lower-case extension after unpacking, without the dot: "xml" for "pubmed.xml.gz".
  std::string extension;
  std::string bytes;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_SOURCE_FILE_H_
