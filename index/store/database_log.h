// What RocksDB says of its own doings: errors go to the log of the process, the rest nowhere.
//
// Left to itself it writes a file LOG beside the data. On a full disk that file fails, and Debian's build, which keeps
// its assertions, ends the process at the next line.
#ifndef BEDSIDE_INDEX_STORE_DATABASE_LOG_H_
#define BEDSIDE_INDEX_STORE_DATABASE_LOG_H_

#include <rocksdb/env.h>

#include <cstdarg>

namespace bedside {

// Thread-safe.
class DatabaseLog : public rocksdb::Logger {
 public:
  DatabaseLog() : rocksdb::Logger(rocksdb::InfoLogLevel::ERROR_LEVEL) {}

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_DATABASE_LOG_H_
