// Running heads, running feet and page numbers of a text in pages. What is taken for one is lost as evidence, so that
// the signs must be sure: a stray head costs less than a dose.
#ifndef BEDSIDE_INGEST_CONNECTORS_PDF_RUNNING_LINES_H_
#define BEDSIDE_INGEST_CONNECTORS_PDF_RUNNING_LINES_H_

#include <string>
#include <vector>

namespace bedside {

// Lines without white space at their ends; empty ones are gaps.
using PdfPage = std::vector<std::string>;

struct PdfRunningLines {
  // Heads and feet that were taken out; page numbers are not counted.
  size_t count = 0;
  // The first of them.
  std::string first;
};

// Empties the lines that run along:
// - A page number is the outermost line of its page, "12", "xii" or "Page 12 of 30", and one of a row of numbers that
//   rises by one from page to page, over three pages or, in a shorter file, all of them.
// - A head or foot is a block of at most three lines between the edge of the page and a gap. Each of its lines stands,
//   letter for letter, at the edges of three pages and of every other page from the first of them to the last, or of
//   three pages with a number that rises as above. A page that would be left with fewer than three lines keeps it. A
//   line that may be a statement, since it has a number or ends as a sentence, stays on the first page where it stands.
// Linear in the text.
PdfRunningLines RemoveRunningLines(std::vector<PdfPage>& pages);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PDF_RUNNING_LINES_H_
