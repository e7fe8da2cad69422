// bedside_store: backs a store up, restores and verifies it. See store_commands.cc for what it says of itself.
#include <glog/logging.h>

#include <iostream>

#include "tools/store/store_commands.h"

int main(int argc, char** argv) {
  FLAGS_logtostderr = true;
  google::InitGoogleLogging(argv[0]);
  return bedside::RunStoreCommand(std::vector<std::string>(argv + 1, argv + argc), &std::cout, &std::cerr);
}
