// What Kubernetes would be given, taken apart; and what must hold of every server in it.
#ifndef BEDSIDE_TESTS_DEPLOY_RENDERED_OBJECTS_H_
#define BEDSIDE_TESTS_DEPLOY_RENDERED_OBJECTS_H_

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <vector>

#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/config/server_config.pb.h"
#include "proto/bedside/config/textproto_config.h"
#include "tests/fakes/status_matchers.h"

namespace bedside {

using Objects = std::vector<YAML::Node>;

std::string NameOf(const YAML::Node& object);

Objects OfKind(const Objects& objects, const std::string& kind);

std::set<std::string> NamesOf(const Objects& objects);

// Of a deployment, a job or a cron job.
YAML::Node PodSpec(const YAML::Node& object);

// The only one of its pods.
YAML::Node Container(const YAML::Node& deployment);

// Where the volume that is made of the config map or secret `name` is mounted; empty: nowhere, or to be written.
std::string MountOf(const YAML::Node& spec, const std::string& volume);

// A file of a config map that is mounted at `path`. Empty: there is none.
std::string FileAt(const Objects& objects, const YAML::Node& spec, const std::string& path);

// Written to a file, for the programs read files.
std::string Written(const std::string& text);

// What the program of a server or a job reads.
template <typename Config>
Config ReadConfigOf(const Objects& objects, const YAML::Node& object) {
  const std::string flag = Container(object)["command"][1].as<std::string>();
  Config config;
  EXPECT_THAT(ReadTextprotoConfig(Written(FileAt(objects, PodSpec(object), flag.substr(flag.find('=') + 1))), &config),
              IsOk());
  return config;
}

config::ServerConfig ConfigOf(const Objects& objects, const YAML::Node& deployment);

// That a pod with such a configuration is shown what it shows a cluster.
void ExpectFilesOfCluster(const YAML::Node& spec, const config::ClusterConfig& cluster);

// Of files that are made before: docs/security.md. The others are among the objects.
void ExpectVolumes(const Objects& objects, const YAML::Node& spec);

// Each server reads its configuration, finds the files that are named there, and is reached on its ports and no others.
void ExpectServers(const Objects& objects);

}  // namespace bedside

#endif  // BEDSIDE_TESTS_DEPLOY_RENDERED_OBJECTS_H_
