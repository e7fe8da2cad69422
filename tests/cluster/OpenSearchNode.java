import java.util.List;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.knn.plugin.KNNPlugin;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of OpenSearch in this process: {@code java OpenSearchNode SETTING=VALUE...}, with the settings of
 * opensearch.yml; lists have commas. Logs to standard output. Ends when the process that started it does.
 */
public final class OpenSearchNode extends Node {
  private OpenSearchNode(Settings settings) {
    super(
        new Environment(settings, /* configPath= */ null),
        List.of(
            Netty4Plugin.class,
            CommonAnalysisPlugin.class,
            MapperExtrasPlugin.class,
            ReindexPlugin.class,
            PainlessPlugin.class,
            KNNPlugin.class),
        /* forbidPrivateIndexSettings= */ true);
  }

  private static Settings settingsOf(String[] arguments) {
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return settings.build();
  }

  public static void main(String[] arguments) throws Exception {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    new OpenSearchNode(settingsOf(arguments)).start();
    // Threads of the node do not keep the process alive.
    parent.onExit().join();
  }
}
