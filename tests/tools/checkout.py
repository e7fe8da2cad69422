"""A checkout that holds one script of tools/ and programs that only pretend, for tests of that script."""

import os
import shutil
import subprocess


class Checkout:
    """In `folder`, which is empty. What the script starts by name is looked for in bin/ first."""

    def __init__(self, folder, *scripts):
        self.root = folder
        for script in scripts:
            os.makedirs(self.path(os.path.dirname(script)), exist_ok=True)
            shutil.copy(script, self.path(script))

    def path(self, name):
        return os.path.join(self.root, name)

    def program(self, name, text):
        """A shell script at `name`."""
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write("#!/bin/bash\n%s\n" % text)
        os.chmod(self.path(name), 0o755)

    def run(self, *command):
        """The exit status, standard output and standard error."""
        environment = dict(os.environ, PATH="%s:%s" % (self.path("bin"), os.environ["PATH"]))
        done = subprocess.run(["bash"] + [self.path(command[0])] + list(command[1:]), env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        return done.returncode, done.stdout, done.stderr
