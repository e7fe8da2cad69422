"""The store that training begins with, made as docs/formats says: by bedside_eval, of the sample corpus."""
import os
import subprocess
import sys
import tempfile

sys.path.append("tests/tools")
import sample_dataset

CONFIG = 'index {{ embedder {{ model_path: "{}" precision: PRECISION_F32 max_tokens: 64 }} }} pipeline {{ chunking {{ target_tokens: 64 }} }}'


class SampleStore:
    """`dataset`, the ids of its `documents`, and the `config` of the server whose store holds its corpus."""

    def __init__(self):
        folder = tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"])
        self.dataset, self.config = folder + "/dataset", folder + "/store/dataset/server.textproto"
        self.documents = sample_dataset.make(self.dataset)
        os.mkdir(folder + "/store")
        sample_dataset.write(folder + "/config.textproto",
                             [CONFIG.format(os.path.abspath("external/bge_small_en"))])
        subprocess.run(["tools/eval/bedside_eval", "--config=" + folder + "/config.textproto", "--dataset=" + self.dataset,
                        "--store=" + folder + "/store"], stdout=subprocess.DEVNULL, check=True)

    def examine(self, program, **options):
        """Runs adapter_examples or ranker_features with these options and those of the store. The exit status, standard
        output and standard error."""
        options = {"config": self.config, "dataset": self.dataset, **options}
        done = subprocess.run([program] + ["--%s=%s" % option for option in options.items()], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True)
        return done.returncode, done.stdout, done.stderr
