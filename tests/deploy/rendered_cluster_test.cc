// Servers and jobs of a cluster, as helm and kustomize write them out.
#include <gmock/gmock.h>

#include <map>

#include "proto/bedside/config/ingest_config.pb.h"
#include "tests/deploy/rendering_fixture.h"

namespace bedside {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// Volumes that outlive a pod.
std::set<std::string> ClaimsOf(const YAML::Node& spec) {
  std::set<std::string> claims;
  for (const YAML::Node& volume : spec["volumes"]) {
    if (volume["persistentVolumeClaim"]) claims.insert(volume["persistentVolumeClaim"]["claimName"].as<std::string>());
  }
  return claims;
}

// It builds in a store of its own, on any machine, and asks no server.
void ExpectJobOfCluster(const Objects& objects, const YAML::Node& job, const config::IndexConfig& of_servers) {
  SCOPED_TRACE(NameOf(job));
  const YAML::Node spec = PodSpec(job);
  EXPECT_THAT(ClaimsOf(spec), Contains("bedside-data"));
  EXPECT_FALSE(spec["affinity"].IsDefined());
  for (const YAML::Node& argument : Container(job)["command"]) EXPECT_NE(argument.as<std::string>(), "--beside");
  const auto config = ReadConfigOf<config::IngestConfig>(objects, job);
  EXPECT_EQ(config.index().cluster().DebugString(), of_servers.cluster().DebugString());
  ExpectFilesOfCluster(spec, config.index().cluster());
}

void ExpectClaimsOfManyMachines(const Objects& objects) {
  const Objects claims = OfKind(objects, "PersistentVolumeClaim");
  EXPECT_THAT(NamesOf(claims), ElementsAre("bedside-data", "bedside-sources"));
  for (const YAML::Node& claim : claims) {
    EXPECT_THAT(claim["spec"]["accessModes"].as<std::vector<std::string>>(), ElementsAre("ReadWriteMany"));
  }
}

// What the import is told of its pod, by the names of its variables.
std::map<std::string, std::string> FieldsTold(const Objects& objects) {
  std::map<std::string, std::string> fields;
  for (const YAML::Node& variable : Container(OfKind(objects, "CronJob")[0])["env"]) {
    fields[variable["name"].as<std::string>()] = variable["valueFrom"]["fieldRef"]["fieldPath"].as<std::string>();
  }
  return fields;
}

// The import is shared out among `count` pods, which know it by the same name and keep a folder each.
void ExpectWorkers(const Objects& objects, int count) {
  const YAML::Node import = OfKind(objects, "CronJob")[0];
  const YAML::Node spec = import["spec"]["jobTemplate"]["spec"];
  EXPECT_EQ(spec["completionMode"].as<std::string>(), "Indexed");
  EXPECT_EQ(spec["completions"].as<int>(), count);
  EXPECT_EQ(spec["parallelism"].as<int>(), count);
  EXPECT_THAT(Container(import)["command"].as<std::vector<std::string>>(),
              ElementsAre("bedside_ingest", "--config=/etc/bedside/ingest.textproto", "--shards=16", "--job=$(JOB)",
                          "/sources"));
  EXPECT_EQ(spec["backoffLimit"].as<int>(), 25 * count);
  EXPECT_THAT(FieldsTold(objects),
              ElementsAre(Pair("JOB", "metadata.labels['batch.kubernetes.io/job-name']"),
                          Pair("WORKER", "metadata.annotations['batch.kubernetes.io/job-completion-index']")));
  EXPECT_EQ(PodSpec(import)["securityContext"]["fsGroupChangePolicy"].as<std::string>(), "OnRootMismatch");
  EXPECT_EQ(PodSpec(import)["topologySpreadConstraints"].size(), 1);
  for (const YAML::Node& mount : Container(import)["volumeMounts"]) {
    const bool is_data = mount["name"].as<std::string>() == "data";
    EXPECT_EQ(mount["subPathExpr"].as<std::string>(""), is_data ? "$(WORKER)" : "") << mount["name"];
  }
  ExpectClaimsOfManyMachines(objects);
}

// One kind of servers, which keep nothing and run anywhere, and as many jobs as are said.
void ExpectCluster(const Objects& objects, size_t jobs) {
  ASSERT_THAT(NamesOf(OfKind(objects, "Deployment")), ElementsAre("bedside-replica"));
  EXPECT_THAT(NamesOf(OfKind(objects, "Service")), ElementsAre("bedside", "bedside-metrics"));
  const YAML::Node server = OfKind(objects, "Deployment")[0];
  EXPECT_THAT(ClaimsOf(PodSpec(server)), IsEmpty());
  EXPECT_FALSE(PodSpec(server)["affinity"].IsDefined());
  EXPECT_EQ(PodSpec(server)["topologySpreadConstraints"].size(), 2);
  EXPECT_EQ(OfKind(objects, "PodDisruptionBudget")[0]["spec"]["maxUnavailable"].as<int>(), 1);
  const config::IndexConfig index = ConfigOf(objects, server).index();
  EXPECT_TRUE(index.has_cluster());
  EXPECT_THAT(OfKind(objects, "Job"), SizeIs(jobs - 1));
  ASSERT_THAT(OfKind(objects, "CronJob"), SizeIs(1));
  EXPECT_EQ(OfKind(objects, "CronJob")[0]["spec"]["concurrencyPolicy"].as<std::string>(), "Forbid");
  for (const char* kind : {"Job", "CronJob"}) {
    for (const YAML::Node& job : OfKind(objects, kind)) ExpectJobOfCluster(objects, job, index);
  }
}

class RenderedClusterTest : public RenderingFixture {};

TEST_F(RenderedClusterTest, TheOverlayClusterRunsAsManyServersAsItSays) {
  const Objects objects = Kustomization("overlays/cluster");
  ExpectCluster(objects, 1);
  ExpectServers(objects);
  const YAML::Node numbers = YAML::LoadFile(folder_ + "/kubernetes/overlays/cluster/servers.yaml");
  const YAML::Node autoscaler = OfKind(objects, "HorizontalPodAutoscaler")[0]["spec"];
  EXPECT_EQ(autoscaler["minReplicas"].as<int>(), numbers[0]["value"].as<int>());
  EXPECT_EQ(autoscaler["maxReplicas"].as<int>(), numbers[1]["value"].as<int>());
}

TEST_F(RenderedClusterTest, TheComponentClusterGoesWithTheOthers) {
  WriteFile(folder_, "kubernetes/overlays/all/kustomization.yaml",
            "resources: [../../base]\n"
            "components: [../../components/reindex, ../../components/cluster, ../../components/access,\n"
            "             ../../components/http, ../../components/hooks, ../../components/traces]\n"
            "configMapGenerator: [{name: bedside-hooks, literals: [a=b]}]\n");
  const Objects objects = Kustomization("overlays/all");
  ExpectCluster(objects, 2);
  for (const char* kind : {"Deployment", "Job", "CronJob"}) {
    for (const YAML::Node& object : OfKind(objects, kind)) ExpectVolumes(objects, PodSpec(object));
  }
}

TEST_F(RenderedClusterTest, TheOverlayWorkersSharesImportsOutAmongAsManyAsItSays) {
  const Objects objects = Kustomization("overlays/workers");
  ExpectCluster(objects, 1);
  ExpectServers(objects);
  const YAML::Node numbers = YAML::LoadFile(folder_ + "/kubernetes/overlays/workers/workers.yaml");
  ExpectWorkers(objects, numbers[0]["value"].as<int>());
}

TEST_F(RenderedClusterTest, TheChartSharesImportsOutAsTheComponentDoes) {
  const Objects chart = Chart({"cluster.enabled=true", "cluster.workers.count=8"});
  ExpectCluster(chart, 1);
  ExpectServers(chart);
  ExpectWorkers(chart, 8);
  ExpectWorkers(Chart({"cluster.enabled=true", "cluster.workers.count=1"}), 1);
  const YAML::Node alone = OfKind(Chart({"cluster.enabled=true"}), "CronJob")[0]["spec"]["jobTemplate"]["spec"];
  EXPECT_FALSE(alone["completionMode"].IsDefined());
  EXPECT_EQ(alone["backoffLimit"].as<int>(), 10);
}

TEST_F(RenderedClusterTest, ChartAndComponentOfAClusterHaveTheSamePods) {
  const Objects chart = Chart({"cluster.enabled=true"});
  const Objects component = Kustomization("overlays/cluster");
  for (const char* file : {"replica.textproto", "ingest.textproto"}) {
    EXPECT_EQ(OfKind(chart, "ConfigMap")[0]["data"][file].as<std::string>(),
              OfKind(component, "ConfigMap")[0]["data"][file].as<std::string>());
  }
  for (const char* kind : {"Deployment", "CronJob"}) {
    const YAML::Node one = OfKind(chart, kind)[0];
    const YAML::Node other = OfKind(component, kind)[0];
    EXPECT_EQ(Container(one)["command"].as<std::vector<std::string>>(),
              Container(other)["command"].as<std::vector<std::string>>());
    EXPECT_EQ(ClaimsOf(PodSpec(one)), ClaimsOf(PodSpec(other)));
    EXPECT_EQ(MountOf(PodSpec(one), "search"), MountOf(PodSpec(other), "search"));
  }
}

TEST_F(RenderedClusterTest, TheChartRunsServersOfAClusterWithAndWithoutTheOtherSwitches) {
  const Objects alone = Chart({"cluster.enabled=true", "replica.autoscaling.enabled=false", "replica.replicas=7"});
  ExpectCluster(alone, 1);
  ExpectServers(alone);
  EXPECT_EQ(OfKind(alone, "Deployment")[0]["spec"]["replicas"].as<int>(), 7);
  std::vector<std::string> on = {"cluster.enabled=true", "http.ingress.host=cds.hospital.example", "job.reindex=true"};
  for (const char* name : {"access", "http", "hooks", "traces"}) on.push_back(absl::StrCat(name, ".enabled=true"));
  const Objects all = Chart(on);
  ExpectCluster(all, 2);
  ExpectServers(all);
  const YAML::Node path = OfKind(all, "Ingress")[0]["spec"]["rules"][0]["http"]["paths"][0];
  EXPECT_EQ(path["backend"]["service"]["name"].as<std::string>(), "bedside");
  EXPECT_THAT(Refusal(Helm("lint", on)), "");
}

TEST_F(RenderedClusterTest, AClusterThatAnAuthorityOfTheSystemVouchesForNeedsNoFileOfOne) {
  const Objects objects = Chart({"cluster.enabled=true", "cluster.caConfigMap="});
  for (const YAML::Node& volume : PodSpec(OfKind(objects, "Deployment")[0])["volumes"]) {
    if (volume["projected"]) EXPECT_EQ(volume["projected"]["sources"].size(), 1);
  }
}

}  // namespace
}  // namespace bedside
