// PDF files for tests: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/pdfreference1.4.pdf
#ifndef BEDSIDE_TESTS_INGEST_CONNECTORS_PDF_FILE_H_
#define BEDSIDE_TESTS_INGEST_CONNECTORS_PDF_FILE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace bedside {

// The lines of a page, ASCII without parentheses and backslashes; an empty one leaves a gap.
using PdfLines = std::vector<std::string>;

// Pages of lines in Helvetica. `information`: entries of the information dictionary, "/Title (Fever)".
inline std::string PdfFile(const std::vector<PdfLines>& pages, const std::string& information = "") {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "",
                                      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
                                      absl::StrCat("<< ", information, " >>")};
  std::vector<std::string> kids;
  for (const PdfLines& page : pages) {
    std::string content;
    int y = 780;
    for (const std::string& line : page) {
      if (!line.empty()) absl::StrAppend(&content, "BT /F1 11 Tf 60 ", y, " Td (", line, ") Tj ET\n");
      y -= 15;
    }
    objects.push_back(absl::StrCat("<< /Length ", content.size(), " >>\nstream\n", content, "endstream"));
    objects.push_back(absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ", objects.size(),
                                   " 0 R /Resources << /Font << /F1 3 0 R >> >> >>"));
    kids.push_back(absl::StrCat(objects.size(), " 0 R"));
  }
  objects[1] = absl::StrCat("<< /Type /Pages /Count ", kids.size(), " /Kids [", absl::StrJoin(kids, " "), "] >>");
  std::string file = "%PDF-1.4\n";
  std::string table = absl::StrCat("xref\n0 ", objects.size() + 1, "\n0000000000 65535 f \n");
  for (size_t i = 0; i < objects.size(); ++i) {
    absl::StrAppendFormat(&table, "%010d 00000 n \n", file.size());
    absl::StrAppend(&file, i + 1, " 0 obj\n", objects[i], "\nendobj\n");
  }
  return absl::StrCat(file, table, "trailer\n<< /Size ", objects.size() + 1, " /Root 1 0 R /Info 4 0 R >>\nstartxref\n",
                      file.size(), "\n%%EOF\n");
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_CONNECTORS_PDF_FILE_H_
