"""A library that tools/setup put into .deps/, as a cc_library. Its rpath is absolute: plug-ins lie beside the library."""

def _prefix_library_impl(ctx):
    prefix = ctx.path(Label("//:WORKSPACE")).dirname.get_child(".deps").get_child(ctx.attr.prefix)
    if not prefix.exists:
        fail("%s is missing: run tools/setup first" % prefix)
    ctx.symlink(prefix.get_child("include"), "include")
    lib = str(prefix.get_child("lib"))
    ctx.file("BUILD", """
cc_library(
    name = "%s",
    hdrs = glob(["include/**"]),
    includes = ["include"],
    linkopts = %r,
    visibility = ["//visibility:public"],
)
""" % (ctx.attr.name, ["-L" + lib] + ctx.attr.linkopts + ["-Wl,-rpath," + lib]))

prefix_library = repository_rule(
    implementation = _prefix_library_impl,
    attrs = {
        "prefix": attr.string(doc = "folder in .deps/"),
        "linkopts": attr.string_list(),
    },
    local = True,
)
