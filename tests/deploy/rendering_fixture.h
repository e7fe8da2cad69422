// Runs helm and kustomize on a copy of deploy/. BEDSIDE_HELM and BEDSIDE_KUSTOMIZE name the programs; deploy/README.md
// says which were used. Tests are skipped without them.
#ifndef BEDSIDE_TESTS_DEPLOY_RENDERING_FIXTURE_H_
#define BEDSIDE_TESTS_DEPLOY_RENDERING_FIXTURE_H_

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/deploy/rendered_objects.h"
#include "tests/fakes/status_matchers.h"
#include "tests/fakes/temp_folder.h"
#include "tools/bench/program_run.h"

namespace bedside {

class RenderingFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* helm = std::getenv("BEDSIDE_HELM");
    const char* kustomize = std::getenv("BEDSIDE_KUSTOMIZE");
    if (helm == nullptr || kustomize == nullptr) GTEST_SKIP() << "BEDSIDE_HELM and BEDSIDE_KUSTOMIZE name no programs";
    helm_ = helm;
    kustomize_ = kustomize;
    // Files of its own: kustomize follows no link out of a folder.
    std::filesystem::copy("deploy", folder_, std::filesystem::copy_options::recursive);
  }

  Objects Render(const std::vector<std::string>& arguments) const {
    const std::string output = folder_ + ".yaml";
    const absl::Status run = RunProgram(arguments, output).status();
    EXPECT_THAT(run, IsOk()) << ReadTextFile(output).value_or("");
    Objects objects;
    for (const YAML::Node& object : YAML::LoadAllFromFile(output)) {
      if (!object.IsNull()) objects.push_back(object);
    }
    return objects;
  }

  std::vector<std::string> Helm(const std::string& command, const std::vector<std::string>& on) const {
    std::vector<std::string> arguments = {
        helm_, command, folder_ + "/helm/bedside", "--set-file",
        absl::StrCat("hooks.rules=", folder_, "/kubernetes/overlays/example/rules.textproto")};
    for (const std::string& name : on) arguments.insert(arguments.end(), {"--set", name});
    return arguments;
  }

  Objects Chart(const std::vector<std::string>& on) const { return Render(Helm("template", on)); }

  Objects Kustomization(const std::string& path) const {
    return Render({kustomize_, "build", absl::StrCat(folder_, "/kubernetes/", path)});
  }

  // Why helm refuses to render, or nothing.
  std::string Refusal(const std::vector<std::string>& arguments) const {
    const std::string output = folder_ + ".refusal";
    return RunProgram(arguments, output).ok() ? "" : ReadTextFile(output).value_or("");
  }

  const std::string folder_ = TempFolder();
  std::string helm_;
  std::string kustomize_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DEPLOY_RENDERING_FIXTURE_H_
