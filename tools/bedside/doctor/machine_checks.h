// Whether this machine can run what the configuration asks for.
#ifndef BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MACHINE_CHECKS_H_
#define BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MACHINE_CHECKS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/config/index_config.pb.h"
#include "tools/bedside/doctor/finding.h"

namespace bedside {

// `cpu_info`: the text of /proc/cpuinfo. Search needs AVX2; the model runs faster with bf16.
Finding CheckCpu(absl::string_view cpu_info, config::Precision precision);

// `search_path`: folders separated by colons, as in PATH. Importing PDF needs pdftotext.
Finding CheckPdfToText(absl::string_view search_path);

// Room on the disk of the folder `store_path`, or of the nearest folder above it that exists. A new generation is
// written beside the old one, so that as much as the store holds should be free.
Finding CheckDiskSpace(const std::string& store_path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_DOCTOR_MACHINE_CHECKS_H_
