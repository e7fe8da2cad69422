"""Files of one protobuf message of proto/bedside/storage, encoded by protoc."""
import os
import shutil
import subprocess

from bad_input import BadInput

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def check(path):
    """Before hours of training: that there is a protoc, and a folder for the file."""
    if shutil.which('protoc') is None:
        raise BadInput('wanted a protoc on the PATH, got none; install protobuf-compiler')
    if not os.access(os.path.dirname(path) or '.', os.W_OK) or os.path.isdir(path):
        raise BadInput('%s: wanted a file to write, in a folder that exists and can be written' % path)


def write(path, proto, message, text):
    """`text`: a `message` of proto/bedside/storage/`proto` in protobuf's text format. Leaves what is at `path` alone
    where that is no such message."""
    encoded = subprocess.run(['protoc', '--proto_path=' + ROOT, '--encode=bedside.storage.' + message,
                              os.path.join(ROOT, 'proto', 'bedside', 'storage', proto)],
                             input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    with open(path, 'wb') as file:
        file.write(encoded)
