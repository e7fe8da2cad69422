"""Files of one protobuf message of proto/bedside/storage, whose form protoc knows."""
import os
import shutil
import subprocess

from bad_input import BadInput, reading

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


def read(path, proto, message):
    """The `message` of proto/bedside/storage/`proto` that is at `path`."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    from google.protobuf.message import DecodeError
    described = subprocess.run(['protoc', '--proto_path=' + ROOT, '--include_imports',
                                '--descriptor_set_out=/dev/stdout',
                                os.path.join(ROOT, 'proto', 'bedside', 'storage', proto)],
                               stdout=subprocess.PIPE, check=True).stdout
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(described).file:
        pool.Add(file)
    kind = message_factory.GetMessageClass(pool.FindMessageTypeByName('bedside.storage.' + message))
    try:
        with reading(path), open(path, 'rb') as file:
            return kind.FromString(file.read())
    except DecodeError:
        raise BadInput('%s: wanted a %s, got other bytes' % (path, message)) from None
