// The main function of a fuzz target where no fuzzer is: runs it on every file of the folders that are named, and fails
// where there is none. A property that does not hold ends the process.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int main(int argc, char** argv) {
  int inputs = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      // Before it runs: the last one named is the one that failed.
      std::cerr << entry.path().string() << std::endl;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
      ++inputs;
    }
  }
  if (inputs == 0) std::cerr << "no inputs: wanted folders with at least one file" << std::endl;
  return inputs == 0 ? 1 : 0;
}
