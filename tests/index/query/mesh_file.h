// A file in the format of MeSH descriptors, for tests.
#ifndef BEDSIDE_TESTS_INDEX_QUERY_MESH_FILE_H_
#define BEDSIDE_TESTS_INDEX_QUERY_MESH_FILE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temp_folder.h"

namespace bedside {

struct MeshDescriptor {
  std::string name;
  // Beside the name, all of one concept.
  std::vector<std::string> entry_terms;
};

inline std::string WriteXml(const std::string& content) { return WriteFile(TempFolder(), "desc.xml", content); }

// The path of the file, which lists another descriptor as related to each, as MeSH does.
inline std::string WriteThesaurus(const std::vector<MeshDescriptor>& descriptors) {
  std::string xml = "<?xml version=\"1.0\"?>\n<DescriptorRecordSet LanguageCode=\"eng\">\n";
  for (const MeshDescriptor& descriptor : descriptors) {
    absl::StrAppend(
        &xml, "<DescriptorRecord DescriptorClass=\"1\">\n<DescriptorUI>D1</DescriptorUI>\n<DescriptorName><String>",
        descriptor.name, "</String></DescriptorName>\n<PharmacologicalActionList><PharmacologicalAction>",
        "<DescriptorReferredTo><DescriptorName><String>Unrelated Agents</String></DescriptorName>",
        "</DescriptorReferredTo></PharmacologicalAction></PharmacologicalActionList>\n<ConceptList><Concept>",
        "<ConceptName><String>", descriptor.name, "</String></ConceptName><TermList>\n");
    absl::StrAppend(&xml, "<Term><TermUI>T1</TermUI><String>", descriptor.name, "</String></Term>\n");
    for (const std::string& term : descriptor.entry_terms) {
      absl::StrAppend(&xml, "<Term><TermUI>T2</TermUI><String>", term, "</String></Term>\n");
    }
    absl::StrAppend(&xml, "</TermList></Concept></ConceptList></DescriptorRecord>\n");
  }
  return WriteXml(absl::StrCat(xml, "</DescriptorRecordSet>\n"));
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_QUERY_MESH_FILE_H_
