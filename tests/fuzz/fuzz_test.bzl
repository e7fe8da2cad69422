"""Fuzz targets: see CONTRIBUTING.md."""

def fuzz_test(name, deps = [], data = []):
    """NAME.cc, which defines LLVMFuzzerTestOneInput, run on the files in the folder NAME_inputs.

    In an ordinary build a test that takes no more than these inputs; under --config=fuzz a libFuzzer binary, which
    begins with them.

    Args:
      name: of the target, "x_fuzz" for what is in x.h.
      deps: beside the input, Abseil and CHECK.
      data: other files that it reads.
    """
    inputs = name + "_inputs"
    fuzzing = "//tests/fuzz:fuzzing"
    native.cc_test(
        name = name,
        size = "small",
        srcs = [name + ".cc"],
        args = [native.package_name() + "/" + inputs] + select({fuzzing: ["-runs=0"], "//conditions:default": []}),
        data = native.glob([inputs + "/**"]) + data,
        linkopts = select({fuzzing: ["-fsanitize=fuzzer"], "//conditions:default": []}),
        tags = ["fuzz"],
        deps = deps + ["//tests/fuzz:input", "@absl", "@glog"] +
               select({fuzzing: [], "//conditions:default": ["//tests/fuzz:kept_inputs"]}),
    )
