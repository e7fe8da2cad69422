// Files that are small, or quickly written, and made to take all the time or memory of whoever reads them.
#ifndef BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_FILES_H_
#define BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_FILES_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace bedside {

struct Bomb {
  // Of the file, which says how it is read.
  std::string name;
  std::string what;
  // Part of the reason for which it, or what is in it, is left out.
  std::string reason;
  std::function<std::string()> bytes;
};

// Entities and default values that are written once and stand for a lot.
std::vector<Bomb> ExpansionBombs();
// Elements, lists and quotations within one another.
std::vector<Bomb> NestingBombs();
// Words, lines, names and fields of 100 MB.
std::vector<Bomb> EndlessTokenBombs();
std::vector<Bomb> ArchiveBombs();
// Pages that poppler does not come to the end of.
std::vector<Bomb> PdfBombs();

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_FILES_H_
