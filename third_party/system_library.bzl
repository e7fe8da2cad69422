"""A library of the system as a cc_library, from what pkg-config says of it."""

def _pkg_config(ctx, packages):
    result = ctx.execute(["pkg-config", "--cflags", "--libs"] + packages)
    if result.return_code != 0:
        fail("pkg-config does not know %s: run tools/setup first. %s" % (packages, result.stderr))
    return [flag for flag in result.stdout.strip().split(" ") if flag]

def _system_library_impl(ctx):
    flags = _pkg_config(ctx, ctx.attr.packages) if ctx.attr.packages else []
    defines = [flag[2:] for flag in flags if flag.startswith("-D")]
    linkopts = [flag for flag in flags if flag.startswith("-l") or flag.startswith("-L") or flag in ["-pthread"]]
    ctx.file("BUILD", """
cc_library(
    name = "%s",
    defines = %r,
    linkopts = %r,
    visibility = ["//visibility:public"],
)
""" % (ctx.attr.name, defines, linkopts + ctx.attr.linkopts))

system_library = repository_rule(
    implementation = _system_library_impl,
    attrs = {
        "packages": attr.string_list(doc = "pkg-config names"),
        "linkopts": attr.string_list(doc = "for libraries that have no pkg-config file"),
    },
    local = True,
)
