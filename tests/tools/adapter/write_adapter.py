#!/usr/bin/env python3
"""Writes an adapter whose changes are known.

usage: write_adapter.py MODEL_FOLDER ADAPTER
"""
import sys

import numpy as np

sys.path += ["tools/adapter", "tools/training"]
import adapter_file

if __name__ == "__main__":
    adapter_file.write(sys.argv[2], sys.argv[1], 'of a "test"', {
        "output.LayerNorm.weight": np.array([[0.5, -0.25], [1, 2]], np.float32),
        "output.LayerNorm.bias": np.array([[0.1, 0], [-8, 1024]], np.float32)})
