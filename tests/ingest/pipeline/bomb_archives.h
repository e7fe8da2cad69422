// Archives in memory, also such as no archiver writes.
#ifndef BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_ARCHIVES_H_
#define BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_ARCHIVES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bedside {

// Names and bytes.
using Members = std::vector<std::pair<std::string, std::string>>;

std::string Gzipped(const std::string& bytes);
std::string Zip(const Members& members);
std::string TarGz(const Members& members);

// A zip archive of so many members (65,535 at most), each of which unpacks to what the one member of `zip` does, and
// all from the same bytes. Their names begin with `prefix`.
std::string OverlappingZip(const std::string& zip, const std::string& prefix, int entries);

// A tar archive of one member of a TiB, of which the last byte is written (GNU's old sparse format).
std::string SparseTar();

// A tar archive of one member whose name has so many bytes (GNU's type L).
std::string LongNameTar(size_t bytes);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INGEST_PIPELINE_BOMB_ARCHIVES_H_
