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
  // Heads and feet that were taken out, each of which stands on an earlier page; page numbers are not counted.
  size_t count = 0;
  // The first of them.
  std::string first;
  // Of each page, from top to bottom: the heads and feet that stand on no earlier page.
  std::vector<std::vector<std::string>> kept;
};

// Empties the lines that run along (`count`, `first` and `kept` say which):
// - A page number is the outermost line of its page, "12", "xii" or "Page 12 of 30", and one of a row of numbers that
//   rises by one from page to page, over three pages or, in a shorter file, all of them.
// - A head or foot is a block of at most three lines between the edge of the page and a gap. Each of its lines stands,
//   letter for letter, at the edges of three pages and of every other page from the first of them to the last, or has,
//   beside its words, the marked number of the page ("Fever | 12", "12 | Fever", "Fever, page 12 of 30"), as four pages
//   and half of the file do. Other numbers that rise with the page are text: "Step 2", "at most 4 mg a day". A page
//   that would be left with fewer than three lines keeps it. A line that stands on half of the pages and cannot be a
//   statement, since it has no number and no end of a sentence, needs no gap.
// The first of each head and foot is kept, apart from the page: it may be a warning ("Not for use in pregnancy"), and
// would part a sentence that goes on on the next page.
// Linear in the text.
PdfRunningLines RemoveRunningLines(std::vector<PdfPage>& pages);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PDF_RUNNING_LINES_H_
