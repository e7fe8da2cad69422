#include "index/store/database_log.h"

#include <glog/logging.h>

#include <cstdio>

namespace bedside {
namespace {

constexpr size_t kMostBytes = 1024;

}  // namespace

void DatabaseLog::Logv(const char* format, va_list arguments) {
  char text[kMostBytes];
  if (std::vsnprintf(text, sizeof(text), format, arguments) < 0) return;
  LOG(WARNING) << "RocksDB: " << text;
}

}  // namespace bedside
