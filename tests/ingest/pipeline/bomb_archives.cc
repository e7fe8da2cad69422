#include "tests/ingest/pipeline/bomb_archives.h"

#include <archive.h>
#include <archive_entry.h>
#include <glog/logging.h>

#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bedside {
namespace {

constexpr size_t kBlock = 512;
// Of a zip archive, in bytes: the header of an entry without its name; the end record; and where in each of them, and
// in an entry of the directory, the numbers are that are read here.
constexpr size_t kHeaderBytes = 30, kNameBytesAt = 26, kEntrySizesAt = 20, kEndBytes = 22, kDirectoryAt = 16;

la_ssize_t Append(archive* /*writer*/, void* out, const void* bytes, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

std::string Written(const Members& members, int (*set_format)(archive*), bool gzip) {
  std::string out;
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(), &archive_write_free);
  CHECK_EQ(set_format(writer.get()), ARCHIVE_OK);
  if (gzip) archive_write_add_filter_gzip(writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  CHECK_EQ(archive_write_open(writer.get(), &out, nullptr, Append, nullptr), ARCHIVE_OK);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<int64_t>(bytes.size()));
    CHECK_EQ(archive_write_header(writer.get(), entry), ARCHIVE_OK);
    archive_write_data(writer.get(), bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  CHECK_EQ(archive_write_close(writer.get()), ARCHIVE_OK);
  return out;
}

template <typename T>
T Number(const std::string& bytes, size_t at) {
  T value;
  std::memcpy(&value, &bytes[at], sizeof(value));
  return value;
}

template <typename T>
std::string Bytes(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

struct ZipEntry {
  // What a header and an entry of the directory have in common.
  std::string fields;
  std::string name;
  // From the beginning of its header to the end of what is packed.
  size_t bytes;
};

std::string EntryFields(size_t packed, uint32_t unpacked, size_t name_bytes) {
  return absl::StrCat(Bytes<uint16_t>(20), Bytes<uint16_t>(0), Bytes<uint16_t>(8), std::string(8, '\0'),
                      Bytes(static_cast<uint32_t>(packed)), Bytes(unpacked), Bytes(static_cast<uint32_t>(name_bytes)));
}

// The head of a block of deflate that holds the next bytes as they are.
std::string StoredBlockOf(size_t bytes) {
  const auto size = static_cast<uint16_t>(bytes);
  return absl::StrCat(std::string(1, '\0'), Bytes(size), Bytes(static_cast<uint16_t>(~size)));
}

std::string WithDirectory(const std::string& packed, const std::vector<ZipEntry>& entries) {
  std::string directory;
  for (const ZipEntry& entry : entries) {
    absl::StrAppend(&directory, "PK\1\2", Bytes<uint16_t>(20), entry.fields, std::string(10, '\0'),
                    Bytes(static_cast<uint32_t>(packed.size() - entry.bytes)), entry.name);
  }
  const std::string count = Bytes(static_cast<uint16_t>(entries.size()));
  return absl::StrCat(packed, directory, absl::string_view("PK\5\6\0\0\0\0", 8), count, count,
                      Bytes(static_cast<uint32_t>(directory.size())), Bytes(static_cast<uint32_t>(packed.size())),
                      Bytes<uint16_t>(0));
}

// A header of tar. `size`: digits of eight, or what stands for them.
std::string TarHeader(const std::string& name, char type, const std::string& size) {
  std::string header(kBlock, '\0');
  header.replace(0, name.size(), name);
  header.replace(100, 7, "0000644");
  header.replace(124, size.size(), size);
  header.replace(136, 11, "00000000000");
  header[156] = type;
  header.replace(257, 8, "ustar  ", 8);
  return header;
}

void SetChecksum(std::string* header) {
  header->replace(148, 8, 8, ' ');
  unsigned sum = 0;
  for (const char c : *header) sum += static_cast<unsigned char>(c);
  header->replace(148, 7, absl::StrFormat("%06o", sum) + '\0');
}

}  // namespace

std::string Gzipped(const std::string& bytes) { return Written({{"-", bytes}}, archive_write_set_format_raw, true); }
std::string Zip(const Members& members) { return Written(members, archive_write_set_format_zip, false); }
std::string TarGz(const Members& members) { return Written(members, archive_write_set_format_ustar, true); }

// Source: David Fifield, A better zip bomb (WOOT 2019). The data of an entry are a stored block that quotes the header
// of the next entry, and after it the data of that one; the data of the last are those of `zip`.
std::string OverlappingZip(const std::string& zip, const std::string& prefix, int entries) {
  const size_t directory_at = Number<uint32_t>(zip, zip.size() - kEndBytes + kDirectoryAt);
  const size_t data_at = kHeaderBytes + Number<uint16_t>(zip, kNameBytesAt) + Number<uint16_t>(zip, kNameBytesAt + 2);
  std::string data = zip.substr(data_at, Number<uint32_t>(zip, directory_at + kEntrySizesAt));
  auto unpacked = Number<uint32_t>(zip, directory_at + kEntrySizesAt + 4);
  std::vector<ZipEntry> written;
  for (int i = entries; i-- > 0;) {
    const std::string name = absl::StrFormat("%s%05d.md", prefix, i);
    const std::string fields = EntryFields(data.size(), unpacked, name.size());
    const std::string header = absl::StrCat("PK\3\4", fields, name);
    written.push_back({fields, name, header.size() + data.size()});
    data = absl::StrCat(StoredBlockOf(header.size()), header, data);
    unpacked += static_cast<uint32_t>(header.size());
  }
  return WithDirectory(data.substr(StoredBlockOf(0).size()), written);
}

std::string SparseTar() {
  // One TiB, in the base-256 of GNU, and of it the one byte behind it.
  std::string tebibyte("\x80\0\0\0\0\0\x01\0\0\0\0\0", 12);
  std::string header = TarHeader("a.md", 'S', "00000000001");
  header.replace(386, 12, tebibyte);
  header.replace(398, 11, "00000000001");
  tebibyte.back() = 1;
  header.replace(483, 12, tebibyte);
  SetChecksum(&header);
  return header + std::string(3 * kBlock, '\0');
}

std::string LongNameTar(size_t bytes) {
  std::string name = TarHeader("././@LongLink", 'L', absl::StrFormat("%011o", bytes));
  std::string member = TarHeader("a", '0', "00000000000");
  SetChecksum(&name);
  SetChecksum(&member);
  return absl::StrCat(name, std::string(bytes, 'x'), member, std::string(2 * kBlock, '\0'));
}

}  // namespace bedside
