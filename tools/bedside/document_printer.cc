#include "tools/bedside/document_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bedside/source_printer.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

constexpr absl::string_view kFieldIndent = "                  ";

void PrintField(absl::string_view label, absl::string_view value, const Console& console) {
  if (value.empty()) return;
  std::string first(label);
  first.resize(kFieldIndent.size(), ' ');
  *console.out << Wrapped(value, first, kFieldIndent, console.width);
}

std::string ExternalIdText(const v1::Document& document) {
  return absl::StrJoin(document.external_ids(), ", ", [](std::string* out, const v1::ExternalId& id) {
    absl::StrAppend(out, id.scheme(), ":", id.value());
  });
}

}  // namespace

void PrintPassage(const v1::Passage& passage, const Console& console) {
  const std::string text = passage.text().empty() ? "(its rights do not allow the text to be shown)" : passage.text();
  *console.out << Emphasised(console, Emphasis::kStrong, "Passage") << "\n"
               << Wrapped(PlaceText(passage), "  ", "  ", console.width) << WrappedLines(text, "  ", console.width)
               << "\n";
}

void PrintDocument(const v1::Document& document, const Console& console) {
  PrintSource(document, "", console);
  *console.out << "\n";
  PrintField("Name", document.name(), console);
  PrintField("Version", document.version(), console);
  PrintField("Identifiers", ExternalIdText(document), console);
  PrintField("Language", document.language(), console);
  PrintField("Evidence system", document.evidence_system(), console);
  PrintField("Publication type", absl::StrJoin(document.publication_types(), "; "), console);
  PrintField("Conditions", absl::StrJoin(document.conditions(), "; "), console);
  PrintField("Tags", absl::StrJoin(document.tags(), "; "), console);
  PrintField("MeSH", absl::StrJoin(document.mesh_headings(), "; "), console);
  PrintField("Supersedes", absl::StrJoin(document.supersedes(), ", "), console);
  PrintField("Superseded by", absl::StrJoin(document.superseded_by(), ", "), console);
  PrintField("Read from", document.source(), console);
  *console.out << "\n" << WrappedLines(document.text(), "", console.width);
}

}  // namespace bedside
